"""Participants: who said yes to introductions, and whom they would rather not meet. Theirs alone, so no act."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zlib import crc32

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    String,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
)

from store.base import Transaction, Utc, table
from store.people import people

PRIME = 2**31 - 1
"""Lots are drawn modulo it, so that every round mixes everybody anew."""

participants = table(
    "participants",
    Column("person", String),
    Column("since", Utc, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("paused_until", Date),
    Column("lot", BigInteger, nullable=False),
    key=("person",),
)

avoidances = table(
    "avoidances",
    Column("person", String),
    Column("other", String),
    Index("ix_avoidances_other", "tenant_id", "other"),
    key=("person", "other"),
)


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who said yes (`active`), or who did and then said stop. They are not introduced before the day
    `paused_until`."""

    person: str
    since: datetime
    active: bool = True
    paused_until: date | None = None


_p, _v = participants.c, avoidances.c
_joined = participants.join(people, and_(people.c.tenant_id == _p.tenant_id, people.c.id == _p.person))
_OPEN = and_(
    _p.tenant_id == bindparam("tenant"),
    _p.active,
    or_(_p.paused_until.is_(None), _p.paused_until <= bindparam("day")),
    _p.since <= bindparam("before"),
    people.c.left_at.is_(None),
    ~people.c.bot,
)
_OF_PEOPLE = select(participants).where(
    _p.tenant_id == bindparam("tenant"), _p.person.in_(bindparam("people", expanding=True))
)
_COUNT = select(func.count().label("n")).select_from(_joined).where(_OPEN)
_drawn = (_p.lot * bindparam("factor", type_=BigInteger) + bindparam("offset", type_=BigInteger)) % PRIME
_SHARE = (
    select(_p.person)
    .select_from(_joined)
    .where(_OPEN, _drawn % bindparam("shares", type_=BigInteger) == bindparam("share", type_=BigInteger))
    .order_by(_p.person)
)
_AVOIDED = select(avoidances).where(
    _v.tenant_id == bindparam("tenant"), _v.person.in_(bindparam("people", expanding=True))
)
_AVOIDING = select(_v.person).where(_v.tenant_id == bindparam("tenant"), _v.other == bindparam("other"))
_DROP = delete(participants).where(_p.tenant_id == bindparam("tenant"), _p.person == bindparam("whose"))
_ALLOW = delete(avoidances).where(
    _v.tenant_id == bindparam("tenant"), _v.person == bindparam("whose"), _v.other == bindparam("whom")
)
_FORGET = delete(avoidances).where(_v.tenant_id == bindparam("tenant"), _v.other == bindparam("whose"))
_FIELDS = tuple(Participant.__dataclass_fields__)


def of_people(tx: Transaction, ids: Iterable[str]) -> dict[str, Participant]:
    """Those of these people who ever said yes."""
    found = tx.all(_OF_PEOPLE, people=list(ids))
    return {row["person"]: Participant(**{name: row[name] for name in _FIELDS}) for row in found}


def keep(tx: Transaction, one: Participant) -> None:
    """Puts it in the place of what the same person said before."""
    tx.run(_DROP, whose=one.person)
    values = {name: getattr(one, name) for name in _FIELDS}
    tx.insert(participants, {**values, "lot": crc32(one.person.encode()) % PRIME})


def drop(tx: Transaction, person: str) -> None:
    """As if they had never said anything."""
    tx.run(_DROP, whose=person)


def count(tx: Transaction, day: date, before: datetime) -> int:
    """How many may be introduced on that day who had said yes before; whoever left does not count."""
    [row] = tx.all(_COUNT, day=day, before=before)
    return int(row["n"])


def share(tx: Transaction, nth: int, of: int, day: date, before: datetime) -> list[str]:
    """Those of them whose lot falls into the n-th of so many shares, which are others on each day."""
    factor, offset = (crc32(f"{name}:{day}".encode()) % (PRIME - 1) + 1 for name in ("factor", "offset"))
    drawn = {"factor": factor, "offset": offset, "shares": of, "share": nth}
    return [row["person"] for row in tx.all(_SHARE, day=day, before=before, **drawn)]


def avoid(tx: Transaction, person: str, other: str) -> bool:
    """Says whether that was new."""
    if other in avoided(tx, [person])[person]:
        return False
    tx.insert(avoidances, {"person": person, "other": other})
    return True


def allow(tx: Transaction, person: str, other: str) -> bool:
    """Says whether the person had avoided the other."""
    return bool(tx.run(_ALLOW, whose=person, whom=other))


def avoided(tx: Transaction, ids: Iterable[str]) -> dict[str, set[str]]:
    """Whom each of these people does not want to be introduced to, by their own word."""
    found: dict[str, set[str]] = {id: set() for id in ids}
    for row in tx.all(_AVOIDED, people=list(found)):
        found[row["person"]].add(row["other"])
    return found


def merge(tx: Transaction, gone: str, kept: str) -> None:
    """What one person said becomes another's, when they turn out to be the same; what the other said wins."""
    said = of_people(tx, [gone, kept])
    if gone in said and kept not in said:
        keep(tx, replace(said[gone], person=kept))
    tx.run(_DROP, whose=gone)
    for other in avoided(tx, [gone])[gone]:
        allow(tx, gone, other)
        avoid(tx, kept, other)
    for row in tx.all(_AVOIDING, other=gone):
        allow(tx, row["person"], gone)
        avoid(tx, row["person"], kept)


def forget(tx: Transaction, person: str) -> None:
    """Takes a person off the lists of those who avoid them."""
    tx.run(_FORGET, whose=person)
