"""An answer is posted by the process that wrote it, as soon as it is committed, and is nobody's secret if that dies."""

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from counting import PLATFORM
from outgoing import TENANT, core_on, counts, until

from bot.delivery import RetryAt, Sent
from bot.reply import plain
from bot.request import Account, Place, Request
from jobs.courier import Courier
from jobs.terms import Terms
from jobs.worker import Worker
from store import Store, outbox, sending
from store.sending import Lease

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LEASE = Terms().lease


class Post:
    """A platform that says what it is told to, one outcome a post, and then that all is well."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.came = []
        self.open = asyncio.Event()
        self.open.set()

    async def post(self, address, reply, _kind, _key):
        self.came.append((address.place, plain(reply)))
        await self.open.wait()
        return self.outcomes.pop(0) if self.outcomes else Sent(f"m{len(self.came)}")


class Lost:
    """The worker of a process that dies between the commit and the post."""

    def reserve(self, _tenant, _platform):
        return Lease("lost", NOON, NOON + LEASE)

    def dispatch(self, _claim, _reply):
        pass


class Office:
    """A core, and a worker that sends for it but never looks for anything by itself."""

    def __init__(self, store, post, rate, terms):
        self.now, self.store = NOON, store
        self.core = core_on(store, lambda: self.now)
        self.courier = Courier(self.core, {PLATFORM: post}, {PLATFORM: rate}, lambda: self.now, terms)
        self.core.dispatcher = self.worker = Worker(self.courier, "here")

    async def hear(self, *texts):
        """Everybody says something at once, and hears back that it was not understood."""
        await asyncio.gather(*(self.core.handle(_said(text)) for text in texts))

    async def settle(self):
        """Until what was begun is over."""

        async def is_over():
            return "sending" not in await counts(self.store)

        await until(is_over)

    async def drain(self, **later):
        """Another worker sends what is due, `later` than before."""
        self.now += timedelta(**later)
        await Worker(self.courier, "other").drain()


def _said(text):
    who, place = Account(PLATFORM, f"U-{text}"), Place(PLATFORM, f"D-{text}", "private")
    return Request(TENANT, f"said:{text}", NOON, who, place, text=text, inline=False)


@asynccontextmanager
async def office(post, rate=1000.0, **terms):
    store = Store("sqlite://")
    try:
        yield Office(store, post, rate, Terms(**terms))
    finally:
        await store.close()


async def test_an_answer_is_posted_without_anybody_looking_for_it():
    post = Post()
    async with office(post) as at:
        await at.hear("hello")
        await at.settle()
        await at.hear("hello")  # delivered to us again
        await at.settle()

        [(place, text)] = post.came
        [message] = await at.store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 9))
        assert (place, message.provider_id, message.via) == ("D-hello", "m1", PLATFORM)
        assert "understand" in text
        assert (message.state, message.attempts) == ("sent", 1)


async def test_an_answer_is_on_its_way_from_the_commit_on():
    post = Post()
    post.open.clear()
    async with office(post) as at:
        await at.hear("hello")
        [begun] = await at.store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 9))
        await at.drain()
        post.open.set()
        await at.settle()

        assert (begun.state, begun.tried_at) == ("sending", NOON)
        assert len(post.came) == 1


async def test_an_answer_whose_process_died_is_in_doubt_and_then_sent():
    post = Post()
    async with office(post) as at:
        at.core.dispatcher = Lost()
        await at.hear("hello")

        await at.drain(seconds=59)
        early = await counts(at.store)
        await at.drain(seconds=2)
        doubted = await counts(at.store)
        await at.drain(seconds=61)

        assert (early, doubted) == ({"sending": 1}, {"uncertain": 1})
        assert await counts(at.store) == {"sent": 1}
        assert [place for place, _ in post.came] == ["D-hello"]


async def test_while_the_platform_wants_to_hear_nothing_answers_wait():
    post = Post()
    async with office(post) as at:
        soon = NOON + timedelta(seconds=30)
        await at.store.write(TENANT, lambda tx: sending.pause(tx, PLATFORM, soon))  # said to another worker

        await at.hear("hello")
        await at.settle()
        await at.drain(seconds=29)
        early = len(post.came)
        await at.drain(seconds=1)

        assert (early, len(post.came)) == (0, 1)


async def test_what_the_platform_refuses_for_now_is_posted_again_when_it_may():
    post = Post(RetryAt(NOON + timedelta(seconds=30), bucket=True))
    async with office(post) as at:
        await at.hear("hello")
        await at.settle()
        await at.hear("world")
        await at.settle()
        refused = await counts(at.store)
        await at.drain(seconds=30)

        assert refused == {"ready": 2}
        assert sorted(place for place, _ in post.came) == ["D-hello", "D-hello", "D-world"]


async def test_what_there_is_no_room_for_waits_to_be_claimed():
    post = Post()
    async with office(post, widths=(1, 1, 1)) as at:
        await at.hear("a", "b", "c")
        await at.settle()
        begun = len(post.came)
        await at.drain()

        assert begun == 1
        assert sorted(place for place, _ in post.came) == ["D-a", "D-b", "D-c"]
        assert await counts(at.store) == {"sent": 3}


async def test_answers_keep_the_pace():
    post = Post()
    async with office(post, rate=0.001) as at:
        await at.hear("a")
        await at.settle()
        await at.hear("b")
        await at.settle()

        assert [place for place, _ in post.came] == ["D-a"]
        assert await counts(at.store) == {"sent": 1, "ready": 1}


async def test_at_the_end_what_was_not_posted_yet_is_ready_for_others():
    post = Post()
    async with office(post, rate=0.001) as at:
        await at.hear("a", "b")  # the second has to wait for its turn
        await asyncio.sleep(0)
        await at.worker.stop()
        stopped = await counts(at.store)
        await at.hear("c")

        assert stopped == {"sent": 1, "ready": 1}
        assert await counts(at.store) == {"sent": 1, "ready": 2}


async def test_silence_takes_no_room():
    post = Post()
    async with office(post, widths=(1, 1, 1)) as at:
        for n in range(3):
            await at.hear("hello")
            await at.settle()
            assert len(post.came) == 1, n
        await at.hear("world")
        await at.settle()

        assert [place for place, _ in post.came] == ["D-hello", "D-world"]
