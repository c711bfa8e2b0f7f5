"""Readers: what decides which news are somebody's, read for many people at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, select

from store import follows
from store.activities import PUBLIC, activities
from store.base import Transaction
from store.follows import Preferences
from store.people import Person
from store.places import FRESH, memberships
from store.skills import skills


@dataclass(frozen=True, slots=True)
class Reader:
    """`projects`: those the person is in; `skills` they have, `wishes` they would like to learn, all by key."""

    person: str
    team: str = ""
    audiences: tuple[str, ...] = (PUBLIC,)
    projects: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    wishes: frozenset[str] = frozenset()
    preferences: Preferences = field(default_factory=Preferences)


_a, _s, _m = activities.c, skills.c, memberships.c
_them: BindParameter[list[str]] = bindparam("people", expanding=True)
_alive = and_(_a.tenant_id == bindparam("tenant"), _a.undone_at.is_(None), _a.key != "")
_newest = (_a.published.desc(), _a.id.desc())
_JOINED = (
    select(_a.actor, _a.key, _a.verb)
    .where(_alive, _a.actor.in_(_them), _a.kind.in_(("member", "update")))
    .order_by(*_newest)
)
_owner = _a.facts["owner"].as_string()
_owned = and_(_alive, _a.kind == "project", _a.audience == PUBLIC, _owner.is_not(None))
_EVER_OWNED = select(_a.key).distinct().where(_owned, _owner.in_(_them))
_OWNERS = (
    select(_a.key, _owner.label("owner"))
    .where(_owned, _a.key.in_(bindparam("keys", expanding=True)))
    .order_by(*_newest)
)
_SKILLS = select(_s.person, _s.key, _s.wish).where(_s.tenant_id == bindparam("tenant"), _s.person.in_(_them))
_PLACES = (
    select(_m.person, _m.platform, _m.place)
    .where(_m.tenant_id == bindparam("tenant"), _m.person.in_(_them), _m.checked_at >= bindparam("since"))
    .order_by(_m.platform, _m.place)
)


def of_people(tx: Transaction, people: Iterable[Person], now: datetime) -> dict[str, Reader]:
    team = {person.id: person.team for person in people}
    preferences = follows.of_people(tx, team)
    projects, places = _projects(tx, list(team)), _places(tx, list(team), now)
    known: dict[str, tuple[set[str], set[str]]] = {id: (set(), set()) for id in team}
    for row in tx.all(_SKILLS, people=list(team)):
        known[row["person"]][row["wish"]].add(row["key"])
    return {
        id: Reader(
            person=id,
            team=team[id],
            audiences=(PUBLIC, f"person:{id}", *places.get(id, ())),
            projects=frozenset(projects.get(id, ())),
            skills=frozenset(known[id][0]),
            wishes=frozenset(known[id][1]),
            preferences=preferences[id],
        )
        for id in team
    }


def _projects(tx: Transaction, ids: list[str]) -> dict[str, set[str]]:
    """Joined, written about and not left since, or owned."""
    last: dict[tuple[str, str], str] = {}
    for row in tx.all(_JOINED, people=ids):
        last.setdefault((row["actor"], row["key"]), row["verb"])
    found: dict[str, set[str]] = {}
    for (person, key), verb in last.items():
        if verb != "Leave":
            found.setdefault(person, set()).add(key)
    for key, owner in owners(tx, ids).items():
        found.setdefault(owner, set()).add(key)
    return found


def owners(tx: Transaction, ids: list[str]) -> dict[str, str]:
    """Who owns what these people ever owned, by what everybody may see."""
    keys = [row["key"] for row in tx.all(_EVER_OWNED, people=ids)]
    owners: dict[str, str] = {}
    for row in tx.all(_OWNERS, keys=keys):
        owners.setdefault(row["key"], row["owner"])
    return owners


def _places(tx: Transaction, ids: list[str], now: datetime) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in tx.all(_PLACES, people=ids, since=now - FRESH):
        found.setdefault(row["person"], []).append(f"place:{row['platform']}:{row['place']}")
    return found
