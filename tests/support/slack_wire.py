"""Slack's side of the wire: recorded payloads, signed as Slack signs them, posted to a server with our routes."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from aiohttp import ClientSession, web

from adapters.slack import Connected, connect
from bot.config import Settings
from bot.reply import Button, Reply, say
from bot.request import Account, Place, Request
from store import StoreAway

Json = dict[str, Any]

SECRET, TOKEN = "8f742231b10e8888abcd99yyyzzz85a5", "xoxb-canary"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
PAYLOADS = Path(__file__).parent.parent / "payloads" / "slack"
THANKED = say("Done.", buttons=(Button("Undo", "kudos.undo", "urn:1"),))


@dataclass(slots=True)
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass(slots=True)
class StandIn:
    """In the core's place: keeps what it is handed, answers a request once and then the same again."""

    answer: Callable[[Request], Reply] = lambda _: THANKED
    away: bool = False
    turned_away: asyncio.Event = field(default_factory=asyncio.Event)
    handled: list[Request] = field(default_factory=list)
    learnt: list[tuple[str, Account]] = field(default_factory=list)
    widened: list[tuple[str, Place]] = field(default_factory=list)
    _answers: dict[str, Reply] = field(default_factory=dict)

    async def handle(self, request: Request) -> Reply:
        if self.away:
            self.turned_away.set()
            raise StoreAway("gone fishing")
        if request.id not in self._answers:
            self.handled.append(request)
            self._answers[request.id] = self.answer(request)
        return self._answers[request.id]

    async def learn(self, tenant: str, account: Account) -> None:
        self.learnt.append((tenant, account))

    async def widen(self, tenant: str, place: Place) -> None:
        self.widened.append((tenant, place))


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    headers: Json

    def json(self) -> Json:
        return dict(json.loads(self.text))


@dataclass(frozen=True, slots=True)
class Wire:
    """Posts to /slack/events; `connected` is what the adapter gave the server."""

    url: str
    session: ClientSession
    connected: Connected
    now: Callable[[], datetime]

    async def send(self, payload: Json) -> Answer:
        """As Slack would send this payload now."""
        kind, raw = encode(payload)
        return await self.post(raw, **signed(raw, self.now(), content_type=kind))

    async def post(self, raw: bytes, **headers: str) -> Answer:
        async with self.session.post(
            self.url, data=raw, headers=headers, skip_auto_headers=["Content-Type"]
        ) as response:
            return Answer(response.status, await response.text(), dict(response.headers))


@asynccontextmanager
async def wire(core: Any, api: str, now: Callable[[], datetime], **settings: str) -> AsyncIterator[Wire]:
    """The adapter behind a real server; `api` is where Slack's Web API is."""
    known = {"slack_signing_secret": SECRET, "slack_bot_token": TOKEN, "slack_api_url": api, **settings}
    async with connect(Settings(**known), core, now) as connected:  # type: ignore[arg-type]
        application = web.Application()
        application.add_routes(connected.routes)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        try:
            async with ClientSession() as session:
                yield Wire(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events", session, connected, now)
        finally:
            await runner.cleanup()


def payload(name: str) -> Json:
    return dict(json.loads((PAYLOADS / f"{name}.json").read_text()))


def encode(payload: Json) -> tuple[str, bytes]:
    """Content type and body: commands are forms, clicks are JSON in a form, events are JSON."""
    if "command" in payload:
        return "application/x-www-form-urlencoded", urlencode(payload).encode()
    text = json.dumps(payload, separators=(",", ":"), ensure_ascii=False)
    if payload["type"] in ("event_callback", "url_verification"):
        return "application/json", text.encode()
    return "application/x-www-form-urlencoded", urlencode({"payload": text}).encode()


def signed(raw: bytes, at: datetime, *, content_type: str = "application/json", secret: str = SECRET) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(raw, stamp, secret),
    }


def signature(raw: bytes, stamp: str, secret: str = SECRET) -> str:
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + raw, hashlib.sha256).hexdigest()
