"""The one way an act enters the store or leaves it: the act itself, and what follows from it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from store import activities, evidence, profile, skills
from store.activities import Activity
from store.base import Transaction

PAGE = 500


def record(tx: Transaction, *acts: Activity) -> None:
    activities.add(tx, *acts)
    evidence.add(tx, *(act for act in acts if act.kind != "skill"))
    for act in acts:
        _follow(tx, act)


def retract(tx: Transaction, act: Activity, at: datetime) -> None:
    """Takes an act back, as if it had never been said."""
    activities.take_back(tx, act.id, at)
    evidence.remove(tx, act)
    _follow(tx, act)


def widen(tx: Transaction, audience: str) -> None:
    """Gives to everybody what was said for these members."""
    theirs = activities.of_audience(tx, audience)
    indexed = evidence.remove(tx, *theirs)
    activities.widen(tx, audience)
    evidence.add(tx, *(replace(act, audience=activities.PUBLIC) for act in theirs if act.id in indexed))


def forget(tx: Transaction, ids: Iterable[str]) -> None:
    """Erases acts, so that nothing is left of them."""
    gone = list(ids)
    for start in range(0, len(gone), PAGE):
        some = gone[start : start + PAGE]
        evidence.remove(tx, *activities.of_ids(tx, some).values())
        activities.forget(tx, some)


def _follow(tx: Transaction, act: Activity) -> None:
    if act.kind == "skill":
        had = _source(tx, act)
        skills.follow(tx, act)
        has = _source(tx, act)
        if had != has:
            evidence.remove(tx, *had)
            evidence.add(tx, *has)
    elif act.kind == "profile":
        profile.follow(tx, act)


def _source(tx: Transaction, act: Activity) -> list[Activity]:
    """The act by which its actor has this skill now."""
    ids = evidence.skill_source(tx, act.actor, act.key)
    return [known for id in ids if (known := act if id == act.id else activities.of_id(tx, id))]
