"""Postings as arrays: the lists of a concept's terms as one, and where several lists hold the same row."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.ranking.concepts import Concept
from store.postings import Held

Array = NDArray[Any]

POSTING = np.dtype([("key", "<u8"), ("weighed", "<u2")])
SLOTS = 1 << 18
"""Places of the table in which keys are looked for before they are compared."""
SAMPLE = 8
"""One value in so many is looked at to guess which are the largest."""


def rows_of(concept: Concept, found: Mapping[str, Held]) -> tuple[Array, Array]:
    """Rows that hold all terms of one of its names, each once."""
    ways = [way for way in concept.ways if all(term in found for term in way)]
    lists = [of_way([_read(found[term].data) for term in way]) for way in ways]
    if not lists:
        return np.zeros(0, np.uint64), np.zeros(0, np.uint16)
    if len(lists) == 1:
        return lists[0]
    keys, marks = (np.concatenate(parts) for parts in zip(*lists, strict=True))
    once = np.flatnonzero(is_first(firsts([keys for keys, _ in lists])))
    return keys[once], marks[once]


def of_way(lists: list[tuple[Array, Array]]) -> tuple[Array, Array]:
    """Rows that all of the lists hold."""
    keys, marks = lists[0]
    for others, _ in lists[1:]:
        both = firsts([others, keys])[len(others) :] < len(others)
        keys, marks = keys[both], marks[both]
    return keys, marks


def _read(data: bytes) -> tuple[Array, Array]:
    rows = np.frombuffer(data, POSTING)
    return rows["key"].copy(), rows["weighed"].copy()


def firsts(lists: Sequence[Array]) -> Array:
    """For each key of lists, none of which holds one twice, the place in all of them where it stands first.

    They are looked up in a table by their lowest bits, the fingerprint of an act, and only those whose place in it is
    another's are sorted: sorting all would cost ten times as much."""
    keys = np.concatenate(lists)
    slots, here = (keys & (SLOTS - 1)).astype(np.intp), np.arange(len(keys))
    owner, places = _kept.owner, here.copy()
    start = 0
    for one in lists:
        these = slice(start, start := start + len(one))
        free = these.start + np.flatnonzero(owner.take(slots[these]) < 0)
        owner[slots[free]] = free
        places[these] = owner.take(slots[these])
    owner[slots] = -1
    lost = np.flatnonzero(keys.take(places) != keys)
    _, first, group = np.unique(keys[lost], return_index=True, return_inverse=True)
    places[lost] = lost[first][group]
    return places


class _Kept(threading.local):
    """A table of each thread, empty between uses: a new one each time would cost more than what it is used for."""

    def __init__(self) -> None:
        self.owner = np.full(SLOTS, -1, np.int32)


_kept = _Kept()


def is_first(places: Array) -> Array:
    first: Array = places == np.arange(len(places))
    return first


def least_of(values: Array, most: int) -> float:
    """The least of the `most` largest of more values; a sample of them leaves out most of the others first."""
    sample = values[::SAMPLE]
    place = len(sample) - 1 - min(len(sample) - 1, (most + most // 3) // SAMPLE)
    large = values[values >= np.partition(sample, place)[place]]
    least: float = np.partition(large if len(large) >= most else values, -most)[-most]
    return least
