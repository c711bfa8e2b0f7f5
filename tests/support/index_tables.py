"""The index of evidence as its tables hold it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from store.base import Transaction
from store.evidence import tallies
from store.holders import holders
from store.postings import SIZE, postings

List = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Index:
    """`blocks`: postings by term, audience and block; the others by person."""

    blocks: Mapping[tuple[str, str, int], bytes]
    tallies: Mapping[tuple[str, str, str], int]
    holders: Mapping[str, int]

    def lists(self) -> dict[List, list[bytes]]:
        """The postings of each list, one by one, in no order."""
        found: dict[List, list[bytes]] = {}
        for (term, audience, _), data in self.blocks.items():
            found.setdefault((term, audience), []).extend(data[at : at + SIZE] for at in range(0, len(data), SIZE))
        return {of: sorted(held) for of, held in found.items()}


def index_of(tx: Transaction) -> Index:
    found = {(row["term"], row["audience"], row["block"]): row for row in _all(tx, postings)}
    assert all(row["amount"] * SIZE == len(row["data"]) for row in found.values())
    return Index(
        {key: bytes(row["data"]) for key, row in found.items()},
        {(row["person"], row["audience"], row["kind"]): n for row in _all(tx, tallies) if (n := row["amount"])},
        {row["person"]: row["number"] for row in _all(tx, holders)},
    )


def _all(tx: Transaction, table: Any) -> list[Any]:
    return [row for row in tx.all(select(table)) if row["tenant_id"] == tx.tenant]
