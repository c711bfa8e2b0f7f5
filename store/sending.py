"""How workers share the outbox: who sends which message, until when it is theirs, and what became of it.

A worker serves all tenants, so claims name the tenant of each message; everything else is within one tenant. Whoever
claims a message raises its fence, and only the holder of the newest fence may say what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ClauseElement,
    ColumnElement,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    update,
)

from store import outbox as messages
from store.base import Transaction
from store.outbox import Message, outbox, pauses
from store.people import accounts
from store.statement import Row

_o, _p, _a = outbox.c, pauses.c, accounts.c
_row = and_(_o.tenant_id == bindparam("tenant"), _o.id == bindparam("row"))
_held = and_(_row, _o.fence == bindparam("held"))
_now: BindParameter[datetime] = bindparam("now")
_has_account = (
    exists()
    .where(_a.tenant_id == _o.tenant_id, _a.person_id == _o.person, _a.platform == _p.platform)
    .correlate(outbox, pauses)
)
_pauses = (
    select(func.count())
    .select_from(pauses)
    .where(_p.tenant_id == _o.tenant_id, _p.until > _now, or_(_p.platform == _o.platform, _has_account))
    .correlate(outbox)
    .scalar_subquery()
)
"""Counted, not asked for by EXISTS, which PostgreSQL makes a join of: then every claim would sort all that is due."""


@dataclass(frozen=True, slots=True)
class Lease:
    """Whose a message is: from `at` on the platform may have it, and at `until` others may take it."""

    owner: str
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """A message that is this worker's to send, or to look for."""

    tenant: str
    message: Message


def _claiming(which: ColumnElement[bool], **values: Any) -> ClauseElement:
    """Takes the first rows that fit, leaving out those that another worker is taking in this very moment."""
    due = (
        select(_o.tenant_id, _o.id)
        .where(which)
        .order_by(_o.not_before, _o.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=outbox)
        .cte("due")
    )
    return (
        update(outbox)
        .where(_o.tenant_id == due.c.tenant_id, _o.id == due.c.id)
        .values(fence=_o.fence + 1, owner=bindparam("by"), lease_until=bindparam("until"), **values)
        .returning(*(outbox.c))
    )


_CLAIM = _claiming(
    and_(_o.state == "ready", _o.lane == bindparam("in_lane"), _o.not_before <= _now, _pauses == 0),
    state="sending",
    tried_at=None,
)
_DOUBTED = _claiming(and_(_o.state == "uncertain", _o.lease_until <= _now))
_lapsed = and_(_o.state == "sending", _o.lease_until < _now)
_UNTRIED = update(outbox).where(_lapsed, _o.tried_at.is_(None)).values(state="ready", lease_until=None)
_DOUBT = (
    update(outbox)
    .where(_lapsed)
    .values(
        state="uncertain",
        reason="the worker was lost",
        uncertain_since=case((_o.uncertain_since.is_(None), _now), else_=_o.uncertain_since),
        lease_until=bindparam("look_at"),
    )
)
_OWNERS = select(func.count(_o.owner.distinct()).label("n")).where(_o.state == "sending")
_BEGIN = (
    update(outbox)
    .where(_held, _o.state == "sending", _o.retracted_at.is_(None))
    .values(
        tried_at=bindparam("at"),
        attempts=_o.attempts + 1,
        lease_until=bindparam("until"),
        via=bindparam("on"),
        account=bindparam("whom"),
        context=bindparam("kept"),
        provider_place=bindparam("where_to"),
    )
)
_WHOLE = select(outbox).where(_row)
_PAUSED = select(_p.until).where(
    _p.tenant_id == bindparam("tenant"), _p.platform == bindparam("on"), _p.until > bindparam("at")
)
_PAUSE = (
    update(pauses)
    .where(_p.tenant_id == bindparam("tenant"), _p.platform == bindparam("on"))
    .values(until=case((_p.until > bindparam("to"), _p.until), else_=bindparam("to")))
)


def add_begun(tx: Transaction, message: Message, lease: Lease) -> Claim | None:
    """Writes a message to a place that the worker in this very process posts as soon as it is committed. None: the
    platform asked to wait, so that it is ready for later."""
    until = paused(tx, message.platform, lease.at)
    if until:
        messages.add(tx, replace(message, not_before=until, due_at=message.not_before))
        return None
    mine = {"owner": lease.owner, "lease_until": lease.until, "tried_at": lease.at, "attempts": 1}
    begun = replace(message, state="sending", fence=1)
    messages.add(tx, begun, via=message.platform, provider_place=message.place, **mine)
    return Claim(tx.tenant, begun)


