"""Doubles: who shares a skill, a project or a title with somebody, read without comparing everybody with everybody."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, select

from store.activities import activities
from store.base import Transaction
from store.parts import parts
from store.people import people
from store.skills import skills

IN_ONE = 500

_s, _a, _p = skills.c, activities.c, people.c
_audiences = _a.audience.in_(bindparam("audiences", expanding=True))
_seen = exists().where(_a.tenant_id == _s.tenant_id, _a.id == _s.activity, _audiences)
_known = and_(_s.tenant_id == bindparam("tenant"), _s.wish.is_(False), _seen)
_HOLDERS = select(_s.person).where(_known, _s.key == bindparam("key")).order_by(_s.person).limit(bindparam("limit"))
_SHARED = select(_s.person, _s.key).where(
    _known, _s.person.in_(bindparam("people", expanding=True)), _s.key.in_(bindparam("keys", expanding=True))
)
_ON = (
    select(_a.actor, _a.verb, _a.published)
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.kind == bindparam("kind"),
        _a.key == bindparam("key"),
        _a.undone_at.is_(None),
        _audiences,
    )
    .order_by(_a.published.desc(), _a.id.desc())
    .limit(bindparam("limit"))
)
_TITLED = (
    select(_p.id)
    .where(_p.tenant_id == bindparam("tenant"), _p.title == bindparam("title"))
    .order_by(_p.id)
    .limit(bindparam("limit"))
)


def holders(tx: Transaction, key: str, audiences: Iterable[str], limit: int) -> list[str]:
    """So many at most of those who have this skill, for all that these audiences may see."""
    return [row["person"] for row in tx.all(_HOLDERS, key=key, audiences=list(audiences), limit=limit)]


def members(tx: Transaction, key: str, audiences: Iterable[str], limit: int) -> list[str]:
    """Those who joined this project or wrote about it, and did not leave since, by its latest acts."""
    rows = [
        row
        for kind in ("update", "member")
        for row in tx.all(_ON, kind=kind, key=key, audiences=list(audiences), limit=limit)
    ]
    last: dict[str, tuple[datetime, str]] = {}
    for row in rows:
        last[row["actor"]] = max(last.get(row["actor"], (row["published"], "")), (row["published"], row["verb"]))
    return sorted(one for one, (_, verb) in last.items() if verb != "Leave" and not one.startswith("app:"))


def titled(tx: Transaction, title: str, limit: int) -> list[str]:
    """So many at most of those with this title."""
    return [row["id"] for row in tx.all(_TITLED, title=title, limit=limit)] if title else []


def shared(tx: Transaction, who: Iterable[str], keys: Iterable[str], audiences: Iterable[str]) -> dict[str, set[str]]:
    """Which of these skills each of these people has, for all that these audiences may see."""
    names, seen = list(keys), list(audiences)
    found: dict[str, set[str]] = {}
    for some in parts(who, IN_ONE):
        for row in tx.all(_SHARED, people=some, keys=names, audiences=seen):
            found.setdefault(row["person"], set()).add(row["key"])
    return found
