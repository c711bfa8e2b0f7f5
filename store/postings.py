"""Postings: which acts hold a term, packed into blocks in the order they came, one list for each audience."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    String,
    bindparam,
    delete,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from store.base import Transaction, table
from store.parts import parts
from store.statement import Row
from store.sums import Key, Sum

postings = table(
    "postings",
    Column("term", String),
    Column("audience", String),
    Column("block", BigInteger),
    Column("amount", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    key=("term", "audience", "block"),
)

SIZE = 10
"""Bytes of a posting: eight for person, day and act, two for what is weighed."""
FULL = 1024
"""Postings of a closed block, which is not written to again."""
OPEN = 1 << 62
"""The number of the block that is written to; the closed ones are counted from 0."""
MOST_PEOPLE = 1 << 24
LONGEST, LATEST, OFTEN = (1 << 8) - 1, (1 << 16) - 1, (1 << 2) - 1
IN_ONE = 500
"""Names in one list at most."""

Lists = Mapping[tuple[str, str], bytes | bytearray]
"""Packed postings by term and audience."""


class Posting(NamedTuple):
    """One act as evidence for one person: `key` says which, `mark` as what."""

    key: bytes
    mark: int

    @classmethod
    def of(cls, person: int, day: int, act: int, kind: int, level: int) -> "Posting":
        """`person` and `act`: 24 bits each; `day`: since 1970, 16 bits; `kind`: below 8, `level`: below 4."""
        return cls((person << 40 | day << 24 | act).to_bytes(8, "little"), kind | level << 3)

    def pack(self, *, head: bool, times: int, length: int) -> bytes:
        """As evidence for a term: whether it begins the text, how often it is there, the text's length in terms."""
        many = min(times - 1, OFTEN) if times > 1 else 0
        mark = (
            self.mark | head << 5 | many << 6 | (length if 0 < length < LONGEST else min(max(length, 1), LONGEST)) << 8
        )
        return self.key + mark.to_bytes(2, "little")


class Held(NamedTuple):
    """What a reader may see of a term: how many postings there are, and those that are read, the oldest first."""

    amount: int
    data: bytes


class _appended(FunctionElement[bytes]):  # noqa: N801  # written as SQL functions are
    type = LargeBinary()
    inherit_cache = True


@compiles(_appended)
def _append(element: _appended, compiler: SQLCompiler, **options: Any) -> str:
    return " || ".join(compiler.process(part, **options) for part in element.clauses)


