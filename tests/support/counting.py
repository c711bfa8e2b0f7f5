"""A platform that counts: a small chat server on loopback, its faults on order, and a delivery that speaks to it."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.delivery import Address, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.reply import Reply, plain

PLATFORM = "fake"
REFUSED = {"gone": Permanent("gone", unreachable=True), "too_long": Permanent("too_long")}


@dataclass(slots=True)
class Platform:
    """What arrived, by text. `drops`: share of posts kept whose answer is lost; `limits`: share of posts refused for
    `wait` seconds; `gone`: accounts out of reach. `early` came before that time was over, `heedless` after half of it:
    not on their way any more when we refused."""

    drops: float = 0.0
    limits: float = 0.0
    wait: float = 1.0
    gone: frozenset[str] = frozenset()
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    texts: Counter[str] = field(default_factory=Counter)
    keys: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    early: int = 0
    heedless: int = 0
    limited: int = 0
    _refused_at: float = 0.0
    _closed_until: float = 0.0

    async def post(self, request: web.Request) -> web.StreamResponse:
        said = await request.json()
        now = asyncio.get_running_loop().time()
        if now < self._closed_until:
            self.early += 1
            self.heedless += now > self._refused_at + self.wait / 2
            return self._limit(self._closed_until - now)
        if self.chance.random() < self.limits:
            self._refused_at, self._closed_until = now, now + self.wait
            self.limited += 1
            return self._limit(self.wait)
        if said["account"] in self.gone:
            return web.json_response({"error": "gone"})
        id = f"m{sum(self.texts.values())}"
        self.texts[said["text"]] += 1
        self.keys[said["key"]] = id
        if self.chance.random() < self.drops:
            assert request.transport is not None
            request.transport.close()
        return web.json_response({"id": id, "place": said["place"] or f"D-{said['account']}"})

    async def look(self, request: web.Request) -> web.Response:
        return web.json_response({"id": self.keys.get(request.query["key"])})

    async def remove(self, request: web.Request) -> web.Response:
        self.removed.append((await request.json())["id"])
        return web.json_response({})

    async def has_heard(self) -> bool:
        return bool(self.texts)

    @property
    def extra(self) -> int:
        """Messages that arrived more often than once."""
        return sum(n - 1 for n in self.texts.values())

    def _limit(self, seconds: float) -> web.Response:
        return web.json_response({}, status=429, headers={"Retry-After": f"{seconds:.3f}"})


@asynccontextmanager
async def serving(platform: Platform) -> AsyncIterator[str]:
    """The address of the server."""
    application = web.Application()
    application.router.add_post("/post", platform.post)
    application.router.add_post("/remove", platform.remove)
    application.router.add_get("/look", platform.look)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@dataclass(slots=True)
class BlindDelivery:
    """Cannot tell afterwards whether a message arrived."""

    session: aiohttp.ClientSession
    url: str

    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:
        said = {"key": key, "kind": kind, "account": address.account, "place": address.place, "text": plain(reply)}
        return await self._ask("/post", said)

    async def remove(self, address: Address, message: str) -> Outcome:
        gone = await self._ask("/remove", {"id": message})
        return Sent(message, address.place) if isinstance(gone, Sent) else gone

    async def _ask(self, path: str, said: dict[str, Any]) -> Outcome:
        try:
            async with self.session.post(self.url + path, json=said) as response:
                if response.status == 429:
                    wait = timedelta(seconds=float(response.headers["Retry-After"]))
                    return RetryAt(datetime.now(UTC) + wait, bucket=True)
                told = await response.json()
        except aiohttp.ClientConnectorError:
            return RetryAt(datetime.now(UTC) + timedelta(seconds=0.5), bucket=True)
        except aiohttp.ClientError as error:
            return Uncertain(type(error).__name__)
        return REFUSED[told["error"]] if "error" in told else Sent(told.get("id", ""), told.get("place", ""))


@dataclass(slots=True)
class Delivery(BlindDelivery):
    """Can look for a message by its key."""

    async def found(self, address: Address, key: str, _since: datetime) -> Outcome | None:
        async with self.session.get(f"{self.url}/look", params={"key": key}) as response:
            id = (await response.json())["id"]
        return Sent(id, f"D-{address.account}") if id else None
