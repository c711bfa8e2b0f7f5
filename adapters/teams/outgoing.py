"""Delivers what was said to Teams, and says honestly what became of it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import aiohttp

from adapters.teams.connector import Connector, Untrusted
from adapters.teams.drawing import message
from adapters.teams.fields import Json, text
from adapters.teams.outcomes import PAUSE, Answer, again, failed, read
from adapters.teams.reference import Reference
from adapters.teams.tokens import TokenAway
from bot.delivery import Address, Outcome, Permanent, RetryAt, Sent
from bot.reading.language import guess
from bot.reply import Reply, plain, say
from bot.words import Words

CHATS = 10_000
NOWHERE = Permanent("no reference to come back by", unreachable=True)


class TeamsDelivery:
    """Fulfils bot.delivery.Delivery."""

    def __init__(self, connector: Connector, now: Callable[[], datetime]) -> None:
        self._connector = connector
        self._now = now
        self._chats: dict[tuple[str, str], str] = {}

    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:  # noqa: ARG002  # Teams keeps no note beside a message
        reference = Reference.load(address.context)
        if reference is None:
            return NOWHERE
        chat = await self._chat(address, reference)
        if isinstance(chat, Sent):
            return await self._write(chat.place, reference, reply, key)
        if isinstance(chat, Permanent) and chat.unreachable and address.only_for and address.place:
            await self._invite(address, reference, reply)
        return chat

    async def remove(self, address: Address, message: str) -> Outcome:
        reference = Reference.load(address.context)
        if reference is None or not address.place:
            return NOWHERE
        answer = await self._call("DELETE", reference, _place(address), "activities", message)
        if isinstance(answer, Answer):
            gone = answer.status in (200, 202, 204, 404)
            answer = Sent(message, address.place) if gone else read(answer, address.place, self._now())
        return again(answer, self._now())

    async def _write(self, place: str, reference: Reference, reply: Reply, key: str = "") -> Outcome:
        body = {**message(reply), "from": {"id": reference.bot}, "conversation": {"id": place}}
        answer = await self._call("POST", reference, place, "activities", body=body, key=key)
        return read(answer, place, self._now()) if isinstance(answer, Answer) else answer

    async def _invite(self, address: Address, reference: Reference, reply: Reply) -> None:
        """Who asked where others listen and has no chat with us is told so there, and nothing of the answer."""
        words = Words(guess(plain(reply)) or "en")
        await self._write(_place(replace(address, only_for="")), reference, say(*words("core.no_chat")))

    async def _chat(self, address: Address, reference: Reference) -> Outcome:
        """Where to post, as the place of a Sent: the place itself, or the one-to-one chat with an account."""
        account = address.only_for or ("" if address.place else address.account)
        if not account:
            return Sent("", _place(address)) if address.place else NOWHERE
        known = self._chats.get((reference.tenant, account))
        return Sent("", known) if known else await self._open(account, reference)

    async def _open(self, account: str, reference: Reference) -> Outcome:
        """Asked again, Teams answers with the chat that there is."""
        tenant = {"tenant": {"id": reference.tenant}}
        body = {
            "isGroup": False,
            "bot": {"id": reference.bot},
            "members": [{"id": reference.user if account == reference.account else account}],
            "tenantId": reference.tenant,
            "channelData": tenant,
        }
        answer = await self._call("POST", reference, body=body)
        if not isinstance(answer, Answer):
            return again(answer, self._now())
        chat = text(answer.json, "id")
        if answer.status not in (200, 201) or not chat:
            return again(read(answer, "", self._now()), self._now())
        if len(self._chats) >= CHATS:
            self._chats.clear()
        self._chats[reference.tenant, account] = chat
        return Sent("", chat)

    async def _call(
        self, method: str, reference: Reference, *path: str, body: Json | None = None, key: str = ""
    ) -> Answer | Outcome:
        """The Connector's answer, or what to make of having none."""
        try:
            return await self._connector.call(method, reference.service, "conversations", *path, body=body, key=key)
        except Untrusted:
            return Permanent("service URL not permitted")
        except TokenAway:
            return RetryAt(self._now() + PAUSE, bucket=True)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return failed(error, self._now())


def _place(address: Address) -> str:
    """What was said to one person alone lies outside the thread."""
    thread = "" if address.only_for or ";" in address.place else address.thread
    return f"{address.place};messageid={thread}" if thread else address.place
