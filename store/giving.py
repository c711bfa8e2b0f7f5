"""What a person gave of late, as the limits on giving look at it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, select

from store.activities import activities, receivers
from store.base import Transaction

WEEKLY = 20
"""Thanks a person may give in a week, one per receiver."""
REPEAT = timedelta(minutes=1)
"""The same thanks within it are a repeat."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave, in which words, and to whom."""

    words: str
    to: set[str]


_a, _r = activities.c, receivers.c
_joined = activities.join(receivers, and_(_r.tenant_id == _a.tenant_id, _r.activity == _a.id))
_GIVEN = (
    select(
        *(_a.id, _a.name, _r.person),
        (_a.published >= bindparam("week")).label("this_week"),
        (_a.published >= bindparam("lately")).label("lately"),
    )
    .select_from(_joined)
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.undone_at.is_(None),
        _a.actor == bindparam("actor"),
        _a.kind == bindparam("kind"),
        _a.published >= bindparam("since"),
    )
)


def given(tx: Transaction, actor: str, kind: str, week: datetime, lately: datetime) -> tuple[int, list[Given]]:
    """How many receivers this actor's acts of this kind had since `week`, and the acts since `lately`."""
    rows = tx.all(_GIVEN, actor=actor, kind=kind, week=week, lately=lately, since=min(week, lately))
    found: dict[str, Given] = {}
    for row in rows:
        if row["lately"]:
            found.setdefault(row["id"], Given(row["name"], set())).to.add(row["person"])
    return sum(row["this_week"] for row in rows), list(found.values())
