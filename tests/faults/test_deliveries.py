"""Workers that are killed, and several at once: nothing is lost, and the platform counts what came twice."""

import asyncio
import signal
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest
from counting import Platform, serving
from databases import new_database
from outgoing import Job, counts, fill, process, until, until_settled

from store import Store

POINTS = ("claimed", "drawn", "begun", "posted", "marked")
ANSWERS, DIGESTS = 0, 2


async def test_two_workers_on_one_postgresql_deliver_each_digest_once(postgres_server):
    url = new_database(postgres_server, f"workers_{uuid4().hex[:8]}")
    store, platform = Store(url), Platform()
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        job = Job(url, await stack.enter_async_context(serving(platform)), rate=200.0)
        await fill(store, [f"t{n}" for n in range(200)])

        workers = [await stack.enter_async_context(process(job)) for _ in range(2)]
        found = await until_settled(store)
        for worker in workers:
            worker.terminate()
        ended = [await worker.wait() for worker in workers]

        assert (len(platform.texts), platform.extra, found) == (200, 0, {"sent": 200})
        assert ended == [0, 0]


@pytest.mark.parametrize(
    ("point", "finds", "lane"),
    [
        *((point, True, DIGESTS) for point in POINTS),
        *((point, False, lane) for point in ("begun", "posted") for lane in (DIGESTS, ANSWERS)),
    ],
)
async def test_a_worker_killed_anywhere_loses_nothing_and_doubles_at_most_what_was_on_its_way(
    tmp_path, point, finds, lane
):
    url = f"sqlite:///{tmp_path}/killed.db"
    store, platform = Store(url), Platform()
    async with serving(platform) as server:
        await fill(store, ["a", "b", "c", "d"], lane)

        async with process(Job(url, server, rate=50.0, finds=finds, crash=point, nth=2)) as killed:
            assert await asyncio.wait_for(killed.wait(), 90) == -signal.SIGKILL
        async with process(Job(url, server, finds=finds)):
            found = await until_settled(store, fallen=[killed.pid])
    await store.close()

    in_doubt = found.get("uncertain", 0)
    assert found.get("sent", 0) + in_doubt == 4
    assert len(platform.texts) + in_doubt >= 4
    if finds or lane == DIGESTS:
        assert platform.extra == 0
    if finds or lane == ANSWERS:
        assert (len(platform.texts), in_doubt) == (4, 0)
    assert max(platform.texts.values(), default=0) <= 2


async def test_ten_kills_lose_nothing_and_double_at_most_one_message_each(postgres_server):
    url = new_database(postgres_server, f"kills_{uuid4().hex[:8]}")
    store, platform = Store(url), Platform()
    async with serving(platform) as server:
        await fill(store, [f"t{n}" for n in range(200)])

        fallen = []
        for kill in range(10):
            job = Job(url, server, rate=100.0, crash=POINTS[kill % 5], nth=12)
            async with process(job) as killed:
                assert await asyncio.wait_for(killed.wait(), 90) == -signal.SIGKILL
            fallen.append(killed.pid)
        async with process(Job(url, server)):
            found = await until_settled(store, fallen=fallen)
    await store.close()

    assert found == {"sent": 200}
    assert len(platform.texts) == 200
    assert platform.extra <= 10


async def test_told_to_end_a_worker_ends_soon_and_leaves_nothing_in_doubt(tmp_path):
    url = f"sqlite:///{tmp_path}/ended.db"
    store, platform = Store(url), Platform()
    async with serving(platform) as server:
        await fill(store, [f"t{n}" for n in range(100)])

        async with process(Job(url, server, rate=20.0)) as worker:
            await until(platform.has_heard)
            worker.terminate()
            assert await asyncio.wait_for(worker.wait(), 90) == 0
        found = await counts(store)
    await store.close()

    assert set(found) == {"sent", "ready"}
    assert found["sent"] == len(platform.texts)
