"""The one way an act enters the store or leaves it: the act itself, and what follows from it."""

from collections.abc import Iterable
from datetime import datetime

from store import activities, evidence, profile, skills
from store.activities import Activity
from store.base import Transaction


def record(tx: Transaction, *acts: Activity) -> None:
    activities.add(tx, *acts)
    evidence.add(tx, *(act for act in acts if act.kind != "skill"))
    for act in acts:
        _follow(tx, act)


def retract(tx: Transaction, act: Activity, at: datetime) -> None:
    """Takes an act back, as if it had never been said."""
    activities.take_back(tx, act.id, at)
    evidence.remove(tx, [act.id])
    _follow(tx, act)


def widen(tx: Transaction, audience: str) -> None:
    """Gives to everybody what was said for these members."""
    activities.widen(tx, audience)
    evidence.widen(tx, audience)


def forget(tx: Transaction, ids: Iterable[str]) -> None:
    """Erases acts, so that nothing is left of them."""
    gone = list(ids)
    evidence.remove(tx, gone)
    activities.forget(tx, gone)


def _follow(tx: Transaction, act: Activity) -> None:
    if act.kind == "skill":
        had = evidence.skill_source(tx, act.actor, act.key)
        skills.follow(tx, act)
        evidence.remove(tx, had)
        has = evidence.skill_source(tx, act.actor, act.key)
        evidence.add(tx, *(known for id in has if (known := activities.of_id(tx, id))))
    elif act.kind == "profile":
        profile.follow(tx, act)
