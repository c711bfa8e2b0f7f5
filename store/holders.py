"""Holders: those for whom anything speaks, each with the number by which postings know them."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Column, Index, Integer, String, bindparam, delete, select

from store.activities import fingerprint
from store.base import Transaction, table
from store.parts import parts
from store.postings import MOST_PEOPLE

holders = table(
    "holders",
    Column("number", Integer, autoincrement=False),
    Column("person", String, nullable=False),
    Index("uq_holders_person", "tenant_id", "person", unique=True),
    key=("number",),
)

IN_ONE = 500
"""Names in one list at most."""

_h = holders.c
_here = _h.tenant_id == bindparam("tenant")
_ALL = select(_h.number, _h.person).where(_here)
_OF_PEOPLE = _ALL.where(_h.person.in_(bindparam("people", expanding=True)))
_TAKEN = select(_h.number).where(_here, _h.number == bindparam("wanted"))
_FORGET = delete(holders).where(_here, _h.person == bindparam("gone"))


def everybody(tx: Transaction) -> dict[str, int]:
    """All people there are, with their numbers."""
    return {row["person"]: row["number"] for row in tx.all(_ALL)}


def known(tx: Transaction, people: Iterable[str]) -> dict[str, int]:
    """Those of these people who have a number."""
    return {
        row["person"]: row["number"]
        for part in parts(dict.fromkeys(people), IN_ONE)
        for row in tx.all(_OF_PEOPLE, people=part)
    }


def number(tx: Transaction, people: Iterable[str]) -> dict[str, int]:
    """Everybody's number; whoever has none gets one."""
    wanted = dict.fromkeys(people)
    numbers = known(tx, wanted)
    for person in sorted(wanted.keys() - numbers.keys()):
        numbers[person] = free(person, lambda number: tx.one(_TAKEN, wanted=number))
        add(tx, {person: numbers[person]})
    return numbers


def free(person: str, is_taken: Callable[[int], object]) -> int:
    """The number for somebody who has none."""
    number = fingerprint(person)
    while is_taken(number):
        number = (number + 1) % MOST_PEOPLE
    return number


def add(tx: Transaction, numbers: Mapping[str, int]) -> None:
    """From now on postings know these people."""
    tx.insert(holders, *({"number": number, "person": person} for person, number in numbers.items()))


def forget(tx: Transaction, person: str) -> None:
    tx.run(_FORGET, gone=person)
