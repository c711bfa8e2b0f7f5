"""Which tenant a command means when it names none."""

from company import CAST, NOON

from store import Store, people, tenants


async def test_the_only_tenant_is_meant_and_of_several_none(database_url):
    empty = tenants.only(database_url)
    store = Store(database_url)
    await store.write("acme", lambda tx: people.add(tx, CAST[0], NOON))
    one = tenants.only(database_url)
    await store.write("other", lambda tx: people.add(tx, CAST[0], NOON))
    await store.close()

    assert (empty, one, tenants.only(database_url)) == ("", "acme", "")
