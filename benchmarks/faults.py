"""The promises of delivery at full size: `python -m benchmarks.faults [NAME]` prints `name: figure (bar)`, and ends 1
where a bar falls. The platform counts, not our tables."""

import asyncio
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import inf
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from counting import Platform, serving
from databases import new_database, postgres
from digest_round import Count, Ended, Round, choose_an_hour_that_is_over, company_in_slack, digest_round
from outgoing import Job, counts, fill, process, until, until_settled, utc

from benchmarks import import_resumes
from benchmarks.year import live
from store import Store, sending
from store.base import Transaction

POINTS = ("claimed", "drawn", "begun", "posted", "marked")


@dataclass(frozen=True, slots=True)
class Figure:
    """What came out, what was promised, and whether it holds."""

    said: str
    bar: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """A database with messages in it, a platform, and the order for a worker on both."""

    store: Store
    platform: Platform
    job: Job

    def came(self) -> str:
        return f"{len(self.platform.texts)} came, {self.platform.extra} twice"


@asynccontextmanager
async def stage(server: str, n: int, platform: Platform, lane: int = 2) -> AsyncIterator[Stage]:
    url = new_database(server, f"f{uuid4().hex[:12]}")
    store = Store(url)
    try:
        async with serving(platform) as address:
            for start in range(0, n, 1000):
                await fill(store, [f"t{i}" for i in range(start, min(start + 1000, n))], lane)
            yield Stage(store, platform, Job(url, address))
    finally:
        await store.close()


async def digests(server: str) -> Figure:
    """Two `serve --role worker` send 1,000 digests: asked for, due by the calendar, and while two are killed."""
    said, holds = [], True
    with tempfile.TemporaryDirectory(prefix="ristretto-") as folder:
        company = await company_in_slack(server, Path(folder), 1000)
        for name, begin in (("asked for", _ask), ("due", _fall_due), ("two workers killed", _kill_two)):
            async with digest_round(company, Path(folder), 1000) as here:
                start = time.monotonic()
                await begin(here)
                found = await here.settled()
                seconds, ended, count = time.monotonic() - start, await here.end(), here.count()
                said.append(f"{name}: {count.came} came, {count.extra} twice, in {seconds:.0f} s")
                if (found, ended, count) != ({"sent": 1000}, Ended((0, 0), soon=True), Count(1000, 0)):
                    said.append(f"{found}, {ended}, {count}, {here.complaints()[:3]}")
                    holds = False
    return Figure("; ".join(said), "each time: 1000 came, 0 twice", holds)


async def _ask(here: Round) -> None:
    await here.start(2)
    await here.send_all()


async def _fall_due(here: Round) -> None:
    await choose_an_hour_that_is_over(here)
    await here.start_in_step(2)


async def _kill_two(here: Round) -> None:
    """Each time another one comes in its place; what the killed ones held is taken up when their leases are over."""
    here.slack.hold(after=250)
    await _fall_due(here)
    for following in (500, inf):
        await here.kill(here.workers[0])
        here.slack.hold(following)
        await here.start()


async def kills(server: str) -> Figure:
    """Two workers, one of which is killed again and again, at every point of a message's way."""
    async with stage(server, 2000, Platform()) as here, AsyncExitStack() as stack:
        await stack.enter_async_context(process(replace(here.job, rate=5.0)))  # slow, so that all the kills fall amid
        fallen: list[int] = []
        while len(fallen) < 50 and "ready" in await counts(here.store):
            job = replace(here.job, rate=100.0, crash=POINTS[len(fallen) % 5], nth=10)
            async with process(job) as worker:
                try:
                    if await asyncio.wait_for(worker.wait(), 120) == -signal.SIGKILL:
                        fallen.append(worker.pid)
                except TimeoutError:
                    break
        await stack.enter_async_context(process(here.job))
        found = await until_settled(here.store, fallen=fallen)
        holds = found == {"sent": 2000} and len(here.platform.texts) == 2000 and here.platform.extra <= len(fallen) > 10
        return Figure(f"{here.came()}, {len(fallen)} kills", "2000 came, at most one twice a kill", holds)


