"""The same on PostgreSQL: our process's CPU, the server's own beside it, and whether SQLite answers the same."""

import sqlite3
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from databases import new_database, postgres
from sqlalchemy import func, make_url, select

from benchmarks import evidence_rows
from benchmarks.evidence_rows import TENANT
from benchmarks.questions import questions
from benchmarks.ratio import Ratio, progress
from benchmarks.who_knows import ask, ask_all, p95
from store import Store
from store.base import Transaction
from store.reindex import reindex
from store.tables import metadata

MOST_MS = 20
INDEX = {"postings", "tallies"}
"""Tables that the product makes anew from the others."""


async def measure() -> Ratio:
    """The tail on PostgreSQL."""
    with postgres() as server:
        url = new_database(server, f"b{uuid4().hex[:12]}")
        store = Store(url)
        progress("who_knows_postgresql: copying the company")
        _copy(Path(make_url(await evidence_rows.company()).database or ""), url)
        await store.write(TENANT, reindex)
        with _connection(url) as connection:
            connection.execute("ANALYZE")
        rounds = await ask_all(store, "who_knows_postgresql", partial(_served, await store.read(TENANT, _backend)))
        same = await _agreeing(store)
        await store.close()
    (ours, usual), (served, usually) = (
        [median(of(getattr(each, whose)) * 1e3 for each in rounds) for of in (p95, median)]
        for whose in ("product", "server")
    )
    said = (
        f"p95 {ours:.2f} ms; p50 {usual:.2f} ms; the server's own p95 {served:.2f} ms, p50 {usually:.2f} ms; "
        f"the same top ten as SQLite for {same} of {len(questions())}"
    )
    bar = f"p95 at most {MOST_MS} ms, all the same"
    return Ratio(said, bar, holds=ours <= MOST_MS and same == len(questions()))


async def _agreeing(store: Store) -> int:
    """For how many questions both databases name the same people, with the same scores, in the same order."""
    other = Store(await evidence_rows.company())
    same = 0
    for text in questions():
        here, there = [await each.read(TENANT, partial(_named, text)) for each in (store, other)]
        same += here == there
    await other.close()
    return same


def _named(text: str, tx: Transaction) -> list[tuple[str, float]]:
    return [(expert.person.handle, expert.score) for expert in ask(text, tx).experts]


def _copy(file: Path, url: str) -> None:
    """Fills an empty database with the rows of one of SQLite, but for the index."""
    with sqlite3.connect(file) as source, _connection(url) as target:
        target.execute("SET timezone = 'UTC'")
        for table in metadata.sorted_tables:
            if table.name in INDEX:
                continue
            names = ", ".join(column.name for column in table.columns)
            with target.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in source.execute(f"SELECT {names} FROM {table.name}"):
                    copy.write_row(row)


def _connection(url: str) -> psycopg.Connection[Any]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _backend(tx: Transaction) -> int:
    """The process of the server that answers; a reader that is never busy twice at once has one."""
    return int(tx.all(select(func.pg_backend_pid().label("pid")))[0]["pid"])


def _served(pid: int) -> float:
    """Seconds of CPU of a process, to the nanosecond."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
