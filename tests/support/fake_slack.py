"""A Slack of our own on loopback: its Web API, its response_urls and its sockets. It records what it is asked, counts
messages by the random id they carry, and fails as it is told to."""

import asyncio
import json
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from aiohttp import WSMsgType, web

Json = dict[str, Any]

TEAM, BOT, BOT_ID = "T1", "UBOT", "B1"
FIRST_TS = 1_772_625_600
PATIENCE = 90
"""Seconds after which a wait is given up: no machine is so slow."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request as it came in. `method` is `response_url` for an answer to a gesture."""

    method: str
    args: Json
    token: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """How the next call of a method goes wrong. `done`: it has its effect all the same, only the answer is lost."""

    error: str = ""
    status: int = 200
    headers: Json = field(default_factory=dict)
    body: str | None = None
    drop: bool = False
    delay: float = 0.0
    done: bool = False


class FakeSlack:
    """`people` and `channels` are what users.info and conversations.info know; `refusals`: channel to error;
    `clock`: what time it is, a second later with each message; `held`: ids of messages whose answer is withheld."""

    def __init__(self, clock: Callable[[], float] = lambda: FIRST_TS) -> None:
        self.clock = clock
        self.held: set[str] = set()
        self.url = ""
        self.calls: list[Call] = []
        self.messages: list[Json] = []
        self.people: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.members: dict[str, list[str]] = {}
        self.refusals: dict[str, str] = {}
        self.acknowledged: dict[str, Json] = {}
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._sockets: list[web.WebSocketResponse] = []
        self._heard = asyncio.Condition()
        self._hold_after = inf
        self._released = asyncio.Event()

    def fail(self, method: str, *faults: Fault) -> None:
        """The next calls of this method go wrong, one fault each."""
        self._faults[method] += faults

    def hold(self, after: float = 0) -> None:
        """Takes each message beyond the first `after`, and withholds the answer until the next `hold` or `release`."""
        self._released.set()
        self._released = asyncio.Event()
        self._hold_after = after

    def release(self) -> None:
        self.hold(after=inf)

    def called(self, method: str) -> list[Json]:
        return [call.args for call in self.calls if call.method == method]

    def delivered(self) -> Counter[str]:
        """How often each message arrived, by the id in its metadata."""
        return Counter(
            message["metadata"]["event_payload"]["id"] for message in self.messages if message.get("metadata")
        )

    def hook(self, name: str = "1") -> str:
        """A response_url of this Slack's."""
        return f"{self.url.removesuffix('/api/')}/hooks/{name}"

    async def until(self, method: str, times: int = 1) -> list[Json]:
        """Waits until a method was called so often."""
        async with asyncio.timeout(PATIENCE), self._heard:
            await self._heard.wait_for(lambda: len(self.called(method)) >= times)
        return self.called(method)

    async def push(self, envelope: Json) -> None:
        """Delivers an envelope to everybody on a socket."""
        async with asyncio.timeout(PATIENCE), self._heard:
            await self._heard.wait_for(lambda: bool(self._sockets))
        for socket in self._sockets:
            await socket.send_json(envelope)

    async def acknowledgement(self, envelope: str) -> Json:
        async with asyncio.timeout(PATIENCE), self._heard:
            await self._heard.wait_for(lambda: envelope in self.acknowledged)
        return self.acknowledged[envelope]

    def application(self) -> web.Application:
        application = web.Application()
        application.router.add_route("*", "/api/{method}", self._call)
        application.router.add_post("/hooks/{name}", self._respond)
        application.router.add_get("/socket", self._socket)
        application.on_shutdown.append(self._hang_up)
        return application

    async def _call(self, request: web.Request) -> web.StreamResponse:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        call = Call(request.match_info["method"], await _args(request), token)
        return await self._answer(call, request)

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        call = Call("response_url", {"name": request.match_info["name"], **await request.json()})
        return await self._answer(call, request)

    async def _answer(self, call: Call, request: web.Request) -> web.StreamResponse:
        async with self._heard:
            self.calls.append(call)
            self._heard.notify_all()
        faults = self._faults[call.method]
        if not faults:
            done = self._do(call)
            await self._withhold(call)
            return web.json_response(done)
        fault = faults.popleft()
        await asyncio.sleep(fault.delay)
        answer = (
            self._do(call) if fault.done or fault == Fault(delay=fault.delay) else {"ok": False, "error": fault.error}
        )
        if fault.drop and request.transport:
            request.transport.abort()
        if fault.body is not None:
            return web.Response(text=fault.body, status=fault.status, content_type="application/json")
        return web.json_response(answer, status=fault.status, headers=fault.headers)

    async def _withhold(self, call: Call) -> None:
        if call.method == "chat.postMessage" and len(self.messages) > self._hold_after:
            id = call.args["metadata"]["event_payload"]["id"]
            self.held.add(id)
            await self._released.wait()
            self.held.discard(id)

    def _do(self, call: Call) -> Json:
        action = getattr(self, "_" + call.method.replace(".", "_"), None)
        return {"ok": True, **action(**call.args)} if action else {"ok": False, "error": "unknown_method"}

    def _response_url(self, **_: Any) -> Json:
        return {}

    def _auth_test(self, **_: Any) -> Json:
        return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "url": "https://example.slack.com/"}

    def _users_info(self, user: str, **_: Any) -> Json:
        found = self.people.get(user)
        return {"user": {"id": user, "team_id": TEAM, **found}} if found else _no("user_not_found")

    def _conversations_info(self, channel: str, **_: Any) -> Json:
        found = self.channels.get(channel)
        return {"channel": {"id": channel, **found}} if found else _no("channel_not_found")

    def _conversations_members(self, channel: str, **_: Any) -> Json:
        return {"members": self.members.get(channel, []), "response_metadata": {"next_cursor": ""}}

    def _conversations_open(self, users: str, **_: Any) -> Json:
        return {"channel": {"id": f"D{users[1:]}"}}

    def _chat_postMessage(self, channel: str, **message: Any) -> Json:  # noqa: N802  # Slack's name for it
        if channel in self.refusals:
            return _no(self.refusals[channel])
        place = f"D{channel[1:]}" if channel[0] in "UW" else channel
        ts = f"{int(self.clock()) + len(self.messages)}.000100"
        self.messages.append({"channel": place, "ts": ts, **message})
        return {"channel": place, "ts": ts}

    def _chat_postEphemeral(self, channel: str, **_: Any) -> Json:  # noqa: N802  # as above
        return _no(self.refusals[channel]) if channel in self.refusals else {"message_ts": f"{FIRST_TS}.000200"}

    def _chat_delete(self, channel: str, ts: str, **_: Any) -> Json:
        kept = [message for message in self.messages if (message["channel"], message["ts"]) != (channel, ts)]
        if len(kept) == len(self.messages):
            return _no("message_not_found")
        self.messages = kept
        return {"channel": channel, "ts": ts}

    def _conversations_history(self, channel: str, **asked: Any) -> Json:
        return self._page(channel, "", **asked)

    def _conversations_replies(self, channel: str, ts: str, **asked: Any) -> Json:
        return self._page(channel, ts, **asked)

    def _page(
        self, channel: str, thread: str, *, oldest: str = "0", limit: Any = 100, cursor: Any = 0, **_: Any
    ) -> Json:
        if channel in self.refusals:
            return _no(self.refusals[channel])
        here = [m for m in self.messages if m["channel"] == channel and (m.get("thread_ts") or "") == thread]
        found = [message for message in reversed(here) if float(message["ts"]) >= float(oldest)]
        start, end = int(cursor), int(cursor) + int(limit)
        after = str(end) if end < len(found) else ""
        return {"messages": found[start:end], "response_metadata": {"next_cursor": after}}

    def _apps_connections_open(self, **_: Any) -> Json:
        return {"url": f"ws{self.url.removeprefix('http').removesuffix('/api/')}/socket"}

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async with self._heard:
            self._sockets.append(socket)
            self._heard.notify_all()
        async for message in socket:
            if message.type == WSMsgType.TEXT:
                said = json.loads(message.data)
                async with self._heard:
                    self.acknowledged[said["envelope_id"]] = said
                    self._heard.notify_all()
        self._sockets.remove(socket)
        return socket

    async def _hang_up(self, _: web.Application) -> None:
        for socket in list(self._sockets):
            await socket.close()


@asynccontextmanager
async def serving(port: int = 0, slack: FakeSlack | None = None) -> AsyncIterator[FakeSlack]:
    """A fake Slack that listens; `url` is for SLACK_API_URL."""
    slack = slack or FakeSlack()
    runner = web.AppRunner(slack.application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    try:
        slack.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        yield slack
    finally:
        await runner.cleanup()


async def _args(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    form = await request.post()
    return {**request.query, **{key: str(value) for key, value in form.items()}}


def _no(error: str) -> Json:
    return {"ok": False, "error": error}
