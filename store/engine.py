"""From a database URL to an engine: SQLite made durable and honest about transactions, or PostgreSQL."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Engine, PoolProxiedConnection, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

DRIVERS = {"sqlite": "sqlite+pysqlite", "postgresql": "postgresql+psycopg"}

PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA busy_timeout = 30000",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA wal_autocheckpoint = 4000",
    "PRAGMA secure_delete = ON",
)


def read_url(url: str) -> URL:
    """Accepts SQLite and PostgreSQL under any of their usual driver names.

    Raises ValueError for anything else.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise ValueError("not a database URL") from error
    name = parsed.get_backend_name()
    if name not in DRIVERS:
        raise ValueError(f"{name} is not a database that Ristretto speaks")
    return parsed.set(drivername=DRIVERS[name])


def open_engine(url: URL, *, readers: int = 0) -> Engine:
    """An engine for one writer, or with `readers` for that many reading connections."""
    size = readers or 1
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url, hide_parameters=True, pool_size=size, max_overflow=0, pool_recycle=1800, pool_pre_ping=True
        )
    memory = url.database in (None, "", ":memory:")
    pool: dict[str, Any] = {"poolclass": StaticPool} if memory else {"pool_size": size, "max_overflow": 0}
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False, "timeout": 30}, **pool)
    event.listen(engine, "connect", _prepare)
    engine.dialect.do_begin = _begin_reading if readers else _begin_writing  # type: ignore[method-assign,assignment]
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver would otherwise begin and commit behind our back
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin_writing(connection: PoolProxiedConnection) -> None:
    connection.execute("BEGIN IMMEDIATE")


def _begin_reading(connection: PoolProxiedConnection) -> None:
    connection.execute("BEGIN")