@compiles(_appended, "sqlite")
def _append_as_blob(element: _appended, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST({_append(element, compiler, **options)} AS BLOB)"


_p = postings.c
_here = _p.tenant_id == bindparam("tenant")
_wanted = (_p.term.in_(bindparam("terms", expanding=True)), _p.audience.in_(bindparam("audiences", expanding=True)))
_of_list = (_here, _p.term == bindparam("of_term"), _p.audience == bindparam("of_audience"))
_DATA = select(_p.term, _p.block, _p.audience, _p.data).where(_here, *_wanted)
_blocks = select(_p.block).distinct().where(_here, *_wanted)
_last = _blocks.order_by(_p.block.desc()).limit(bindparam("last")).subquery()
_first = select(func.min(_p.block)).where(_here, *_wanted)
_ENDS = union_all(select(_last.c.block.label("block")), _first)
"""Asked for before the data: as one statement PostgreSQL would read every block of the term, once it plans for any."""
_SOME = _DATA.where(_p.block.in_(bindparam("blocks", expanding=True)))
_AMOUNTS = select(_p.term, func.sum(_p.amount).label("amount")).where(_here, *_wanted).group_by(_p.term)
_LIST = select(_p.block, _p.data).where(*_of_list).order_by(_p.block.desc()).with_for_update()
_FILLED = select(_p.term, _p.audience).where(
    _here, _p.term.in_(bindparam("terms", expanding=True)), _p.block == OPEN, _p.amount >= FULL
)
_OPEN = select(_p.data).where(*_of_list, _p.block == OPEN).with_for_update()
_NEXT_BLOCK = select((func.coalesce(func.max(_p.block), -1) + 1).label("next")).where(*_of_list, _p.block < OPEN)
_REWRITE = (
    update(postings)
    .where(*_of_list, _p.block == bindparam("of_block"))
    .values(amount=bindparam("left"), data=bindparam("kept"))
)
_DROP = delete(postings).where(*_of_list, _p.block == bindparam("of_block"))
_CLEAR = delete(postings).where(_here)


def _appending() -> Any:
    insert = upsert(postings)
    new = insert.excluded
    grown = {"amount": _p.amount + new.amount, "data": _appended(_p.data, new.data)}
    return insert.on_conflict_do_update(index_elements=list(postings.primary_key), set_=grown)


def _grown(key: Key, data: bytes | bytearray) -> Row:
    term, audience = key
    return {"term": term, "audience": audience, "block": OPEN, "amount": len(data) // SIZE, "data": bytes(data)}


_APPEND = _appending()
_OPEN_BLOCKS = Sum(postings, _APPEND, _grown)


def append(tx: Transaction, lists: Lists, *, closing: bool = True) -> None:
    """Adds postings. `closing`: blocks that are full are closed."""
    tx.add(_OPEN_BLOCKS, lists)
    if closing:
        _close(tx, lists)


def fill(tx: Transaction, lists: Mapping[str, Mapping[str, bytearray]]) -> None:
    """Adds very many postings, by audience and term, while nobody else writes any."""
    for some in parts(sorted((term, audience) for audience, held in lists.items() for term in held), IN_ONE):
        tx.each(_APPEND, [_grown(of, lists[of[1]][of[0]]) for of in some])
        _close(tx, dict.fromkeys(some))


def _close(tx: Transaction, lists: Collection[tuple[str, str]]) -> None:
    """Cuts closed blocks off the full ones among the open blocks of these lists."""
    for some in parts(dict.fromkeys(term for term, _ in lists), IN_ONE):
        for row in tx.all(_FILLED, terms=some):
            if (row["term"], row["audience"]) in lists:  # to the others somebody else may write
                _cut(tx, row["term"], row["audience"])


def _cut(tx: Transaction, term: str, audience: str) -> None:
    of_list = {"of_term": term, "of_audience": audience}
    [held], [following] = tx.all(_OPEN, **of_list), tx.all(_NEXT_BLOCK, **of_list)
    data, size, first = held["data"], FULL * SIZE, following["next"]
    cuts = range(0, len(data) - size + 1, size)
    closed = {"term": term, "audience": audience, "amount": FULL}
    tx.insert(postings, *({**closed, "block": n, "data": data[at : at + size]} for n, at in enumerate(cuts, first)))
    _keep(tx, of_list, OPEN, data[len(cuts) * size :])


def drop(tx: Transaction, term: str, audience: str, key: bytes) -> bool:
    """Takes one posting out; says whether it was there."""
    of_list = {"of_term": term, "of_audience": audience}
    for _ in range(2):  # what somebody else has just cut off a block is seen by a second look only
        for row in tx.all(_LIST, **of_list):
            data = row["data"]
            at = _found(data, key)
            if at is not None:
                _keep(tx, of_list, row["block"], data[:at] + data[at + SIZE :])
                return True
    return False


def _keep(tx: Transaction, of_list: Mapping[str, str], block: int, data: bytes) -> None:
    """All that a block still holds."""
    if data:
        tx.run(_REWRITE, **of_list, of_block=block, left=len(data) // SIZE, kept=data)
    else:
        tx.run(_DROP, **of_list, of_block=block)


def clear(tx: Transaction) -> None:
    tx.run(_CLEAR)


def read(tx: Transaction, terms: Iterable[str], audiences: Iterable[str], most: int) -> dict[str, Held]:
    """What these audiences have of each term: all of it, or where there is more the newest `most` and the oldest
    block. Terms that nobody used are left out."""
    seen = list(audiences)
    held = amounts(tx, terms, seen)
    whole = [term for term, amount in held.items() if amount <= most]
    rows = list(tx.all(_DATA, terms=whole, audiences=seen)) if whole else []
    for term, amount in held.items():
        if amount > most:
            ends = tx.all(_ENDS, terms=[term], audiences=seen, last=most // FULL + 2)
            blocks = sorted({row["block"] for row in ends})
            rows += _newest(tx.all(_SOME, terms=[term], audiences=seen, blocks=blocks), most)
    rows.sort(key=lambda row: (row["block"], row["audience"]))
    data: dict[str, list[bytes]] = {}
    for row in rows:
        data.setdefault(row["term"], []).append(row["data"])
    return {term: Held(held[term], b"".join(found)) for term, found in data.items()}


def amounts(tx: Transaction, terms: Iterable[str], audiences: Iterable[str]) -> dict[str, int]:
    """How many postings there are of each term for these audiences; terms that nobody used are left out."""
    seen = list(audiences)
    rows = (row for some in parts(terms, IN_ONE) for row in tx.all(_AMOUNTS, terms=some, audiences=seen))
    return {row["term"]: int(row["amount"]) for row in rows}


def _newest(rows: list[Row], most: int) -> list[Row]:
    """The last blocks that hold so many, and the first."""
    rows.sort(key=lambda row: (row["block"], row["audience"]), reverse=True)
    chosen = {rows[-1]["block"]}
    held = 0
    for row in rows:
        if held >= most:
            break
        chosen.add(row["block"])
        held += len(row["data"]) // SIZE
    return [row for row in rows if row["block"] in chosen]


def _found(data: bytes, key: bytes) -> int | None:
    at = data.find(key)
    while at >= 0 and at % SIZE:
        at = data.find(key, at + 1)
    return at if at >= 0 else None
