"""The skills that are spelled like what was asked, where nobody has that."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from store import evidence
from store.base import Transaction
from store.names import fold

SIMILAR = 60
"""From this likeness (of 100) on a skill is offered."""
OFFERED = 3


def nearest_skills(tx: Transaction, topics: Iterable[str], audiences: Iterable[str]) -> list[str]:
    """As people spell them, the nearest first."""
    known = evidence.skill_names(tx, audiences)
    found = [key for topic in topics for key in _close(fold(topic), list(known))]
    return list(dict.fromkeys(known[key] for key in found))[:OFFERED]


def _close(topic: str, keys: list[str]) -> list[str]:
    return [key for key, _, _ in process.extract(topic, keys, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=SIMILAR)]
