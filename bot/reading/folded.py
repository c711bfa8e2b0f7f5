"""A text without case and accents, which still knows where each of its characters came from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.request import MENTION

_SAME = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u201c": '"', "\u201d": '"', "\u00ab": '"', "\u00bb": '"'}
)
_SAME |= str.maketrans({"\u2013": "-", "\u2014": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " "})
_ODD = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what phrases are matched against; `origin[i]` is the place in `source` of its i-th character."""

    source: str
    text: str
    origin: Sequence[int]

    def said(self, start: int, end: int) -> str:
        """The words as they were said, between two places of `text`."""
        if start >= end:
            return ""
        return self.source[self.origin[start] : self.origin[end - 1] + 1].strip()


@lru_cache(256)
def fold_text(source: str) -> Folded:
    if source.isascii() or source.replace(MENTION, "").isascii():
        return Folded(source, source.lower(), range(len(source)))
    plain, characters, origin, end = source.translate(_SAME), list[str](), list[int](), 0
    for odd in _ODD.finditer(plain):
        place, bare = odd.start(), _bare(odd[0])
        characters += (plain[end:place].lower(), bare)
        origin += (*range(end, place), *(place for _ in bare))
        end = odd.end()
    characters.append(plain[end:].lower())
    origin += range(end, len(plain))
    return Folded(source, "".join(characters), tuple(origin))


@lru_cache(1024)
def _bare(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)) or ""
