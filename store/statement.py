"""Statements compiled once: SQLAlchemy writes the SQL and converts the values, the driver runs it without a detour.

Running a compiled statement through `Connection.execute` costs ten times what the database needs for a small one."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Dialect, Table, bindparam, null
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.sql.selectable import SelectBase
from sqlalchemy.types import TypeEngine

Row = Mapping[str, Any]
Convert = Callable[[Any], Any]
KEPT = 1024
"""Statements kept compiled, counted once a length of each list."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL for one driver. `pick`: its parameters in order, where the driver counts them; `fixed`: values, converted
    already, of those that may be left out; `into` and `out`: how values are converted on the way in and out."""

    sql: str
    pick: Callable[[Row], Sequence[Any]]
    positional: bool
    fixed: Mapping[str, Any]
    into: tuple[tuple[str, Convert], ...]
    columns: tuple[str, ...]
    out: tuple[tuple[str, Convert], ...]

    def values(self, given: Row) -> Sequence[Any] | dict[str, Any]:
        values = {**self.fixed, **given}
        for name, convert in self.into:
            if name in given:
                values[name] = convert(values[name])
        return self.pick(values) if self.positional else values

    def rows(self, found: Iterable[Sequence[Any]]) -> list[Row]:
        if self.out:
            return [self._converted(cells) for cells in found]
        return [dict(zip(self.columns, cells, strict=True)) for cells in found]

    def _converted(self, cells: Sequence[Any]) -> Row:
        row = dict(zip(self.columns, cells, strict=True))
        for name, convert in self.out:
            row[name] = convert(row[name])
        return row


class Runner:
    """Runs statements on one connection, through one cursor of its driver. All of it raises sqlalchemy.exc.DBAPIError
    and its kinds."""

    __slots__ = ("_connection", "_cursor", "_dialect", "_errors", "written")

    def __init__(self, connection: Connection) -> None:
        self.written = 0
        """How often it was told something."""
        self._connection = connection
        self._dialect = connection.dialect
        self._errors = self._dialect.loaded_dbapi.Error
        self._cursor = connection.connection.cursor()

    def run(self, statement: ClauseElement, given: Row) -> tuple[list[Row], int]:
        """The rows a statement returns, and how many it touched."""
        lists = _lists(statement, self._dialect)
        prepared = _prepare(statement, self._dialect, tuple([len(given[name]) for name in lists]) if lists else ())
        for name in lists:
            given = {**given, **{f"{name}_{n}": one for n, one in enumerate(given[name], 1)}}
        if not isinstance(statement, SelectBase):
            self.written += 1
        self._execute(self._cursor.execute, prepared.sql, prepared.values(given))
        rows = prepared.rows(self._cursor.fetchall()) if prepared.columns else []
        return rows, self._cursor.rowcount

    def cells(self, statement: SelectBase, given: Row) -> list[tuple[Any, ...]]:
        """What a statement without lists finds, as the driver gives it: for very many rows."""
        prepared = _prepare(statement, self._dialect, ())
        self._execute(self._cursor.execute, prepared.sql, prepared.values(given))
        return list(map(tuple, self._cursor.fetchall()))

    def each(self, statement: ClauseElement, rows: Sequence[Row]) -> None:
        """Runs a statement that returns nothing once for each row of values."""
        self._execute_each(_prepare(statement, self._dialect, ()), rows)

    def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Adds rows; what a row does not say takes the column's default."""
        said = tuple(dict.fromkeys(chain.from_iterable(rows)))
        self._execute_each(_prepare_insert(table, said, self._dialect), rows)

    def words(self, statement: ClauseElement) -> frozenset[str]:
        """Every word of its SQL, the names of the tables it looks at among them."""
        return _words(statement, self._dialect)

    def say(self, sql: str) -> None:
        """Runs a statement without values."""
        self._execute(self._cursor.execute, sql, ())

    def _execute_each(self, prepared: Prepared, rows: Sequence[Row]) -> None:
        self.written += 1
        values = [prepared.values(row) for row in rows]
        if len(values) == 1:
            self._execute(self._cursor.execute, prepared.sql, values[0])
        else:
            self._execute(self._cursor.executemany, prepared.sql, values)

    def _execute(self, how: Callable[[str, Any], Any], sql: str, values: Any) -> None:
        try:
            how(sql, values)
        except self._errors as error:
            raise self._wrapped(sql, error) from error

    def _wrapped(self, sql: str, error: Any) -> Exception:
        connection = self._connection
        lost = self._dialect.is_disconnect(error, connection.connection.dbapi_connection, self._cursor)
        if lost:
            connection.invalidate(error)
        wrapped: Exception = DBAPIError.instance(
            sql, None, error, self._errors, hide_parameters=True, connection_invalidated=lost, dialect=self._dialect
        )
        return wrapped


