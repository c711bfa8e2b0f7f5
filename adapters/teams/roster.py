"""Learns who people are, in the background: from what activities say, and from the conversation's roster."""

import asyncio
from collections.abc import Iterable
from dataclasses import replace

import aiohttp
import structlog

from adapters.teams.connector import Connector, Untrusted
from adapters.teams.fields import Json, text
from adapters.teams.incoming import Contact
from adapters.teams.tokens import TokenAway
from bot.core import Core
from bot.request import Account

log = structlog.get_logger()
AT_ONCE = 4
LIMIT = 100_000


class Roster:
    """`ids` leads from the ids that Teams gives people for this bot to those of their accounts, once they were met."""

    def __init__(self, core: Core, tenant: str, connector: Connector) -> None:
        self.ids: dict[str, str] = {}
        self._core = core
        self._tenant = tenant
        self._connector = connector
        self._met: dict[str, Account] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def meet(self, contacts: Iterable[Contact]) -> None:
        """Asks about everybody who is new or has changed; returns at once."""
        for contact in contacts:
            account = contact.account
            if account.id != contact.user and len(self.ids) < LIMIT:
                self.ids[contact.user] = account.id
            met = self._met.get(contact.user)
            if met is None or ((account.timezone or account.locale) and met != account):
                self._ask(contact)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _ask(self, contact: Contact) -> None:
        if len(self._met) >= LIMIT:
            self._met.clear()
        self._met[contact.user] = contact.account
        task = asyncio.create_task(self._learn(contact))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.warning("teams.roster", error=type(error).__name__)

    async def _learn(self, contact: Contact) -> None:
        async with self._room:
            member = await self._member(contact)
            account = _known(contact.account, contact.user, member)
            if account.id != contact.user:
                self.ids[contact.user] = account.id
            if account != Account("teams", account.id, name=account.name):
                await self._core.learn(self._tenant, account)

    async def _member(self, contact: Contact) -> Json:
        """What the roster says, or nothing."""
        path = ("conversations", contact.conversation, "members", contact.user)
        try:
            answer = await self._connector.call("GET", contact.service, *path)
        except (Untrusted, TokenAway, aiohttp.ClientError, TimeoutError, OSError) as error:
            log.info("teams.roster", error=type(error).__name__)
            self._met.pop(contact.user, None)  # asked again when next met
            return {}
        return answer.json if answer.status == 200 else {}


def _known(account: Account, user: str, member: Json) -> Account:
    """A guest's mail belongs to another company, so nobody is recognized by it."""
    name, mail = text(member, "name"), text(member, "email") or text(member, "userPrincipalName")
    guest = text(member, "userRole") == "guest" or "#EXT#" in mail or "@" not in mail
    id = text(member, "aadObjectId").lower() or account.id
    return replace(
        account,
        id=id,
        also=(user,) if user != id else (),  # mentions carry only this one
        name=name or account.name,
        email="" if guest else mail,
    )
