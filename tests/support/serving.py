"""`ristretto serve` as a process of the operating system, with Slack and Teams on loopback."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import isawaitable
from pathlib import Path
from typing import Any

import aiohttp
from fake_slack import FakeSlack
from fake_teams import FakeTeams
from slack_wire import SECRET, TOKEN, Answer, encode, signed

RISTRETTO = Path(sys.executable).with_name("ristretto")


def environ(database_url: str, slack: FakeSlack, teams: FakeTeams, **more: str) -> dict[str, str]:
    """What the process must be told."""
    return {
        "PATH": os.environ["PATH"],
        "PORT": "0",
        "LOG_LEVEL": "DEBUG",
        "RISTRETTO_DATABASE_URL": database_url,
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_API_URL": slack.url,
        "SLACK_RATE": "200",
        "TEAMS_RATE": "200",
        **teams.environ(),
        **more,
    }


async def until(found: Callable[[], Any]) -> Any:
    """Waits for something to be there; `found` may be a coroutine function."""
    async with asyncio.timeout(90):
        while True:
            there = found()
            there = await there if isawaitable(there) else there
            if there:
                return there
            await asyncio.sleep(0.03)


@dataclass(slots=True)
class Serving:
    """A server that listens at `url`, and a way to speak to it as Slack and Teams do."""

    process: asyncio.subprocess.Process
    url: str
    session: aiohttp.ClientSession

    async def get(self, path: str) -> tuple[int, str]:
        async with self.session.get(f"{self.url}{path}") as response:
            return response.status, await response.text()

    async def slack(self, payload: dict[str, Any]) -> Answer:
        """Signed now."""
        kind, raw = encode(payload)
        return await self.post("/slack/events", raw, signed(raw, datetime.now(UTC), content_type=kind))

    async def teams(self, activity: dict[str, Any], token: str) -> Answer:
        async with self.session.post(
            f"{self.url}/api/messages", json=activity, headers={"Authorization": f"Bearer {token}"}
        ) as response:
            return Answer(response.status, await response.text(), dict(response.headers))

    async def post(self, path: str, raw: bytes, headers: dict[str, str]) -> Answer:
        async with self.session.post(f"{self.url}{path}", data=raw, headers=headers) as response:
            return Answer(response.status, await response.text(), dict(response.headers))

    async def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        assert await self.process.wait() == -signal.SIGKILL


@asynccontextmanager
async def serving(folder: Path, told: dict[str, str], role: str = "all") -> AsyncIterator[Serving]:
    with (folder / "serve.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(str(RISTRETTO), "serve", "--role", role),
            cwd=folder,
            env=told,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
    try:
        assert process.stdout
        line = (await asyncio.wait_for(process.stdout.readline(), 90)).decode()
        assert line.startswith("listening on "), (line, (folder / "serve.log").read_text())
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=90)) as session:
            yield Serving(process, line.removeprefix("listening on ").strip(), session)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        await process.wait()
