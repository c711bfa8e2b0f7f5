"""What people follow and mute: projects, persons, skills and kinds of news, in one preference model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, select

from store import activities
from store.activities import PUBLIC, Activity
from store.base import Transaction

FOLLOW, IGNORE = "Follow", "Ignore"
Thing = tuple[str, str]
"""What is followed: its type (Project, Person, Skill, Kind) and its key (the folded name, a person's id, a noun)."""


@dataclass(frozen=True, slots=True)
class Preferences:
    following: frozenset[Thing] = frozenset()
    muted: frozenset[Thing] = frozenset()


_a = activities.activities.c
_said = and_(_a.tenant_id == bindparam("tenant"), _a.kind == "follow", _a.undone_at.is_(None))
_newest = (_a.published.desc(), _a.id.desc())
_columns = (_a.id, _a.actor, _a.verb, _a.key, _a.facts)
_OF_PEOPLE = select(*_columns).where(_said, _a.actor.in_(bindparam("people", expanding=True))).order_by(*_newest)
_OF_PERSON = select(*_columns).where(_said, _a.actor == bindparam("person")).order_by(*_newest)
_ABOUT = (
    select(*_columns)
    .where(
        _said,
        _a.actor.in_(bindparam("people", expanding=True)),
        _a.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(*_newest)
)


def of_person(tx: Transaction, person: str) -> Preferences:
    return of_people(tx, [person])[person]


def of_people(tx: Transaction, people: Iterable[str]) -> dict[str, Preferences]:
    """The preferences of each of them; for everything the last word counts."""
    words: dict[str, dict[Thing, str]] = {person: {} for person in people}
    for row in tx.all(_OF_PEOPLE, people=list(words)):
        words[row["actor"]].setdefault(_thing(row["key"], row["facts"]), row["verb"])
    return {person: _preferences(said) for person, said in words.items()}


def mutes(tx: Transaction, person: str, things: Iterable[Thing]) -> bool:
    """Whether the person wants to hear nothing about one of these."""
    return person in muting(tx, [person], things)


def muting(tx: Transaction, people: Iterable[str], things: Iterable[Thing]) -> set[str]:
    """Those of the people who want to hear nothing about one of these."""
    wanted = set(things)
    said: dict[tuple[str, Thing], str] = {}
    for row in tx.all(_ABOUT, people=list(people), keys=sorted({key for _, key in wanted})):
        said.setdefault((row["actor"], _thing(row["key"], row["facts"])), row["verb"])
    return {person for (person, thing), verb in said.items() if verb == IGNORE and thing in wanted}


def said_by(tx: Transaction, person: str) -> list[Activity]:
    """Every act of following and muting that stands, the newest first."""
    return activities.of_actor(tx, person, ["follow"], (PUBLIC, f"person:{person}"))


def thing(act: Activity) -> Thing:
    return _thing(act.key, act.facts)


def _preferences(said: dict[Thing, str]) -> Preferences:
    return Preferences(
        frozenset(thing for thing, verb in said.items() if verb == FOLLOW),
        frozenset(thing for thing, verb in said.items() if verb == IGNORE),
    )


def _thing(key: str, facts: Mapping[str, Any]) -> Thing:
    return str(facts.get("type", "Person")), key
