"""A database made by the migrations has the tables of the code, and the version decides who may open it."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from company import NOON, TENANT
from sqlalchemy import bindparam, create_engine, inspect, text

from store import Store, activities, postings, version
from store.base import Utc
from store.engine import open_engine, read_url
from store.tables import metadata
from store.version import Newer, upgrade

OLD_PERSON = text(
    "INSERT INTO people (tenant_id, id, handle, name, folded, email, title, team, location, locale, timezone, bot,"
    " joined_at) VALUES (:tenant, 'lea', 'lea', 'Léa', 'lea', '', 'Kubernetes lead', '', '', '', '', :bot, :at)"
).bindparams(bindparam("at", type_=Utc()))
OLD_ACT = text(
    "INSERT INTO activities VALUES "
    "(:tenant, 'a1', :at, 'sam', 'Create', 'update', '', 'rust', '{}', 'public', '', '', '', NULL)"
).bindparams(bindparam("at", type_=Utc()))


async def test_the_migrations_make_the_tables_of_the_code(database_url):
    engine = open_engine(read_url(database_url))

    upgrade(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    await Store(database_url).close()


async def test_acts_and_titles_of_an_older_database_are_found_after_an_upgrade(database_url):
    engine = open_engine(read_url(database_url))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(version.__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(OLD_ACT, {"tenant": TENANT, "at": NOON})
        connection.execute(OLD_PERSON, {"tenant": "other", "at": NOON, "bot": False})

    upgrade(engine)

    engine.dispose()
    store = Store(database_url)
    found = await store.read(TENANT, lambda tx: postings.amounts(tx, ["rust"], ["public"]))
    act = await store.read(TENANT, lambda tx: activities.of_fingerprints(tx, [activities.fingerprint("a1")]))
    titled = await store.read("other", lambda tx: postings.amounts(tx, ["kubernetes"], ["public"]))
    await store.close()
    assert (found, [one.id for one in act], titled) == ({"rust": 1}, ["a1"], {"kubernetes": 1})


async def test_an_empty_database_gets_its_tables_at_once(database_url):
    await Store(database_url).close()
    await Store(database_url).close()

    engine = create_engine(read_url(database_url))
    assert set(metadata.tables) < set(inspect(engine).get_table_names())
    engine.dispose()


@pytest.mark.parametrize(("version", "error"), [("9999", Newer), ("0001_older", Newer)])
async def test_a_database_of_another_version_is_refused_untouched(database_url, version, error):
    await Store(database_url).close()
    engine = open_engine(read_url(database_url))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    engine.dispose()

    with pytest.raises(error):
        Store(database_url)


def test_every_table_is_led_by_its_tenant():
    leaders = {table.name: next(iter(table.primary_key)).name for table in metadata.tables.values()}
    indexed = {index.name: next(iter(index.columns)).name for t in metadata.tables.values() for index in t.indexes}

    assert set(leaders.values()) == {"tenant_id"}
    assert {name for name, column in indexed.items() if column != "tenant_id"} <= {"ix_outbox_due"}
