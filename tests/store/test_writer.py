"""The one writer: what is acknowledged is committed, and one request's failure is nobody else's."""

import asyncio

import pytest
from company import CAST, NOON, TENANT

from store import Store, people


def add(number: int):
    person = CAST[number]
    return lambda tx: people.add(tx, person, NOON).handle


def fail(tx):
    people.add(tx, CAST[7], NOON)
    raise LookupError("no")


async def test_requests_that_wait_share_a_transaction_and_fail_alone(database_url):
    store = Store(database_url)

    results = await asyncio.gather(
        *(store.write(TENANT, add(n)) for n in range(3)),
        store.write(TENANT, fail),
        store.write(TENANT, add(3)),
        return_exceptions=True,
    )

    there = await store.read(TENANT, people.everybody)
    await store.close()
    assert [str(result) for result in results] == ["ana", "sam", "lea", "no", "jean-marc"]
    assert [person.handle for person in there] == ["ana", "jean-marc", "lea", "sam"]


async def test_no_failure_leaves_anybody_waiting(database_url):
    store = Store(database_url)

    def stop(_tx):
        return next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await asyncio.wait_for(store.write(TENANT, stop), 60)
    await store.close()


async def test_a_tenant_never_sees_anothers_rows(database_url):
    store = Store(database_url)
    await store.write("acme", add(0))

    assert await store.read("other", people.everybody) == []
    assert [person.handle for person in await store.read("acme", people.everybody)] == ["ana"]
    await store.close()


async def test_what_was_waiting_when_the_store_closes_is_still_written(database_url):
    store = Store(database_url)

    waiting = [asyncio.create_task(store.write(TENANT, add(n))) for n in range(5)]
    await asyncio.sleep(0)
    await store.close()

    assert await asyncio.gather(*waiting) == ["ana", "sam", "lea", "jean-marc", "paul"]


@pytest.mark.parametrize("url", ["mysql://localhost/x", "nonsense", "sqlite", ""])
def test_an_address_that_is_no_database_of_ours_is_refused(url):
    with pytest.raises(ValueError, match="database"):
        Store(url)
