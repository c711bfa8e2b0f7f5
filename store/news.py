"""News: what happened of late, topic by topic. Those who share a topic share what was read of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ClauseElement, Select, and_, bindparam, exists, false, func, or_, select

from store.activities import PUBLIC, Activity, activities, receivers
from store.base import Transaction
from store.people import people
from store.statement import Row

SETTLING = timedelta(days=7)
"""While everybody is new in the first days of a company, nobody is news."""
PERSON = "urn:ristretto:person:"


@dataclass(frozen=True, slots=True)
class Topic:
    """A project, a skill or a person by key, thanks to a person, or a team's newcomers; and who may see what is read
    there, so that a reader opens only what is theirs. Thanks are seen by whom they are for, whatever the audience."""

    kind: Literal["project", "skill", "person", "thanks", "team"]
    key: str
    audience: str = PUBLIC


@dataclass(frozen=True, slots=True)
class Span:
    """After `since`, up to `until`."""

    since: datetime
    until: datetime


_a = activities.c
_other = activities.alias()
_o = _other.c
_r, _p = receivers.c, people.c
_alive = and_(_a.tenant_id == bindparam("tenant"), _a.undone_at.is_(None))
_given = activities.join(receivers, and_(_r.tenant_id == _a.tenant_id, _r.activity == _a.id))
_same = and_(
    _o.tenant_id == _a.tenant_id, _o.kind == _a.kind, _o.key == _a.key, _o.actor == _a.actor, _o.undone_at.is_(None)
)
_wish, _other_wish = (func.coalesce(c.facts["wish"].as_boolean(), false()) for c in (_a, _o))
_later = exists().where(_same, or_(_o.published > _a.published, and_(_o.published == _a.published, _o.id > _a.id)))
_earlier = exists().where(
    _same,
    _o.verb == _a.verb,
    _other_wish == _wish,
    or_(_o.published < _a.published, and_(_o.published == _a.published, _o.id < _a.id)),
)
_news = or_(_a.kind.not_in(("skill", "member")), and_(~_later, ~_earlier))
"""Of a skill or a membership only the last word is true, and only the first time it is news."""


def _recent(*where: Any) -> Select[Any]:
    return (
        select(activities)
        .where(_alive, _a.published > bindparam("since"), _a.published <= bindparam("until"), _news, *where)
        .order_by(_a.published.desc(), _a.id.desc())
        .limit(bindparam("limit"))
    )


_seen = _a.audience == bindparam("audience")
_key = _a.key == bindparam("key")
_READ: dict[str, ClauseElement] = {
    "project": _recent(_seen, _key, _a.kind.in_(("update", "project", "member"))),
    "skill": _recent(_seen, _key, _a.kind == "skill", _a.verb == "Add"),
    "person": _recent(_seen, _a.actor == bindparam("key"), _a.kind.in_(("update", "project", "member", "skill"))),
    "thanks": _recent(_r.person == bindparam("key"), _a.kind == "thanks").select_from(_given),
}
_OPENED = select(func.min(_p.started_at).label("at")).where(_p.tenant_id == bindparam("tenant"))
_here = and_(_p.tenant_id == bindparam("tenant"), _p.left_at.is_(None), ~_p.bot, _p.started_at.is_not(None))
_STARTED = (
    select(_p.id, _p.team, _p.started_at)
    .where(
        _here,
        or_(_p.team == bindparam("team"), bindparam("team") == ""),
        _p.started_at > bindparam("since"),
        _p.started_at <= bindparam("until"),
    )
    .order_by(_p.started_at.desc(), _p.id.desc())
    .limit(bindparam("limit"))
)
_PRESENT = select(_p.id, _p.team, _p.started_at).where(_here, _p.id.in_(bindparam("ids", expanding=True)))
_mine = exists().where(_r.tenant_id == _a.tenant_id, _r.activity == _a.id, _r.person == bindparam("reader"))
_STILL = select(activities).where(
    _alive,
    _a.id.in_(bindparam("ids", expanding=True)),
    or_(_a.audience.in_(bindparam("audiences", expanding=True)), _mine),
    _news,
)
_TO = (
    select(_r.activity, _r.person)
    .where(_r.tenant_id == bindparam("tenant"), _r.activity.in_(bindparam("ids", expanding=True)))
    .order_by(_r.activity, _r.position)
)


def recent(tx: Transaction, topic: Topic, span: Span, limit: int) -> list[Activity]:
    """The newest acts of the topic in this time, the newest first. A newcomer stands as an act of their own."""
    if topic.kind == "team":
        return _newcomers(tx, topic.key, span, limit)
    bound = {"key": topic.key, "since": span.since, "until": span.until, "limit": limit}
    seen = {} if topic.kind == "thanks" else {"audience": topic.audience}
    return [_act(row) for row in tx.all(_READ[topic.kind], **bound, **seen)]


def still(tx: Transaction, ids: Iterable[str], reader: str, audiences: Iterable[str]) -> dict[str, Activity]:
    """Those of the acts that still stand and that this reader may see now."""
    wanted = list(ids)
    newcomers = [id.removeprefix(PERSON) for id in wanted if id.startswith(PERSON)]
    rows = tx.all(_STILL, ids=wanted, reader=reader, audiences=list(audiences))
    to: dict[str, list[str]] = {}
    for row in tx.all(_TO, ids=[row["id"] for row in rows if row["kind"] == "thanks"]):
        to.setdefault(row["activity"], []).append(row["person"])
    acts = [_act(row, tuple(to.get(row["id"], ()))) for row in rows]
    acts += [_newcomer(row) for row in tx.all(_PRESENT, ids=newcomers)]
    return {act.id: act for act in acts}


def _newcomers(tx: Transaction, team: str, span: Span, limit: int) -> list[Activity]:
    first = tx.one(_OPENED)
    opened = first["at"] if first else None
    if opened is None:
        return []
    since = max(span.since, opened + SETTLING)
    rows = tx.all(_STARTED, team=team, since=since, until=span.until, limit=limit)
    return [_newcomer(row) for row in rows]


def _newcomer(row: Row) -> Activity:
    return Activity(PERSON + row["id"], row["started_at"], row["id"], "Join", "person", row["team"])


_FIELDS = tuple(name for name in Activity.__dataclass_fields__ if name != "to")


def _act(row: Row, to: tuple[str, ...] = ()) -> Activity:
    return Activity(**{name: row[name] for name in _FIELDS}, to=to)
