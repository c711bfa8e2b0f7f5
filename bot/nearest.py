"""The names nearest to one that fits nobody or nothing."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from math import ceil, floor

from rapidfuzz import fuzz, process

from store import contacts, namesakes, people, projects
from store.base import Transaction
from store.names import fold
from store.people import Person

SIMILAR = 60
"""From this likeness (of 100) on a name is offered as the nearest."""
SEVERAL = 12
"""So many like names are looked through for three people, since a person has several."""
OFFERED = 3


def nearest_people(tx: Transaction, name: str, asker: str = "") -> str:
    """Handles of those who are called nearly so, at most three; of names as near, those whom the asker brought along
    as contacts first. Empty where nobody is."""
    likeness: dict[str, float] = {}
    for score, handle in islice(_alike(tx, fold(name)), SEVERAL):
        likeness.setdefault(handle, score)
    found = known_first(tx, people.of_handles(tx, likeness).values(), asker)
    return handles(sorted(found, key=lambda person: -likeness[person.handle])[:OFFERED])


def nearest_projects(tx: Transaction, key: str, audiences: Iterable[str]) -> str:
    """Those of the projects these audiences have heard of that are called nearly so, at most three; empty where none
    is."""
    close = islice(projects_like(tx, key, audiences, fuzz.WRatio, SIMILAR), OFFERED)
    return ", ".join(f"#{near}" for near, _ in close)


def projects_like(
    tx: Transaction, key: str, audiences: Iterable[str], scorer: Callable[..., float], least: float
) -> Iterator[tuple[str, str]]:
    """Key and name of the projects these audiences have heard of that are `least` (of 100) as like it, the nearest
    first, of those as near the newest."""
    seen = list(audiences)
    close = process.extract(key, projects.keys(tx), scorer=scorer, limit=None, score_cutoff=least)
    for _, group in groupby(close, key=lambda one: one[1]):
        yield from projects.names_of(tx, [near for near, _, _ in group], seen).items()


def known_first(tx: Transaction, found: Iterable[Person], asker: str) -> list[Person]:
    """Those whom the asker brought along as contacts, then the others, each by handle."""
    everybody = sorted(found, key=lambda person: person.handle)
    known = contacts.known(tx, asker, everybody)
    return sorted(everybody, key=lambda person: person.id not in known)


def handles(found: Iterable[Person]) -> str:
    return ", ".join(f"@{person.handle}" for person in found)


def _alike(tx: Transaction, name: str) -> Iterator[tuple[float, str]]:
    """Likeness and handle for each handle, name and word of a name that is nearly this, the nearest first, of those as
    near by handle. What is much longer or shorter is not like it, and so not read."""
    widest = (200 - SIMILAR) / SIMILAR
    parts = namesakes.sized(tx, floor(len(name) / widest), ceil(len(name) * widest))
    close = process.extract(name, parts, scorer=fuzz.ratio, limit=None, score_cutoff=SIMILAR)
    for score, group in groupby(close, key=lambda one: one[1]):
        alike = {part for part, _, _ in group}
        for handle, whole in people.called(tx, alike):
            yield from ((score, handle) for part in (handle, whole, *whole.split()) if part in alike)
