"""The outbox: every message that does not fit a response, written in the transaction of its cause and delivered later.

It holds ids and reasons, no words: those are drawn when it is sent, after the reader's rights were checked again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Text,
    bindparam,
    func,
    select,
    update,
)

from store.base import Transaction, Utc, table
from store.statement import Row

STATES = ("waiting", "ready", "sending", "sent", "uncertain", "dead", "cancelled")
"""`waiting`: for a person who has not started; `uncertain`: the platform may have it; `dead`: given up, with why."""
ANSWER = "core.answer"
"""The kind of a message that carries an answer; `about` is the request."""
REMOVAL = "core.removal"
"""The kind of a message that takes an earlier one away; `provider_id` is that one's name on the platform."""

outbox = table(
    "outbox",
    Column("id", String),
    Column("kind", String, nullable=False),
    Column("about", String, nullable=False, default=""),
    Column("person", String, nullable=False, default=""),
    Column("platform", String, nullable=False, default=""),
    Column("place", String, nullable=False, default=""),
    Column("thread", String, nullable=False, default=""),
    Column("only_for", String, nullable=False, default=""),
    Column("context", Text, nullable=False, default=""),
    Column("language", String, nullable=False, default=""),
    Column("lane", Integer, nullable=False, default=1),
    Column("state", String, nullable=False, default="ready"),
    Column("created_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("not_before", Utc, nullable=False),
    Column("owner", String, nullable=False, default=""),
    Column("lease_until", Utc),
    Column("fence", Integer, nullable=False, default=0),
    Column("attempts", Integer, nullable=False, default=0),
    Column("via", String, nullable=False, default=""),
    Column("account", String, nullable=False, default=""),
    Column("provider_id", String, nullable=False, default=""),
    Column("provider_place", String, nullable=False, default=""),
    Column("tried_at", Utc),
    Column("uncertain_since", Utc),
    Column("retracted_at", Utc),
    Column("sent_at", Utc),
    Column("reason", String, nullable=False, default=""),
    CheckConstraint(" or ".join(f"state = '{state}'" for state in STATES), name="state"),  # a list is built per row
    Index("ix_outbox_due", "state", "lane", "not_before", "id"),
    Index("ix_outbox_about", "tenant_id", "about"),
    Index("ix_outbox_person", "tenant_id", "person", "state"),
    key=("id",),
)

pauses = table("pauses", Column("platform", String), Column("until", Utc, nullable=False), key=("platform",))
"""Until when a platform wants to hear nothing from this tenant."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message to a person, or into a place (`platform`, `place`). `lane`: 0 answers, 1 notices, 2 digests.

    Of the last try: `via` which platform and `account`, and from `tried_at` on the platform may have it.
    `uncertain_since`: when that was first in doubt. `retracted_at`: the act it tells of was taken back. `due_at`: the
    first `not_before`, which a later try moves.
    """

    id: str
    kind: str
    created_at: datetime
    not_before: datetime
    about: str = ""
    person: str = ""
    platform: str = ""
    place: str = ""
    thread: str = ""
    only_for: str = ""
    context: str = ""
    language: str = ""
    lane: int = 1
    state: str = "ready"
    fence: int = 0
    attempts: int = 0
    provider_id: str = ""
    provider_place: str = ""
    sent_at: datetime | None = None
    reason: str = ""
    via: str = ""
    account: str = ""
    tried_at: datetime | None = None
    uncertain_since: datetime | None = None
    retracted_at: datetime | None = None
    due_at: datetime | None = None

    @property
    def was_resent(self) -> bool:
        """Whether it was tried once more after it had been in doubt."""
        return bool(self.tried_at and self.uncertain_since and self.tried_at > self.uncertain_since)


FIELDS = tuple(Message.__dataclass_fields__)
_fields = attrgetter(*FIELDS)
_USUAL = tuple(field.default for field in fields(Message))
_o = outbox.c
_here = _o.tenant_id == bindparam("tenant")
_ABOUT = select(outbox).where(_here, _o.about == bindparam("about")).order_by(_o.id)
_WAITING = select(outbox).where(_here, _o.person == bindparam("person"), _o.state == "waiting").order_by(_o.id)
_CANCEL = (
    update(outbox)
    .where(_here, _o.about == bindparam("act"), _o.state.in_(("waiting", "ready")))
    .values(state="cancelled", reason=bindparam("why"))
)
_RETRACT = (
    update(outbox)
    .where(_here, _o.about == bindparam("act"), _o.state.in_(("ready", "waiting", "sending", "sent", "uncertain")))
    .values(retracted_at=bindparam("at"))
)
_MARK = (
    update(outbox)
    .where(_here, _o.id.in_(bindparam("ids", expanding=True)), _o.state == "waiting")
    .values(state=bindparam("to"))
)
_HEARD = select(_o.about).where(
    *(_here, _o.person == bindparam("person"), _o.kind == bindparam("kind")),
    _o.state.in_(("sending", "sent", "uncertain")),
)
_COUNT = select(_o.state, func.count().label("n")).where(_here).group_by(_o.state)


def add(tx: Transaction, *messages: Message, **more: Any) -> None:
    """`more`: columns that are no part of a message."""
    tx.insert(outbox, *(_values(message) | more for message in messages))


def _about(tx: Transaction, about: str) -> list[Message]:
    return [read(row) for row in tx.all(_ABOUT, about=about)]


def waiting(tx: Transaction, person: str) -> list[Message]:
    return [read(row) for row in tx.all(_WAITING, person=person)]


def release(tx: Transaction, ids: Iterable[str], state: str) -> None:
    """Lets messages that waited for their receiver go on to `state`."""
    tx.run(_MARK, ids=list(ids), to=state)


def cancel(tx: Transaction, about: str, reason: str) -> int:
    """Cancels what is not on its way yet."""
    return tx.run(_CANCEL, act=about, why=reason)


def retract(tx: Transaction, about: str, at: datetime, new_id: Callable[[], str]) -> bool:
    """Takes back every message about an act: what waits is cancelled, what was sent gets a REMOVAL, and what is on its
    way gets one as soon as it is sent.

    Says whether nothing stays in a place that cannot be removed.
    """
    tx.run(_RETRACT, act=about, at=at)  # first: it holds the rows still until this transaction ends
    cancel(tx, about, "taken back")
    sent = [message for message in _about(tx, about) if message.state in ("sending", "sent", "uncertain")]
    add(tx, *(removal(message, at, new_id()) for message in sent if message.state == "sent" and message.provider_id))
    return all(message.provider_id or message.person or message.state == "sending" for message in sent)


def removal(message: Message, at: datetime, id: str) -> Message:
    """What takes a message away again that was sent."""
    return Message(
        id,
        REMOVAL,
        created_at=at,
        not_before=at,
        platform=message.via or message.platform,
        place=message.provider_place or message.place,
        context=message.context,
        provider_id=message.provider_id,
        lane=0,
    )


def heard(tx: Transaction, person: str, kind: str) -> set[str]:
    """What the messages of a kind were about that the person got, or may have got."""
    return {row["about"] for row in tx.all(_HEARD, person=person, kind=kind)}


def count(tx: Transaction) -> dict[str, int]:
    """How many messages are in each state, every state named."""
    found = {row["state"]: row["n"] for row in tx.all(_COUNT)}
    return {state: found.get(state, 0) for state in STATES}


def _values(message: Message) -> dict[str, Any]:
    """Its columns, but for those that hold what they usually do."""
    values = zip(FIELDS, _fields(message), _USUAL, strict=True)
    said = {name: value for name, value, usual in values if value != usual}
    return {"due_at": message.not_before, **said}


def read(row: Row) -> Message:
    return Message(**{name: row[name] for name in FIELDS})


_KIND = select(outbox).where(_here, _o.kind == bindparam("kind")).order_by(_o.id)
_FRESH = (
    select(outbox)
    .where(_here, _o.state == "ready", _o.person != "", _o.created_at == bindparam("at"))
    .order_by(_o.created_at, _o.id)
)
_SENT = (
    update(outbox)
    .where(_here, _o.id.in_(bindparam("ids", expanding=True)))
    .values(state="sent", sent_at=bindparam("at"), attempts=_o.attempts + 1)
)


def of_kind(tx: Transaction, kind: str) -> list[Message]:
    return [read(row) for row in tx.all(_KIND, kind=kind)]


def caused_at(tx: Transaction, at: datetime) -> list[Message]:
    """What was written for people at this very moment and waits to be sent."""
    return [read(row) for row in tx.all(_FRESH, at=at)]


def sent(tx: Transaction, ids: Iterable[str], at: datetime) -> None:
    """Marks as sent, by whoever showed them without a platform between."""
    tx.run(_SENT, ids=list(ids), at=at)


_LISTED = (
    select(outbox)
    .where(_here, _o.id > bindparam("after"), _o.state.in_(bindparam("states", expanding=True)))
    .order_by(_o.id)
    .limit(bindparam("limit"))
)
_REPLAY = (
    update(outbox)
    .where(_here, _o.state.in_(bindparam("states", expanding=True)))
    .values(
        state="ready",
        due_at=bindparam("at"),
        not_before=bindparam("at"),
        attempts=0,
        reason="",
        lease_until=None,
        tried_at=None,
        uncertain_since=None,
    )
)
_REPLAY_ONE = _REPLAY.where(_o.id == bindparam("row"))
REPLAYED = ("dead", "uncertain")


def page(tx: Transaction, states: Iterable[str], after: str, limit: int) -> list[Message]:
    """In the order of their ids."""
    return [read(row) for row in tx.all(_LISTED, states=list(states), after=after, limit=limit)]


def replay(tx: Transaction, states: Iterable[str], at: datetime, id: str = "") -> int:
    """Sends again what was given up or is in doubt, as if it were new; says how many."""
    which = {"row": id} if id else {}
    return tx.run(_REPLAY_ONE if id else _REPLAY, states=list(states), at=at, **which)
