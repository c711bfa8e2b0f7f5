"""What a question asks for: each of its words a concept, with every name that means the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from store.terms import read_terms

Terms = tuple[str, ...]

_SEED = Path(__file__).parent / "aliases.txt"


@dataclass(frozen=True, slots=True)
class Concept:
    """`ways`: the names that mean it, each as the terms that a text must hold."""

    ways: tuple[Terms, ...]

    @property
    def terms(self) -> frozenset[str]:
        return frozenset(term for way in self.ways for term in way)


@dataclass(frozen=True, slots=True)
class Aliases:
    """Names that mean the same, by each name's terms; `offered`: words of the vocabulary for which a mistyped one may
    stand; `longest`: how many terms a name has at most."""

    ways: Mapping[Terms, tuple[Terms, ...]]
    vocabulary: frozenset[str]
    offered: frozenset[str]
    longest: int


@cache
def seed() -> Aliases:
    """The names that Ristretto knows from the start."""
    return read_aliases(_SEED.read_text(encoding="utf-8").splitlines())


def read_aliases(lines: Iterable[str]) -> Aliases:
    """Names on a line mean the same; what follows `#` and a space is a comment."""
    found: dict[Terms, tuple[Terms, ...]] = {}
    for line in lines:
        names = [] if line.startswith("# ") else line.split(",")
        same = tuple(dict.fromkeys(terms for name in names if (terms := tuple(read_terms(name)))))
        for terms in same:
            found[terms] = tuple(dict.fromkeys((*found.get(terms, ()), *same)))
    words = frozenset(term for terms in found for term in terms)
    return Aliases(found, words, words, max(map(len, found), default=1))


@lru_cache(64)
def with_own(lines: str) -> Aliases:
    """The seed's names and those of a tenant, as `store.aliases.lines` gives them. What means the same as one name
    means the same as all of its names. A word that colleagues taught is known, and not offered to others."""
    ways, offered = dict(seed().ways), set(seed().offered)
    for line in sorted(lines.splitlines()):
        name, other, state = line.split(",")
        one, two = tuple(read_terms(name)), tuple(read_terms(other))
        same = {*ways.get(one, (one,)), *ways.get(two, (two,))}
        for terms in same:
            ways[terms] = tuple(sorted({*ways.get(terms, ()), *same}))
        offered |= {*two, *(one if state == "added" else ())}
    words = frozenset(term for terms in ways for term in terms)
    return Aliases(ways, words, frozenset(offered), max(map(len, ways)))


def read_concepts(terms: Sequence[str], aliases: Aliases) -> tuple[Concept, ...]:
    """The concepts of these terms in order, each once; the longest name that fits is meant."""
    found: dict[Concept, None] = {}
    at = 0
    while at < len(terms):
        size = next((n for n in range(aliases.longest, 1, -1) if tuple(terms[at : at + n]) in aliases.ways), 1)
        name = tuple(terms[at : at + size])
        found[Concept(aliases.ways.get(name, (name,)))] = None
        at += size
    return tuple(found)
