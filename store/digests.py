"""Digests: what was chosen for whom and for which period, as ids and reasons; at most one is sent a period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Column, Integer, String, bindparam, delete, func, select, update

from store.base import Transaction, Utc, table
from store.statement import Row

STATES = ("queued", "thin", "skipped")
"""`thin`: too little, so it waits for the next one; `skipped`: nobody was there to send it in time."""

digests = table(
    "digests",
    Column("person", String),
    Column("period", String),
    Column("state", String, nullable=False),
    Column("since", Utc, nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("items", JSON, nullable=False),
    Column("left_out", Integer, nullable=False),
    Column("hints", JSON(none_as_null=True)),
    CheckConstraint(f"state in {STATES}", name="state"),
    key=("person", "period"),
)


@dataclass(frozen=True, slots=True)
class Digest:
    """It tells of what happened after `since` and up to `created_at`. `items` are of bot.curating, as JSON. `hints`: by
    name, the one that is its last line and those that had to wait; None before it was drawn."""

    person: str
    period: str
    state: str
    since: datetime
    created_at: datetime
    items: list[dict[str, Any]]
    left_out: int = 0
    hints: list[str] | None = None


_d = digests.c
_here = _d.tenant_id == bindparam("tenant")
_FIND = select(digests).where(_here, _d.person == bindparam("person"), _d.period == bindparam("period"))
_other = digests.alias()
_newest = (
    select(func.max(_other.c.created_at))
    .where(_other.c.tenant_id == _d.tenant_id, _other.c.person == _d.person, _other.c.created_at <= bindparam("until"))
    .scalar_subquery()
)
_LAST = (
    select(digests)
    .where(_here, _d.person.in_(bindparam("people", expanding=True)), _d.created_at == _newest)
    .order_by(_d.period)
)
_TAKEN = select(_d.person, _d.period).where(
    _here,
    _d.state == "queued",
    _d.person.in_(bindparam("people", expanding=True)),
    _d.created_at >= bindparam("since"),
)
_HINTED = (
    select(digests)
    .where(
        *(_here, _d.person == bindparam("person"), _d.state == "queued", _d.hints.is_not(None)),
        *(_d.created_at >= bindparam("since"), _d.created_at < bindparam("until")),
    )
    .order_by(_d.created_at)
)
_HINT = (
    update(digests)
    .where(_here, _d.person == bindparam("whose"), _d.period == bindparam("which"), _d.hints.is_(None))
    .values(hints=bindparam("names"))
)
_DROP = delete(digests).where(
    _here, _d.person == bindparam("whose"), _d.period == bindparam("which"), _d.state != "queued"
)
_COUNT = select(_d.state, func.count().label("n")).where(_here).group_by(_d.state)
_FORGET = delete(digests).where(_here, _d.person == bindparam("whose"))


def find(tx: Transaction, person: str, period: str) -> Digest | None:
    row = tx.one(_FIND, person=person, period=period)
    return _digest(row) if row else None


def last(tx: Transaction, people: Iterable[str], until: datetime) -> dict[str, Digest]:
    """The last digest of each, whatever became of it."""
    return {row["person"]: _digest(row) for row in tx.all(_LAST, people=list(people), until=until)}


def taken(tx: Transaction, people: Iterable[str], since: datetime) -> set[tuple[str, str]]:
    """Person and period of every digest since then that was sent or is on its way."""
    return {(row["person"], row["period"]) for row in tx.all(_TAKEN, people=list(people), since=since)}


def hinted(tx: Transaction, person: str, since: datetime, until: datetime) -> list[Digest]:
    """Those drawn for this person from then on and before `until`, the oldest first."""
    return [_digest(row) for row in tx.all(_HINTED, person=person, since=since, until=until)]


def hint(tx: Transaction, person: str, period: str, names: list[str]) -> None:
    """Keeps what the last line was, the first time that it is said."""
    tx.run(_HINT, whose=person, which=period, names=names)


def keep(tx: Transaction, *kept: Digest) -> None:
    """Adds them, in the place of those of the same period that were not sent.

    Raises IntegrityError where another replica has queued one of them meanwhile.
    """
    for one in kept:
        tx.run(_DROP, whose=one.person, which=one.period)
    tx.insert(digests, *({name: getattr(one, name) for name in _FIELDS} for one in kept))


def count(tx: Transaction) -> dict[str, int]:
    """How many there are in each state, every state named."""
    found = {row["state"]: row["n"] for row in tx.all(_COUNT)}
    return {state: found.get(state, 0) for state in STATES}


def forget(tx: Transaction, person: str) -> None:
    tx.run(_FORGET, whose=person)


_FIELDS = tuple(Digest.__dataclass_fields__)


def _digest(row: Row) -> Digest:
    return Digest(**{name: row[name] for name in _FIELDS})
