"""Erasures: salted traces of those who asked to be forgotten, so that no import brings them back."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Column, String, bindparam, delete, select

from store.base import Transaction, Utc, table
from store.parts import parts
from store.people import Person

erasures = table(
    "erasures",
    Column("trace", String),
    Column("salt", String, nullable=False),
    Column("together", String, nullable=False),
    Column("erased_at", Utc, nullable=False),
    key=("trace",),
)
"""`trace` tells nothing by itself; those of one person share `together`, a random name."""

_e = erasures.c
_here = _e.tenant_id == bindparam("tenant")
_SALT = select(_e.salt).where(_here).limit(1)
_KNOWN = select(_e.trace).where(_here, _e.trace.in_(bindparam("traces", expanding=True)))
_OTHERS = select(_e.together).where(_here, _e.trace == bindparam("mark")).scalar_subquery()
_LIFT = delete(erasures).where(_here, _e.together == _OTHERS)
IN_ONE = 500


def handle_trace(handle: str) -> str:
    return f"handle:{handle}"


def mail_trace(email: str) -> str:
    return f"mail:{email.strip().lower()}"


def account_trace(platform: str, account: str) -> str:
    return f"account:{platform}:{account}"


def traces(person: Person) -> list[str]:
    """Everything by which somebody could be recognized."""
    mail = [mail_trace(person.email)] if person.email else []
    return [handle_trace(person.handle), *mail, *(account_trace(*account) for account in person.accounts)]


def bury(tx: Transaction, left: Iterable[str], at: datetime, random: str) -> None:
    """Keeps the traces that somebody left. `random`: salts those of a tenant, and keeps these together."""
    row = tx.one(_SALT)
    salt = row["salt"] if row else _digest(tx, random, "salt")
    together = _digest(tx, salt, random)
    wanted = {_digest(tx, salt, trace) for trace in left}
    fresh = sorted(wanted - _known(tx, wanted))
    tx.insert(erasures, *({"trace": one, "salt": salt, "together": together, "erased_at": at} for one in fresh))


def known(tx: Transaction, asked: Iterable[str]) -> set[str]:
    """Those of the traces that belong to somebody who asked to be forgotten."""
    row = tx.one(_SALT)
    if row is None:
        return set()
    digests = {_digest(tx, row["salt"], trace): trace for trace in asked}
    return {digests[found] for found in _known(tx, digests)}


def lift(tx: Transaction, trace: str) -> None:
    """They came back by themselves: whatever else was left by whoever left this trace is theirs again."""
    row = tx.one(_SALT)
    if row:
        tx.run(_LIFT, mark=_digest(tx, row["salt"], trace))


def _known(tx: Transaction, digests: Iterable[str]) -> set[str]:
    return {row["trace"] for some in parts(digests, IN_ONE) for row in tx.all(_KNOWN, traces=some)}


def _digest(tx: Transaction, salt: str, said: str) -> str:
    return sha256(f"{tx.tenant}\n{salt}\n{said}".encode()).hexdigest()
