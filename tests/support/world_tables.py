"""What the tables of a random company hold, read past every query of the product."""

from typing import Any

from sqlalchemy import func, select

from store import evidence, postings
from store.activities import Activity, activities, read
from store.base import Transaction
from store.people import people
from store.questions import questions, routes
from store.tables import metadata


def standing(tx: Transaction) -> dict[str, Activity]:
    """Acts that nobody took back, in the order in which they were said."""
    rows = tx.all(select(activities).where(activities.c.undone_at.is_(None)))
    return {act.id: act for act in sorted(read(tx, rows), key=lambda act: (act.published, act.id))}


def counts(tx: Transaction) -> dict[str, int]:
    return {table.name: int(tx.connection.scalar(select(func.count()).select_from(table)) or 0) for table in _TABLES}


def rows(tx: Transaction) -> dict[str, str]:
    """All there is, as text."""
    return {table.name: str(tx.connection.execute(select(table)).all()) for table in _TABLES}


def routed(tx: Transaction) -> list[tuple[str, str]]:
    """The words of each question, with the handle of each who may be asked it."""
    asked = routes.join(activities, activities.c.id == routes.c.question).join(people, people.c.id == routes.c.person)
    found = tx.connection.execute(select(activities.c.name, people.c.handle).select_from(asked)).all()
    return [(row.name, row.handle) for row in found]


def public_questions(tx: Transaction) -> set[str]:
    """Those whose answers everybody may read."""
    return set(tx.connection.scalars(select(questions.c.id).where(questions.c.public.is_(True))))


def index(tx: Transaction) -> tuple[list[Any], list[Any]]:
    """Which act speaks where and for how much, whatever block it stands in."""
    terms = [
        (row.term, row.audience, row.data[at : at + postings.SIZE])
        for row in tx.connection.execute(select(postings.postings)).all()
        for at in range(0, len(row.data), postings.SIZE)
    ]
    counted = tx.connection.execute(select(evidence.tallies)).all()
    return sorted(terms), sorted(tuple(row) for row in counted if row.amount)


_TABLES = metadata.sorted_tables
