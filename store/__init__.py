"""The store: tables and queries, one file per noun. A leaf; the only way to the data."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from store.base import Transaction
from store.engine import open_engine, read_url
from store.version import Newer, Outdated, prepare
from store.writer import StoreAway as StoreAway
from store.writer import Writer

T = TypeVar("T")
READERS = 4


class Store:
    """Open from construction to `close`. Work runs in threads, so it is plain code: no network call fits inside.

    Raises version.Outdated or version.Newer when the tables are not those of this code, StoreAway when there is none.
    """

    def __init__(self, url: str) -> None:
        self.url = read_url(url)
        self._engine = open_engine(self.url)
        self._memory = self.url.get_backend_name() == "sqlite" and self.url.database in (None, "", ":memory:")
        self._prepare()
        self._writer = Writer(self._engine)
        self._reading = open_engine(self.url, readers=READERS) if not self._memory else self._engine
        self._readers = ThreadPoolExecutor(READERS, "store-reader")

    def _prepare(self) -> None:
        try:
            prepare(self._engine)
        except DBAPIError as error:
            self._engine.dispose()
            raise StoreAway(str(error.orig)) from error
        except (Newer, Outdated):
            self._engine.dispose()
            raise

    async def write(self, tenant: str, work: Callable[[Transaction], T]) -> T:
        """Runs `work` in the next shared transaction, until the commit. Raises what `work` does, or StoreAway."""
        result: T = await self._writer.write(tenant, work)
        return result

    async def read(self, tenant: str, work: Callable[[Transaction], T]) -> T:
        """Runs `work` on a connection of its own, which sees what was committed before."""
        if self._memory:
            return await self.write(tenant, work)
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, tenant, work)

    def _read(self, tenant: str, work: Callable[[Transaction], T]) -> T:
        try:
            with self._reading.connect() as connection, connection.begin():
                return work(Transaction(connection, tenant))
        except (OperationalError, InterfaceError) as error:
            raise StoreAway(str(error.orig)) from error

    async def close(self) -> None:
        await self._writer.close()
        self._readers.shutdown()
        self._reading.dispose()
        self._engine.dispose()
