"""What many requests add to the same rows is told once, and nobody sees the difference."""

import asyncio

import pytest
from company import TENANT

from store import Store, postings

CARROT = ("carrot", "public")
ONE = b"0123456789"


def grow(tx, by=ONE, *, fails=False):
    postings.append(tx, {CARROT: by}, closing=False)
    if fails:
        raise LookupError


def amount(tx):
    return postings.amounts(tx, ["carrot"], ["public"]).get("carrot", 0)


@pytest.fixture
async def store(database_url):
    opened = Store(database_url)
    yield opened
    await opened.close()


async def test_what_several_requests_add_at_once_is_all_there(store):
    await asyncio.gather(*(store.write(TENANT, grow) for _ in range(20)))

    assert await store.read(TENANT, amount) == 20


async def test_whoever_looks_within_the_transaction_sees_what_was_added_before(store):
    def grow_and_look(tx):
        grow(tx)
        return amount(tx)

    seen = await asyncio.gather(*(store.write(TENANT, grow_and_look) for _ in range(5)))

    assert seen == [1, 2, 3, 4, 5]


async def test_what_a_failed_request_added_is_gone_and_that_of_the_others_stays(store):
    jobs = (store.write(TENANT, lambda tx, n=n: grow(tx, fails=n % 5 == 0)) for n in range(20))
    outcomes = await asyncio.gather(*jobs, return_exceptions=True)

    assert [isinstance(outcome, LookupError) for outcome in outcomes] == [n % 5 == 0 for n in range(20)]
    assert await store.read(TENANT, amount) == 16


async def test_tenants_that_share_a_transaction_keep_their_sums_apart(store):
    await asyncio.gather(*(store.write(tenant, grow) for tenant in ("one", "two", "one")))

    assert [await store.read(tenant, amount) for tenant in ("one", "two")] == [2, 1]
