"""Absences: until which day somebody is away, in their own word."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Column, Date, String, bindparam, delete, select

from store.base import Transaction, table

absences = table("absences", Column("person", String), Column("until", Date, nullable=False), key=("person",))

_c = absences.c
_here = _c.tenant_id == bindparam("tenant")
_OF_PEOPLE = select(absences).where(_here, _c.person.in_(bindparam("people", expanding=True)))
_DROP = delete(absences).where(_here, _c.person == bindparam("person"))


def of_people(tx: Transaction, people: Iterable[str]) -> dict[str, date]:
    """The first day on which each is back, which may be past; whoever has not said is left out."""
    return {row["person"]: row["until"] for row in tx.all(_OF_PEOPLE, people=list(people))}


def leave(tx: Transaction, person: str, until: date) -> None:
    """They are away until that day, and back on it."""
    come_back(tx, person)
    tx.insert(absences, {"person": person, "until": until})


def come_back(tx: Transaction, person: str) -> bool:
    """Says whether they had said that they would be away."""
    return bool(tx.run(_DROP, person=person))