@lru_cache(KEPT)
def _compiled(statement: ClauseElement, dialect: Dialect) -> SQLCompiler:
    compiled = statement.compile(dialect=dialect)
    if not isinstance(compiled, SQLCompiler):
        raise TypeError("only statements can be prepared")
    return compiled


@lru_cache(KEPT)
def _words(statement: ClauseElement, dialect: Dialect) -> frozenset[str]:
    return frozenset(_WORD.findall(_compiled(statement, dialect).string))


@lru_cache(KEPT)
def _lists(statement: ClauseElement, dialect: Dialect) -> tuple[str, ...]:
    """The parameters that are lists, whose length is part of the SQL."""
    binds = _compiled(statement, dialect).binds
    return tuple(name for name, bind in binds.items() if bind.expanding and bind.required)


@lru_cache(KEPT)
def _prepare(statement: ClauseElement, dialect: Dialect, lengths: tuple[int, ...]) -> Prepared:
    compiled = _compiled(statement, dialect)
    asked = {name for name, bind in compiled.binds.items() if bind.required}
    lists = zip(_lists(statement, dialect), lengths, strict=True)
    state = compiled.construct_expanded_state(dict.fromkeys(asked) | {name: [None] * size for name, size in lists})
    into = {name: convert for name in state.parameters if (convert := _binder(compiled, name, dialect))}
    fixed = {name: value for name, value in state.parameters.items() if name not in asked}
    columns = [(column.keyname, column.type) for column in compiled._result_columns]  # noqa: SLF001  # no public name
    return Prepared(
        sql=state.statement,
        pick=_picker(state.positiontup or ()),
        positional=compiled.positional,
        fixed=_converted(fixed, into),
        into=tuple(into.items()),
        columns=tuple(name for name, _ in columns),
        out=tuple((name, convert) for name, type_ in columns if (convert := _reader(type_, dialect))),
    )


@lru_cache(KEPT)
def _prepare_insert(table: Table, said: tuple[str, ...], dialect: Dialect) -> Prepared:
    """An insert into these columns. The defaults of the others are part of the SQL, so that they are told once."""
    values: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in said}
    usual = {column.name: _literal(column) for column in table.columns if column.name not in values}
    prepared = _prepare(table.insert().values(values | usual), dialect, ())
    defaults = {name: _default(table.columns[name]) for name in said}
    return replace(prepared, fixed=_converted(defaults, dict(prepared.into)))


def _literal(column: Column[Any]) -> ColumnElement[Any]:
    value = _default(column)
    return null() if value is None else bindparam(None, value, type_=column.type, literal_execute=True)


def _picker(names: Sequence[str]) -> Callable[[Row], Sequence[Any]]:
    """Takes these values out of a row, in their order."""
    return itemgetter(*names) if len(names) > 1 else lambda row: [row[name] for name in names]


def _converted(values: Row, into: Mapping[str, Convert]) -> Row:
    return {name: into[name](value) if name in into else value for name, value in values.items()}


def _default(column: Column[Any]) -> Any:
    """The value of a column that is not said."""
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _binder(compiled: SQLCompiler, name: str, dialect: Dialect) -> Convert | None:
    own = name if name in compiled.binds else name.rpartition("_")[0]  # one of a list has its place behind its name
    bind = compiled.binds[own]
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def _reader(type_: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    return type_.dialect_impl(dialect).result_processor(dialect, None)
