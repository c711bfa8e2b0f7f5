"""Joining: two rows turn out to be one person, and all that was said as the one becomes the other's."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, Update, bindparam, select, union, update

from store import activities as acts
from store import evidence, holders, holdings, introductions, namesakes, participants, people, profile, skills, standing
from store.activities import PUBLIC, Activity, activities, receivers
from store.base import Transaction
from store.parts import parts
from store.people import Person
from store.questions import questions, routes
from store.standing import Group

DERIVED = (holders.holders, evidence.tallies, namesakes.namesakes, skills.skills)
"""Tables that follow from the acts or the name."""
MERGED = (introductions.introductions, participants.participants, participants.avoidances)
"""Tables that name a second person."""
IN_ONE = 500

_a, _r = activities.c, receivers.c
_here = _a.tenant_id == bindparam("tenant")
_owner = _a.facts["owner"].as_string()
_CONCERNED = union(  # each by its own index, where one condition with "or" reads all there is
    select(_a.id).where(_here, _a.actor == bindparam("gone")),
    select(_a.id).where(_here, _a.audience == bindparam("own"), _a.audience != PUBLIC),
    select(_r.activity).where(_r.tenant_id == bindparam("tenant"), _r.person == bindparam("gone")),
)
_OWNED = select(_a.id, _a.facts).where(_here, _a.kind == "project", _owner == bindparam("gone"))
_OWN = update(activities).where(_here, _a.id == bindparam("act")).values(facts=bindparam("more"))


def _renamed(column: Column[Any], *conditions: Any) -> Update:
    """Puts `kept` wherever a column says `gone`."""
    of = column.table
    there = (of.c.tenant_id == bindparam("tenant"), column == bindparam("gone"))
    return update(of).where(*there, *conditions).values({column.name: bindparam("kept")})


_RENAMED = (
    _renamed(_a.actor),
    _renamed(_a.key, _a.kind == "follow"),
    _renamed(questions.c.helper),
    _renamed(routes.c.suggested_by),
)
_READ = _renamed(_a.audience, _a.audience != PUBLIC)


def join(tx: Transaction, gone: Person, kept: Person) -> None:
    """Where both said something of the same, the word of `kept` stays; `gone` is no more."""
    concerned = [row["id"] for row in tx.all(_CONCERNED, gone=gone.id, own=f"person:{gone.id}")]
    before = _acts(tx, concerned)
    spoken = {(kept.id if act.actor == gone.id else act.actor, act.key) for act in before if act.kind == "skill"}
    groups = _groups(tx, before, gone.id, kept.id)
    titles, stood = people.titles(tx, [gone.id]), standing.of(tx, groups)
    indexed = evidence.remove(tx, *before, *titles, *stood, *_sources(tx, spoken))
    _move(tx, gone.id, kept.id)
    _rename(tx, gone.id, kept.id)
    after = _acts(tx, concerned)
    _follow(tx, after)
    said = (act for act in after if act.id in indexed and act.kind not in ("skill", *standing.KINDS))
    evidence.add(tx, *said, *standing.of(tx, groups), *_sources(tx, spoken))
    if gone.started_at and not kept.started_at:
        people.start(tx, kept.id, gone.started_at)


def _groups(tx: Transaction, before: list[Activity], gone: str, kept: str) -> set[Group]:
    """The groups in which acts by, to or about `gone` have a say, and the same of `kept`."""
    owned = _acts(tx, [row["id"] for row in tx.all(_OWNED, gone=gone)])
    found = standing.groups(tx, [*before, *owned])
    return found | {group._replace(person=kept) for group in found if group.person == gone}


def _sources(tx: Transaction, spoken: Iterable[tuple[str, str]]) -> list[Activity]:
    """The acts by which people have these skills now."""
    return _acts(tx, [id for person, key in sorted(spoken) for id in evidence.skill_source(tx, person, key)])


def _follow(tx: Transaction, theirs: Iterable[Activity]) -> None:
    for act in theirs:
        if act.kind == "skill":
            skills.follow(tx, act)
        elif act.kind == "profile":
            profile.follow(tx, act)


def _acts(tx: Transaction, ids: list[str]) -> list[Activity]:
    return [act for some in parts(ids, IN_ONE) for act in acts.of_ids(tx, some).values()]


def _move(tx: Transaction, gone: str, kept: str) -> None:
    for table in (*DERIVED, people.people):
        holdings.drop(tx, table, gone)
    introductions.merge(tx, gone, kept)
    participants.merge(tx, gone, kept)
    for table in holdings.COLUMNS.keys() - {*DERIVED, *MERGED, people.people}:
        holdings.move(tx, table, gone, kept)


def _rename(tx: Transaction, gone: str, kept: str) -> None:
    for statement in _RENAMED:
        tx.run(statement, gone=gone, kept=kept)
    tx.run(_READ, gone=f"person:{gone}", kept=f"person:{kept}")
    for row in tx.all(_OWNED, gone=gone):
        tx.run(_OWN, act=row["id"], more={**row["facts"], "owner": kept})
