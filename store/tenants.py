"""Which tenants there are: for work that nobody asked for, and so comes without one."""

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from store.base import Transaction
from store.engine import open_engine, read_url
from store.people import people

_ALL = select(people.c.tenant_id).distinct().order_by(people.c.tenant_id)


def tenants(tx: Transaction) -> list[str]:
    """Every tenant with people in it."""
    return [row["tenant_id"] for row in tx.all(_ALL)]


def only(url: str) -> str:
    """The tenant of a database that has just one; else, or where it cannot be read, empty."""
    engine = open_engine(read_url(url))
    try:
        with engine.connect() as connection:
            found = list(connection.execute(_ALL.limit(2)).scalars())
    except DBAPIError:
        return ""
    finally:
        engine.dispose()
    return found[0] if len(found) == 1 else ""
