"""Skills people declare, with level and wish: the last word of each person on each skill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, Column, Index, String, bindparam, delete, exists, select, union_all

from store.activities import Activity, activities
from store.base import Transaction, Utc, table
from store.parts import parts

skills = table(
    "skills",
    Column("person", String),
    Column("key", String),
    Column("name", String, nullable=False),
    Column("level", String, nullable=False, default=""),
    Column("wish", Boolean, nullable=False, default=False),
    Column("confirmed_at", Utc, nullable=False),
    Column("activity", String, nullable=False),
    Index("ix_skills_key", "tenant_id", "key", "person"),
    key=("person", "key"),
)


MOST = 50
"""Skills a person may have."""
IN_ONE = 20
"""Keys that are looked up at once."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a person said of a skill at one time; `holds`: they have it from then on."""

    at: datetime
    key: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Skill:
    """`level` is beginner, good, expert or empty; a `wish` is what the person would like to learn."""

    person: str
    key: str
    name: str
    level: str
    wish: bool
    confirmed_at: datetime
    activity: str


_s, _a = skills.c, activities.c
_here = _s.tenant_id == bindparam("tenant")
_OF_PERSON = select(skills).where(_here, _s.person == bindparam("person")).order_by(_s.wish, _s.name)
_OF_KEYS = select(skills).where(_here, _s.key.in_(bindparam("keys", expanding=True))).order_by(_s.person)
_seen = exists().where(
    _a.tenant_id == _s.tenant_id, _a.id == _s.activity, _a.audience.in_(bindparam("audiences", expanding=True))
)
_OF_PEOPLE_SEEN = (
    select(skills).where(_here, _s.person.in_(bindparam("people", expanding=True)), _seen).order_by(_s.wish, _s.name)
)
_OF_PERSON_SEEN, _OF_KEYS_SEEN = _OF_PERSON.where(_seen), _OF_KEYS.where(_seen)
_HOLDERS = (
    select(_s.person).distinct().where(_here, _s.wish.is_(False), _s.person.in_(bindparam("people", expanding=True)))
)
_HISTORY = (
    select(_a.published, _a.key, _a.verb, _a.facts)
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.actor == bindparam("person"),
        _a.kind == "skill",
        _a.undone_at.is_(None),
    )
    .order_by(_a.published, _a.id)
)
_SPELLED = (
    select(_s.name).where(_here, _s.key == bindparam("key"), _s.wish.is_(False), _seen).order_by(_s.person).limit(1)
)
_DROP = delete(skills).where(_here, _s.person == bindparam("person"), _s.key == bindparam("key"))
_LAST = (
    select(_a.id, _a.verb, _a.name, _a.facts, _a.published)
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.actor == bindparam("person"),
        _a.kind == "skill",
        _a.key == bindparam("key"),
        _a.undone_at.is_(None),
    )
    .order_by(_a.facts["source"].as_string().is_not(None), _a.published.desc(), _a.id.desc())
    .limit(1)
)


def of_person(tx: Transaction, person: str, audiences: Iterable[str] | None = None) -> list[Skill]:
    """Skills by name, then wishes by name; without `audiences` all of them, for the person's own eyes."""
    if audiences is None:
        return list(map(_skill, tx.all(_OF_PERSON, person=person)))
    return list(map(_skill, tx.all(_OF_PERSON_SEEN, person=person, audiences=list(audiences))))


def of_people(tx: Transaction, people: Iterable[str], audiences: Iterable[str]) -> dict[str, list[Skill]]:
    """The same of several people, in one look."""
    found: dict[str, list[Skill]] = {person: [] for person in people}
    rows = tx.all(_OF_PEOPLE_SEEN, people=list(found), audiences=list(audiences)) if found else []
    for skill in map(_skill, rows):
        found[skill.person].append(skill)
    return found


def of_keys(tx: Transaction, keys: Iterable[str], audiences: Iterable[str] | None = None) -> list[Skill]:
    """Everybody's, as far as these audiences may see them; without `audiences` all, for nobody's eyes."""
    if audiences is None:
        return list(map(_skill, tx.all(_OF_KEYS, keys=list(keys))))
    return list(map(_skill, tx.all(_OF_KEYS_SEEN, keys=list(keys), audiences=list(audiences))))


def holders(tx: Transaction, people: Iterable[str]) -> set[str]:
    """Those of these people who declared a skill."""
    return {row["person"] for row in tx.all(_HOLDERS, people=list(people))}


def known(tx: Transaction, keys: Iterable[str]) -> set[str]:
    """Those of the keys that anybody has or wishes for as a skill."""
    return {
        row["key"]
        for part in parts(keys, IN_ONE)
        for row in tx.all(_some(len(part)), **{f"key_{n}": k for n, k in enumerate(part)})
    }


@cache
def _some(size: int) -> Any:
    """One holder of each key is read, however many there are."""
    each = (select(_s.key).where(_here, _s.key == bindparam(f"key_{n}")).limit(1).subquery() for n in range(size))
    return union_all(*(select(one.c.key) for one in each))


def spelled(tx: Transaction, keys: Iterable[str], audiences: Iterable[str]) -> dict[str, str]:
    """Those of the keys that somebody has as a skill which these audiences may see: key to a spelling. One holder of
    each is read, however many there are."""
    seen = list(audiences)
    found = ((key, tx.one(_SPELLED, key=key, audiences=seen)) for key in keys)
    return {key: row["name"] for key, row in found if row}


def history(tx: Transaction, person: str) -> list[Word]:
    """All that a person said of their skills and that stands, the oldest first."""
    rows = tx.all(_HISTORY, person=person)
    return [Word(row["published"], row["key"], row["verb"] == "Add" and not row["facts"].get("wish")) for row in rows]


def follow(tx: Transaction, act: Activity) -> None:
    """Brings the person's skill in step with what they last said of it; what they said by themselves counts before what
    they said yes to."""
    tx.run(_DROP, person=act.actor, key=act.key)
    last = tx.one(_LAST, person=act.actor, key=act.key)
    if last and last["verb"] == "Add":
        facts = last["facts"]
        row = {"person": act.actor, "key": act.key, "name": last["name"], "activity": last["id"]}
        word = {"level": facts.get("level", ""), "wish": bool(facts.get("wish")), "confirmed_at": last["published"]}
        tx.insert(skills, {**row, **word})


def _skill(row: Mapping[str, Any]) -> Skill:
    return Skill(**{name: row[name] for name in Skill.__dataclass_fields__})
