"""Interests: what everybody may see that people know, want to learn and work on, read for many at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, case, func, select

from store.activities import PUBLIC, activities
from store.base import Transaction
from store.readers import owners
from store.skills import skills
from store.statement import Row


@dataclass(frozen=True, slots=True)
class Interests:
    """`skills` and `wishes`: name by key; `projects` by key."""

    skills: dict[str, str] = field(default_factory=dict)
    wishes: dict[str, str] = field(default_factory=dict)
    projects: set[str] = field(default_factory=set)


_a, _s = activities.c, skills.c
_SKILLS = (
    select(_s.person, _s.key, _s.name, _s.wish)
    .select_from(skills.join(activities, and_(_a.tenant_id == _s.tenant_id, _a.id == _s.activity)))
    .where(
        _s.tenant_id == bindparam("tenant"),
        _s.person.in_(bindparam("people", expanding=True)),
        _a.audience == PUBLIC,
    )
    .order_by(_s.person, _s.key)
)
_left = case((_a.verb == "Leave", _a.published))
_came = case((_a.verb != "Leave", _a.published))


def _in_projects(whose: ColumnElement[str], which: BindParameter[list[str]]) -> Select[tuple[str, str]]:
    """Who joined or wrote about what in public, and did not leave in public since."""
    return (
        select(_a.actor, _a.key)
        .where(
            *(_a.tenant_id == bindparam("tenant"), _a.undone_at.is_(None), _a.key != "", _a.audience == PUBLIC),
            *(_a.kind.in_(("member", "update")), whose.in_(which)),
        )
        .group_by(_a.actor, _a.key)
        .having(and_(func.max(_came).is_not(None), func.coalesce(func.max(_left) < func.max(_came), True)))
        .order_by(_a.key, _a.actor)
    )


_OF_PEOPLE = _in_projects(_a.actor, bindparam("people", expanding=True))
_MEMBERS = _in_projects(_a.key, bindparam("keys", expanding=True))


def of_people(tx: Transaction, ids: Iterable[str]) -> dict[str, Interests]:
    found = {id: Interests() for id in ids}
    for row in tx.all(_SKILLS, people=list(found)):
        one = found[row["person"]]
        (one.wishes if row["wish"] else one.skills)[row["key"]] = row["name"]
    for row in tx.all(_OF_PEOPLE, people=list(found)):
        found[row["actor"]].projects.add(row["key"])
    for key, owner in owners(tx, list(found)).items():
        if owner in found:
            found[owner].projects.add(key)
    return found


def members(tx: Transaction, projects: Iterable[str]) -> dict[str, list[str]]:
    """The people in each of these projects."""
    found: dict[str, list[str]] = {key: [] for key in projects}
    rows: list[Row] = tx.all(_MEMBERS, keys=list(found)) if found else []
    for row in rows:
        if not row["actor"].startswith("app:"):
            found[row["key"]].append(row["actor"])
    return found
