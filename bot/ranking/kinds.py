"""Which rows are of which kinds, by their mark."""

from collections.abc import Collection
from functools import lru_cache

import numpy as np

from bot.ranking.lists import Array
from store.evidence import COUNTED, KINDS

OWN = {"update"}
"""Kinds by which somebody is the first to bring a thing up: their own word at the time."""


@lru_cache(1)
def is_own() -> Array:
    return _of_kinds(OWN)


@lru_cache(1)
def is_said() -> Array:
    return _of_kinds({*COUNTED} - {"skill"})


@lru_cache(1)
def is_spoken() -> Array:
    return _of_kinds({*COUNTED} - {"skill", "kudos"})


def _of_kinds(some: Collection[str]) -> Array:
    """Whether a row, by its mark, is one of these kinds."""
    kinds = np.array([kind in some for kind in KINDS] + [False] * (8 - len(KINDS)))
    which: Array = kinds[np.arange(1 << 16) & 7]
    return which
