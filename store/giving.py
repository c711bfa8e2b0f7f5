"""What a person gave and got: of late, as the limits on giving look at it, and for their own eyes."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, bindparam, func, literal_column, select, union_all

from store.activities import Activity, activities, of_ids, receivers
from store.base import Transaction

WEEKLY = 20
"""Thanks a person may give in a week, one per receiver."""
REPEAT = timedelta(minutes=1)
"""The same thanks within it are a repeat."""


_a, _r = activities.c, receivers.c
_joined = activities.join(receivers, and_(_r.tenant_id == _a.tenant_id, _r.activity == _a.id))
_by_actor = (
    _a.tenant_id == bindparam("tenant"),
    _a.undone_at.is_(None),
    _a.actor == bindparam("actor"),
    _a.kind == bindparam("kind"),
)
_none: ColumnElement[str] = literal_column("''")
_THIS_WEEK = (
    select(_none.label("id"), _none.label("name"), func.count().label("n"))
    .select_from(_joined)
    .where(*_by_actor, _a.published >= bindparam("week"))
)
_LATELY = select(_a.id, _a.name, literal_column("0")).where(*_by_actor, _a.published >= bindparam("lately"))
_GIVEN: CompoundSelect[Any] = union_all(_THIS_WEEK, _LATELY)


def given(tx: Transaction, actor: str, kind: str, week: datetime, lately: datetime) -> tuple[int, dict[str, str]]:
    """How many receivers this actor's acts of this kind had since `week`, and by id the words of those since
    `lately`."""
    rows = tx.all(_GIVEN, actor=actor, kind=kind, week=week, lately=lately)
    return sum([row["n"] for row in rows]), {row["id"]: row["name"] for row in rows if row["id"]}


_standing = (_a.tenant_id == bindparam("tenant"), _a.kind == bindparam("kind"), _a.undone_at.is_(None))
_newest = (_a.published.desc(), _a.id.desc())
_SAID = select(_a.id).where(*_standing, _a.actor == bindparam("person")).order_by(*_newest).limit(bindparam("limit"))
_GOT = (
    select(_a.id)
    .select_from(_joined)
    .where(*_standing, _r.person == bindparam("person"))
    .order_by(*_newest)
    .limit(bindparam("limit"))
)


def own(tx: Transaction, person: str, kind: str, limit: int) -> tuple[list[Activity], list[Activity]]:
    """What somebody got and what they gave, the newest first, wherever it was said: for their own eyes."""
    got, said = ([row["id"] for row in tx.all(ids, person=person, kind=kind, limit=limit)] for ids in (_GOT, _SAID))
    acts = of_ids(tx, [*got, *said])
    return [acts[id] for id in got], [acts[id] for id in said]
