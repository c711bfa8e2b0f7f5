"""Takes somebody's names out of what others wrote, whatever its capitals and accents."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from store.names import fold
from store.people import Person

QUOTED, SHORTEST = 40, 8
"""A text begins with so many characters of what is quoted, be it cut short; a shorter one may be anybody's."""
SOMEONE = "someone"
"""Stands for a person in the name of a thing, which is one in all languages."""
PERSON = "urn:ristretto:person:"
_BEFORE = r"(?<![\w@])(?<!\w[-.])"
_AFTER = r"(?![\w@])(?![-.]\w)"


@dataclass(frozen=True)
class Names:
    """`bare`: the handle and a name of one word count without `@` too, since nobody else is called so."""

    person: Person
    bare: bool = True

    def hide(self, text: str, instead: Callable[[str], str]) -> str:
        """A sentence without them."""
        return _replaced(text, self._said, instead)

    def hide_in_noun(self, name: str) -> str:
        """The name of a project or a skill without them; a word that only happens to be their handle stays."""
        return _replaced(name, self._addressed, lambda _: SOMEONE)

    def hide_in_json(self, value: Any, instead: Callable[[str], str]) -> Any:
        """The same for every text in it; a mention becomes a text, an id becomes empty, a way to write to them goes."""
        match value:
            case str():
                return self.hide(self._ids.sub("", value), instead) if value != self.urn else ""
            case list():
                return [self.hide_in_json(each, instead) for each in value if each != self.urn]
            case {"kind": "mention", "handle": handle} if handle == self.person.handle:
                return instead("")
            case {"person": {"kind": "mention", "handle": handle}} if handle == self.person.handle:
                return None
            case dict():
                return {key: self.hide_in_json(each, instead) for key, each in value.items()}
            case _:
                return value

    def occur_in(self, text: str) -> bool:
        """Whether they are named, or an id of theirs stands in it."""
        return bool(self._ids.search(text)) or bool(self._said.search(_fold(text)[0]))

    @property
    def urn(self) -> str:
        return PERSON + self.person.handle

    @cached_property
    def _said(self) -> re.Pattern[str]:
        return self._pattern(self._whole | ({self.person.handle} if self.bare else set()))

    @cached_property
    def _addressed(self) -> re.Pattern[str]:
        return self._pattern({name for name in self._whole if " " in name})

    @property
    def _whole(self) -> set[str]:
        name = fold(self.person.name)
        return {name} if " " in name or (name and self.bare) else set()

    @cached_property
    def _ids(self) -> re.Pattern[str]:
        ids = {self.person.id, *(account for _, account in self.person.accounts)} - {self.person.handle}
        return re.compile("|".join(map(_as_word, sorted(ids, key=len, reverse=True))) or "(?!)")

    def _pattern(self, words: set[str]) -> re.Pattern[str]:
        """The longest first: a mail may begin with the handle."""
        mail = {self.person.email.lower()} - {""}
        told = [_as_word(word) for word in sorted(words | mail, key=len, reverse=True)]
        return re.compile("|".join([*told, rf"(?<!\w)@{re.escape(self.person.handle)}{_AFTER}"]))


def hide_quotes(value: Any, said: Sequence[str]) -> Any:
    """Every text in it without what was quoted of these."""
    match value:
        case str():
            for words in said:
                value = _unquoted(value, words)
            return value
        case list():
            return [hide_quotes(each, said) for each in value]
        case dict():
            return {key: hide_quotes(each, said) for key, each in value.items()}
        case _:
            return value


def _unquoted(text: str, words: str) -> str:
    if words in text:
        return text.replace(words, "…")
    at = text.find(words[:QUOTED])
    return f"{text[:at]}…" if at >= 0 else text


def _as_word(text: str) -> str:
    return _BEFORE + re.escape(text).replace(r"\ ", r"\s+") + _AFTER


def _replaced(text: str, pattern: re.Pattern[str], instead: Callable[[str], str]) -> str:
    folded, origin = _fold(text)
    found = list(pattern.finditer(folded))
    if not found:
        return text
    pseudonym, out, end = instead(text), [], 0
    for match in found:
        out += [text[end : origin[match.start()]], pseudonym]
        end = origin[match.end()]
    return "".join((*out, text[end:]))


def _fold(text: str) -> tuple[str, list[int] | range]:
    """Without case and accents, and for each place where it was before."""
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        bare = [c for c in unicodedata.normalize("NFKD", character.casefold()) if not unicodedata.combining(c)]
        folded += bare
        origin += [place] * len(bare)
    return "".join(folded), [*origin, len(text)]
