"""The vocabulary of skills: which names mean the same, and which of them a text names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path

from store.names import clean, fold
from store.terms import read_terms

Terms = tuple[str, ...]

_SEED = Path(__file__).parent / "aliases.txt"
_EVERYDAY = frozenset(
    "access act ant architecture audit bash bootstrap budget c chef cook design dash dart drill excel express flash "
    "flow go graph helm hive ia julia kube lean less make node notion office outlook pascal pig playwright pr puppet "
    "pulsar r react rest root ruby rust sage salt scala scratch shell slack snowflake spark spring stress swift tal "
    "teams unity vault vente vue word zoom".split()
)
"""Names that are words of every day too: they count with a capital, and not where a sentence begins with one."""
PLACES = 100
"""Occurrences of a name that are looked at."""
_BEGINNING = re.compile(r"(?:^|[.!?:]\s+|\n\s*)$")
_LIST = re.compile(r"\s*(?:[,;|/•·]|\n|$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A name of the vocabulary. `key`: that of all names that mean the same; `spelling`: the company's, if any."""

    key: str
    name: str
    spelling: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by the terms they are made of; `longest`: how many of them a name has at most."""

    entries: Mapping[Terms, Entry]
    longest: int


@cache
def seed_names() -> tuple[tuple[str, ...], ...]:
    """Names that mean the same, as they are written."""
    lines = _SEED.read_text(encoding="utf-8").splitlines()
    said = (line for line in lines if not line.startswith("# "))
    return tuple(names for line in said if (names := tuple(clean(name) for name in line.split(",") if clean(name))))


@cache
def _canonical() -> Mapping[Terms, str]:
    found: dict[Terms, str] = {}
    for names in seed_names():
        for name in names:
            found.setdefault(tuple(read_terms(name)), fold(names[0]))
    return found


def canonical(name: str) -> str:
    """One key for all names of the same skill: `k8s` and `Kubernetes`."""
    return _canonical().get(tuple(read_terms(name)), fold(name))


@cache
def names_of(key: str) -> tuple[str, ...]:
    """Every name of the skill with this key, as keys of skills are spelled."""
    same = (names for names in seed_names() if fold(names[0]) == key)
    return tuple(dict.fromkeys((key, *(fold(name) for names in same for name in names))))


def vocabulary(own: Iterable[str]) -> Vocabulary:
    """The seed's names and the company's own, which give the spelling."""
    return _vocabulary(tuple(sorted(own)))


@lru_cache(4)
def _vocabulary(own: tuple[str, ...]) -> Vocabulary:
    said = [(clean(name), canonical(name)) for name in own]
    spelled = {key: name for name, key in reversed(said)}
    found: dict[Terms, Entry] = {}
    for name, key in [*((name, fold(names[0])) for names in seed_names() for name in names), *said]:
        found.setdefault(tuple(read_terms(name)), Entry(key, name, spelled.get(key, "")))
    found.pop((), None)
    return Vocabulary(found, max(map(len, found), default=1))


def named(text: str, words: Vocabulary) -> dict[str, str]:
    """The skills a text names: canonical key to how it is written."""
    found: dict[str, str] = {}
    for entry in _runs(read_terms(text), words):
        written = _written(text, entry.name)
        if entry.key not in found and (written or fold(entry.name) not in _EVERYDAY):
            found[entry.key] = entry.spelling or _spelled(written or entry.name, entry.key)
    return found


def _runs(terms: list[str], words: Vocabulary) -> Iterator[Entry]:
    """Of names within each other the longest."""
    at = 0
    while at < len(terms):
        sizes = range(min(words.longest, len(terms) - at), 0, -1)
        entry, size = next(
            ((entry, n) for n in sizes if (entry := words.entries.get(tuple(terms[at : at + n])))), (None, 1)
        )
        if entry:
            yield entry
        at += size


def _written(text: str, name: str) -> str:
    """How the text writes a name; empty where it does not, or only as a word of every day."""
    places = islice(re.finditer(rf"(?<![\w'’-]){re.escape(name)}(?![\w'’-])", text, re.IGNORECASE), PLACES)
    everyday = fold(name) in _EVERYDAY
    return next((place.group() for place in places if not everyday or _is_name(text, place)), "")


def _is_name(text: str, place: re.Match[str]) -> bool:
    """Whether it has a capital for another reason than to begin a sentence: within one, or alone in a list."""
    if not place.group()[:1].isupper():
        return False
    return bool(_LIST.match(text, place.end())) or not _BEGINNING.search(
        text[max(place.start() - 10, 0) : place.start()]
    )


def _spelled(written: str, key: str) -> str:
    """As it is written where that shows care; `k8s` is no name to put on a profile."""
    if written != written.lower():
        return written
    name = key if len(written) <= 4 else written
    return name.upper() if len(name) <= 3 else name[:1].upper() + name[1:]
