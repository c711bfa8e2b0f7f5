"""The one writer: requests that wait share a transaction, each answered after the commit, and each fails alone."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from store.base import Transaction
from store.statement import Runner
from store.sums import Sums

BATCH = 256
"""Jobs in one transaction at most, so that the first of them does not wait long for the last."""

Work = Callable[[Transaction], Any]


class StoreAway(Exception):
    """The database cannot be reached or did not commit: nothing of the request was kept. `reason` becomes one line."""

    def __init__(self, reason: str = "") -> None:
        super().__init__(" ".join(reason.split()))


class _Spoilt(Exception):
    """A job failed and left something in the transaction that it shares."""


@dataclass(slots=True)
class _Job:
    tenant: str
    work: Work
    loop: asyncio.AbstractEventLoop
    future: "asyncio.Future[Any]"
    result: Any = None
    error: Exception | None = None


class Writer:
    """A thread with one connection. `write` may be called from any event loop."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    async def write(self, tenant: str, work: Work) -> Any:
        """Runs `work` in the next transaction and returns its result once that is committed.

        What `work` raises undoes what it did, and nothing else, and is raised here. Raises StoreAway.
        """
        loop = asyncio.get_running_loop()
        job = _Job(tenant, work, loop, loop.create_future())
        self._jobs.put(job)
        return await job.future

    async def close(self) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        while (batch := self._wait()) is not None:
            try:
                self._commit(batch)
            except DBAPIError as error:
                self._separately(batch, error)
            _answer(batch)
        if self._connection is not None:
            self._connection.close()

    def _wait(self) -> list[_Job] | None:
        batch: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) == BATCH:
                return batch
            try:
                job = self._jobs.get_nowait()
            except Empty:
                return batch
        if batch:
            self._jobs.put(None)
        return batch or None

    def _commit(self, batch: list[_Job]) -> None:
        """Where a job fails that has written something, all is undone and done again in savepoints: nearly all that
        fail do so before, and a savepoint for each would cost as much as what it guards."""
        try:
            self._transact(batch, guarded=False)
        except _Spoilt:
            self._transact(batch, guarded=True)

    def _transact(self, batch: list[_Job], *, guarded: bool) -> None:
        connection, self._connection = self._connection or self._engine.connect(), None
        is_kept = False
        try:
            with connection.begin():
                (_do_guarded if guarded else _do_together)(batch, connection)
            is_kept = self._engine.dialect.name == "sqlite"  # a server's may be cut while nobody writes
        finally:
            if is_kept:
                self._connection = connection
            else:
                connection.close()

    def _separately(self, batch: list[_Job], error: Exception) -> None:
        """A transaction that failed as a whole (a deadlock, a lost connection) is tried once more, job by job."""
        for job in batch:
            try:
                self._commit([job])
            except DBAPIError as again:
                job.error = StoreAway(str(again.orig or error))


def _do_together(batch: list[_Job], connection: Connection) -> None:
    """Raises _Spoilt where a job failed and left something behind in the transaction."""
    sums = Sums(Runner(connection))
    for job in batch:
        tx = Transaction(connection, job.tenant, sums)
        job.result = job.error = None
        try:
            job.result = job.work(tx)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            if tx.has_written or isinstance(error, DBAPIError):
                raise _Spoilt from error
            job.error = error
    sums.settle()


def _do_guarded(batch: list[_Job], connection: Connection) -> None:
    for job in batch:
        tx = Transaction(connection, job.tenant)
        job.result = job.error = None
        tx.say("SAVEPOINT job")
        try:
            job.result = job.work(tx)
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001  # not swallowed: it is raised where the job was asked for
            tx.say("ROLLBACK TO SAVEPOINT job")
            job.error = error
        tx.say("RELEASE SAVEPOINT job")


def _answer(batch: list[_Job]) -> None:
    loops = {id(job.loop): job.loop for job in batch}
    for key, loop in loops.items():
        loop.call_soon_threadsafe(_resolve, [job for job in batch if id(job.loop) == key])


def _raisable(error: Exception) -> Exception:
    """A future takes no StopIteration; whoever waits must hear of it all the same."""
    if not isinstance(error, StopIteration):
        return error
    raised = RuntimeError("StopIteration")
    raised.__cause__ = error
    return raised


def _resolve(batch: list[_Job]) -> None:
    for job in batch:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(_raisable(job.error))
        else:
            job.future.set_result(job.result)
