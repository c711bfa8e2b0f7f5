"""Suggestions: lines about a person that others or their files say, waiting for that person's yes or no."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Integer, String, Text, bindparam, func, select, update

from store.activities import activities
from store.base import Transaction, Utc, table
from store.names import fold

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"
MOST = 1000
"""Lines of one person, decided ones too."""

suggestions = table(
    "suggestions",
    Column("person", String),
    Column("id", String),
    Column("kind", String, nullable=False),
    Column("text", Text, nullable=False),
    Column("level", String, nullable=False, default=""),
    Column("source", String, nullable=False),
    Column("said_at", Utc, nullable=False),
    Column("amount", Integer, nullable=False, default=0),
    Column("state", String, nullable=False, default=WAITING),
    Column("offered_at", Utc, nullable=False),
    Column("decided_at", Utc),
    key=("person", "id"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`kind`: skill, or a property of a profile; `key`: what is the same line, whatever the spelling; `said_at`: as the
    source dates it; `amount`: commits."""

    kind: str
    text: str
    source: str
    said_at: datetime
    level: str = ""
    amount: int = 0
    key: str = ""

    @property
    def id(self) -> str:
        """Who said it does not count: a line that was declined is not offered again by another source."""
        return line_id(self.kind, self.key or fold(self.text))


_s, _a = suggestions.c, activities.c
_mine = (_s.tenant_id == bindparam("tenant"), _s.person == bindparam("whose"))
_STATES = select(_s.id, _s.state, _s.source, _s.said_at).where(*_mine, _s.id.in_(bindparam("ids", expanding=True)))
_COUNT_ALL = select(func.count().label("n")).where(*_mine)
_WAITING = (
    select(suggestions)
    .where(*_mine, _s.state == WAITING)
    .order_by(_s.said_at.desc(), _s.kind, _s.text)
    .limit(bindparam("limit"))
)
_COUNT = select(func.count().label("n")).where(*_mine, _s.state == WAITING)
_COUNT_NEW = _COUNT.where(_s.offered_at > bindparam("since"), _s.offered_at <= bindparam("until"))
_OF_IDS = select(suggestions).where(*_mine, _s.state == WAITING, _s.id.in_(bindparam("ids", expanding=True)))
_DECIDE = (
    update(suggestions)
    .where(*_mine, _s.id == bindparam("line"))
    .values(state=bindparam("decision"), decided_at=bindparam("at"))
)
_REFRESH = (
    update(suggestions)
    .where(*_mine, _s.id == bindparam("line"))
    .values(said_at=bindparam("at"), amount=bindparam("commits"))
)
_SAID = (
    select(_a.kind, _a.key)
    .distinct()
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.actor == bindparam("whose"),
        _a.kind.in_(("skill", "profile")),
        _a.undone_at.is_(None),
    )
)


def line_id(kind: str, key: str) -> str:
    said = f"{kind}:{key}"
    return said if len(said) <= 200 else f"{kind}:{sha256(said.encode()).hexdigest()}"


def said(tx: Transaction, person: str) -> set[tuple[str, str]]:
    """Kind and key of every act on the person's own profile that stands, removals and wishes too: their own word."""
    return {(row["kind"], row["key"]) for row in tx.all(_SAID, whose=person)}


def offer(tx: Transaction, person: str, lines: Iterable[Suggestion], taken: Collection[str], at: datetime) -> int:
    """Lets lines wait, but those whose id is in `taken` or was there before, whatever became of it. How many wait now
    that did not."""
    said = list(lines)
    known = {row["id"]: row for row in tx.all(_STATES, whose=person, ids=[line.id for line in said])}
    fresh: dict[str, Suggestion] = {}
    for line in said:
        before = known.get(line.id)
        if before is None and line.id not in taken:
            fresh.setdefault(line.id, line)
        elif before and _is_news(line, before):
            tx.run(_REFRESH, whose=person, line=line.id, at=line.said_at, commits=line.amount)
    tx.insert(suggestions, *({**_row(person, line), "offered_at": at} for line in fresh.values()))
    return len(fresh)


def waiting(tx: Transaction, person: str, limit: int) -> list[tuple[str, Suggestion]]:
    """Ids and lines, the newest first."""
    return [_read(row) for row in tx.all(_WAITING, whose=person, limit=limit)]


def count_waiting(tx: Transaction, person: str) -> int:
    row = tx.one(_COUNT, whose=person)
    return int(row["n"]) if row else 0


def is_full(tx: Transaction, person: str) -> bool:
    """Whether so many lines were offered already that nobody would read more."""
    row = tx.one(_COUNT_ALL, whose=person)
    return bool(row and row["n"] >= MOST)


def count_new(tx: Transaction, person: str, since: datetime, until: datetime) -> int:
    """How many wait that began to within this time."""
    row = tx.one(_COUNT_NEW, whose=person, since=since, until=until)
    return int(row["n"]) if row else 0


def of_ids(tx: Transaction, person: str, ids: Iterable[str]) -> dict[str, Suggestion]:
    """Those of the person's lines that still wait."""
    wanted = list(ids)
    return dict(_read(row) for row in tx.all(_OF_IDS, whose=person, ids=wanted)) if wanted else {}


def decide(tx: Transaction, person: str, id: str, state: str, at: datetime) -> None:
    tx.run(_DECIDE, whose=person, line=id, decision=state, at=at)


def _is_news(line: Suggestion, before: Mapping[str, Any]) -> bool:
    return bool(before["state"] == WAITING and before["source"] == line.source and before["said_at"] < line.said_at)


def _row(person: str, line: Suggestion) -> dict[str, Any]:
    fields = ("id", "kind", "text", "level", "source", "said_at", "amount")
    return {"person": person, **{name: getattr(line, name) for name in fields}}


def _read(row: Mapping[str, Any]) -> tuple[str, Suggestion]:
    fields = ("kind", "text", "source", "said_at", "level", "amount")
    return row["id"], Suggestion(**{name: row[name] for name in fields})
