"""Fixtures that every test may ask for: a talk on in-memory SQLite, and one on each real database."""

from collections.abc import AsyncIterator, Iterator
from uuid import uuid4

import pytest
from company import Talk, company
from databases import postgres
from hypothesis import HealthCheck, settings

pytest_plugins = ["canaries"]

# The same examples everywhere, however slow the machine.
settings.register_profile(
    "suite", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """A URL under which databases can be made, on a real PostgreSQL started once a session."""
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path) -> str:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/ristretto.db"
    server = request.getfixturevalue("postgres_server")
    from databases import new_database

    return new_database(server, f"t{uuid4().hex[:12]}")


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    async with company("sqlite://") as talk:
        yield talk


@pytest.fixture
async def talk_anywhere(database_url: str) -> AsyncIterator[Talk]:
    """The same on a file of SQLite and on PostgreSQL."""
    async with company(database_url) as talk:
        yield talk
