"""Messages to deliver, and workers to deliver them, as processes of the operating system that can be killed."""

import asyncio
import json
import os
import random
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import and_, or_, select, update

sys.path.insert(0, str(Path(__file__).parent))  # run as a script, it finds its neighbours too

from counting import PLATFORM, BlindDelivery, Delivery

from bot import logs
from bot.core import Core
from bot.feature import Context, Feature
from bot.ids import growing
from bot.reply import SILENCE, Reply, say
from jobs.courier import Courier
from jobs.terms import Terms
from jobs.worker import Worker
from store import Store, outbox, people
from store.base import Transaction
from store.outbox import Message
from store.people import Person

TENANT = "local"
POISON, HUSH = "poison", "hush"
EPOCH = datetime.fromtimestamp(0, UTC)

feature = Feature("probe")


@feature.draws("note")
def note(_ctx: Context, message: Message) -> Reply:
    """Says what it is about; one kind of it cannot be drawn, and one has nothing to say any more."""
    if message.about.startswith(POISON):
        raise ValueError(message.about)
    return SILENCE if message.about.startswith(HUSH) else say(message.about)


def utc() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker process is to do. `crash`: the point at which it kills itself, at the n-th message to get there."""

    database: str
    server: str
    rate: float = 1000.0
    lease: float = 60.0
    finds: bool = True
    crash: str = ""
    nth: int = 1


def core_on(store: Store, now: Any = utc) -> Core:
    return Core(store, (feature,), now=now, new_id=growing(now, random.SystemRandom().getrandbits))


async def fill(store: Store, texts: Iterable[str], lane: int = 2, at: datetime | None = None) -> list[str]:
    """A message for each text, each to a person of its own; the ids."""
    at = at or utc()
    said = list(texts)

    def work(tx: Transaction) -> None:
        for text in said:
            people.add(tx, Person(f"p-{text}", f"p-{text}", text, started_at=at), at)
            people.join_account(tx, f"p-{text}", PLATFORM, f"U-{text}", at)
            outbox.add(tx, Message(f"x-{text}", "probe.note", at, at, about=text, person=f"p-{text}", lane=lane))

    await store.write(TENANT, work)
    return [f"x-{text}" for text in said]


async def counts(store: Store) -> dict[str, int]:
    """Messages by state, the empty states left out."""
    found = await store.read(TENANT, outbox.count)
    return {state: n for state, n in found.items() if n}


@asynccontextmanager
async def process(job: Job) -> AsyncIterator[asyncio.subprocess.Process]:
    """A worker as a process of its own, ended at the end."""
    root = Path(__file__).parents[2]
    worker = await asyncio.create_subprocess_exec(
        sys.executable, __file__, json.dumps(asdict(job)), cwd=root, env={**os.environ, "PYTHONPATH": str(root)}
    )
    try:
        yield worker
    finally:
        if worker.returncode is None:
            worker.terminate()
        await worker.wait()


async def until(holds: Callable[[], Awaitable[bool]], seconds: float = 300.0) -> None:
    """Waits for that to be so."""
    async with asyncio.timeout(seconds):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.05)


async def until_settled(store: Store, seconds: float = 300.0, fallen: Iterable[int] = ()) -> dict[str, int]:
    """Waits until nothing is ready or on its way, nor waits to be looked for; the states then. `fallen`: process ids of
    killed workers, whose leases are over at once."""
    owners = [f"worker:{pid}" for pid in fallen]
    columns = outbox.outbox.c
    held = and_(columns.owner.in_(owners), columns.state.in_(("sending", "uncertain")), columns.lease_until > EPOCH)
    passing = update(outbox.outbox).where(columns.tenant_id == TENANT, held).values(lease_until=EPOCH)

    async with asyncio.timeout(seconds):
        while True:
            if owners:
                await store.write(TENANT, lambda tx: tx.connection.execute(passing))
            if not await store.read(TENANT, has_open):
                return await counts(store)
            await asyncio.sleep(0.1)


def has_open(tx: Transaction) -> bool:
    """In one query: between two, what is in doubt could become sent."""
    columns = outbox.outbox.c
    is_looked_for = and_(columns.state == "uncertain", columns.lease_until.is_not(None))
    found = select(columns.id).where(or_(columns.state.in_(("ready", "sending")), is_looked_for)).limit(1)
    return tx.connection.execute(found).first() is not None


def terms(lease: float) -> Terms:
    """The usual ones, but for a hurry."""
    return Terms(lease=timedelta(seconds=lease), patience=min(25.0, lease / 2), poll=0.05, sweep=min(0.3, lease / 3))


def _trap(job: Job) -> Any:
    seen = [0]

    def reached(point: str) -> None:
        if point == job.crash:
            seen[0] += 1
            if seen[0] == job.nth:
                os.kill(os.getpid(), signal.SIGKILL)

    return reached


async def _work(job: Job) -> None:
    logs.configure("INFO", sys.stderr)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        store = Store(job.database)
        stack.push_async_callback(store.close)
        delivery = (Delivery if job.finds else BlindDelivery)(session, job.server)
        courier = Courier(core_on(store), {PLATFORM: delivery}, {PLATFORM: job.rate}, utc, terms(job.lease), _trap(job))
        worker = Worker(courier, f"worker:{os.getpid()}")
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        sending = asyncio.create_task(worker.run())
        await ended.wait()
        await worker.stop()
        await sending


if __name__ == "__main__":
    asyncio.run(_work(Job(**json.loads(sys.argv[1]))))