async def drops(server: str) -> Figure:
    """A platform that takes 5 % of posts and loses its answer, once able to look, once not."""
    said, holds = [], True
    for finds in (True, False):
        async with stage(server, 1000, Platform(drops=0.05)) as here:
            async with process(replace(here.job, lease=2.0, finds=finds)):
                found = await until_settled(here.store, 120)
            doubt = found.get("uncertain", 0)
            holds &= len(here.platform.texts) == 1000 and not here.platform.extra and bool(doubt) != finds
            said.append(f"{here.came()}, {doubt} in doubt")
    return Figure(
        "; unable to look: ".join(said), "1000 came, 0 twice, 0 in doubt; unable to look: some in doubt", holds
    )


async def limits(server: str) -> Figure:
    """A platform that refuses 3 in 100 posts for a second: nobody asks before the time."""
    async with stage(server, 300, Platform(limits=0.03, wait=1.0)) as here, AsyncExitStack() as stack:
        for _ in range(2):
            await stack.enter_async_context(process(replace(here.job, rate=100.0)))
        await until_settled(here.store, 240)
        platform = here.platform
        holds = len(platform.texts) == 300 and not platform.extra and not platform.heedless
        said = f"{here.came()}, {platform.limited} refusals, {platform.heedless} posts in spite of one"
        said = f"{said} ({platform.early} on their way at that moment)"
        return Figure(said, "300 came, 0 twice, 0 in spite of a refusal", holds)


async def poison(server: str) -> Figure:
    """One of 1,000 cannot be drawn: the others come."""
    async with stage(server, 999, Platform()) as here:
        await fill(here.store, ["poison"])

        async def is_over() -> bool:
            return (await counts(here.store)).get("sent", 0) == 999

        async with process(here.job):
            await until(is_over, 120)
        found = await counts(here.store)
        return Figure(
            f"{here.came()}, {found.get('ready', 0)} waits", "999 came, 0 twice, 1 waits", found["sent"] == 999
        )


async def claims(server: str) -> Figure:
    """100,000 due rows are claimed by one worker, 50 at a time."""
    async with stage(server, 100_000, Platform()) as here:
        start, claimed = time.monotonic(), 0
        while True:
            now = utc()
            until = now + timedelta(minutes=1)

            def take(tx: Transaction, now: datetime = now, until: datetime = until) -> int:
                return len(sending.claim(tx, "w", now, until, 2, 50))

            got = await here.store.write("", take)
            claimed += got
            if not got:
                break
        seconds = time.monotonic() - start
        return Figure(f"{claimed} in {seconds:.1f} s", "100000 in less than 60 s", claimed == 100_000 and seconds < 60)


async def year(_server: str) -> Figure:
    """2,000 people, a tenth of whom speak to Ristretto, for a year: what stays confirmed, and who is asked."""
    found = await live()
    said = (
        f"{found.everybody:.0%} of skills confirmed within 90 days, {found.readers:.0%} of those of readers; "
        f"Gini {found.gini:.2f} of {found.routed} questions, {found.most} a week at most; {found.answered:.0%} of them "
        f"answered, {found.digests} digests"
    )
    holds = found.readers >= 0.5 and found.gini < 0.5 and found.most <= 2
    return Figure(said, "50 % of those who read, Gini below 0.5, 2 a week at most", holds)


async def million(_server: str) -> Figure:
    """An import of a million acts is killed in the middle and begun again."""
    said, holds = await asyncio.to_thread(import_resumes.resumes)
    return Figure(said, import_resumes.BAR, holds)


FAULTS: dict[str, Callable[[str], Awaitable[Figure]]] = {
    **{fault.__name__: fault for fault in (digests, kills, drops, limits, poison, claims, year)},
    "import": million,
}


def main(names: list[str]) -> int:
    wrong = [name for name in names if name not in FAULTS]
    if wrong:
        print(f"There is no {wrong[0]}. There are: {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    fell = False
    with postgres() as server:
        for name in names or FAULTS:
            figure = asyncio.run(_measure(name, server))
            print(f"{name}: {figure.said} ({figure.bar}){'' if figure.holds else ' FELL'}", flush=True)
            fell |= not figure.holds
    return 1 if fell else 0


async def _measure(name: str, server: str) -> Figure:
    return await FAULTS[name](server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
