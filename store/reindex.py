"""Makes the index of evidence anew from the acts, as if each were said again in its turn."""

from collections import Counter
from collections.abc import Callable

from store import evidence, history, people, postings, standing
from store.activities import Activity
from store.base import Transaction

PAGE = 2000
LASTING = ("skill", *standing.KINDS)
"""Kinds of activity that are evidence only as long as nothing later takes it from them."""
MOST = 1_500_000
"""Postings that are kept in memory at most before they are written."""


def reindex(tx: Transaction, told: Callable[[int], None] = lambda _: None) -> int:
    """Says how many acts there were; `told` hears it on the way."""
    evidence.clear(tx)
    current = evidence.skill_sources(tx) | set(standing.sources(tx))
    index = _Index(tx)
    for title in people.titles(tx):
        index.add(title)
    acts = 0
    for acts, act in enumerate(history.stream(tx, PAGE), 1):
        if act.kind not in LASTING or act.id in current:
            index.add(act)
        if acts % PAGE == 0:
            told(acts)
    index.write()
    told(acts)
    return acts


class _Index:
    """What is not written yet."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._numbers: dict[str, int] = {}
        self._amounts: Counter[tuple[str, str, str]] = Counter()
        self._lists: dict[tuple[str, str], bytearray] = {}
        self._size = 0

    def add(self, act: Activity) -> None:
        for one in evidence.speaks(act):
            number = self._numbers.get(one.person)
            if number is None:
                number = self._numbers[one.person] = evidence.number(self._tx, one.person)
            self._size += evidence.pack(self._lists, one, number)
            self._amounts[one.person, act.audience, one.kind] += 1
        if self._size > MOST:
            self.write()

    def write(self) -> None:
        postings.append(self._tx, self._lists)
        evidence.tally(self._tx, self._amounts)
        self._lists, self._size = {}, 0
        self._amounts.clear()
