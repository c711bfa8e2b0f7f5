"""A company in Slack whose digests are sent by real workers: imported from files, joined to its accounts, set going by
command or by the clock, and counted by Slack alone."""

import asyncio
import json
import os
import re
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import SystemRandom
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
from databases import new_database
from fake_slack import FakeSlack
from fake_slack import serving as serving_slack
from outgoing import TENANT, until_settled
from serving import RISTRETTO, Serving, serving
from slack_wire import SECRET, TOKEN
from sqlalchemy import make_url

from bot.core import Core
from bot.features import FEATURES
from bot.ids import growing
from bot.request import Account, Place, Request
from jobs.courier import key
from jobs.terms import DIGESTS, Terms
from store import Store, people

THANKS = 3
"""To each person, from their neighbours: just enough for a digest that is not thin."""
TITLES = ("Around you since ", "Autour de vous depuis ")
PATIENCE = 300.0
_CASE = re.compile(r"case (\d+)-(\d)")
_WAITING = "SELECT count(*) FROM pg_locks WHERE relation = 'subscriptions'::regclass AND NOT granted"
_SENDING = "SELECT id FROM outbox WHERE owner LIKE %s AND state = 'sending'"
_COUNT = "SELECT count(*) FROM outbox"
_OWNERS = "SELECT DISTINCT owner FROM outbox"
_PASS = "UPDATE outbox SET lease_until = now() WHERE owner LIKE %s AND state IN ('sending', 'uncertain')"


@dataclass(frozen=True, slots=True)
class Count:
    """What Slack saw: how many people got something, what came more than once, and whatever was not as it should be."""

    came: int
    extra: int
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """How workers ended: their exit codes, and whether it took less than ten seconds."""

    codes: tuple[int, ...]
    soon: bool


