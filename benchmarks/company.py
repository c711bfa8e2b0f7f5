"""A company of people who thank each other, none of them more often in a week than they may."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from store import Store, people
from store.base import Transaction
from store.people import Person

TENANT = "local"
PEOPLE = 1000
"""With 20 thanks a week each, for 20,000 requests."""
NEWCOMERS = 100
"""They have not started, so what is for them waits."""


async def enrol(folder: Path, platform: str, account: str) -> None:
    """Everybody is known under an account such as `U{n}`, and has started."""
    now = datetime.now(UTC)

    def work(tx: Transaction) -> None:
        for n in range(PEOPLE):
            people.add(tx, Person(f"p{n}", f"person{n}", f"Person {n}", timezone="Europe/Paris", started_at=now), now)
            people.join_account(tx, f"p{n}", platform, account.format(n=n), now)
        for n in range(NEWCOMERS):
            people.add(tx, Person(f"n{n}", f"newcomer{n}", f"Newcomer {n}"), now)

    store = Store(f"sqlite:///{folder}/ristretto.db")
    await store.write(TENANT, work)
    await store.close()


def pairs() -> Iterator[tuple[int, int, int]]:
    """A number that comes once, who gives and who receives."""
    return ((n, n % PEOPLE, (n * 7 + 3) % PEOPLE) for n in count())
