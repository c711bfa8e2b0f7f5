from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from store import Store, digests, people, subscriptions
from store.base import Transaction
from store.digests import Digest
from store.engine import open_engine
from store.people import Person
from store.subscriptions import Subscription

TENANT = "local"
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ANA = Subscription("ana", anchor=date(2026, 3, 2), zone="Europe/Paris", next_at=MONDAY)


@pytest.fixture
async def store(database_url) -> AsyncIterator[Store]:
    store = Store(database_url)
    yield store
    await store.close()


def enrol(tx: Transaction, *ids: str) -> None:
    for id in ids:
        people.add(tx, Person(id, id, id.title(), timezone="Europe/Paris", started_at=MONDAY), MONDAY)


async def test_what_is_kept_is_read_back_and_kept_anew(store):
    off = replace(ANA, rhythm="monthly", weekday=4, time="17:30", chosen=True, next_at=None)

    await store.write(TENANT, lambda tx: subscriptions.keep(tx, ANA))
    await store.write(TENANT, lambda tx: subscriptions.keep(tx, off))
    await store.write(TENANT, lambda tx: subscriptions.add(tx, ANA))

    assert await store.read(TENANT, lambda tx: subscriptions.of_people(tx, ["ana", "sam"])) == {"ana": off}


async def test_due_are_those_whose_time_has_come_the_longest_due_first(store):
    kept = (
        ANA,
        replace(ANA, person="sam", next_at=MONDAY - timedelta(hours=1)),
        replace(ANA, person="lea", next_at=MONDAY + timedelta(seconds=1)),
        replace(ANA, person="paul", next_at=None),
    )
    await store.write(TENANT, lambda tx: subscriptions.keep(tx, *kept))

    due = await store.read(TENANT, lambda tx: subscriptions.due(tx, MONDAY, 10))
    elsewhere = await store.read("other", lambda tx: subscriptions.due(tx, MONDAY, 10))

    assert ([one.person for one in due], elsewhere) == (["sam", "ana"], [])


async def test_whoever_has_started_and_is_here_is_found_until_settled(store):
    def work(tx: Transaction) -> None:
        enrol(tx, "ana", "sam", "lea", "paul")
        people.leave(tx, "lea", MONDAY)
        people.add(tx, Person("newt", "newt", "Newt"), MONDAY)
        subscriptions.keep(tx, ANA, replace(ANA, person="sam", zone="Europe/London"))

    await store.write(TENANT, work)

    found = await store.read(TENANT, lambda tx: subscriptions.unsettled(tx, 10))

    assert [(one.person, one.subscription is None) for one in found] == [("paul", True), ("sam", False)]


async def test_wanting_are_those_who_did_not_say_stop(store):
    def work(tx: Transaction) -> None:
        enrol(tx, "ana", "sam")
        subscriptions.keep(tx, ANA, replace(ANA, person="sam", next_at=None))

    await store.write(TENANT, work)

    assert await store.read(TENANT, subscriptions.wanting) == ["ana"]


async def test_a_second_replica_leaves_out_what_the_first_has_claimed(postgres_server, request):
    from databases import new_database

    store = Store(new_database(postgres_server, "claims"))
    await store.write(TENANT, lambda tx: subscriptions.keep(tx, ANA, replace(ANA, person="sam")))
    engine = open_engine(store.url, readers=2)

    def claim(connection: Connection, limit: int) -> list[str]:
        return [one.person for one in subscriptions.due(Transaction(connection, TENANT), MONDAY, limit)]

    with engine.connect() as one, one.begin(), engine.connect() as other, other.begin():
        claimed = claim(one, 1), claim(other, 5)
    engine.dispose()
    await store.close()

    assert claimed == (["ana"], ["sam"])


async def test_one_digest_a_period_and_what_was_not_sent_gives_way(store):
    thin = Digest("ana", "2026-W10", "thin", MONDAY - timedelta(days=7), MONDAY, [])
    queued = replace(thin, state="queued", created_at=MONDAY + timedelta(days=1), items=[{"activities": ["a"]}])
    await store.write(TENANT, lambda tx: digests.keep(tx, thin))
    await store.write(TENANT, lambda tx: digests.keep(tx, queued))

    with pytest.raises(IntegrityError):
        await store.write(TENANT, lambda tx: digests.keep(tx, replace(thin, state="queued")))

    assert await store.read(TENANT, lambda tx: digests.find(tx, "ana", "2026-W10")) == queued
    assert await store.read(TENANT, lambda tx: digests.taken(tx, ["ana"], MONDAY)) == {("ana", "2026-W10")}
    assert await store.read(TENANT, digests.count) == {"queued": 1, "thin": 0, "skipped": 0}


async def test_the_last_digest_is_the_newest_of_its_time(store):
    first = Digest("ana", "2026-W09", "queued", MONDAY - timedelta(days=14), MONDAY - timedelta(days=7), [])
    second = replace(first, period="2026-W10", state="thin", created_at=MONDAY)
    await store.write(TENANT, lambda tx: digests.keep(tx, first, second))

    before = await store.read(TENANT, lambda tx: digests.last(tx, ["ana", "sam"], MONDAY - timedelta(seconds=1)))
    after = await store.read(TENANT, lambda tx: digests.last(tx, ["ana"], MONDAY))

    assert (before, after) == ({"ana": first}, {"ana": second})
