"""The composition root: the only module that knows everyone."""

import asyncio
import gc
import secrets
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from socket import socket

import adapters
from bot import server
from bot.commands.opening import Opening, opened
from bot.commands.serve import Role
from bot.commands.stop import warn
from bot.company import Company
from bot.config import Settings
from bot.core import Core
from store import Store, StoreAway
from store.version import Newer, Outdated, current

PAUSE = 2.0
"""Seconds between two looks for a database that is away."""
COLLECT = (10_000, 20, 20)
"""How many new objects may gather before the collector looks at them: a request makes hundreds, and few form rings."""


def now() -> datetime:
    return datetime.now(UTC)


def opening(settings: Settings) -> Opening:
    company = Company(settings.locale, settings.timezone)
    return Opening(settings.database_url, settings.tenant, company, now, secrets.randbits)


async def run(settings: Settings, role: Role) -> None:
    """Serves until a signal. Raises Stop where the database cannot be used, server.Unbound where the port cannot."""
    async with AsyncExitStack() as stack:
        stack.enter_context(server.ended_by_signals())
        listener = stack.enter_context(server.bound(settings.host, settings.port))
        if settings.metrics_port is not None:
            metrics = stack.enter_context(server.bound(settings.host, settings.metrics_port))
            await stack.enter_async_context(server.serving(metrics, server.metrics_application()))
            warn(f"metrics on {server.url(metrics, settings.host)}/metrics")
        announced = await _wait_for_database(settings, listener)
        core = await stack.enter_async_context(opened(opening(settings)))
        platforms = await stack.enter_async_context(adapters.connect(settings, core, now, listen=role != "worker"))
        routes = [route for platform in platforms.values() for route in platform.routes]
        application = server.ready_application(lambda: _ready(core, settings.tenant), routes)
        await stack.enter_async_context(server.serving(listener, application))
        if role != "web":  # entered last, so that at the end nothing more is claimed before all else is closed
            import jobs

            deliveries = {name: platform.delivery for name, platform in platforms.items()}
            await stack.enter_async_context(jobs.start(core, deliveries, settings, now))
        if not announced:
            _announce(settings, listener)
        _settle()
        await server.signalled()


async def _ready(core: Core, tenant: str) -> bool:
    try:
        return await core.store.read(tenant, lambda tx: current(tx.connection))
    except StoreAway:
        return False


async def _wait_for_database(settings: Settings, listener: socket) -> bool:
    """A server of databases may come later than we do, a file that cannot be opened will not. Whether it waited."""
    if settings.database_url.startswith("sqlite") or await _reachable(settings.database_url):
        return False
    async with server.serving(listener, server.waiting_application()):
        _announce(settings, listener)
        warn("The database cannot be reached yet; trying again until it can.")
        while True:
            await asyncio.sleep(PAUSE)
            if await _reachable(settings.database_url):
                return True


async def _reachable(url: str) -> bool:
    try:
        store = await asyncio.to_thread(Store, url)
    except StoreAway:
        return False
    except (Newer, Outdated, ValueError):
        return True
    await store.close()
    return True


def _settle() -> None:
    """What is there once all is open stays until the end: the collector need not look at it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT)


def _announce(settings: Settings, listener: socket) -> None:
    sys.stdout.write(f"listening on {server.url(listener, settings.host)}\n")
    sys.stdout.flush()
