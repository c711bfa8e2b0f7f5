"""The one way an act enters the store or leaves it: the act itself, and what follows from it."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime

from store import activities, evidence, profile, skills, standing
from store.activities import Activity
from store.base import Transaction
from store.standing import Group

PAGE = 500


def record(tx: Transaction, *acts: Activity) -> None:
    groups = standing.groups(tx, acts)
    before = standing.of(tx, groups)
    activities.add(tx, *acts)
    evidence.add(tx, *(act for act in acts if act.kind not in ("skill", *standing.KINDS)))
    for act in acts:
        _follow(tx, act)
    _restand(tx, groups, before)


def retract(tx: Transaction, act: Activity, at: datetime) -> None:
    """Takes an act back, as if it had never been said."""
    groups = standing.groups(tx, [act])
    before = standing.of(tx, groups)
    activities.take_back(tx, act.id, at)
    evidence.remove(tx, *_passing([act]))
    _follow(tx, act)
    _restand(tx, groups, before)


def widen(tx: Transaction, audience: str) -> None:
    """Gives to everybody what was said for these members."""
    theirs = activities.of_audience(tx, audience)
    groups = standing.groups(tx, theirs)
    before = standing.of(tx, groups)
    indexed = evidence.remove(tx, *_passing(theirs))
    activities.widen(tx, audience)
    evidence.add(tx, *(replace(act, audience=activities.PUBLIC) for act in theirs if act.id in indexed))
    _restand(tx, groups, before)


def forget(tx: Transaction, ids: Iterable[str]) -> None:
    """Erases acts, so that nothing is left of them."""
    gone = list(ids)
    pages = [gone[start : start + PAGE] for start in range(0, len(gone), PAGE)]
    groups = {group for some in pages for group in standing.groups(tx, activities.of_ids(tx, some).values())}
    before = standing.of(tx, groups)
    for some in pages:
        evidence.remove(tx, *_passing(activities.of_ids(tx, some).values()))
        activities.forget(tx, some)
    _restand(tx, groups, before)


def _passing(acts: Iterable[Activity]) -> list[Activity]:
    """Those that are evidence whatever is said later."""
    return [act for act in acts if act.kind not in standing.KINDS]


def _restand(tx: Transaction, groups: Collection[Group], before: list[Activity]) -> None:
    """Brings the index in step with what stands of these groups now."""
    if not groups:
        return
    after = standing.of(tx, groups)
    evidence.remove(tx, *(act for act in before if act not in after))
    evidence.add(tx, *(act for act in after if act not in before))


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
