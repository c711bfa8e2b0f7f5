"""Sums: what many acts add to the same rows is told to the database once, for all that share a transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Table
from sqlalchemy.sql.elements import ClauseElement

from store.statement import Row, Runner

Key = tuple[str, ...]
K = TypeVar("K", bound=Key)


@dataclass(frozen=True, slots=True, eq=False)
class Sum:
    """Rows of a table that grow: `statement` adds to one or makes it, with the values that `row` gives for a key and
    what is added to it."""

    table: Table
    statement: ClauseElement
    row: Callable[[Key, Any], Row]

    def add(self, runner: Runner, tenant: str, amounts: Mapping[K, Any]) -> None:
        """Always in the same order, so that two writers never wait for each other."""
        rows = [{"tenant_id": tenant, **self.row(key, amount)} for key, amount in sorted(amounts.items())]
        runner.each(self.statement, rows)


class Sums:
    """What is not told yet. It waits for the end of the transaction, or for somebody who looks at such a table."""

    def __init__(self, runner: Runner) -> None:
        self.runner = runner
        self._open: dict[tuple[str, Sum, str], dict[Any, Any]] = {}
        self._tables: set[str] = set()

    def add(self, to: Sum, tenant: str, amounts: Mapping[K, Any]) -> None:
        kept = self._open.setdefault((to.table.name, to, tenant), {})
        self._tables.add(to.table.name)
        for key, amount in amounts.items():
            kept[key] = kept[key] + amount if key in kept else amount

    def settle_for(self, statement: ClauseElement) -> None:
        """Tells all of it where the statement may look at it."""
        if self._open and not self._tables.isdisjoint(self.runner.words(statement)):
            self.settle()

    def settle(self) -> None:
        for (_, to, tenant), amounts in sorted(self._open.items(), key=lambda one: one[0][::2]):
            to.add(self.runner, tenant, amounts)
        self._open.clear()
        self._tables.clear()
