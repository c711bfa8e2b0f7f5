"""The CPU of a durable /kudos (signed HTTP in, committed, drawn answer out) beside a bare Bolt acknowledgement's."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from fake_slack import serving as fake_slack
from slack_wire import SECRET, TOKEN, payload, signed

from benchmarks import company, load
from benchmarks.company import PEOPLE
from benchmarks.processes import RISTRETTO, Server, floor, serving
from benchmarks.ratio import Ratio, interleaved, progress

REQUESTS = 2000
"""A round."""
BAR = 4.0


async def measure() -> Ratio:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        await company.enrol(folder, "slack", "U{n}")
        slack = await stack.enter_async_context(fake_slack())
        slack.channels["C1"] = {"name": "general", "is_channel": True, "is_private": False}
        slack.people |= {f"U{n}": {"name": f"person{n}", "tz": "Europe/Paris"} for n in range(PEOPLE)}
        environ = {"SLACK_API_URL": slack.url, "SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": TOKEN}
        bolt = await stack.enter_async_context(serving(*floor("bolt"), environ=environ))
        ours = await stack.enter_async_context(
            serving(RISTRETTO, "serve", "--role", "web", environ=environ, folder=folder)
        )
        thanks = _thanks()
        await _thank(ours, thanks, PEOPLE)  # each is looked up once, when first heard
        await slack.until("users.info", PEOPLE)
        costs = await interleaved(
            "slack_kudos", lambda: _thank(bolt, thanks, REQUESTS, b""), lambda: _thank(ours, thanks, REQUESTS)
        )
    dearer = median(above / below for below, above in costs)
    return Ratio(f"{dearer:.2f}", f"at most {BAR}", dearer <= BAR)


async def _thank(server: Server, thanks: Iterator[bytes], requests: int, expected: bytes = b"ephemeral") -> float:
    batch, before = list(islice(thanks, requests)), server.cpu()
    start = time.monotonic()
    await load.drive(server.url, batch, expected)
    progress(f"  {requests / (time.monotonic() - start):.0f} requests a second")
    return (server.cpu() - before) / requests


def _thanks() -> Iterator[bytes]:
    """Commands as Slack sends them, signed when they are taken."""
    usual = payload("command_kudos")
    for n, giver, receiver in company.pairs():
        said = f"<@U{receiver}|person{receiver}> for the clear demo of release {n} #teamwork"
        form = {**usual, "user_id": f"U{giver}", "user_name": f"person{giver}", "text": said, "trigger_id": f"1.2.{n}"}
        body = urlencode(form).encode()
        headers = signed(body, datetime.now(UTC), content_type="application/x-www-form-urlencoded")
        yield load.post("/slack/events", body, headers)
