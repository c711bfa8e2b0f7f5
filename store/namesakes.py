"""Namesakes: by which parts of their names people are found, so that looking a name up does not read everybody."""

from collections.abc import Iterable

from sqlalchemy import Column, Index, Integer, String, bindparam, delete, func, select

from store.base import Transaction, table

LONGEST = 200
"""Characters of a part at most: nobody is called by more."""

namesakes = table(
    "namesakes",
    Column("size", Integer, autoincrement=False),
    Column("part", String),
    Column("person", String),
    Index("ix_namesakes_person", "tenant_id", "person"),
    key=("size", "part", "person"),
)
"""`size`: the characters of the part, so that parts of about one length stand together."""
namesakes.dialect_options["sqlite"]["with_rowid"] = False

_n = namesakes.c
_here = _n.tenant_id == bindparam("tenant")
_DROP = delete(namesakes).where(_here, _n.person == bindparam("whose"))
_some = select(_n.part).distinct().where(_here, _n.size == bindparam("size")).subquery()
_PARTS = select(func.aggregate_strings(_some.c.part, "\n").label("parts"))
"""All in one text: a row for each would be several times as dear."""
HAVING = select(_n.person).where(_here, _n.size == bindparam("size"), _n.part == bindparam("part"))
"""Who is found by a part."""
HAVING_SOME = select(_n.person).where(
    _here,
    _n.size.in_(bindparam("sizes", expanding=True)),
    _n.part.in_(bindparam("parts", expanding=True)),
)
"""Who is found by one of some parts, which are of these sizes."""


def keep(tx: Transaction, person: str, handle: str, folded: str) -> None:
    """Notes a new person's handle and folded name."""
    found = sorted(set(parts(handle, folded)))
    tx.insert(namesakes, *({"size": len(part), "part": part, "person": person} for part in found))


def change(tx: Transaction, person: str, handle: str, folded: str) -> None:
    tx.run(_DROP, whose=person)
    keep(tx, person, handle, folded)


def sized(tx: Transaction, least: int, most: int) -> list[str]:
    """Handles, names and parts of names of so many characters, each once."""
    rows = (row for size in range(least, most + 1) for row in tx.all(_PARTS, size=size))
    return [part for row in rows for part in (row["parts"] or "").split("\n") if part]


def parts(handle: str, folded: str) -> Iterable[str]:
    """The handle, each word of the name, and all that it may begin or end with."""
    words = folded.split(" ")
    ends = {" ".join(words[start:]) for start in range(len(words))}
    starts = {" ".join(words[:end]) for end in range(1, len(words) + 1)}
    return (part for part in {handle, *words, *starts, *ends} if len(part) <= LONGEST)
