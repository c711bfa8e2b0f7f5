"""Activities: who did what to what, seen by whom, said where and when. All else about people follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from sqlalchemy import (
    JSON,
    Column,
    Index,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    delete,
    select,
    text,
    update,
)

from store.base import Transaction, Utc, table
from store.statement import Row

activities = table(
    "activities",
    Column("id", String),
    Column("published", Utc, nullable=False),
    Column("actor", String, nullable=False),
    Column("verb", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("key", String, nullable=False, default=""),
    Column("name", Text, nullable=False, default=""),
    Column("facts", JSON, nullable=False),
    Column("audience", String, nullable=False),
    Column("platform", String, nullable=False, default=""),
    Column("place", String, nullable=False, default=""),
    Column("message", String, nullable=False, default=""),
    Column("undone_at", Utc),
    Column("fingerprint", Integer, nullable=False, server_default="0"),
    Index("ix_activities_actor", "tenant_id", "actor", "kind", "published"),
    Index("ix_activities_key", "tenant_id", "kind", "key", "published"),
    Index("ix_activities_message", "tenant_id", "message"),
    Index("ix_activities_published", "tenant_id", "published"),
    Index("ix_activities_fingerprint", "tenant_id", "fingerprint"),
    Index(
        "ix_activities_audience",
        *("tenant_id", "audience"),
        sqlite_where=text("audience <> 'public'"),
        postgresql_where=text("audience <> 'public'"),
    ),
    key=("id",),
)

receivers = table(
    "receivers",
    Column("activity", String),
    Column("person", String),
    Column("position", Integer, nullable=False),
    Index("ix_receivers_person", "tenant_id", "person"),
    key=("activity", "person"),
)

receivers.dialect_options["sqlite"]["with_rowid"] = False

PUBLIC = "public"
ADDRESSED = ("thanks", "answer", "endorsement")
"""The kinds that have receivers."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One act. `verb` is the Activity Streams type, `kind` the noun it is about (thanks, skill, profile, project,
    update, member, follow, question, answer, endorsement,
    introduction), `key` the folded name of that noun, `name` the words as
    said; `actor` is a person's id, or `app:NAME` where none is known; `audience` is `public`, `person:ID` or
    `place:PLATFORM:ID`; `facts` is what only this kind has."""

    id: str
    published: datetime
    actor: str
    verb: str
    kind: str
    key: str = ""
    name: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    audience: str = PUBLIC
    platform: str = ""
    place: str = ""
    message: str = ""
    to: tuple[str, ...] = ()


_c, _r = activities.c, receivers.c
_here = _c.tenant_id == bindparam("tenant")
_alive = and_(_here, _c.undone_at.is_(None))
_seen = and_(_alive, _c.audience.in_(bindparam("audiences", expanding=True)))
_newest = (_c.published.desc(), _c.id.desc())
_given = activities.join(receivers, and_(_r.tenant_id == _c.tenant_id, _r.activity == _c.id))

_OF_ID = select(activities).where(_alive, _c.id == bindparam("id"))
_OF_IDS = select(activities).where(_alive, _c.id.in_(bindparam("ids", expanding=True)))
_OF_FINGERPRINTS = select(activities).where(_alive, _c.fingerprint.in_(bindparam("fingerprints", expanding=True)))
_EXISTS = select(_c.id).where(_here, _c.id.in_(bindparam("ids", expanding=True)))
_RECEIVERS = (
    select(_r.activity, _r.person)
    .where(_r.tenant_id == bindparam("tenant"), _r.activity.in_(bindparam("ids", expanding=True)))
    .order_by(_r.activity, _r.position)
)
_LAST_OF = (
    select(activities)
    .where(
        _alive, _c.actor == bindparam("actor"), _c.published >= bindparam("since"), _c.published <= bindparam("until")
    )
    .order_by(*_newest)
    .limit(1)
)
_OF_KEY = (
    select(activities)
    .where(_seen, _c.kind == bindparam("kind"), _c.key == bindparam("key"))
    .order_by(*_newest)
    .limit(bindparam("limit"))
)
_OF_KEYS = (
    select(activities)
    .where(
        _seen,
        _c.kind.in_(bindparam("kinds", expanding=True)),
        _c.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(*_newest)
)
_OF_ACTOR = (
    select(activities)
    .where(_seen, _c.actor == bindparam("actor"), _c.kind.in_(bindparam("kinds", expanding=True)))
    .order_by(*_newest)
    .limit(bindparam("limit"))
)
_TO = (
    select(activities)
    .select_from(_given)
    .where(_seen, _r.person == bindparam("person"), _c.kind == bindparam("kind"))
    .order_by(*_newest)
    .limit(bindparam("limit"))
)
_OF_MESSAGE = select(activities).where(
    _alive, _c.platform == bindparam("platform"), _c.place == bindparam("place"), _c.message == bindparam("message")
)
_SINCE = (
    select(activities)
    .where(
        _seen,
        _c.published >= bindparam("since"),
        _c.published <= bindparam("until"),
        _c.kind.in_(bindparam("kinds", expanding=True)),
    )
    .order_by(*_newest)
)
_UNDO = update(activities).where(_alive, _c.id == bindparam("act")).values(undone_at=bindparam("at"))
_narrow = (_here, _c.audience == bindparam("narrow"), _c.audience != PUBLIC)
_OF_AUDIENCE = select(activities).where(_alive, *_narrow).order_by(_c.published, _c.id)
_WIDEN = update(activities).where(*_narrow).values(audience=PUBLIC)
_FORGET = delete(activities).where(_here, _c.id.in_(bindparam("ids", expanding=True)))
_FORGET_RECEIVERS = delete(receivers).where(
    _r.tenant_id == bindparam("tenant"), _r.activity.in_(bindparam("ids", expanding=True))
)


def add(tx: Transaction, *acts: Activity) -> None:
    tx.insert(activities, *map(_row, acts))
    tx.insert(
        receivers,
        *({"activity": act.id, "person": to, "position": n} for act in acts for n, to in enumerate(act.to)),
    )


def of_id(tx: Transaction, id: str) -> Activity | None:
    row = tx.one(_OF_ID, id=id)
    return read(tx, [row])[0] if row else None


def of_ids(tx: Transaction, ids: Iterable[str]) -> dict[str, Activity]:
    """Those of the acts that stand, by id; whoever asks for them has found them under a reader's rights."""
    wanted = list(dict.fromkeys(ids))
    return {act.id: act for act in read(tx, tx.all(_OF_IDS, ids=wanted))} if wanted else {}


