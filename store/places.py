"""Places where things are said, and who shares the private ones."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Column, Index, String, bindparam, delete, select

from store.activities import PUBLIC
from store.base import Transaction, Utc, table

FRESH = timedelta(minutes=15)
"""How long a membership is believed; after that the place is closed to the reader until it is seen again."""

memberships = table(
    "memberships",
    Column("platform", String),
    Column("place", String),
    Column("person", String),
    Column("checked_at", Utc, nullable=False),
    Index("ix_memberships_person", "tenant_id", "person"),
    key=("platform", "place", "person"),
)

_m = memberships.c
_here = _m.tenant_id == bindparam("tenant")
_OF_PERSON = select(_m.platform, _m.place).where(
    _here, _m.person == bindparam("person"), _m.checked_at >= bindparam("since")
)
_LEAVE = delete(memberships).where(
    _here,
    _m.platform == bindparam("platform"),
    _m.place == bindparam("place"),
    _m.person.in_(bindparam("people", expanding=True)),
)


def audiences(tx: Transaction, person: str, now: datetime) -> tuple[str, ...]:
    """Every audience this person belongs to: what anybody may see, what only they may, and the places they share."""
    shared = tx.all(_OF_PERSON, person=person, since=now - FRESH)
    return (PUBLIC, f"person:{person}", *(f"place:{row['platform']}:{row['place']}" for row in shared))


def see(tx: Transaction, platform: str, place: str, people: Iterable[str], at: datetime) -> None:
    """These people were seen in this place."""
    seen = list(dict.fromkeys(people))
    leave(tx, platform, place, seen)
    tx.insert(
        memberships, *({"platform": platform, "place": place, "person": person, "checked_at": at} for person in seen)
    )


def leave(tx: Transaction, platform: str, place: str, people: Iterable[str]) -> None:
    tx.run(_LEAVE, platform=platform, place=place, people=list(people))
