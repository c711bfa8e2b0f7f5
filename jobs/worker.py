"""The delivery worker: claims what is due, a little at a time and each lane for itself, and has it carried."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any

import structlog

from bot.reply import Reply
from jobs.courier import Courier
from jobs.doubts import settle
from jobs.terms import ANSWERS
from store import StoreAway, sending
from store.base import Transaction
from store.sending import Claim, Lease

log = structlog.get_logger()

LOOKS = 8
"""Messages in doubt that are looked for at once."""


class Worker:
    """`owner` names it beside what it has claimed. It is a bot.delivery.Dispatcher too."""

    def __init__(self, courier: Courier, owner: str) -> None:
        self._courier = courier
        self._owner = owner
        self._store = courier.core.store
        self._terms = courier.terms
        self._tasks: dict[asyncio.Task[None], Claim] = {}
        self._busy = Counter[int]()
        self._is_behind = False
        self._freed = asyncio.Event()
        self._swept = float("-inf")
        self._is_stopping = False

    async def run(self) -> None:
        """Sends what is due until `stop`."""
        while not self._is_stopping:
            self._freed.clear()
            await self._safely(self._round())
            with suppress(TimeoutError):
                async with asyncio.timeout(self._terms.poll):
                    await self._freed.wait()

    async def drain(self) -> None:
        """Sends everything that is due now, and returns. Raises StoreAway."""
        while True:
            is_idle = not self._tasks  # else a lane may have had no room in this round
            if not await self._round() and is_idle:
                return
            if self._tasks:
                await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)

    async def stop(self) -> None:
        """Claims nothing more. What is not posted yet is ready again; what is may finish, for a while."""
        self._is_stopping = True
        self._freed.set()
        await asyncio.sleep(0)  # a task that has not begun could not let go of its message
        for task, claim in list(self._tasks.items()):
            if not self._courier.is_posting(claim):
                task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self._terms.grace)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    def reserve(self, tenant: str, platform: str) -> Lease | None:
        has_room = self._busy[ANSWERS] < self._terms.widths[ANSWERS]
        if self._is_stopping or not has_room or not self._courier.is_idle(tenant, platform):
            self._is_behind = True
            return None
        self._busy[ANSWERS] += 1
        now = self._courier.now()
        return Lease(self._owner, now, now + self._terms.lease)

    def dispatch(self, claim: Claim | None, reply: Reply) -> None:
        self._busy[ANSWERS] -= 1
        if claim and self._is_stopping:
            self._start(claim, self._safely(self._courier.drop(claim, "stopped", fault=False)))
        elif claim:
            self._start(claim, self._safely(self._courier.carry_on(claim, reply), claim))

    async def _round(self) -> int:
        """Claims for every lane with room for it; says how many messages."""
        doubted: list[Claim] = []
        if self._is_sweep_due():
            doubted = await self._store.write("", self._sweep)
        room = {lane: self._room(lane) for lane in range(len(self._terms.widths))}
        wanted = {lane: limit for lane, limit in room.items() if limit}
        claimed = await self._store.write("", lambda tx: self._claim(tx, wanted)) if wanted else []
        self._is_behind = any(sum(claim.message.lane == lane for claim in claimed) >= room[lane] for lane in room)
        for claim in claimed:
            if self._is_stopping:
                await self._courier.drop(claim, "stopped", fault=False)
            else:
                self._start(claim, self._safely(self._courier.carry(claim), claim))
        for claim in doubted:
            self._start(claim, self._safely(settle(self._courier, claim)))
        return len(claimed) + len(doubted)

    def _claim(self, tx: Transaction, wanted: dict[int, int]) -> list[Claim]:
        if self._is_stopping or not self._courier.deliveries:
            return []
        now = self._courier.now()
        until = now + self._terms.lease
        return [
            claim for lane, limit in wanted.items() for claim in sending.claim(tx, self._owner, now, until, lane, limit)
        ]

    def _sweep(self, tx: Transaction) -> list[Claim]:
        """Takes over what lost workers held, learns how many workers share the rate, and takes what is in doubt."""
        now = self._courier.now()
        until = now + self._terms.lease
        sending.lapse(tx, now, until)
        self._courier.share(sending.owners(tx))
        return [] if self._is_stopping else sending.doubted(tx, self._owner, now, until, LOOKS)

    def _is_sweep_due(self) -> bool:
        now = asyncio.get_running_loop().time()
        is_due = now >= self._swept + self._terms.sweep
        if is_due:
            self._swept = now
        return is_due

    def _room(self, lane: int) -> int:
        """How many more of this lane may be claimed: none before half of it is free, so that a claim is worth it."""
        width = self._terms.widths[lane]
        free = width - self._busy[lane]
        return free if free * 2 >= width else 0

    def _start(self, claim: Claim, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks[task] = claim
        self._busy[claim.message.lane] += 1
        task.add_done_callback(self._done)

    def _done(self, task: "asyncio.Task[None]") -> None:
        claim = self._tasks.pop(task)
        self._busy[claim.message.lane] -= 1
        self._courier.forget(claim)
        if self._is_behind:
            self._freed.set()

    async def _safely(self, work: Coroutine[Any, Any, object], claim: Claim | None = None) -> None:
        """Whatever goes wrong ends here, so that the others go on. `claim`: the message to let go of then."""
        try:
            await work
        except asyncio.CancelledError:
            if claim:
                await self._courier.drop(claim, "stopped", fault=False)
            raise
        except StoreAway:
            log.warning("the database is away")
            await asyncio.sleep(self._terms.poll)
        except Exception as failure:
            about = {"id": claim.message.id, "kind": claim.message.kind} if claim else {}
            log.warning("delivery failed", error=type(failure).__name__, **about)
            log.debug("delivery failed", exc_info=failure, **about)
            if claim:
                await self._courier.drop(claim, type(failure).__name__, fault=True)
