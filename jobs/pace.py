"""How fast messages go out: so many a second to one platform of one tenant, answers before digests."""

import asyncio
from heapq import heappop, heappush
from itertools import count

from jobs.terms import ANSWERS

CATCH_UP = 0.1
"""Seconds by which a late turn may be made good, so that a busy loop does not lower the rate."""


class Pace:
    """Gives turns at `rate` a second, which may be changed, the lowest lane first."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._next = 0.0
        self._arrivals = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None

    def is_idle(self) -> bool:
        """Whether a turn could be had at once."""
        return not self._waiting and self._next <= asyncio.get_running_loop().time()

    async def turn(self, lane: int) -> None:
        """Waits for one."""
        loop = asyncio.get_running_loop()
        if lane == ANSWERS and self.is_idle():  # nothing may go before it
            self._count(loop)
            return
        turn = loop.create_future()
        heappush(self._waiting, (lane, next(self._arrivals), turn))
        self._arm(loop)
        await turn

    def _arm(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._timer is None and self._waiting:
            self._timer = loop.call_at(max(self._next, loop.time()), self._give, loop)

    def _give(self, loop: asyncio.AbstractEventLoop) -> None:
        self._timer = None
        while self._waiting:
            turn = heappop(self._waiting)[2]
            if not turn.done():
                turn.set_result(None)
                self._count(loop)
                break
        self._arm(loop)

    def _count(self, loop: asyncio.AbstractEventLoop) -> None:
        self._next = max(self._next, loop.time() - CATCH_UP) + 1 / self.rate
