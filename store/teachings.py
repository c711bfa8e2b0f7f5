"""Teachings: what somebody meant by a word that nobody here uses, as long as it is no alias yet."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Column, Index, String, bindparam, delete, func, select

from store.base import Transaction, Utc, table

teachings = table(
    "teachings",
    Column("person", String),
    Column("said", String),
    Column("meant", String),
    Column("at", Utc, nullable=False),
    Index("ix_teachings_pair", "tenant_id", "said", "meant"),
    key=("person", "said", "meant"),
)
"""`meant` is empty where somebody asked in vain, and has not said yet what they meant."""

_c = teachings.c
_here = _c.tenant_id == bindparam("tenant")
_pair = (_here, _c.said == bindparam("word"), _c.meant == bindparam("sense"))
_ASKED = select(_c.said).where(_here, _c.person == bindparam("who"), _c.meant == "", _c.at >= bindparam("since"))
_ANSWERED = delete(teachings).where(_here, _c.person == bindparam("who"), _c.meant == "")
_UNSAY = delete(teachings).where(*_pair, _c.person == bindparam("who"))
_COUNT = select(func.count().label("n")).where(*_pair)
_WAITING = (
    select(_c.said, _c.meant, func.count().label("n"), func.max(_c.at).label("last"))
    .where(_here, _c.meant != "")
    .group_by(_c.said, _c.meant)
    .order_by(_c.said, _c.meant)
)
_EVERY = select(_c.said, _c.meant).distinct().where(_here)
_FORGET = delete(teachings).where(*_pair)
_OLD = delete(teachings).where(_here, _c.at < bindparam("before"))
_OLD_QUESTIONS = delete(teachings).where(_here, _c.meant == "", _c.at < bindparam("before"))


def teach(tx: Transaction, person: str, said: str, meant: str, at: datetime) -> int:
    """How many people have said so by now, this one included."""
    tx.run(_UNSAY, who=person, word=said, sense=meant)
    tx.insert(teachings, {"person": person, "said": said, "meant": meant, "at": at})
    return count(tx, said, meant)


def unsay(tx: Transaction, person: str, said: str, meant: str) -> bool:
    """Says whether they had said so."""
    return bool(tx.run(_UNSAY, who=person, word=said, sense=meant))


def count(tx: Transaction, said: str, meant: str) -> int:
    row = tx.one(_COUNT, word=said, sense=meant)
    return int(row["n"]) if row else 0


def asked_in_vain(tx: Transaction, person: str, since: datetime) -> list[str]:
    """Words they asked for lately and nobody was found."""
    return sorted(row["said"] for row in tx.all(_ASKED, who=person, since=since))


def answered(tx: Transaction, person: str) -> None:
    """Nothing that they asked for in vain is waited for any more."""
    tx.run(_ANSWERED, who=person)


def waiting(tx: Transaction) -> list[tuple[str, str, int]]:
    """What was said, what was meant, and by how many people."""
    return [(row["said"], row["meant"], int(row["n"])) for row in tx.all(_WAITING)]


def forget(tx: Transaction, names: Callable[[str], bool]) -> None:
    """Takes out those that hold the name of a person."""
    for row in tx.all(_EVERY):
        if names(row["said"]) or names(row["meant"]):
            settle(tx, row["said"], row["meant"])


def settle(tx: Transaction, said: str, meant: str) -> None:
    """Nobody's word on this pair is kept."""
    tx.run(_FORGET, word=said, sense=meant)


def drop_old(tx: Transaction, questions: datetime, others: datetime) -> int:
    """Drops what was asked in vain before the one day, and what was taught before the other; says how many."""
    return tx.run(_OLD_QUESTIONS, before=questions) + tx.run(_OLD, before=others)