@dataclass(slots=True)
class Round:
    """`n` people, their Slack, and the workers that were started (`fell`: those that were killed)."""

    n: int
    folder: Path
    url: str
    slack: FakeSlack
    store: Store
    open: AsyncExitStack
    workers: list[Serving] = field(default_factory=list)
    fell: list[int] = field(default_factory=list)

    @property
    def environ(self) -> dict[str, str]:
        slack = {"SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": TOKEN, "SLACK_API_URL": self.slack.url}
        here = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "RISTRETTO_DATABASE_URL": self.url}
        return {**here, **slack, "SLACK_RATE": "200", "PORT": "0", "LOG_LEVEL": "DEBUG"}

    @property
    def pids(self) -> set[int]:
        """Of the workers that run."""
        return {worker.process.pid for worker in self.workers}

    async def send_all(self) -> int:
        """How many digests the operator's command has queued."""
        return int((await run(self.folder, self.environ, "digest", "send", "--all", "--json"))["queued"])

    async def start(self, workers: int = 1) -> None:
        """So many `ristretto serve --role worker`, at once."""
        opening = (serving(self.folder, self.environ, "worker") for _ in range(workers))
        self.workers += await asyncio.gather(*map(self.open.enter_async_context, opening))

    async def start_in_step(self, workers: int) -> None:
        """The same, and their first looks at the calendar begin in one moment."""
        async with await psycopg.AsyncConnection.connect(self.url) as gate:
            await gate.execute("LOCK TABLE subscriptions IN EXCLUSIVE MODE")
            await self.start(workers)
            await self._until(lambda: self._figure(_WAITING), workers)

    async def all_wait(self) -> None:
        """Waits until every worker has had its first messages taken by Slack, which withholds its answers."""
        for worker in self.workers:
            await self._until(partial(self._waits, worker.process.pid), 1)

    async def kill(self, worker: Serving) -> None:
        """Once Slack has all that this worker has claimed, and withholds every answer."""
        pid = worker.process.pid
        await self._until(lambda: self._waits(pid), 1)
        await worker.kill()
        self.workers.remove(worker)
        self.fell.append(pid)

    async def settled(self, *, hurry: bool = False) -> dict[str, int]:
        """The states once all is sent. `hurry`: the leases of killed workers are over at once, not after minutes."""
        passing = asyncio.create_task(self._pass_time()) if hurry else None
        try:
            await self._until(lambda: self._figure(_COUNT), self.n)
            return await until_settled(self.store, PATIENCE)
        finally:
            if passing:
                passing.cancel()

    async def owners(self) -> set[int]:
        """Process ids of all who sent something."""
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            rows = await (await connection.execute(_OWNERS)).fetchall()
        return {int(row[0].rpartition(":")[2]) for row in rows if row[0]}

    async def end(self) -> Ended:
        """Tells the workers to end."""
        told = time.monotonic()
        for worker in self.workers:
            worker.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            codes = await asyncio.gather(*(worker.process.wait() for worker in self.workers))
        return Ended(tuple(codes), time.monotonic() - told < 10)

    def count(self) -> Count:
        return count(self.slack, self.n)

    def complaints(self) -> list[str]:
        """What workers logged that should worry somebody."""
        log = (self.folder / "serve.log").read_text()
        return [line for line in log.splitlines() if re.search(r"Traceback|error|critical", line, re.IGNORECASE)]

    async def _pass_time(self) -> None:
        """Over and over: a killed worker's message is first in doubt, and then looked for."""
        while True:
            for pid in self.fell:
                await _execute(self.url, _PASS, f"%:{pid}")
            await asyncio.sleep(0.2)

    async def _waits(self, pid: int) -> bool:
        """Whether a worker stands still: it has so many on their way that it claims no more, and Slack has them all."""
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            rows = await (await connection.execute(_SENDING, (f"%:{pid}",))).fetchall()
        return len(rows) > Terms().widths[DIGESTS] // 2 and {key(row[0]) for row in rows} <= self.slack.held

    async def _figure(self, query: str, *values: str) -> int:
        async with await psycopg.AsyncConnection.connect(self.url) as connection:
            row = await (await connection.execute(query, values)).fetchone()
        return int(row[0]) if row else 0

    async def _until(self, found: Callable[[], Awaitable[int]], n: int) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                if await found() >= n:
                    return
                await asyncio.sleep(0.02)


async def company_in_slack(server: str, folder: Path, n: int) -> str:
    """A database, to be copied, of `n` people who came by import and whose Slack accounts were seen since."""
    url = new_database(server, f"company_{uuid4().hex[:12]}")
    _write_files(folder, n)
    environ = {"PATH": os.environ["PATH"], "RISTRETTO_DATABASE_URL": url}
    await run(folder, environ, "import", "people", "people.jsonl", "--pilot")
    await run(folder, environ, "import", "activity", "activity.jsonl")
    store = Store(url)
    core = _core(store, _utc())
    await asyncio.gather(*(core.learn(TENANT, _account(number)) for number in range(n)))
    await store.close()
    await _execute(url, "ANALYZE")  # as PostgreSQL does by itself within a minute
    return url


@asynccontextmanager
async def digest_round(company: str, folder: Path, n: int) -> AsyncIterator[Round]:
    """That company with a Slack of its own, and nobody to send anything yet. `folder` gets the log."""
    name = f"round_{uuid4().hex[:12]}"
    url = make_url(company).set(database=name).render_as_string(hide_password=False)
    server = make_url(company).set(database="postgres").render_as_string(hide_password=False)
    await _execute(server, f'CREATE DATABASE "{name}" TEMPLATE "{make_url(company).database}"')
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(serving_slack(slack=FakeSlack(time.time)))
        store = Store(url)
        stack.push_async_callback(store.close)
        yield Round(n, folder, url, slack, store, await stack.enter_async_context(AsyncExitStack()))


