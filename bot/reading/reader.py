"""Which phrases a text matches, the one that says most first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.reading.folded import fold_text
from bot.reading.phrase import Phrase

_POLITE = re.compile(
    r"^\s*(?:(?:hey|hi|hello|bonjour|salut|please|stp|svp|@?ristretto|can you tell me|could you tell me|tell me|"
    r"dis-moi|s'il (?:te|vous) plait|peux-tu me dire)\b\s*[,:!]*\s+)+(?=\S)"
)
_FIRST = re.compile(r"[\w'+#-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """`said`: the words of each slot, as they were said."""

    action: str
    language: str
    said: dict[str, str]
    weight: int


class Reader:
    def __init__(self, phrases: Iterable[Phrase]) -> None:
        known = list(phrases)
        self._others = _by_weight(phrase for phrase in known if phrase.openings is None)
        by_opening: dict[str, list[Phrase]] = {}
        for phrase in known:
            for opening in phrase.openings or ():
                by_opening.setdefault(opening, []).append(phrase)
        self._by_opening = {opening: _by_weight((*some, *self._others)) for opening, some in by_opening.items()}

    def read(self, text: str) -> list[Reading]:
        """Every reading of the whole text; politeness in front of it does not count."""
        return list(self.readings(text))

    def readings(self, text: str) -> Iterator[Reading]:
        """The same, one at a time, so that what is not asked for is not looked for."""
        found = False
        for reading in self._matches(text):
            found = True
            yield reading
        if not found:
            yield from self._matches(_without_politeness(text))

    def _matches(self, text: str) -> Iterator[Reading]:
        folded = fold_text(text)
        first = _FIRST.match(folded.text.lstrip())
        for phrase in self._by_opening.get(first.group() if first else "", self._others):
            if phrase.needle in folded.text and (match := phrase.regex.match(folded.text)):
                said = {slot: folded.said(*match.span(slot)) for slot, value in match.groupdict().items() if value}
                yield Reading(phrase.action, phrase.language, {**said, **phrase.gives}, phrase.weight)


def _by_weight(phrases: Iterable[Phrase]) -> list[Phrase]:
    return sorted(phrases, key=lambda phrase: -phrase.weight)


def _without_politeness(text: str) -> str:
    folded = fold_text(text)
    polite = _POLITE.match(folded.text)
    return text[folded.origin[polite.end()] :] if polite else ""
