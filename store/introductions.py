"""Introductions: the rounds there were, and who was introduced to whom."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from store.base import Transaction, table
from store.statement import Row

ANSWERS = ("", "met", "missed")
"""What somebody says became of an introduction; empty: nothing yet."""
rounds = table(
    "rounds",
    Column("id", String),
    Column("shares", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    key=("id",),
)

introductions = table(
    "introductions",
    Column("round", String),
    Column("person", String),
    Column("circle", String, nullable=False),
    Column("answer", String, nullable=False),
    CheckConstraint(f"answer in {ANSWERS}", name="answer"),
    Index("ix_introductions_person", "tenant_id", "person", "round"),
    Index("ix_introductions_circle", "tenant_id", "circle"),
    key=("round", "person"),
)


@dataclass(frozen=True, slots=True)
class Round:
    """`id`: the day of it. It is drawn in so many `shares`, of which `done` are."""

    id: str
    shares: int
    done: int = 0


@dataclass(frozen=True, slots=True)
class Introduction:
    """One person's part in a round: whom they are introduced to is in the same `circle`."""

    round: str
    person: str
    circle: str
    answer: str = ""


_r, _i = rounds.c, introductions.c
_INSERTS: dict[str, Any] = {
    "sqlite": sqlite.insert(rounds).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(rounds).on_conflict_do_nothing(),
}
_CLAIM = (
    select(rounds)
    .where(_r.tenant_id == bindparam("tenant"), _r.id == bindparam("id"), _r.done < _r.shares)
    .with_for_update(skip_locked=True)
)
_ADVANCE = (
    update(rounds).where(_r.tenant_id == bindparam("tenant"), _r.id == bindparam("which")).values(done=_r.done + 1)
)
_KNOWN = select(rounds).where(_r.tenant_id == bindparam("tenant"), _r.id == bindparam("id"))
_here = _i.tenant_id == bindparam("tenant")
_PART = select(introductions).where(_here, _i.round == bindparam("round"), _i.person == bindparam("person"))
_OF_PERSON = select(introductions).where(_here, _i.person == bindparam("person")).order_by(_i.round.desc())
_CIRCLES = (
    select(introductions)
    .where(_here, _i.circle.in_(bindparam("circles", expanding=True)))
    .order_by(_i.circle, _i.person)
)
_TOGETHER = (
    select(introductions)
    .where(_here, _i.person.in_(bindparam("people", expanding=True)))
    .order_by(_i.round, _i.circle, _i.person)
)
_WITHDRAW = delete(introductions).where(_here, _i.round == bindparam("which"), _i.person == bindparam("whose"))
_ANSWER = (
    update(introductions)
    .where(_here, _i.round == bindparam("which"), _i.person == bindparam("whose"))
    .values(answer=bindparam("said"))
)


def is_known(tx: Transaction, id: str) -> bool:
    return tx.one(_KNOWN, id=id) is not None


def open_round(tx: Transaction, one: Round) -> None:
    """Begins a round which another replica has not begun meanwhile."""
    tx.each(_INSERTS[tx.connection.dialect.name], [{"id": one.id, "shares": one.shares, "done": one.done}])


def claim(tx: Transaction, id: str) -> Round | None:
    """The round, as long as it is not drawn whole and no other replica draws from it in these moments."""
    row = tx.one(_CLAIM, id=id)
    return Round(row["id"], row["shares"], row["done"]) if row else None


def advance(tx: Transaction, id: str) -> None:
    """The next share is drawn."""
    tx.run(_ADVANCE, which=id)


def introduce(tx: Transaction, *new: Introduction) -> None:
    tx.insert(introductions, *({name: getattr(one, name) for name in _fields(Introduction)} for one in new))


def part(tx: Transaction, of: str, person: str) -> Introduction | None:
    row = tx.one(_PART, round=of, person=person)
    return _introduction(row) if row else None


def of_person(tx: Transaction, person: str) -> list[Introduction]:
    """The newest first."""
    return [_introduction(row) for row in tx.all(_OF_PERSON, person=person)]


def circles(tx: Transaction, ids: Iterable[str]) -> dict[str, list[Introduction]]:
    """Who is in each of these circles."""
    found: dict[str, list[Introduction]] = {}
    wanted = sorted(set(ids))
    for row in tx.all(_CIRCLES, circles=wanted) if wanted else []:
        found.setdefault(row["circle"], []).append(_introduction(row))
    return found


def together(tx: Transaction, ids: Iterable[str]) -> list[list[Introduction]]:
    """Every circle with two or more of these people, without the others in it, the oldest first."""
    found: dict[str, list[Introduction]] = {}
    for row in tx.all(_TOGETHER, people=list(ids)):
        found.setdefault(row["circle"], []).append(_introduction(row))
    return [some for some in found.values() if len(some) > 1]


def of_people(tx: Transaction, ids: Iterable[str]) -> dict[str, list[Introduction]]:
    """What each of these people had, the newest first."""
    found: dict[str, list[Introduction]] = {}
    for row in tx.all(_TOGETHER, people=list(ids)):
        found.setdefault(row["person"], []).insert(0, _introduction(row))
    return found


def withdraw(tx: Transaction, part: Introduction) -> None:
    """As if the person had not been drawn; the others in the circle are left."""
    tx.run(_WITHDRAW, which=part.round, whose=part.person)


def say(tx: Transaction, of: str, person: str, answer: str) -> None:
    tx.run(_ANSWER, which=of, whose=person, said=answer)


def merge(tx: Transaction, gone: str, kept: str) -> None:
    """What one person was introduced to becomes another's, when they turn out to be the same."""
    taken = {part.round for part in of_person(tx, kept)}
    for part in of_person(tx, gone):
        withdraw(tx, part)
        if part.round not in taken:
            introduce(tx, replace(part, person=kept))


def _fields(kind: type[Any]) -> tuple[str, ...]:
    return tuple(kind.__dataclass_fields__)


def _introduction(row: Row) -> Introduction:
    return Introduction(**{name: row[name] for name in _fields(Introduction)})
