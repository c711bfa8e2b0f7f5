"""How a floor serves: as we do, with nothing of ours."""

import asyncio
from collections.abc import Awaitable, Callable

import uvloop
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(path: str, handler: Handler) -> None:
    """Says on its first line where it listens, and serves until it is killed."""
    uvloop.run(_serve(path, handler))


async def _serve(path: str, handler: Handler) -> None:
    application = web.Application()
    application.router.add_post(path, handler)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    print(f"listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await asyncio.Event().wait()
