"""Makes the index of evidence anew from the acts, as if each were said again in its turn."""

import gc
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Text, bindparam, cast, exists, func, or_, select

from store import evidence, history, holders, people, postings, standing
from store.activities import ADDRESSED, activities, fingerprint, receivers_of
from store.base import Transaction
from store.parts import parts
from store.skills import skills
from store.terms import index_terms

PAGE = 2000
MOST = 24_000_000
"""Bytes of postings that are kept in memory at most before they are written, as far as they can be known."""
LIST = 180
"""Bytes that a list takes beside its postings."""
SOME = 5000
"""Rows that are written at once."""
LOCK = "LOCK TABLE postings, tallies, holders IN EXCLUSIVE MODE"
"""Of PostgreSQL: whoever writes waits, so that nothing is counted twice or missed; whoever reads sees what was."""
SMALL_CACHE = "PRAGMA cache_size = -16384"
"""Of SQLite: for this connection, in KiB. All is read and written once and in order, so more would help little."""

Told = Callable[[int, int], None]
"""Hears how many acts were read, and how many there are."""

_NO_FACTS: Mapping[str, Any] = {}
_a, _s = activities.c, skills.c
_alive = (_a.tenant_id == bindparam("tenant"), _a.undone_at.is_(None))
_is_current = exists().where(
    _s.tenant_id == _a.tenant_id,
    *(_s.person == _a.actor, _s.key == _a.key, _s.activity == _a.id, _s.wish.is_(False)),
)
_facts = cast(_a.facts, Text).label("facts")
_SPOKEN = history.paged(
    select(
        *(_a.published, _a.id, _a.fingerprint, _a.actor, _a.verb, _a.kind, _a.name, _facts, _a.audience),
    ).where(*_alive, or_(_a.kind != "skill", _is_current))
)
_AMOUNT = select(func.count().label("amount")).select_from(activities).where(*_alive)


class Reindexed(NamedTuple):
    """How many acts were read, and what the index holds of them: postings, and people for whom they speak."""

    read: int
    postings: int
    people: int


def reindex(tx: Transaction, told: Told = lambda _read, _total: None) -> Reindexed:
    """Until the commit everybody finds what they found before; `told` hears it on the way."""
    tx.say(LOCK if tx.connection.dialect.name == "postgresql" else SMALL_CACHE)
    total = tx.all(_AMOUNT)[0]["amount"]
    evidence.clear(tx)
    index = _Index(tx)
    with _uncollected():
        index.entitle()
        read = 0
        for page in history.cells(tx, _SPOKEN, PAGE):
            index.add(page)
            read += len(page)
            told(read, total)
        made = index.end()
    told(total, total)
    return Reindexed(total, *made)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for garbage, of which millions of small values without cycles leave none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(16)
def _day(date: str) -> int:
    return evidence.day(datetime.fromisoformat(date).replace(tzinfo=UTC))


class _Row(NamedTuple):
    """An act as evidence."""

    fingerprint: int
    day: int
    kind: str
    level: str
    audience: str


class _Index:
    """What is not written yet."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._standing = set(standing.sources(tx))
        self._numbers = holders.everybody(tx)
        self._taken = set(self._numbers.values())
        self._new: dict[str, int] = {}
        self._amounts: defaultdict[tuple[str, str], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        self._lists = evidence.no_lists()
        self._size = self._packed = 0

    def entitle(self) -> None:
        """What people are, as far as they say so."""
        for title in people.titles(self._tx):
            for act, person, kind, level in evidence.speaks(title):
                row = _Row(fingerprint(act.id), evidence.day(act.published), kind, level, act.audience)
                self._pack(row, (person,), evidence.text_of(act.name, act.facts))

    def add(self, page: list[tuple[Any, ...]]) -> None:
        to = receivers_of(self._tx, [id for _, id, _, _, _, said, *_ in page if said in ADDRESSED])
        for at, id, mark, actor, verb, said, name, written, audience in page:
            if said in standing.KINDS and id not in self._standing:
                continue
            facts = json.loads(written) if written != "{}" else _NO_FACTS
            kind = evidence.kind_of(said, verb, facts)
            if kind and (spoken_for := evidence.people_of(said, actor, to.get(id, ()), facts)):
                day = _day(at[:10]) if isinstance(at, str) else evidence.day(at)
                row = _Row(mark, day, kind, evidence.level_of(facts), audience)
                self._pack(row, spoken_for, evidence.text_of(name, facts))
        if self._size > MOST:
            self._write_lists()

    def end(self) -> tuple[int, int]:
        """Writes the rest; how many postings there are, and people for whom they speak."""
        self._write_lists()
        for some in parts(self._new.items(), SOME):
            holders.add(self._tx, dict(some))
        names = {number: person for person, number in self._numbers.items()}
        for (audience, kind), counted in self._amounts.items():
            for part in parts(counted.items(), SOME) if kind in evidence.COUNTED else ():
                evidence.count(self._tx, {(names[number], audience, kind): amount for number, amount in part})
        return self._packed, len(set().union(*self._amounts.values()))

    def _pack(self, row: "_Row", spoken_for: tuple[str, ...], text: str) -> None:
        lists, amounts = self._lists[row.audience], self._amounts[row.audience, row.kind]
        terms, joined = index_terms(text)
        known = len(lists)
        for number in self._numbered(spoken_for):
            posting = evidence.posting(number, row.day, row.fingerprint, row.kind, row.level)
            packed = evidence.pack(lists, posting, terms, joined)
            amounts[number] += 1
            self._packed += packed
            self._size += packed * postings.SIZE
        self._size += (len(lists) - known) * LIST

    def _numbered(self, spoken_for: tuple[str, ...]) -> list[int]:
        try:
            return [self._numbers[person] for person in spoken_for]
        except KeyError:
            for person in sorted(person for person in spoken_for if person not in self._numbers):
                number = holders.free(person, self._taken.__contains__)
                self._taken.add(number)
                self._numbers[person] = self._new[person] = number
            return [self._numbers[person] for person in spoken_for]

    def _write_lists(self) -> None:
        postings.fill(self._tx, self._lists)
        self._lists.clear()
        self._size = 0
