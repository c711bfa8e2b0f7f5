"""Contacts a person brought along: whom they know already, kept as traces of mail addresses that tell nothing."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Column, String, bindparam, delete, select

from store.base import Transaction, Utc, table
from store.parts import parts
from store.people import Person

IN_ONE = 500

contacts = table(
    "contacts",
    Column("person", String),
    Column("trace", String),
    Column("added_at", Utc, nullable=False),
    key=("person", "trace"),
)
"""`trace` is another one for each person who has the same contact, so that rows say nothing about who shares whom."""

_c = contacts.c
_here = _c.tenant_id == bindparam("tenant")
_KNOWN = select(_c.trace).where(
    _here, _c.person == bindparam("whose"), _c.trace.in_(bindparam("traces", expanding=True))
)
_OWNERS = select(_c.person).distinct().where(_here)
_DROP = delete(contacts).where(_here, _c.trace.in_(bindparam("traces", expanding=True)))


def add(tx: Transaction, person: str, emails: Iterable[str], at: datetime) -> int:
    """How many of them were not there yet."""
    traces = {_trace(tx, person, email) for email in emails}
    fresh = sorted(traces - _kept(tx, person, traces))
    tx.insert(contacts, *({"person": person, "trace": trace, "added_at": at} for trace in fresh))
    return len(fresh)


def known(tx: Transaction, person: str, people: Iterable[Person]) -> set[str]:
    """The ids of those of the people whom this person knows."""
    traces = {_trace(tx, person, other.email): other.id for other in people if other.email}
    return {traces[trace] for trace in _kept(tx, person, traces)}


def forget(tx: Transaction, email: str) -> None:
    """Takes somebody out of everybody's contacts."""
    traces = [_trace(tx, row["person"], email) for row in tx.all(_OWNERS)] if email else []
    for some in parts(traces, IN_ONE):
        tx.run(_DROP, traces=some)


def _kept(tx: Transaction, person: str, traces: Iterable[str]) -> set[str]:
    return {row["trace"] for some in parts(traces, IN_ONE) for row in tx.all(_KNOWN, whose=person, traces=some)}


def _trace(tx: Transaction, person: str, email: str) -> str:
    return sha256(f"{tx.tenant}\n{person}\n{email.strip().lower()}".encode()).hexdigest()
