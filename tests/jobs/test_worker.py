"""The delivery worker: what becomes of each message, whatever the platform says."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from counting import PLATFORM, BlindDelivery, Delivery, Platform, serving
from outgoing import TENANT, core_on, counts, fill, has_open, terms, until, utc
from structlog.testing import capture_logs

from bot.delivery import Address, Permanent, RetryAt, Sent, Uncertain
from jobs.courier import Courier
from jobs.terms import Terms
from jobs.worker import Worker
from store import Store, outbox, people
from store.outbox import Message
from store.people import Person

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ANSWERS, NOTICES, DIGESTS = 0, 1, 2


class Script:
    """A platform that says what it is told to, one answer a post, and then that all is well."""

    def __init__(self, *outcomes):
        self.outcomes = list(outcomes)
        self.posts = []
        self.removed = []

    async def post(self, address, _reply, kind, key):
        self.posts.append((address, kind, key))
        outcome = self.outcomes.pop(0) if self.outcomes else Sent(f"m{len(self.posts)}", "D1")
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def remove(self, address, message):
        self.removed.append((address.place, message))
        return Sent(message, address.place)


class Finding(Script):
    """The same, and it can look for a message."""

    def __init__(self, *outcomes, found=()):
        super().__init__(*outcomes)
        self.answers = list(found)

    async def found(self, *_asked):
        return self.answers.pop(0)


class Office:
    """A store, a clock that a test moves, and a worker on them."""

    def __init__(self, store, deliveries, terms_):
        self.now = NOON
        self.store = store
        self.core = core_on(store, lambda: self.now)
        self.courier = Courier(self.core, deliveries, {PLATFORM: 1000.0}, lambda: self.now, terms_)
        self.worker = Worker(self.courier, "test")

    async def drain(self, **later):
        """Sends what is due, `later` than before."""
        self.now += timedelta(**later)
        self.worker = Worker(self.courier, "test")
        await self.worker.drain()

    async def message(self, id="x-hello"):
        rows = await self.store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 100))
        return next(row for row in rows if row.id == id)


@asynccontextmanager
async def office(script=None, deliveries=None, **terms_):
    store = Store("sqlite://")
    try:
        yield Office(store, {PLATFORM: script} if deliveries is None else deliveries, Terms(**terms_))
    finally:
        await store.close()


async def test_a_message_is_sent_once_and_its_chat_is_remembered():
    script = Script()
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()
        await at.drain(hours=1)

        [(address, kind, key)] = script.posts
        chats = await at.store.read(TENANT, lambda tx: people.chats(tx, "p-hello"))
        message = await at.message()
        assert (address, kind) == (Address(TENANT, PLATFORM, account="U-hello"), "probe.note")
        assert (message.state, message.provider_id, message.provider_place) == ("sent", "m1", "D1")
        assert [chat["place"] for chat in chats] == ["D1"]
        assert "hello" not in key


async def test_retry_at_is_honoured_to_the_second():
    script = Script(RetryAt(NOON + timedelta(seconds=30)))
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()
        await at.drain(seconds=29)
        early = len(script.posts)
        await at.drain(seconds=1)

        assert (early, len(script.posts)) == (1, 2)
        assert await counts(at.store) == {"sent": 1}


async def test_a_platform_that_asks_to_wait_is_left_alone_by_everybody():
    script = Script(RetryAt(NOON + timedelta(seconds=30), bucket=True))
    async with office(script, widths=(1, 1, 1)) as at:
        await fill(at.store, ["a", "b", "c"], at=NOON)

        await at.drain()
        await at.drain(seconds=29)
        early = len(script.posts)
        await at.drain(seconds=1)

        assert (early, len(script.posts)) == (1, 4)
        assert await counts(at.store) == {"sent": 3}


async def test_waiting_for_the_platform_is_no_try_of_the_message():
    waits = [RetryAt(NOON + timedelta(minutes=n + 1), bucket=True) for n in range(20)]
    async with office(Script(*waits)) as at:
        await fill(at.store, ["hello"], at=NOON)

        for _ in range(21):
            await at.drain(minutes=1)

        assert await counts(at.store) == {"sent": 1}


async def test_a_message_that_is_never_taken_is_given_up_with_its_reason():
    async with office(Script(*[RetryAt(NOON) for _ in range(99)]), attempts=3) as at:
        await fill(at.store, ["hello"], at=NOON)

        for _ in range(5):
            await at.drain(minutes=1)

        message = await at.message()
        assert (message.state, message.reason) == ("dead", "the platform asked to try later")
        assert len(at.courier.deliveries[PLATFORM].posts) == 3


async def test_what_the_platform_refuses_for_good_is_not_tried_again():
    script = Script(Permanent("msg_too_long"))
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()
        await at.drain(days=1)

        message = await at.message()
        assert (message.state, message.reason, len(script.posts)) == ("dead", "msg_too_long", 1)


async def test_who_cannot_be_reached_on_one_platform_is_written_to_on_the_other():
    first, second = Script(Permanent("user_disabled", unreachable=True)), Script()
    async with office(deliveries={PLATFORM: first, "other": second}) as at:
        await fill(at.store, ["hello"], at=NOON)
        earlier = NOON - timedelta(days=1)
        await at.store.write(TENANT, lambda tx: people.join_account(tx, "p-hello", "other", "O1", earlier))

        await at.drain()

        chats = await at.store.read(TENANT, lambda tx: people.chats(tx, "p-hello"))
        assert (await at.message()).via == "other"
        assert [chat["platform"] for chat in chats] == ["other"]


async def test_who_cannot_be_reached_anywhere_is_shown_as_dead():
    async with office(Script(Permanent("user_disabled", unreachable=True))) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()

        message = await at.message()
        assert (message.state, message.reason) == ("dead", "unreachable")


async def test_who_has_no_account_yet_is_waited_for():
    script = Script()
    async with office(script) as at:
        await at.store.write(TENANT, lambda tx: people.add(tx, Person("new", "new", "New", started_at=NOON), NOON))
        row = Message("x-new", "probe.note", NOON, NOON, about="hello", person="new")
        await at.store.write(TENANT, lambda tx: outbox.add(tx, row, replace(row, id="x-never")))

        await at.drain()
        await at.store.write(TENANT, lambda tx: people.join_account(tx, "new", PLATFORM, "U1", NOON))
        await at.drain(hours=1)

        assert await counts(at.store) == {"sent": 2}


async def test_who_never_gets_an_account_is_given_up():
    async with office(Script()) as at:
        await at.store.write(TENANT, lambda tx: people.add(tx, Person("new", "new", "New", started_at=NOON), NOON))
        row = Message("x-hello", "probe.note", NOON, NOON, about="hello", person="new")
        await at.store.write(TENANT, lambda tx: outbox.add(tx, row))

        await at.drain(hours=35)
        waiting = (await at.message()).state
        await at.drain(hours=2)

        assert (waiting, (await at.message()).state, (await at.message()).reason) == ("ready", "dead", "unreachable")


async def test_without_a_platform_everything_stays_ready():
    async with office(deliveries={}) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()

        assert await counts(at.store) == {"ready": 1}


async def test_what_its_reader_may_not_see_any_more_is_cancelled():
    script = Script()
    async with office(script) as at:
        await fill(at.store, ["hush"], at=NOON)

        await at.drain()

        assert (await counts(at.store), script.posts) == ({"cancelled": 1}, [])


async def test_a_message_that_cannot_be_drawn_does_not_hold_up_the_others():
    script = Script()
    async with office(script, attempts=3) as at:
        await fill(at.store, ["poison", *(f"t{n}" for n in range(40))], at=NOON)

        await at.drain()
        first = await counts(at.store)
        for _ in range(3):
            await at.drain(hours=1)

        assert first == {"ready": 1, "sent": 40}
        assert await counts(at.store) == {"dead": 1, "sent": 40}
        assert (await at.message("x-poison")).reason == "ValueError"


async def test_a_message_that_cannot_be_drawn_is_one_line_for_the_operator_and_a_story_at_debug():
    async with office(Script()) as at:
        await fill(at.store, ["poison"], at=NOON)

        with capture_logs() as lines:
            await at.drain()

        story = lines[1].pop("exc_info")
        about = {"event": "delivery failed", "id": "x-poison", "kind": "probe.note"}
        assert lines == [{**about, "error": "ValueError", "log_level": "warning"}, {**about, "log_level": "debug"}]
        assert isinstance(story, ValueError)


async def test_a_late_digest_is_skipped_and_a_late_answer_is_not():
    async with office(Script()) as at:
        await fill(at.store, ["digest"], DIGESTS, NOON)
        await fill(at.store, ["answer"], ANSWERS, NOON)

        await at.drain(hours=37)

        assert ((await at.message("x-digest")).state, (await at.message("x-digest")).reason) == ("cancelled", "late")
        assert (await at.message("x-answer")).state == "sent"


@pytest.mark.parametrize(("lane", "posts", "state"), [(DIGESTS, 1, "uncertain"), (ANSWERS, 2, "sent")])
async def test_in_doubt_a_digest_is_not_sent_again_but_an_answer_is(lane, posts, state):
    script = Script(Uncertain("HTTP 502"))
    async with office(script) as at:
        await fill(at.store, ["hello"], lane, NOON)

        await at.drain()
        doubted = (await at.message()).state
        await at.drain(seconds=59)
        early = len(script.posts)
        for _ in range(4):
            await at.drain(minutes=5)

        assert (doubted, early, len(script.posts), (await at.message()).state) == ("uncertain", 1, posts, state)


async def test_an_answer_that_is_in_doubt_again_stays_so():
    script = Script(*[Uncertain("HTTP 502") for _ in range(9)])
    async with office(script) as at:
        await fill(at.store, ["hello"], ANSWERS, NOON)

        for _ in range(6):
            await at.drain(minutes=5)

        assert (len(script.posts), await counts(at.store)) == (2, {"uncertain": 1})


async def test_in_doubt_a_message_that_is_found_was_sent():
    script = Finding(Uncertain("HTTP 502"), found=[Sent("m7", "D1")])
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()
        await at.drain(minutes=2)

        message = await at.message()
        assert (len(script.posts), message.state, message.provider_id) == (1, "sent", "m7")


async def test_in_doubt_a_message_that_is_surely_not_there_is_sent_again():
    script = Finding(Uncertain("HTTP 502"), found=[RetryAt(NOON + timedelta(minutes=9), bucket=True), None])
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()
        await at.drain(minutes=2)
        await at.drain(minutes=8)

        assert (len(script.posts), await counts(at.store)) == (2, {"sent": 1})


async def test_a_fault_while_looking_never_sends_anything_again():
    script = Finding(Uncertain("HTTP 502"), found=[])
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        for _ in range(3):
            await at.drain(minutes=2)

        assert (len(script.posts), await counts(at.store)) == (1, {"uncertain": 1})


async def test_a_fault_of_the_adapter_leaves_it_in_doubt():
    script = Script(ValueError("a bug"))
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()

        message = await at.message()
        assert (message.state, message.reason) == ("uncertain", "ValueError")


async def test_a_platform_that_never_answers_leaves_it_in_doubt():
    class Silent(Script):
        async def post(self, *_said):
            await asyncio.Event().wait()

    async with office(Silent(), patience=0.05) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()

        assert await counts(at.store) == {"uncertain": 1}


async def test_what_is_taken_back_while_it_is_sent_is_removed():
    class Meanwhile(Script):
        async def post(self, address, reply, kind, key):
            await at.store.write(TENANT, lambda tx: outbox.retract(tx, "hello", NOON, lambda: "new"))
            return await super().post(address, reply, kind, key)

    script = Meanwhile()
    async with office(script) as at:
        await fill(at.store, ["hello"], at=NOON)

        await at.drain()

        assert script.removed == [("D1", "m1")]


async def test_answers_go_before_digests():
    script = Script()
    async with office(script) as at:
        at.courier.rates = {PLATFORM: 50.0}
        await fill(at.store, [f"d{n}" for n in range(10)], DIGESTS, NOON)
        await fill(at.store, ["answer"], ANSWERS, NOON)

        await at.drain()

        order = [address.account for address, _, _ in script.posts]
        assert order.index("U-answer") <= 1


async def test_the_rate_is_kept():
    async with office(Script()) as at:
        at.courier.rates = {PLATFORM: 50.0}
        await fill(at.store, [f"t{n}" for n in range(30)], at=NOON)
        start = asyncio.get_running_loop().time()

        await at.drain()

        assert asyncio.get_running_loop().time() - start >= 0.45


async def test_workers_share_the_rate():
    async with office(Script()) as at:
        at.courier.rates = {PLATFORM: 50.0}
        at.courier.share(2)
        await fill(at.store, [f"t{n}" for n in range(15)], at=NOON)
        start = asyncio.get_running_loop().time()

        at.worker._swept = asyncio.get_running_loop().time()
        await at.worker.drain()

        assert asyncio.get_running_loop().time() - start >= 0.45


async def test_stopping_finishes_what_is_posted_and_leaves_the_rest_ready():
    begun, released = asyncio.Event(), asyncio.Event()

    class Slow(Script):
        async def post(self, address, reply, kind, key):
            begun.set()
            await released.wait()
            return await super().post(address, reply, kind, key)

    async with office(script := Slow(), widths=(1, 1, 8), grace=90) as at:
        await fill(at.store, [f"t{n}" for n in range(20)], at=NOON)
        running = asyncio.create_task(at.worker.run())
        await begun.wait()

        stopping = asyncio.create_task(at.worker.stop())
        await asyncio.sleep(0)
        released.set()
        await asyncio.gather(stopping, running)

        posted = len(script.posts)
        assert 1 <= posted <= 8
        assert await counts(at.store) == {"sent": posted, "ready": 20 - posted}


async def test_stopping_does_not_wait_for_ever():
    begun = asyncio.Event()

    class Silent(Script):
        async def post(self, *_said):
            begun.set()
            await asyncio.Event().wait()

    async with office(Silent(), grace=0.1, patience=900) as at:
        await fill(at.store, ["hello"], at=NOON)
        running = asyncio.create_task(at.worker.run())
        await begun.wait()

        async with asyncio.timeout(90):
            await at.worker.stop()
            await running

        message = await at.message()
        assert (message.state, message.reason) == ("uncertain", "stopped")


@pytest.mark.parametrize(("kind", "left"), [(Delivery, {"sent": 100}), (BlindDelivery, None)])
async def test_lost_answers_of_the_platform_double_nothing(kind, left):
    store, platform, skipped = Store("sqlite://"), Platform(drops=0.1), timedelta()

    def now():
        return utc() + skipped

    async with serving(platform) as url, aiohttp.ClientSession() as session:
        core = core_on(store, now)
        courier = Courier(core, {PLATFORM: kind(session, url)}, {PLATFORM: 1000.0}, now, terms(60))
        await fill(store, [f"t{n}" for n in range(100)])
        worker = Worker(courier, "test")
        running = asyncio.create_task(worker.run())

        async def is_over():
            nonlocal skipped
            if set(await counts(store)) <= {"sent", "uncertain"}:  # nothing is on its way: time may pass
                skipped += timedelta(seconds=61)
            return not await store.read(TENANT, has_open)

        await until(is_over)
        await worker.stop()
        await running

        found = await counts(store)
        await store.close()
        assert platform.extra == 0
        assert len(platform.texts) == 100
        assert found == left if left else found["sent"] + found["uncertain"] == 100


async def test_no_post_comes_before_the_permitted_time():
    store, platform = Store("sqlite://"), Platform(limits=0.1, wait=0.3)
    async with serving(platform) as url, aiohttp.ClientSession() as session:
        core = core_on(store)
        one_at_a_time = replace(terms(20), widths=(1, 1, 1))
        courier = Courier(core, {PLATFORM: Delivery(session, url)}, {PLATFORM: 1000.0}, core._now, one_at_a_time)
        await fill(store, [f"t{n}" for n in range(60)])
        worker = Worker(courier, "test")
        running = asyncio.create_task(worker.run())

        async def is_over():
            return await counts(store) == {"sent": 60}

        await until(is_over)
        await worker.stop()
        await running

        await store.close()
        assert platform.limited > 0
        assert (platform.early, platform.extra) == (0, 0)