async def run(folder: Path, environ: dict[str, str], *command: str) -> Any:
    """What `ristretto` prints as JSON."""
    process = await asyncio.create_subprocess_exec(
        *(str(RISTRETTO), *command), cwd=folder, env=environ, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, command
    return json.loads(out)


async def choose_an_hour_that_is_over(here: Round) -> None:
    """Everybody said an hour ago that they want their digest at an hour that has come meanwhile."""
    now = _utc()
    known = await here.store.read(TENANT, lambda tx: people.of_handles(tx, ["p0"]))
    local = now.astimezone(ZoneInfo(known["p0"].timezone))
    said, text = now - timedelta(hours=1), f"digest every {local:%A} at {local.hour}"
    core = _core(here.store, said)

    def asked(number: int) -> Request:
        return Request(TENANT, f"r{number}", said, _account(number), Place("slack", f"D{number}"), text)

    await asyncio.gather(*(core.handle(asked(number)) for number in range(here.n)))


async def _execute(url: str, statement: Any, *values: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(statement, values)


def _write_files(folder: Path, of: int) -> None:
    """Everybody is thanked by the next ones, each time for a case of their own; every other one speaks French."""
    zone = _zone()
    everybody = [
        {"handle": f"p{n}", "name": f"Person {n}", "email": _email(n), "locale": ("en", "fr")[n % 2], "timezone": zone}
        for n in range(of)
    ]
    acts = [_thanks(n, k, of) for n in range(of) for k in range(1, THANKS + 1)]
    for name, rows in (("people", everybody), ("activity", acts)):
        text = "".join(f"{json.dumps(row)}\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text)


def _thanks(n: int, k: int, of: int) -> dict[str, Any]:
    return {
        "id": f"urn:ristretto:activity:{n}-{k}",
        "type": "Offer",
        "actor": f"urn:ristretto:person:p{(n + k) % of}",
        "object": {"type": "Note", "content": f"your help with case {n}-{k}"},
        "target": [f"urn:ristretto:person:p{n}"],
        "published": (_utc() - timedelta(hours=30 + k)).isoformat(),
    }


def count(slack: FakeSlack, of: int) -> Count:
    """By the id that Slack was given with a message and by the chat it came to; the words are each person's own."""
    chats = Counter(message["channel"] for message in slack.messages)
    seen = max(sum(n - 1 for n in found.values()) for found in (chats, slack.delivered()))
    wrong = {message["channel"]: why for message in slack.messages if (why := _complaint(message))}
    strangers = sorted(set(chats) - {f"D{number}" for number in range(of)})
    return Count(len(chats), seen, (*(f"{chat}: {why}" for chat, why in wrong.items()), *strangers))


def _complaint(message: dict[str, Any]) -> str:
    """What is wrong with a message as Slack has it; empty where all is well."""
    number = int(message["channel"].removeprefix("D"))
    cases = sorted(_CASE.findall(message["text"]))
    facts = {
        "kind": message["metadata"]["event_type"] == "ristretto_digest",
        "metadata": list(message["metadata"]["event_payload"]) == ["id"],
        "language": message["text"].startswith(TITLES[number % 2]),
        "cases": cases == [(str(number), str(k)) for k in range(1, THANKS + 1)],
        "blocks": sorted(_CASE.findall(json.dumps(message["blocks"]))) == cases,
    }
    return ", ".join(name for name, holds in facts.items() if not holds)


def _account(number: int) -> Account:
    """As Slack tells of it; the mail joins it to the person who came by import."""
    return Account("slack", f"U{number}", f"p{number}", f"Person {number}", _email(number))


def _email(number: int) -> str:
    return f"p{number}@example.com"


def _zone() -> str:
    """Where it is about noon now, so that no day, week or quiet hour begins meanwhile."""
    return f"Etc/GMT{_utc().hour - 12:+d}"


def _core(store: Store, now: datetime) -> Core:
    return Core(store, FEATURES, now=lambda: now, new_id=growing(lambda: now, SystemRandom().getrandbits))


def _utc() -> datetime:
    return datetime.now(UTC)
