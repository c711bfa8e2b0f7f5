"""A way to a database on which its answer to a COMMIT can be kept back: what was written is there, and who wrote it
does not know."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import URL, make_url

CHUNK = 65536


@dataclass(slots=True)
class Way:
    """`url` is for whoever is to be kept waiting, from `holds` on. SQLite has no such way: there it changes nothing."""

    url: str
    holds: bool = False
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)
    _target: URL | None = None

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self._tasks.add(task)
        there, back = await self._open()
        committed = asyncio.Event()
        with suppress(asyncio.CancelledError, OSError):
            await asyncio.gather(self._ask(reader, back, committed), self._tell(there, writer, committed))
        for end in (writer, back):
            end.close()
        self._tasks.discard(task)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        assert self._target
        folder = self._target.query.get("host")
        if isinstance(folder, str):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")
        return await asyncio.open_connection(self._target.host, self._target.port or 5432)

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _ask(self, reader: asyncio.StreamReader, back: asyncio.StreamWriter, committed: asyncio.Event) -> None:
        while chunk := await reader.read(CHUNK):
            if self.holds and b"COMMIT" in chunk:
                committed.set()
            back.write(chunk)
            await back.drain()
        back.close()

    async def _tell(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter, committed: asyncio.Event) -> None:
        while chunk := await there.read(CHUNK):
            if not committed.is_set():
                writer.write(chunk)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def way_to(database_url: str) -> AsyncIterator[Way]:
    url = make_url(database_url)
    if url.get_backend_name() != "postgresql":
        yield Way(database_url)
        return
    way = Way("", _target=url)
    server = await asyncio.start_server(way.carry, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    way.url = url.set(host="127.0.0.1", port=port, query={}).render_as_string(hide_password=False)
    try:
        yield way
    finally:
        server.close()
        await way.close()
