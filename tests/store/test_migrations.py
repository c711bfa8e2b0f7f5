"""A database made by the migrations has the tables of the code, and the version decides who may open it."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text

from store import Store
from store.engine import open_engine, read_url
from store.tables import metadata
from store.version import Newer, upgrade


async def test_the_migrations_make_the_tables_of_the_code(database_url):
    engine = open_engine(read_url(database_url))

    upgrade(engine)

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()
    await Store(database_url).close()


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
