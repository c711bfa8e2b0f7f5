"""What every table shares: the metadata, the tenant that leads each key, and aware UTC times."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Constraint,
    DateTime,
    Dialect,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.types import TypeDecorator

from store.statement import Row, Runner
from store.sums import K, Sum, Sums

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """An aware time, kept in UTC: SQLite forgets zones, so a naive time is refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        return _writing(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:  # noqa: ARG002  # theirs
        return _reading(dialect)


@cache
def _writing(dialect: Dialect) -> Callable[[datetime | None], Any]:
    """How a database is told a time. One act writes the same into many columns, so the last ones are kept."""
    plain: Any = Utc.impl.dialect_impl(dialect).bind_processor(dialect) or (lambda value: value)

    @lru_cache(256)
    def write(value: datetime | None) -> Any:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time needs its zone")
        return plain(value and value.astimezone(UTC))

    return write


@cache
def _reading(dialect: Dialect) -> Callable[[Any], datetime | None]:
    """What a database tells of a time, made one in UTC."""
    plain: Any = Utc.impl.dialect_impl(dialect).result_processor(dialect, None) or (lambda value: value)

    @lru_cache(256)
    def read(value: Any) -> datetime | None:
        time: datetime | None = plain(value)
        if time is None:
            return None
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)

    return read


def table(name: str, *parts: Column[Any] | Constraint | Index | SchemaItem, key: tuple[str, ...]) -> Table:
    """A table whose primary key is the tenant followed by `key`."""
    tenant = Column("tenant_id", String, nullable=False)
    return Table(name, metadata, tenant, *parts, PrimaryKeyConstraint("tenant_id", *key))


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction on behalf of one tenant: every statement gets `tenant` bound. Lists fill `IN (…)`. `sums`: where
    what is added up waits for the others who share the transaction; without it nothing waits."""

    connection: Connection
    tenant: str
    sums: Sums | None = None
    _runner: Runner = field(init=False, repr=False, compare=False)
    _written: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        runner = self.sums.runner if self.sums else Runner(self.connection)
        object.__setattr__(self, "_runner", runner)
        object.__setattr__(self, "_written", runner.written)

    def all(self, statement: ClauseElement, **values: Any) -> list[Row]:
        return self._run(statement, values)[0]

    def cells(self, statement: SelectBase, **values: Any) -> list[tuple[Any, ...]]:
        """For very many rows: the columns as the driver gives them, a time from SQLite as text in UTC."""
        if self.sums is not None:
            self.sums.settle_for(statement)
        return self._runner.cells(statement, {"tenant": self.tenant, **values})

    def one(self, statement: ClauseElement, **values: Any) -> Row | None:
        return next(iter(self._run(statement, values)[0]), None)

    def run(self, statement: ClauseElement, **values: Any) -> int:
        """Executes a statement and says how many rows it touched."""
        return self._run(statement, values)[1]

    def each(self, statement: ClauseElement, rows: Sequence[Row]) -> None:
        """Runs a statement that returns nothing once for each row; the tenant is `tenant_id`."""
        if rows:
            self._runner.each(statement, [{"tenant_id": self.tenant, **row} for row in rows])

    def insert(self, into: Table, *rows: Row) -> None:
        """Adds rows; the tenant is filled in."""
        if rows:
            self._runner.insert(into, [{"tenant_id": self.tenant, **row} for row in rows])

    def add(self, to: Sum, amounts: Mapping[K, Any]) -> None:
        """Adds to the rows of these keys."""
        if not amounts:
            return
        if self.sums is None:
            to.add(self._runner, self.tenant, amounts)
        else:
            self._runner.written += 1
            self.sums.add(to, self.tenant, amounts)

    @property
    def has_written(self) -> bool:
        return self._runner.written > self._written

    def say(self, sql: str) -> None:
        """Executes a statement without values."""
        self._runner.say(sql)

    def _run(self, statement: ClauseElement, values: dict[str, Any]) -> tuple[list[Row], int]:
        if self.sums is not None:
            self.sums.settle_for(statement)
        return self._runner.run(statement, {"tenant": self.tenant, **values})