def of_fingerprints(tx: Transaction, fingerprints: Iterable[int]) -> list[Activity]:
    """Those that stand; a few others may have the same fingerprints."""
    wanted = list(dict.fromkeys(fingerprints))
    return read(tx, tx.all(_OF_FINGERPRINTS, fingerprints=wanted)) if wanted else []


def of_audience(tx: Transaction, audience: str) -> list[Activity]:
    """All that only these may see."""
    return read(tx, tx.all(_OF_AUDIENCE, narrow=audience))


def known(tx: Transaction, ids: Iterable[str]) -> set[str]:
    """Those of the ids that are taken, by acts taken back too."""
    return {row["id"] for row in tx.all(_EXISTS, ids=list(ids))}


def last_of(tx: Transaction, actor: str, since: datetime, until: datetime) -> Activity | None:
    """What was imported with a later time is not the last that was said."""
    row = tx.one(_LAST_OF, actor=actor, since=since, until=until)
    return read(tx, [row])[0] if row else None


def of_key(tx: Transaction, kind: str, key: str, audiences: Iterable[str], limit: int = 1000) -> list[Activity]:
    """Newest first, as everything below."""
    return read(tx, tx.all(_OF_KEY, kind=kind, key=key, audiences=list(audiences), limit=limit))


def of_keys(tx: Transaction, kinds: Iterable[str], keys: Iterable[str], audiences: Iterable[str]) -> list[Activity]:
    wanted = list(keys)
    rows = tx.all(_OF_KEYS, kinds=list(kinds), keys=wanted, audiences=list(audiences)) if wanted else []
    return read(tx, rows)


def of_actor(
    tx: Transaction, actor: str, kinds: Iterable[str], audiences: Iterable[str], limit: int = 1000
) -> list[Activity]:
    return read(tx, tx.all(_OF_ACTOR, actor=actor, kinds=list(kinds), audiences=list(audiences), limit=limit))


def to_person(tx: Transaction, person: str, kind: str, audiences: Iterable[str], limit: int = 1000) -> list[Activity]:
    return read(tx, tx.all(_TO, person=person, kind=kind, audiences=list(audiences), limit=limit))


def between(
    tx: Transaction, since: datetime, until: datetime, kinds: Iterable[str], audiences: Iterable[str]
) -> list[Activity]:
    return read(tx, tx.all(_SINCE, since=since, until=until, kinds=list(kinds), audiences=list(audiences)))


def of_message(tx: Transaction, platform: str, place: str, message: str) -> list[Activity]:
    """What was said by one message of a platform, or about it."""
    return read(tx, tx.all(_OF_MESSAGE, platform=platform, place=place, message=message)) if message else []


def take_back(tx: Transaction, id: str, at: datetime) -> None:
    tx.run(_UNDO, act=id, at=at)


def widen(tx: Transaction, audience: str) -> int:
    """Gives to everybody what was said for these members."""
    return tx.run(_WIDEN, narrow=audience)


def forget(tx: Transaction, ids: Iterable[str]) -> None:
    wanted = list(ids)
    tx.run(_FORGET_RECEIVERS, ids=wanted)
    tx.run(_FORGET, ids=wanted)


_FIELDS = (
    "id",
    "published",
    "actor",
    "verb",
    "kind",
    "key",
    "name",
    "facts",
    "audience",
    "platform",
    "place",
    "message",
)


def fingerprint(id: str) -> int:
    """24 bits by which other tables point at an act where there is no room for its id."""
    return crc32(id.encode()) & 0xFFFFFF


def _row(act: Activity) -> dict[str, Any]:
    return {name: getattr(act, name) for name in _FIELDS} | {"fingerprint": fingerprint(act.id)}


def read(tx: Transaction, rows: list[Row]) -> list[Activity]:
    """The acts of rows, with their receivers."""
    to = receivers_of(tx, [row["id"] for row in rows if row["kind"] in ADDRESSED])
    return [Activity(**{name: row[name] for name in _FIELDS}, to=to.get(row["id"], ())) for row in rows]


def receivers_of(tx: Transaction, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """To whom acts are addressed; those without receivers are left out."""
    to: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(ids), 500):
        for row in tx.all(_RECEIVERS, ids=ids[start : start + 500]):
            to[row["activity"]] = (*to.get(row["activity"], ()), row["person"])
    return to