def claim(tx: Transaction, owner: str, now: datetime, until: datetime, lane: int, limit: int) -> list[Claim]:
    """Up to so many due messages of a lane, of every tenant, the longest due first."""
    return _claims(tx, _CLAIM, now=now, until=until, by=owner, in_lane=lane, most=limit)


def doubted(tx: Transaction, owner: str, now: datetime, until: datetime, limit: int) -> list[Claim]:
    """Uncertain messages that it is time to look for."""
    return _claims(tx, _DOUBTED, now=now, until=until, by=owner, most=limit)


def lapse(tx: Transaction, now: datetime, look_at: datetime) -> None:
    """Takes what a lost worker had claimed: ready again where the platform was not asked yet, else uncertain."""
    tx.run(_UNTRIED, now=now)
    tx.run(_DOUBT, now=now, look_at=look_at)


def owners(tx: Transaction) -> int:
    """How many workers are sending now."""
    row = tx.one(_OWNERS)
    return int(row["n"]) if row else 0


def begin(tx: Transaction, message: Message, now: datetime, until: datetime, **to: str) -> bool:
    """From now on the platform may have it. False: it is no longer ours, or was taken back.

    `to`: platform, account, place and context of the address.
    """
    values = {"on": to["platform"], "whom": to["account"], "where_to": to["place"], "kept": to["context"]}
    return bool(tx.run(_BEGIN, row=message.id, held=message.fence, at=now, until=until, **values))


def sent(
    tx: Transaction, message: Message, provider_id: str, place: str, at: datetime, new_id: Callable[[], str]
) -> bool:
    """It arrived. What was taken back meanwhile gets a REMOVAL. False: another worker has it now."""
    values = {"provider_id": provider_id} | ({"provider_place": place} if place else {})
    row = _settle(tx, message, state="sent", sent_at=at, lease_until=None, reason="", **values)
    if row and row["retracted_at"] and provider_id:
        whole = tx.all(_WHOLE, row=message.id)
        messages.add(tx, *(messages.removal(messages.read(one), at, new_id()) for one in whole))
    return row is not None


def again(tx: Transaction, message: Message, at: datetime, reason: str, attempts: int) -> None:
    """It surely did not arrive, and is tried again from then on."""
    _settle(
        tx,
        message,
        state="ready",
        not_before=at,
        lease_until=None,
        tried_at=None,
        reason=reason,
        attempts=attempts,
    )


def end(tx: Transaction, message: Message, state: str, reason: str) -> None:
    """It surely did not arrive and is given up: `dead`, or `cancelled` where it must not go any more."""
    _settle(tx, message, state=state, lease_until=None, reason=reason)


def doubt(tx: Transaction, message: Message, at: datetime, look_at: datetime | None, reason: str) -> None:
    """It may have arrived. `look_at`: when somebody looks for it; None: it stays in doubt."""
    since = message.uncertain_since or at
    _settle(tx, message, state="uncertain", uncertain_since=since, lease_until=look_at, reason=reason)


def pause(tx: Transaction, platform: str, until: datetime) -> None:
    """Nothing goes to this platform before then. Raises IntegrityError where another worker says so for the first time
    in this very moment."""
    if not tx.run(_PAUSE, on=platform, to=until):
        tx.insert(pauses, {"platform": platform, "until": until})


def paused(tx: Transaction, platform: str, at: datetime) -> datetime | None:
    """Until when this platform wants to hear nothing."""
    row = tx.one(_PAUSED, on=platform, at=at)
    return row["until"] if row else None


def _claims(tx: Transaction, statement: ClauseElement, **values: Any) -> list[Claim]:
    rows = sorted(tx.all(statement, **values), key=lambda row: (row["not_before"], row["id"]))
    return [Claim(row["tenant_id"], messages.read(row)) for row in rows]


@cache
def _settling(*names: str) -> ClauseElement:
    return (
        update(outbox)
        .where(_held, _o.state.in_(("sending", "uncertain")))
        .values({name: bindparam(f"new_{name}") for name in names})
        .returning(_o.retracted_at)
    )


def _settle(tx: Transaction, message: Message, **values: Any) -> Row | None:
    new = {f"new_{name}": value for name, value in values.items()}
    return tx.one(_settling(*values), row=message.id, held=message.fence, **new)
