"""Subscriptions: how often each person wants their digest, and when the next one is due. Theirs alone, so no act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zlib import crc32

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, and_, bindparam, delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from store.base import Transaction, Utc, table
from store.people import people
from store.statement import Row

MONDAY, NINE = 0, "09:00"
SPREAD = 600
"""Seconds over which those who chose no hour are spread, so that a company does not come due in one moment."""

subscriptions = table(
    "subscriptions",
    Column("person", String),
    Column("rhythm", String, nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("time", String, nullable=False),
    Column("chosen", Boolean, nullable=False),
    Column("zone", String, nullable=False),
    Column("anchor", Date, nullable=False),
    Column("next_at", Utc),
    Index("ix_subscriptions_next_at", "tenant_id", "next_at"),
    key=("person",),
)


@dataclass(frozen=True, slots=True)
class Subscription:
    """`rhythm` is daily, weekly, biweekly or monthly, `weekday` counts from Monday, 0, and `time` is on the person's
    own clock; `chosen`: the person named an hour or a day; `zone`: theirs when `next_at` was reckoned; `anchor`: a day
    on which a two-weekly one falls. Without `next_at` it is off."""

    person: str
    anchor: date
    rhythm: str = "weekly"
    weekday: int = MONDAY
    time: str = NINE
    chosen: bool = False
    zone: str = ""
    next_at: datetime | None = None

    @property
    def spread(self) -> int:
        """Seconds after the hour."""
        return 0 if self.chosen else crc32(self.person.encode()) % SPREAD


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has started, and whose subscription is missing (None) or was reckoned in another zone."""

    person: str
    zone: str
    started_at: datetime
    subscription: Subscription | None


_s, _p = subscriptions.c, people.c
_here = _s.tenant_id == bindparam("tenant")
_joined = people.outerjoin(subscriptions, and_(_s.tenant_id == _p.tenant_id, _s.person == _p.id))
_present = and_(_p.tenant_id == bindparam("tenant"), _p.started_at.is_not(None), _p.left_at.is_(None), ~_p.bot)

_OF_PEOPLE = select(subscriptions).where(_here, _s.person.in_(bindparam("people", expanding=True)))
_LOCK = _OF_PEOPLE.with_for_update()
_DUE = (
    select(subscriptions)
    .where(_here, _s.next_at <= bindparam("now"))
    .order_by(_s.next_at, _s.person)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_UNSETTLED = (
    select(_p.id, _p.timezone, _p.started_at, subscriptions)
    .select_from(_joined)
    .where(_present, or_(_s.person.is_(None), _s.zone != _p.timezone))
    .order_by(_p.id)
    .limit(bindparam("limit"))
)
_ON = select(_p.id).select_from(_joined).where(_present, _s.next_at.is_not(None)).order_by(_p.id)
_DROP = delete(subscriptions).where(_here, _s.person == bindparam("whose"))
_FIELDS = tuple(Subscription.__dataclass_fields__)
_INSERTS: dict[str, Any] = {
    "sqlite": sqlite.insert(subscriptions),
    "postgresql": postgresql.insert(subscriptions),
}
_ADD = {name: insert.on_conflict_do_nothing() for name, insert in _INSERTS.items()}
_KEEP = {
    name: insert.on_conflict_do_update(
        index_elements=["tenant_id", "person"], set_={field: insert.excluded[field] for field in _FIELDS}
    )
    for name, insert in _INSERTS.items()
}


def of_people(tx: Transaction, ids: Iterable[str]) -> dict[str, Subscription]:
    return {row["person"]: _subscription(row) for row in tx.all(_OF_PEOPLE, people=list(ids))}


def lock(tx: Transaction, ids: Iterable[str]) -> dict[str, Subscription]:
    """The same, and nobody else touches them until this transaction ends."""
    return {row["person"]: _subscription(row) for row in tx.all(_LOCK, people=list(ids))}


def due(tx: Transaction, now: datetime, limit: int) -> list[Subscription]:
    """Claims those that are due, the longest due first; what another replica has claimed is left out."""
    return [_subscription(row) for row in tx.all(_DUE, now=now, limit=limit)]


def unsettled(tx: Transaction, limit: int) -> list[Newcomer]:
    """Those who have started, are here, and whose next digest must be reckoned (anew)."""
    return [
        Newcomer(row["id"], row["timezone"], row["started_at"], _subscription(row) if row["person"] else None)
        for row in tx.all(_UNSETTLED, limit=limit)
    ]


def wanting(tx: Transaction) -> list[str]:
    """Everybody who has started, is here, and has not said stop."""
    return [row["id"] for row in tx.all(_ON)]


def add(tx: Transaction, *new: Subscription) -> None:
    """Adds those which another replica has not added meanwhile."""
    _write(tx, _ADD, new)


def keep(tx: Transaction, *kept: Subscription) -> None:
    """Puts these in the place of what the same people had."""
    _write(tx, _KEEP, kept)


def forget(tx: Transaction, person: str) -> None:
    tx.run(_DROP, whose=person)


def _write(tx: Transaction, statements: dict[str, Any], written: tuple[Subscription, ...]) -> None:
    rows = [{name: getattr(one, name) for name in _FIELDS} for one in written]
    tx.each(statements[tx.connection.dialect.name], rows)


def _subscription(row: Row) -> Subscription:
    return Subscription(**{name: row[name] for name in _FIELDS})
