"""Aliases: other names of skills, which an operator added or colleagues taught; the same for everybody in a tenant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, String, bindparam, delete, func, select, update

from store.base import Transaction, Utc, table

STATES = ("added", "learned", "removed")
"""`removed`: it was taken out by an operator, and is not learned again."""

aliases = table(
    "aliases",
    Column("name", String),
    Column("other", String),
    Column("state", String, nullable=False),
    Column("changed_at", Utc, nullable=False),
    key=("name", "other"),
)

_c = aliases.c
_here = _c.tenant_id == bindparam("tenant")
_pair = (_here, _c.name == bindparam("one"), _c.other == bindparam("two"))
_ALL = select(_c.name, _c.other, _c.state, _c.changed_at).where(_here).order_by(_c.name, _c.other)
_LINES = select(func.aggregate_strings(_c.name + "," + _c.other + "," + _c.state, "\n").label("lines")).where(
    _here, _c.state != "removed"
)
_BETWEEN = (
    select(_c.name, _c.other, _c.state, _c.changed_at)
    .where(
        _here,
        _c.name.in_((bindparam("one"), bindparam("two"))),
        _c.other.in_((bindparam("one"), bindparam("two"))),
    )
    .limit(1)
)
_CHANGE = update(aliases).where(*_pair).values(state=bindparam("to"), changed_at=bindparam("at"))
_DROP = delete(aliases).where(*_pair)


@dataclass(frozen=True, slots=True)
class Alias:
    """Two names that mean the same, as they are written; neither holds a comma or a line break."""

    name: str
    other: str
    state: str
    changed_at: datetime


def lines(tx: Transaction) -> str:
    """Those that hold, one a line, as `name,other,state`, in no order; empty where there are none."""
    row = tx.one(_LINES)
    return str(row["lines"] or "") if row else ""


def every(tx: Transaction) -> list[Alias]:
    """All there are, those that were removed too."""
    return [Alias(row["name"], row["other"], row["state"], row["changed_at"]) for row in tx.all(_ALL)]


def between(tx: Transaction, one: str, two: str) -> Alias | None:
    """That of these two names, whichever stands first."""
    row = tx.one(_BETWEEN, one=one, two=two)
    return Alias(row["name"], row["other"], row["state"], row["changed_at"]) if row else None


def keep(tx: Transaction, alias: Alias) -> None:
    pair = {"one": alias.name, "two": alias.other}
    if not tx.run(_CHANGE, **pair, to=alias.state, at=alias.changed_at):
        row = {"name": alias.name, "other": alias.other, "state": alias.state, "changed_at": alias.changed_at}
        tx.insert(aliases, row)


def drop(tx: Transaction, name: str, other: str) -> None:
    tx.run(_DROP, one=name, two=other)


def forget(tx: Transaction, names: Callable[[str], bool]) -> None:
    """Takes out those that hold the name of a person."""
    for alias in every(tx):
        if names(alias.name) or names(alias.other):
            drop(tx, alias.name, alias.other)
