"""The Teams adapter served on loopback before a core that only listens, and a way to post to it as Teams does."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from fake_teams import FakeTeams

from adapters.teams import connect
from adapters.teams.outgoing import TeamsDelivery
from bot.config import Settings
from bot.reply import SILENCE, Reply
from bot.request import Account, Place, Request
from store import StoreAway

PAYLOADS = Path(__file__).parents[1] / "payloads" / "teams"


@dataclass(slots=True)
class Listener:
    """Stands in for the core: keeps what it was asked, and answers as it is told."""

    reply: Reply = SILENCE
    away: bool = False
    requests: list[Request] = field(default_factory=list)
    learnt: list[Account] = field(default_factory=list)
    reached: list[tuple[Account, Place]] = field(default_factory=list)

    async def handle(self, request: Request) -> Reply:
        if self.away:
            raise StoreAway("gone")
        self.requests.append(request)
        return self.reply

    async def learn(self, tenant: str, account: Account) -> None:
        assert tenant == "local"
        self.learnt.append(account)

    async def reach(self, tenant: str, account: Account, place: Place) -> None:
        assert tenant == "local"
        if self.away:
            raise StoreAway("gone")
        self.reached.append((account, place))

    async def widen(self, tenant: str, place: Place) -> None:
        raise AssertionError(f"Teams does not tell that {place.id} of {tenant} is open")


@dataclass(slots=True)
class Posted:
    status: int
    body: Any


@dataclass(slots=True)
class TeamsSide:
    """Posts to the bot; by default with a good token."""

    fake: FakeTeams
    url: str
    delivery: TeamsDelivery
    session: aiohttp.ClientSession

    async def post(self, activity: Any, token: str | None = "") -> Posted:
        return await self.post_bytes(json.dumps(activity).encode(), token)

    async def post_bytes(self, body: bytes, token: str | None = "", content_type: str = "application/json") -> Posted:
        headers = {"Content-Type": content_type}
        if token is not None:
            headers["Authorization"] = f"Bearer {token or self.fake.token()}"
        return await self.send(body, headers)

    async def send(self, body: bytes, headers: Mapping[str, str]) -> Posted:
        async with self.session.post(self.url, data=body, headers=headers) as response:
            text = await response.text()
            return Posted(response.status, json.loads(text) if response.content_type == "application/json" else text)


def payload(fake: FakeTeams, name: str, **changes: Any) -> dict[str, Any]:
    """A recorded activity, as if this fake had sent it."""
    text = (PAYLOADS / f"{name}.json").read_text(encoding="utf-8")
    return {**json.loads(text.replace('"SERVICE"', json.dumps(fake.service))), **changes}


def clock() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def teams_bot(
    fake: FakeTeams, core: Any, now: Callable[[], datetime] = clock, tenant: str = "local", **environ: str
) -> AsyncIterator[TeamsSide]:
    settings = Settings.read(fake.environ(**environ)).model_copy(update={"tenant": tenant})
    async with connect(settings, core, now) as connected, aiohttp.ClientSession() as session:
        app = web.Application()
        app.add_routes(connected.routes)
        async with TestServer(app, host="127.0.0.1") as server:
            yield TeamsSide(fake, str(server.make_url("/api/messages")), connected.delivery, session)
