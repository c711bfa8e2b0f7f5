"""Which tables a database has, and how they come to be those of this code."""

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError

from store.activities import activities
from store.base import Transaction
from store.holders import holders
from store.people import people
from store.reindex import Told, reindex
from store.tables import metadata
from store.writer import StoreAway

HEAD = "0009"
"""The newest migration."""

_MIGRATIONS = Path(__file__).parent / "migrations"


class Outdated(Exception):
    """The tables are older than the code: `ristretto db upgrade` brings them up."""


class Newer(Exception):
    """The tables were made by a newer Ristretto, which this one must not touch."""


def prepare(engine: Engine) -> None:
    """Creates the tables in an empty database. Raises Outdated or Newer where they are those of another version."""
    with engine.begin() as connection:
        found = _found(connection)
        if found is None:
            _create(connection)
        elif found != HEAD:
            raise Outdated(found) if found in _known() else Newer(found)


def current(connection: Connection) -> bool:
    return _found(connection) == HEAD


def upgrade(engine: Engine, told: Told = lambda _read, _total: None) -> None:
    """Runs the migrations that are missing; `told` hears how the index gets on. Raises Newer, or StoreAway."""
    try:
        _upgrade(engine, told)
    except DBAPIError as error:
        raise StoreAway(str(error.orig)) from error


def _upgrade(engine: Engine, told: Told) -> None:
    from alembic import command  # noqa: PLC0415  # only an upgrade needs it, and it is dear to import
    from alembic.config import Config  # noqa: PLC0415

    with engine.begin() as connection:
        found = _found(connection)
        if found is not None and found not in _known():
            raise Newer(found)
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        _index(connection, told)


def _index(connection: Connection, told: Told) -> None:
    """Fills an index that a migration left empty."""
    if connection.execute(select(holders.c.number).limit(1)).first() is None:
        tenants = select(activities.c.tenant_id).union(select(people.c.tenant_id))
        for (tenant,) in connection.execute(tenants).all():
            reindex(Transaction(connection, tenant), told)


def _create(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(7277)"))  # several replicas may start at once
        if _found(connection) is not None:
            return
    metadata.create_all(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def _found(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _known() -> set[str]:
    return {path.name.split("_")[0] for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")}
