"""A small company for conversations, the same on every platform: its people, their accounts, and a clock that a test
moves."""

import random
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zlib import crc32

from bot.company import Company
from bot.core import Core
from bot.features import FEATURES
from bot.ids import growing
from store import Store, people
from store.base import Transaction
from store.people import Person

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday."""
EARLIER = NOON - timedelta(days=60)


def _person(id: str, name: str, locale: str, timezone: str, **more: Any) -> Person:
    return Person(id, id, name, locale=locale, timezone=timezone, started_at=EARLIER, **more)


@dataclass(frozen=True)
class Staff:
    """The people of a company, and who of them opens a chat with the bot at the start."""

    people: tuple[Person, ...]
    speakers: tuple[str, ...]

    @cached_property
    def by_handle(self) -> dict[str, Person]:
        return {person.handle: person for person in self.people}

    @cached_property
    def slack(self) -> dict[str, str]:
        """From account to handle, as below."""
        return {slack_id(handle): handle for handle in self.by_handle}

    @cached_property
    def teams(self) -> dict[str, str]:
        return {id(handle): handle for handle in self.by_handle for id in (teams_id, teams_user)}

    @cached_property
    def mention(self) -> re.Pattern[str]:
        """`@handle` in a line, the longest that fits."""
        return re.compile(rf"@({'|'.join(sorted(self.by_handle, key=len, reverse=True))})\b")


_STAFF = (
    _person("maya", "Maya Chen", "en-GB", "Europe/London", title="Backend developer", team="Platform"),
    _person("tom", "Tom Reed", "en-GB", "Europe/London", title="Data engineer", location="London"),
    _person("chloe", "Chloé Petit", "fr-FR", "Europe/Paris", title="Cheffe de produit"),
    _person("marc", "Marc Lefèvre", "fr-FR", "Europe/Paris"),
    _person("ines", "Inès Moreau", "fr-FR", "Europe/Paris"),
    _person("jroux", "Julie Roux", "fr-FR", "Europe/Paris"),
    _person("jbernard", "Julie Bernard", "fr-FR", "Europe/Paris"),
    replace(_person("noa", "Noa Klein", "en-GB", "Europe/London"), started_at=None),
    replace(_person("deploy", "Deploy", "", ""), bot=True, started_at=None),
)
"""Everybody has started but Noa and the bot."""
STAFF = Staff(_STAFF, tuple(person.handle for person in _STAFF if not person.bot))


@dataclass(slots=True)
class Clock:
    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


def slack_id(handle: str) -> str:
    return f"U{handle.upper().replace('-', '')}"


def slack_chat(handle: str) -> str:
    return f"D{handle.upper().replace('-', '')}"


def teams_user(handle: str) -> str:
    """The id that Teams gives somebody for this bot."""
    return f"29:{handle}"


def teams_id(handle: str) -> str:
    return f"{crc32(handle.encode()):08x}-0000-0000-0000-0000000000aa"


def teams_chat(handle: str) -> str:
    return f"a:chat-{handle}"


ACCOUNTS = (("console", str), ("slack", slack_id), ("teams", teams_id), ("teams", teams_user))


def core_on(store: Store, clock: Clock) -> Core:
    new_id = growing(clock, random.Random(7).getrandbits)
    return Core(store, FEATURES, now=clock, new_id=new_id, company=Company("en", "Europe/London"))


@asynccontextmanager
async def staffed(url: str, *tenants: str) -> AsyncIterator[tuple[Core, Clock]]:
    """A core on this database, with these people in each tenant."""
    store, clock = Store(url), Clock()
    try:
        for tenant in tenants:
            await store.write(tenant, enrol)
        yield core_on(store, clock), clock
    finally:
        await store.close()


def enrol(tx: Transaction) -> None:
    for person in STAFF.people:
        people.add(tx, person, EARLIER)
    give_accounts(tx, STAFF.people)


def give_accounts(tx: Transaction, staff: Iterable[Person]) -> None:
    for person in staff:
        for platform, account in ACCOUNTS:
            people.join_account(tx, person.id, platform, account(person.handle), EARLIER)
