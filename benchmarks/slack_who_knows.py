"""The CPU of /whoknows, signed HTTP in, drawn answer out, beside a bare Bolt acknowledgement and the ranking alone."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from functools import partial
from itertools import count, cycle, islice
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from fake_slack import serving as fake_slack
from slack_wire import SECRET, TOKEN, payload, signed
from sqlalchemy import make_url

from benchmarks import evidence_rows, load
from benchmarks.evidence_rows import TENANT
from benchmarks.processes import RISTRETTO, Server, floor, serving
from benchmarks.questions import ASKED, questions
from benchmarks.ratio import ROUNDS, Ratio, progress
from bot.features.people.experts import SHOWN
from bot.ranking.finding import Asker, find
from store import Store, people
from store.base import Transaction

ASKERS = 100
ACKNOWLEDGED = 2000
"""Requests of a round to the floor, which are too cheap to be measured by the hundred."""
BAR = 4.0


async def measure() -> Ratio:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ristretto-")))
        store = Store(await _copied(folder))
        stack.push_async_callback(store.close)
        await store.write(TENANT, _enrol)
        slack = await stack.enter_async_context(fake_slack())
        slack.people |= {f"U{n}": {"name": f"person{n}", "tz": "Europe/Paris"} for n in range(ASKERS)}
        environ = {"SLACK_API_URL": slack.url, "SLACK_SIGNING_SECRET": SECRET, "SLACK_BOT_TOKEN": TOKEN}
        bolt = await stack.enter_async_context(serving(*floor("bolt"), environ=environ))
        ours = await stack.enter_async_context(
            serving(RISTRETTO, "serve", "--role", "web", environ=environ, folder=folder)
        )
        asked, costs = _asked(), []
        await _send(ours, asked, ASKERS)  # each is looked up once, when first heard
        await slack.until("users.info", ASKERS)
        for n in range(ROUNDS + 1):
            round_ = [await _send(bolt, asked, ACKNOWLEDGED, b""), await _send(ours, asked, ASKED), await _rank(store)]
            progress(
                "slack_who_knows: floor {:.0f} us, product {:.0f} us, ranking {:.0f} us".format(
                    *(c * 1e6 for c in round_)
                )
            )
            costs += [round_] if n else []
    dearer = median((product - ranking) / below for below, product, ranking in costs)
    product, ranking = (median(each) * 1e3 for each in list(zip(*costs, strict=True))[1:])
    said = f"{dearer:.2f} and the ranking ({product:.2f} ms, of which the ranking {ranking:.2f} ms)"
    return Ratio(said, f"at most {BAR} and the ranking", dearer <= BAR)


async def _copied(folder: Path) -> str:
    """The company in a database that may be written to, as a server finds it in its folder."""
    shutil.copy(make_url(await evidence_rows.company()).database or "", folder / "ristretto.db")
    return f"sqlite:///{folder}/ristretto.db"


def _enrol(tx: Transaction) -> None:
    now = datetime.now(UTC)
    for n in range(ASKERS):
        people.join_account(tx, f"p{n:06}", "slack", f"U{n}", now)
        people.start(tx, f"p{n:06}", now)


async def _send(server: Server, asked: Iterator[bytes], requests: int, expected: bytes = b"ephemeral") -> float:
    batch, before = list(islice(asked, requests)), server.cpu()
    await load.drive(server.url, batch, expected)
    return (server.cpu() - before) / requests


async def _rank(store: Store) -> float:
    """The ranking alone, of the same questions on the same database."""
    before = time.process_time()
    for n, text in enumerate(questions()):
        asker = Asker(("public", f"person:p{n % ASKERS:06}"), f"p{n % ASKERS:06}")
        await store.read(TENANT, partial(_find, text, asker))
    return (time.process_time() - before) / ASKED


def _find(text: str, asker: Asker, tx: Transaction) -> None:
    find(tx, (text,), asker, datetime.now(UTC), SHOWN)


def _asked() -> Iterator[bytes]:
    """Commands as Slack sends them, signed when they are taken."""
    usual = payload("command_whoknows_in_direct_message")
    for n, text in zip(count(), cycle(questions())):
        asker = f"U{n % ASKERS}"
        place = {"channel_id": f"D{n % ASKERS}", "user_id": asker, "user_name": f"person{n % ASKERS}"}
        body = urlencode({**usual, **place, "text": text, "trigger_id": f"1.2.{n}"}).encode()
        headers = signed(body, datetime.now(UTC), content_type="application/x-www-form-urlencoded")
        yield load.post("/slack/events", body, headers)
