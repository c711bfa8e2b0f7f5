"""Makes the index of evidence anew from the acts, as if each were said again in its turn."""

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import bindparam, func, select

from store import evidence, history, people, postings, standing
from store.activities import Activity, activities
from store.base import Transaction

PAGE = 2000
LASTING = ("skill", *standing.KINDS)
"""Kinds of activity that are evidence only as long as nothing later takes it from them."""
MOST = 1_500_000
"""Postings that are kept in memory at most before they are written."""


LOCK = "LOCK TABLE postings, tallies, holders IN EXCLUSIVE MODE"
"""Of PostgreSQL: whoever writes waits, so that nothing is counted twice or missed; whoever reads sees what was."""

Told = Callable[[int, int], None]
"""Hears how many acts were read, and how many there are."""

_c = activities.c
_AMOUNT = (
    select(func.count().label("amount"))
    .select_from(activities)
    .where(_c.tenant_id == bindparam("tenant"), _c.undone_at.is_(None))
)


class Reindexed(NamedTuple):
    """How many acts were read, and what the index holds of them: postings, and people for whom they speak."""

    read: int
    postings: int
    people: int


def reindex(tx: Transaction, told: Told = lambda _read, _total: None) -> Reindexed:
    """Until the commit everybody finds what they found before; `told` hears it on the way."""
    if tx.connection.dialect.name == "postgresql":
        tx.say(LOCK)
    total = tx.all(_AMOUNT)[0]["amount"]
    evidence.clear(tx)
    current = evidence.skill_sources(tx) | set(standing.sources(tx))
    index = _Index(tx)
    for title in people.titles(tx):
        index.add(title)
    read = 0
    for read, act in enumerate(history.stream(tx, PAGE), 1):
        if act.kind not in LASTING or act.id in current:
            index.add(act)
        if read % PAGE == 0:
            told(read, total)
    index.write()
    told(read, total)
    return Reindexed(read, index.packed, index.people)


class _Index:
    """What is not written yet."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._numbers: dict[str, int] = {}
        self._amounts: Counter[tuple[str, str, str]] = Counter()
        self._lists: dict[tuple[str, str], bytearray] = {}
        self._size = self.packed = 0

    @property
    def people(self) -> int:
        return len(self._numbers)

    def add(self, act: Activity) -> None:
        spoken = list(evidence.speaks(act))
        for person in sorted([one.person for one in spoken if one.person not in self._numbers]):
            self._numbers[person] = evidence.number(self._tx, person)
        for one in spoken:
            number = self._numbers[one.person]
            packed = evidence.pack(self._lists, one, number)
            self._size += packed
            self.packed += packed
            self._amounts[one.person, act.audience, one.kind] += 1
        if self._size > MOST:
            self.write()

    def write(self) -> None:
        postings.fill(self._tx, self._lists)
        evidence.tally(self._tx, self._amounts)
        self._lists, self._size = {}, 0
        self._amounts.clear()
