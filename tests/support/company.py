"""A small company to test with: a core on a real database, a clock that a test moves, and a way to speak to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.company import Company
from bot.core import Core
from bot.features import FEATURES
from bot.reply import Reply, plain
from bot.request import Account, Place, Request
from store import Store, outbox, people
from store.base import Transaction
from store.people import Person

TENANT = "local"
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
"""A Wednesday."""

CAST = (
    Person("ana", "ana", "Ana Silva", locale="en", timezone="Europe/Paris", started_at=NOON),
    Person("sam", "sam", "Sam Carter", locale="en", timezone="Europe/London", started_at=NOON),
    Person("lea", "lea", "Léa Martin", locale="fr", timezone="Europe/Paris", started_at=NOON),
    Person("jean-marc", "jean-marc", "Jean-Marc Dubois", locale="fr", timezone="Europe/Paris", started_at=NOON),
    Person("paul", "paul", "Paul Roy", locale="fr", timezone="America/Toronto", started_at=NOON),
    Person("paul-b", "paul-b", "Paul Bell", locale="en", timezone="Europe/London", started_at=NOON),
    Person("tom", "thill", "Tom Hill", locale="en", timezone="Europe/London", started_at=NOON),
    Person("tomf", "tford", "Tom Ford", locale="en", timezone="Europe/London", started_at=NOON),
    Person("newt", "newt", "Newt Green", locale="en", timezone="Europe/London"),
    Person("robot", "robot", "Robot", bot=True),
)
"""Everybody has started but Newt."""


@dataclass(slots=True)
class Talk:
    """Speaks to the core: `await talk("ana", "kudos @sam for the demo")` gives the plain reply."""

    core: Core
    now: datetime = NOON
    replies: list[Reply] = field(default_factory=list)
    _ids: "count[int]" = field(default_factory=count)

    async def __call__(self, handle: str, text: str, **said: Any) -> str:
        return plain(await self.reply(handle, text, **said))

    async def reply(self, handle: str, text: str, **said: Any) -> Reply:
        request = replace(self.request(handle, text), **said)
        self.replies.append(await self.core.handle(request))
        return self.replies[-1]

    def request(self, handle: str, text: str) -> Request:
        account = Account("console", handle, handle=handle)
        return Request(TENANT, f"r{next(self._ids)}", self.now, account, Place("console", handle), text)

    async def click(self, handle: str, action: str, value: str = "") -> str:
        return plain(await self.reply(handle, "", action=action, value=value))

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)

    async def sent(self) -> list[tuple[str, str]]:
        """What waits to be sent to people now: handle and plain words."""
        messages = await self.core.store.read(TENANT, lambda tx: outbox.caused_at(tx, self.now))
        drawn = [await self.core.draw(TENANT, message) for message in messages]
        return [(one.reader.handle, plain(one.reply)) for one in drawn if one]


@asynccontextmanager
async def company(url: str) -> AsyncIterator[Talk]:
    """A talk with a core on this database, with the cast in it."""
    store = Store(url)
    ids = count(1)
    core = Core(
        store,
        FEATURES,
        now=lambda: talk.now,
        new_id=lambda: f"id-{next(ids):06}",
        company=Company("en", "Europe/Paris"),
    )
    talk = Talk(core)
    await store.write(TENANT, enrol)
    try:
        yield talk
    finally:
        await store.close()


def enrol(tx: Transaction) -> None:
    for person in CAST:
        people.add(tx, person, NOON)
        people.join_account(tx, person.id, "console", person.handle, NOON)
