"""History: every act that stands, in the order of time."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, select

from store.activities import Activity, activities, read
from store.base import Transaction

_FIGURES = re.compile(r"(\d{1,18})")
_c = activities.c
_alive = (_c.tenant_id == bindparam("tenant"), _c.undone_at.is_(None))
_FROM = (
    select(activities)
    .where(*_alive, _c.published >= bindparam("since"))
    .order_by(_c.published)
    .limit(bindparam("limit"))
)
_AT = select(activities).where(*_alive, _c.published == bindparam("at"))
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)


def stream(tx: Transaction, size: int = 1000) -> Iterator[Activity]:
    """All acts by time, then id (`a-2` before `a-10`), whoever may see them: a page at a time, so that memory stays
    bounded.

    Ids are put in order here, since databases do not agree on the order of texts.
    """
    since = _BEGINNING
    while page := tx.all(_FROM, since=since, limit=size):
        last = page[-1]["published"]
        earlier = [row for row in page if row["published"] < last]
        for rows in (earlier, tx.all(_AT, at=last)):
            yield from sorted(read(tx, rows), key=lambda act: (act.published, _natural(act.id)))
        since = last + timedelta(microseconds=1)


def _natural(id: str) -> tuple[list[tuple[int, str]], str]:
    """Figures in an id count as numbers, as whoever numbered the rows of a file meant them."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _FIGURES.split(id)], id
