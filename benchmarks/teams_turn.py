"""The CPU of a Teams message with token check, durable write and posted reply beside that of the SDK's bare echo."""

import asyncio
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import islice
from pathlib import Path
from statistics import median

from fake_teams import FakeTeams, fake_teams
from teams_bot import payload

from benchmarks import company, load
from benchmarks.company import NEWCOMERS, PEOPLE
from benchmarks.processes import RISTRETTO, Server, floor, serving
from benchmarks.ratio import Ratio, interleaved, progress

TURNS = 600
"""A round."""
BAR = 8.0
RATE = "5000"
"""Messages a second: the usual pace is for Microsoft's limits, not for ours."""
REPLIES_WITHIN = 60.0


async def measure() -> Ratio:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        await company.enrol(folder, "teams", "aaaa-{n}")
        teams = await stack.enter_async_context(fake_teams())
        echo = await stack.enter_async_context(serving(*floor("echo"), environ={}))
        ours = await stack.enter_async_context(
            serving(RISTRETTO, "serve", "--role", "all", environ=teams.environ(TEAMS_RATE=RATE), folder=folder)
        )
        bare, signed = _turns(teams), _turns(teams, Authorization=f"Bearer {teams.token()}")
        for _ in range(0, PEOPLE, TURNS):
            await _take_turns(ours, teams, signed)  # each is looked up once, when first heard
        costs = await interleaved(
            "teams_turn", lambda: _take_turns(echo, teams, bare), lambda: _take_turns(ours, teams, signed)
        )
    faster = median(below / above for below, above in costs)
    return Ratio(f"{faster:.1f}", f"at least {BAR:.0f}", faster >= BAR)


async def _take_turns(server: Server, teams: FakeTeams, turns: Iterator[bytes]) -> float:
    """Until the last reply has arrived."""
    batch, before = list(islice(turns, TURNS)), server.cpu()
    teams.calls.clear()
    start = time.monotonic()
    await load.drive(server.url, batch, b"")
    await _replied(teams)
    progress(f"  {TURNS / (time.monotonic() - start):.0f} turns a second")
    return (server.cpu() - before) / TURNS


async def _replied(teams: FakeTeams) -> None:
    deadline = time.monotonic() + REPLIES_WITHIN
    while (replies := sum("/activities" in call.path for call in teams.calls)) < TURNS:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{replies} replies of {TURNS}")
        await asyncio.sleep(0.05)


def _turns(teams: FakeTeams, **signed: str) -> Iterator[bytes]:
    """Thanks, said to the bot in private, to people who will hear of them when they start: one reply a turn."""
    usual, headers = payload(teams, "message_personal"), {"Content-Type": "application/json", **signed}
    for n, giver, _ in company.pairs():
        sender = {"id": f"29:{giver}", "name": f"Person {giver}", "aadObjectId": f"aaaa-{giver}"}
        text = f"kudos @newcomer{n % NEWCOMERS} for the clear demo of release {n} #teamwork"
        said = {"id": f"17{n:011}", "from": sender, "text": text}
        chat = {"conversation": {**usual["conversation"], "id": f"a:chat-{giver}"}}
        body = json.dumps({**usual, **said, **chat}).encode()
        yield load.post("/api/messages", body, headers)
