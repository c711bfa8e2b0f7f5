"""History: every act that stands, in the order of time."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, select

from store.activities import Activity, activities, read
from store.base import Transaction
from store.statement import Row

R = TypeVar("R", Row, tuple[Any, ...])

_FIGURES = re.compile(r"(\d{1,18})")
_c = activities.c
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
_ALL = select(activities).where(_c.tenant_id == bindparam("tenant"), _c.undone_at.is_(None))


class Paged(NamedTuple):
    """The statements that read acts a page at a time: from a time on, and all of one time."""

    following: Select[Any]
    at_once: Select[Any]


def paged(statement: Select[Any]) -> Paged:
    """`statement` gives acts, their id and the time of each among the rest."""
    following = statement.where(_c.published >= bindparam("since")).order_by(_c.published).limit(bindparam("limit"))
    return Paged(following, statement.where(_c.published == bindparam("at")))


_PAGED = paged(_ALL)


def stream(tx: Transaction, size: int = 1000) -> Iterator[Activity]:
    """All acts by time, then id (`a-2` before `a-10`), whoever may see them."""
    for rows in _pages(tx.all, _PAGED, size, ("published", "id")):
        yield from read(tx, rows)


def cells(tx: Transaction, statements: Paged, size: int) -> Iterator[list[tuple[Any, ...]]]:
    """The same of acts as the driver gives them, a page at a time; the first two columns are time and id."""
    return _pages(tx.cells, statements, size, (0, 1))


def _pages(ask: Callable[..., list[R]], statements: Paged, size: int, places: tuple[Any, Any]) -> Iterator[list[R]]:
    """A page at a time, so that memory stays bounded. `places`: where a row has its time and its id.

    Ids are put in order here, since databases do not agree on the order of texts.
    """
    since, (at, id) = _BEGINNING, places
    while page := ask(statements.following, since=since, limit=size):
        last = page[-1][at]
        for rows in ([row for row in page if row[at] < last], ask(statements.at_once, at=_time(last))):
            if len({row[at] for row in rows}) < len(rows):
                rows.sort(key=lambda row: (row[at], _natural(row[id])))
            yield rows
        since = _time(last) + timedelta(microseconds=1)


def _time(said: datetime | str) -> datetime:
    return said if isinstance(said, datetime) else datetime.fromisoformat(said).replace(tzinfo=UTC)


def _natural(id: str) -> tuple[list[tuple[int, str]], str]:
    """Figures in an id count as numbers, as whoever numbered the rows of a file meant them."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _FIGURES.split(id)], id
