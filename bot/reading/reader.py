"""Which phrases a text matches, the one that says most first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.reading.courtesy import variants, without_please
from bot.reading.folded import fold_text
from bot.reading.nearly import SHORTEST, corrections
from bot.reading.phrase import Phrase

_FIRST = re.compile(r"[\w'+#-]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """`said`: the words of each slot, as they were said; `text`: the sentence without what surrounds it."""

    action: str
    language: str
    said: dict[str, str]
    weight: int
    text: str = ""


class Reader:
    def __init__(self, phrases: Iterable[Phrase]) -> None:
        known = list(phrases)
        self._others = _by_weight(phrase for phrase in known if phrase.openings is None)
        by_opening: dict[str, list[Phrase]] = {}
        for phrase in known:
            for opening in phrase.openings or ():
                by_opening.setdefault(opening, []).append(phrase)
        self._by_opening = {opening: _by_weight((*some, *self._others)) for opening, some in by_opening.items()}
        self._words = sorted({word for phrase in known for word in phrase.words if len(word) >= SHORTEST})

    def read(self, text: str) -> list[Reading]:
        """Every reading of the whole text; courtesy around it does not count."""
        return list(self.readings(text))

    def readings(self, text: str) -> Iterator[Reading]:
        """The same, one at a time, so that what is not asked for is not looked for."""
        for bare in variants(without_please(text)):
            yield from self._matches(bare)

    def near(self, text: str) -> Iterator[Reading]:
        """What it would say with one word spelled as it is known here."""
        for bare in variants(without_please(text)):
            for corrected in corrections(bare, self._words):
                yield from self._matches(corrected)

    def _matches(self, text: str) -> Iterator[Reading]:
        folded = fold_text(text)
        plain = folded.text
        first = _FIRST.match(plain.lstrip())
        for phrase in self._by_opening.get(first.group() if first else "", self._others):
            if phrase.needle in plain and (match := phrase.regex.match(plain)):
                said = {slot: folded.said(*match.span(slot)) for slot, value in match.groupdict().items() if value}
                yield Reading(phrase.action, phrase.language, {**said, **phrase.gives}, phrase.weight, text)


def _by_weight(phrases: Iterable[Phrase]) -> list[Phrase]:
    return sorted(phrases, key=lambda phrase: -phrase.weight)
