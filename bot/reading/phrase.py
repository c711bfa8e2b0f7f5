"""A way to say something: words to be said, `(a|b)` choices, `[optional]` parts and `{slots}`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, cached_property

from bot.request import MENTION

_AT = rf"(?:{MENTION}|@[\w.'-]*[\w])"
_AND = r"(?:\s*,\s*(?:(?:and|et)\s+)?|\s+(?:and|et|&)\s+|\s+)"
_LISTED = r"(?:\s*,\s*(?:(?:and|et)\s+)?|\s+(?:and|et|&)\s+)"
_NAME = rf"(?:{MENTION}|@?[^\W\d_][\w.'-]*(?:\s+[^\W\d_][\w.'-]*){{0,3}}?)"

_NO_NAME = (
    r"(?!(?:the|an?|my|your|his|her|its|our|their|this|that|these|those|some|any|all|every|me|you|him|us|them|it|on|for"
    r"|about|to|of|in|from|with|at|le|la|les|une?|des|du|de|mon|ma|mes|ton|ta|tes|son|sa|ses|notre|nos|votre|vos|leurs?"
    r"|ce|cet|cette|ces|projet|project|toute?|tous|toutes|moi|toi|sur|pour|dans|avec|aux?|en)(?![\w.+'-]))"
)
"""A bare word of these is no project; `#all` is one."""

SLOTS = {
    "people": rf"{_AT}(?:{_AND}{_AT})*",
    "person": _NAME,
    "names": rf"{_NAME}(?:{_LISTED}{_NAME})*",
    "project": rf"(?:#[\w][\w.+-]*|\"[^\"]+\"|{_NO_NAME}[\w][\w.+-]*)",
    "perhaps": rf"(?:#[\w][\w.+-]*|\"[^\"]+\"|{_NO_NAME}[\w][\w.+-]*)",
    "known": rf"(?:#[\w][\w.+-]*|\"[^\"]+\"|{_NO_NAME}[\w][\w.+-]*)(?:\s+(?:project|team))?",
    "tags": r"#[\w-]+(?:\s+#[\w-]+)*",
    "topics": r"\S.*?",
    "wanted": r"\S.*?",
    "date": r"\S.*?",
    "rhythm": r"\S.*?",
    "url": r"https?://\S+",
    "text": r"\S.*",
    "reason": r"\S.*",
    "news": r"\S[^?]*",
}
_TOKEN = re.compile(r"\{(\w+)\}|([\[\]()|])|(\s+)|([^\s{}\[\]()|]+)")
_UNSURE = re.compile(r"\{[^}]*\}|\[[^\[\]]*\]|\([^()\[\]]*\)")
_GIVEN = re.compile(r"\{(\w+)=([^}]*)\}")
_LEADING = re.compile(r"([(\[])([^()\[\]]*)[)\]](?:\s+(.+)|$)")
_OPENING = re.compile(r"([\w'+#-]+)(?=$|\s)")
_DEPTH = {"(": 1, "[": 1, ")": -1, "]": -1}
_END = r"\s*[?!.\s]*$"


@dataclass(frozen=True)
class Phrase:
    """`pattern` is written folded: lower case, no accents. The whole text must match."""

    action: str
    language: str
    pattern: str

    @cached_property
    def gives(self) -> dict[str, str]:
        """What the phrase itself says: `{what=kudos}` in the pattern."""
        return dict(_GIVEN.findall(self.pattern))

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(rf"\s*{self._part.regex}{_END}", re.DOTALL)

    @cached_property
    def weight(self) -> int:
        """How much of it is words, whatever is chosen: of two phrases that match, the one that says more is meant."""
        return self._part.weight

    @cached_property
    def needle(self) -> str:
        """The longest word without which nothing matches; it may be empty."""
        sure, before = self.pattern, ""
        while sure != before:
            sure, before = _UNSURE.sub(" ", sure), sure
        return max((word for _, _, _, word in _TOKEN.findall(sure)), key=len, default="")

    @property
    def words(self) -> frozenset[str]:
        """Every word it is made of."""
        return frozenset(word for _, _, _, word in _TOKEN.findall(_GIVEN.sub("", self.pattern)) if word.isalpha())

    @property
    def openings(self) -> frozenset[str] | None:
        """The words it can begin with; None where it can begin with any."""
        return self._part.first

    @cached_property
    def _part(self) -> "_Part":
        return _choice(_TOKEN.findall(_GIVEN.sub("", self.pattern).strip())[::-1])


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern; `first` as `Phrase.openings`, `weight` as the phrase's."""

    regex: str
    first: frozenset[str] | None
    weight: int = 0
    spaced: bool = False
    optional: bool = False


def _choice(tokens: list[tuple[str, str, str, str]]) -> _Part:
    """Reads `a|b`. `tokens` are in reverse, consumed from the end."""
    options = [_sequence(tokens)]
    while tokens and tokens[-1][1] == "|":
        tokens.pop()
        options.append(_sequence(tokens))
    if len(options) == 1:
        return options[0]
    regex = f"(?:{'|'.join(option.regex for option in options)})"
    return _Part(regex, _union(option.first for option in options), min(option.weight for option in options))


def _sequence(tokens: list[tuple[str, str, str, str]]) -> _Part:
    parts: list[_Part] = []
    spaced = False
    while tokens and tokens[-1][1] not in (")", "]", "|"):
        slot, bracket, space, word = tokens.pop()
        if space:
            spaced = True
            continue
        if bracket:
            inner = _within(_cut_bracket(tokens))
            parts.append(replace(inner, spaced=spaced, optional=bracket == "["))
        elif slot:
            parts.append(_Part(f"(?P<{slot}>{SLOTS[slot]})", None, spaced=spaced))
        else:
            parts.append(_Part(re.escape(word), frozenset({word}), len(word), spaced))
        spaced = False
    return _Part(_joined(parts), _first(parts), sum(part.weight for part in parts if not part.optional))


def _cut_bracket(tokens: list[tuple[str, str, str, str]]) -> tuple[tuple[str, str, str, str], ...]:
    """Takes the tokens up to the bracket that closes the one just read."""
    at, depth = len(tokens), 1
    while depth:
        at -= 1
        depth += _DEPTH.get(tokens[at][1], 0)
    inside = tuple(tokens[at + 1 :])
    del tokens[at:]
    return inside


@cache
def _within(tokens: tuple[tuple[str, str, str, str], ...]) -> _Part:
    """Many phrases share the same choices."""
    return _choice(list(tokens))


def _joined(parts: list[_Part]) -> str:
    """An optional part takes its space with it: the one before it, or the one after it when it comes first."""
    out, started = "", False
    for part, after in zip(parts, [*parts[1:], _Part("", None)], strict=True):
        space = r"\s+" if part.spaced and started else ""
        if not part.optional:
            out, started = out + space + part.regex, True
        elif started:
            out += f"(?:{space}{part.regex})?"
        else:
            gap = r"\s+" if after.spaced else ""
            out += f"(?:{part.regex}{gap})?"
    return out


def _first(parts: list[_Part]) -> frozenset[str] | None:
    """The first words of a sequence; a word that goes on without a space is not known whole."""
    found: list[frozenset[str] | None] = []
    for part, after in zip(parts, [*parts[1:], _Part("", None, spaced=True)], strict=True):
        found.append(part.first if after.spaced else None)
        if not part.optional:
            break
    return _union(found)


def _union(firsts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    found = list(firsts)
    return None if None in found else frozenset(word for first in found if first for word in first)
