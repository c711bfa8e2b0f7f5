"""The outbox as workers share it: each message is one worker's at a time, and nothing is forgotten."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from store import Store, outbox, people, sending
from store.outbox import REMOVAL, Message
from store.people import Person

TENANT, OTHER = "local", "other"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(minutes=1)
PLACE = {"platform": "slack", "account": "", "place": "C1", "context": ""}


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    yield store
    await store.close()


def message(id, **values):
    return replace(Message(id, "kudos.said", NOON, NOON, about="act", platform="slack", place="C1"), **values)


async def add(store, *messages, tenant=TENANT):
    await store.write(tenant, lambda tx: outbox.add(tx, *messages))


async def claim(store, owner="one", now=NOON, lane=1, limit=10):
    return await store.write("", lambda tx: sending.claim(tx, owner, now, now + timedelta(minutes=1), lane, limit))


async def begin(store, claimed, now=NOON):
    until = now + timedelta(minutes=1)
    return await store.write(claimed.tenant, lambda tx: sending.begin(tx, claimed.message, now, until, **PLACE))


async def sent(store, claimed, id="m1", at=NOON):
    def work(tx):
        return sending.sent(tx, claimed.message, id, "C1", at, lambda: f"removal-{id}")

    return await store.write(claimed.tenant, work)


async def lapse(store, now):
    await store.write("", lambda tx: sending.lapse(tx, now, now + timedelta(minutes=1)))


async def states(store):
    rows = await store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 100))
    return {row.id: row.state for row in rows}


async def test_a_claimed_message_is_nobody_elses(store):
    await add(store, message("a"), message("b"))

    first, second = await claim(store, "one"), await claim(store, "two")

    assert ([one.message.id for one in first], second) == (["a", "b"], [])
    assert {one.message.fence for one in first} == {1}


async def test_only_what_is_due_in_this_lane_is_claimed_the_longest_due_first(store):
    await add(
        store,
        message("late", not_before=NOON - timedelta(hours=1)),
        message("due"),
        message("future", not_before=LATER),
        message("digest", lane=2),
        message("waiting", state="waiting"),
        message("dead", state="dead"),
    )

    claimed = await claim(store, limit=1) + await claim(store)

    assert [one.message.id for one in claimed] == ["late", "due"]


async def test_one_claim_serves_all_tenants_and_says_whose_each_is(store):
    await add(store, message("a"))
    await add(store, message("a"), tenant=OTHER)

    claimed = await claim(store)

    assert sorted(one.tenant for one in claimed) == [TENANT, OTHER]


async def test_a_pause_holds_back_this_tenant_on_this_platform_alone(store):
    def enrol(tx):
        people.add(tx, Person("ana", "ana", "Ana"), NOON)
        people.join_account(tx, "ana", "slack", "U1", NOON)
        sending.pause(tx, "slack", LATER)
        sending.pause(tx, "slack", NOON)

    await store.write(TENANT, enrol)
    await add(
        store, message("place"), message("person", platform="", place="", person="ana"), message("t", platform="teams")
    )
    await add(store, message("elsewhere"), tenant=OTHER)

    during, after = await claim(store), await claim(store, now=LATER)

    assert sorted(one.message.id for one in during) == ["elsewhere", "t"]
    assert sorted(one.message.id for one in after) == ["person", "place"]


async def test_what_a_lost_worker_had_not_posted_is_ready_again_and_the_rest_is_in_doubt(store):
    await add(store, message("untried"), message("tried"))
    claimed = {one.message.id: one for one in await claim(store)}
    await begin(store, claimed["tried"])

    await lapse(store, NOON + timedelta(seconds=59))
    before = await states(store)
    await lapse(store, NOON + timedelta(seconds=61))

    assert before == {"untried": "sending", "tried": "sending"}
    assert await states(store) == {"untried": "ready", "tried": "uncertain"}


async def test_only_the_holder_of_the_newest_fence_says_what_became_of_it(store):
    await add(store, message("a"))
    [first] = await claim(store, "one")
    await lapse(store, NOON + timedelta(minutes=2))
    [second] = await claim(store, "two", now=NOON + timedelta(minutes=2))

    assert not await begin(store, first)
    assert not await sent(store, first, "m1")
    assert await begin(store, second)
    assert await sent(store, second, "m2")


async def test_a_worker_that_was_given_up_too_early_may_still_say_that_it_was_sent(store):
    await add(store, message("a"))
    [claimed] = await claim(store)
    await begin(store, claimed)
    await lapse(store, NOON + timedelta(minutes=2))

    assert await sent(store, claimed)
    assert await states(store) == {"a": "sent"}


async def test_what_is_in_doubt_is_looked_for_by_one_worker_when_it_is_time(store):
    await add(store, message("a"))
    [claimed] = await claim(store)
    await begin(store, claimed)
    await lapse(store, NOON + timedelta(minutes=2))

    def look(now):
        return lambda tx: sending.doubted(tx, "two", now, now + timedelta(minutes=1), 10)

    early = await store.write("", look(NOON + timedelta(minutes=2)))
    due = await store.write("", look(NOON + timedelta(minutes=3)))
    again = await store.write("", look(NOON + timedelta(minutes=3)))

    assert (early, [one.message.fence for one in due], again) == ([], [2], [])


async def test_what_is_taken_back_before_it_goes_never_goes(store):
    await add(store, message("ready"), message("claimed", lane=0))
    [claimed] = await claim(store, lane=0)

    await store.write(TENANT, lambda tx: outbox.retract(tx, "act", NOON, lambda: "new"))

    assert not await begin(store, claimed)
    assert await states(store) == {"ready": "cancelled", "claimed": "sending"}


async def test_what_is_taken_back_while_it_is_sent_is_removed_once_it_is_sent(store):
    await add(store, message("a"))
    [claimed] = await claim(store)
    await begin(store, claimed)
    await store.write(TENANT, lambda tx: outbox.retract(tx, "act", NOON, lambda: "new"))

    await sent(store, claimed, "m1")

    [removal] = await claim(store, lane=0)
    assert (removal.message.kind, removal.message.provider_id) == (REMOVAL, "m1")
    assert (removal.message.platform, removal.message.place) == ("slack", "C1")


async def test_what_was_sent_to_a_person_is_removed_where_it_was_sent(store):
    await add(store, message("a", platform="", place="", person="ana"))
    [claimed] = await claim(store)
    await begin(store, claimed)
    await sent(store, claimed, "m1")

    await store.write(TENANT, lambda tx: outbox.retract(tx, "act", NOON, lambda: "new"))

    [removal] = await claim(store, lane=0)
    assert (removal.message.platform, removal.message.place, removal.message.provider_id) == ("slack", "C1", "m1")


async def test_replay_sends_again_what_was_given_up_as_if_it_were_new(store):
    await add(store, message("dead", state="dead", attempts=8, reason="gone"), message("sent", state="sent"))

    n = await store.write(TENANT, lambda tx: outbox.replay(tx, outbox.REPLAYED, LATER))

    [claimed] = await claim(store, now=LATER)
    assert (n, claimed.message.id, claimed.message.attempts, claimed.message.reason) == (1, "dead", 0, "")
    assert claimed.message.due_at == LATER


async def test_one_delivery_is_replayed_by_its_id_and_only_where_it_is_given_up(store):
    await add(store, message("one", state="dead"), message("two", state="dead"), message("sent", state="sent"))

    def replay(id):
        return lambda tx: outbox.replay(tx, outbox.REPLAYED, LATER, id)

    done = [await store.write(TENANT, replay(id)) for id in ("one", "sent", "none")]

    assert done == [1, 0, 0]
    assert await states(store) == {"one": "ready", "two": "dead", "sent": "sent"}


async def test_a_claim_finds_what_is_due_by_the_index(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/plan.db")
    statement = (
        "SELECT id FROM outbox WHERE state = 'ready' AND lane = 1 AND not_before <= '2026' ORDER BY not_before, id"
    )

    plan = await store.read(
        TENANT, lambda tx: tx.connection.execute(text(f"EXPLAIN QUERY PLAN {statement}")).mappings().all()
    )
    await store.close()

    assert [row["detail"] for row in plan] == [
        "SEARCH outbox USING COVERING INDEX ix_outbox_due (state=? AND lane=? AND not_before<?)"
    ]
