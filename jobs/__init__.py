"""Scheduled work: the calendar as a platform, and the delivery worker."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.config import Settings
from bot.core import Core
from bot.delivery import Delivery
from jobs.calendar import attend, tick, tidy
from jobs.courier import Courier
from jobs.worker import Worker

TICK, TIDY = 15, 3600
"""Seconds between two looks at the calendar, and between two clear-outs."""

Clock = Callable[[], datetime]


@asynccontextmanager
async def start(core: Core, deliveries: Mapping[str, Delivery], settings: Settings, now: Clock) -> AsyncIterator[None]:
    """Queues what is due and sends it, as long as it is open; several replicas may. At the end nothing more is claimed,
    and what is not posted yet is left for others."""
    worker = Worker(_courier(core, deliveries, settings, now), _owner())
    clock = _clock(core, now)
    clock.start()  # type: ignore[no-untyped-call]
    sending = asyncio.create_task(worker.run(), name="deliveries")
    core.dispatcher = worker
    try:
        yield
    finally:
        core.dispatcher = None
        clock.shutdown(wait=False)  # type: ignore[no-untyped-call]
        await worker.stop()
        await sending


async def once(core: Core, deliveries: Mapping[str, Delivery], settings: Settings, now: Clock) -> None:
    """Queues and sends everything that is due now. Raises StoreAway."""
    await tick(core, now())
    await Worker(_courier(core, deliveries, settings, now), _owner()).drain()


def _courier(core: Core, deliveries: Mapping[str, Delivery], settings: Settings, now: Clock) -> Courier:
    return Courier(core, deliveries, {"slack": settings.slack_rate, "teams": settings.teams_rate}, now)


def _owner() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def _clock(core: Core, now: Clock) -> AsyncIOScheduler:
    """A clock and no more: all that is true stands in tables, so nothing is kept and nothing is made up for twice."""
    usual = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    clock = AsyncIOScheduler(timezone=UTC, job_defaults=usual)  # type: ignore[no-untyped-call]
    for work, seconds in ((attend, TICK), (tidy, TIDY)):
        clock.add_job(work, "interval", (core, now), seconds=seconds, next_run_time=now())  # type: ignore[no-untyped-call]
    return clock
