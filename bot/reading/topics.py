"""Lists of skills or subjects, as they were written: "Python, Kubernetes (expert) et le droit des contrats"."""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from bot.reading.levels import level_alone
from bot.reading.topic import AND, Topic, mask, read_topic
from store.names import clean, fold
from store.terms import STOP

LONGEST = 60
"""Characters a name may have."""
MOST = 50
"""Names a list may have."""
LOOKED_INTO = 4 * LONGEST
"""Characters a name may have with its level and article; what is longer is left out as it stands."""
LONG_CLAUSE = 4
"""A name of more words than this, said in passing, is a sentence."""
WIDEST = 4
"""Pieces that one known name may be made of."""

_PLAIN = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\ufffc": " "})
_SOMEBODY = frozenset(
    (
        "somebody someone anybody anyone nobody everybody everyone everything nothing something anything lot lots much "
        "more stuff things quelqu personne rien plein beaucoup trucs choses"
    ).split()
)
_BREAK = re.compile(rf" ?(?P<mark>[,;\n•]) ?(?:{AND} )?| {AND} ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topics:
    """`levels`: pairs of a name and its level, where one was said. `left_out`: how many were too long or too many."""

    names: tuple[str, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two breaks, by its place. `mark`: the sign before it, empty for a word such as `and`."""

    start: int
    end: int
    mark: str


@dataclass(slots=True)
class _Found:
    names: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)
    left_out: int = 0
    spread: str = ""
    last: str = ""

    def add(self, topic: Topic) -> None:
        if not topic.sure and (level := level_alone(topic.name)):
            self.levels.setdefault(self.last, level)
        elif any(map(str.isalnum, topic.name)):
            self.last = self._keep(topic.name, topic.level or self.spread)
            if topic.level:
                self.spread = topic.level if topic.spreads else ""

    def _keep(self, name: str, level: str) -> str:
        key = fold(name)
        if len(name) > LONGEST or (key not in self.names and len(self.names) == MOST):
            self.left_out += 1
            return ""
        self.names.setdefault(key, name)
        if level:
            self.levels[key] = level
        return key

    def topics(self) -> Topics:
        levels = ((name, self.levels[key]) for key, name in self.names.items() if key in self.levels)
        return Topics(tuple(self.names.values()), tuple(levels), self.left_out)


def is_clause(name: str) -> bool:
    """Whether "I know …" goes on with a sentence instead of a skill."""
    words = fold(name).split()
    return len(words) > LONG_CLAUSE or words[0].split("'")[0] in STOP | _SOMEBODY


def read_topics(text: str, known: Container[str] = ()) -> Topics:
    """A name in `known`, which holds folded names, is never split."""
    said = "\n".join(map(clean, text.translate(_PLAIN).splitlines()))
    pieces = _pieces(said)
    read = pieces[: 4 * MOST]
    found = _Found(left_out=len(pieces) - len(read))
    place = 0
    while place < len(read):
        if read[place].mark in ("\n", ";"):
            found.spread = ""
        topic, width = _next(said, read[place : place + WIDEST], known, first=not found.names)
        found.add(topic)
        place += width
    return found.topics()


def _pieces(said: str) -> list[_Piece]:
    breaks = list(_BREAK.finditer(mask(said)))
    starts = [0, *(match.end() for match in breaks)]
    ends = [*(match.start() for match in breaks), len(said)]
    marks = [",", *(match["mark"] or "" for match in breaks)]
    return [_Piece(*piece) for piece in zip(starts, ends, marks, strict=True) if piece[0] < piece[1]]


def _next(said: str, pieces: list[_Piece], known: Container[str], first: bool) -> tuple[Topic, int]:
    """The first piece, with those after it that belong to the same known name, and how many they are."""
    start = pieces[0].start
    for width in range(len(pieces), 1, -1):
        end = pieces[width - 1].end
        if end - start <= LOOKED_INTO and not any(piece.mark for piece in pieces[1:width]):
            topic = read_topic(said[start:end], known, first)
            if topic.sure and _BREAK.search(topic.name):
                return topic, width
    piece = said[start : pieces[0].end]
    return (read_topic(piece, known, first) if len(piece) <= LOOKED_INTO else Topic(piece, sure=True)), 1
