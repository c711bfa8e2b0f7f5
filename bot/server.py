"""The HTTP server around the platforms: health, readiness, metrics, and an end that cuts nobody short."""

import asyncio
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

from aiohttp import web
from aiohttp.abc import AbstractView
from aiohttp.typedefs import Handler

GRACE = 5.0
"""Seconds for requests under way to be answered."""
LIMIT = 10.0
"""Seconds from the signal to the end, whatever hangs: what was not acknowledged is delivered to us again."""
PATIENCE = 3.0
"""Seconds within which a database answers, or counts as away."""

Ready = Callable[[], Awaitable[bool]]


class Unbound(Exception):
    """The port cannot be had."""


@contextmanager
def bound(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that listens, so that the port is ours and known before anything is served. Raises Unbound."""
    try:
        listener = _listener(host, port)
    except OSError as error:
        raise Unbound(f"cannot listen at {host}, port {port}: {error.strerror}") from error
    with listener:
        yield listener


def _listener(host: str, port: int) -> socket.socket:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, *_, where = min(found, key=lambda info: info[0] != socket.AF_INET)
    every = host == "::" and socket.has_dualstack_ipv6()
    return socket.create_server(where[:2], family=family, backlog=1024, dualstack_ipv6=every)


def url(listener: socket.socket, host: str) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


@asynccontextmanager
async def serving(listener: socket.socket, application: web.Application) -> AsyncIterator[None]:
    """Serves on a copy of the listener: when this ends, callers wait in its queue for the next one."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=GRACE)
    await runner.setup()
    try:
        await web.SockSite(runner, listener.dup()).start()
        yield
    finally:
        await runner.cleanup()


def ready_application(ready: Ready, routes: Iterable[web.RouteDef], patience: float = PATIENCE) -> web.Application:
    application = web.Application()
    application.router.add_get("/healthz", _say("alive"))
    application.router.add_get("/readyz", _readiness(ready, patience))
    application.add_routes(routes)
    return application


def waiting_application() -> web.Application:
    """While the database is away: alive, not ready, and platforms are asked to come again."""
    application = web.Application()
    application.router.add_get("/healthz", _say("alive"))
    application.router.add_route("*", "/{rest:.*}", _say("the database is away", 503))
    return application


def metrics_application() -> web.Application:
    from prometheus_client import CONTENT_TYPE_LATEST, generate_latest  # noqa: PLC0415  # only where a port is set

    async def show(_request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    application = web.Application()
    application.router.add_get("/metrics", show)
    return application


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM and SIGINT cancel the current task, once; a second one, or ten seconds, end the process."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()

    def end() -> None:
        restore()
        limit = threading.Timer(LIMIT, os._exit, (1,))
        limit.daemon = True
        limit.start()
        if task:
            task.cancel()

    def restore() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    try:
        yield
    finally:
        restore()


async def signalled() -> None:
    """Waits for the signal, and ends as if nothing had happened: what is open then closes as on any other way out."""
    task = asyncio.current_task()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        if task:
            task.uncancel()


def _say(text: str, status: int = 200) -> Handler | type[AbstractView]:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=f"{text}\n", status=status)

    return answer


def _readiness(ready: Ready, patience: float) -> Handler | type[AbstractView]:
    async def answer(_request: web.Request) -> web.Response:
        try:
            is_ready = await asyncio.wait_for(ready(), patience)
        except TimeoutError:
            is_ready = False
        return web.Response(text="ready\n" if is_ready else "not ready\n", status=200 if is_ready else 503)

    return answer
