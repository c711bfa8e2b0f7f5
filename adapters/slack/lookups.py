"""Asks Slack, after a gesture was answered, who its people are and whether its place is open to everybody."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.background import Background
from adapters.slack.identity import Identity
from adapters.slack.incoming import Channel
from adapters.slack.outcomes import Failure, attempt, unreachable
from adapters.slack.text import PLATFORM, USER_ID, clean
from bot.core import Core
from bot.delivery import Permanent, RetryAt
from bot.request import Account, Place, PlaceKind, Request

Json = dict[str, Any]

FRESH = timedelta(minutes=15)
"""How long it is believed what kind of place a channel is."""
REST = timedelta(seconds=30)
AT_ONCE = 4
SLACKBOT = "USLACKBOT"
"""Slack's own bot, which it does not call one."""

log = structlog.get_logger()


class Lookups:
    def __init__(
        self,
        client: AsyncWebClient,
        core: Core,
        identity: Identity,
        now: Callable[[], datetime],
        background: Background,
    ) -> None:
        self._client = client
        self._core = core
        self._identity = identity
        self._now = now
        self._background = background
        self._seen: set[str] = set()
        self._missed: set[str] = set()
        self._nameless: set[str] = set()
        self._asking: set[str] = set()
        self._channels: dict[str, tuple[datetime, Channel]] = {}
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._not_before = now()

    def channel(self, id: str) -> Channel | None:
        """What is known of a channel and still fresh; what is not will be asked."""
        at, channel = self._channels.get(id, (None, None))
        if at and at > self._now() - FRESH:
            return channel
        self._missed.add(id)
        return None

    def name(self, id: str) -> str:
        """What a channel is called, however long ago Slack told; empty where it did not."""
        self.channel(id)  # what is not fresh is asked again
        if id in self._channels:
            return self._channels[id][1].name
        self._nameless.add(id)
        return ""

    def ask_names(self, tenant: str) -> bool:
        """Asks for the names that were missed just now; whether Slack may tell them soon."""
        nameless, self._nameless = self._nameless, set()
        if self._now() < self._not_before:
            return False
        self._ask_all(tenant, nameless)
        return bool(nameless)

    def about(self, request: Request) -> None:
        """To be called once a request is committed, so that what it wrote is there to be widened."""
        missed, self._missed = self._missed, set()
        place = request.place
        if place.kind == "unknown" and place.id not in missed and place.id in self._channels:
            self._background.start(self._widen(request.tenant, place.id), "widen")
        if self._now() < self._not_before:
            return
        for account in (request.who, *request.mentions):
            if account.id not in self._seen:
                self._seen.add(account.id)
                self._background.start(self._learn(request.tenant, account), "users.info")
        self._ask_all(request.tenant, missed)

    async def hear(self, tenant: str, user: Json) -> None:
        """Takes over what Slack tells of somebody unasked. Raises StoreAway."""
        id = _text(user.get("id"))
        if USER_ID.fullmatch(id) and id != self._identity.user:
            await self._core.learn(tenant, described(Account(PLATFORM, id), user, self._identity.team))

    async def _learn(self, tenant: str, account: Account) -> None:
        learnt = False
        try:
            async with self._turn:
                said = await attempt(self._client.users_info(user=account.id, include_locale=True), self._now)
            match said:
                case {"user": {"id": str()} as user}:
                    await self._core.learn(tenant, described(account, user, self._identity.team))
                    learnt = True
                case dict() | Permanent():
                    learnt = True  # there is nothing to learn, and there will not be
                case _:
                    self._rest(said, "users.info")
        finally:
            if not learnt:
                self._seen.discard(account.id)

    def _ask_all(self, tenant: str, ids: set[str]) -> None:
        for id in ids - self._asking:
            self._asking.add(id)
            self._background.start(self._ask(tenant, id), "conversations.info")

    async def _ask(self, tenant: str, id: str) -> None:
        try:
            async with self._turn:
                said = await attempt(self._client.conversations_info(channel=id), self._now)
        finally:
            self._asking.discard(id)
        match said:
            case {"channel": {"id": str()} as channel}:
                self._channels[id] = (self._now(), Channel(kind(channel), _text(channel.get("name"))))
            case _ if unreachable(said):
                self._channels[id] = (self._now(), Channel("members"))
            case _:
                self._rest(said, "conversations.info")
                return
        await self._widen(tenant, id)

    def _rest(self, failure: Json | Failure, method: str) -> None:
        """Slack cannot tell now: it is asked again at a later gesture, not at each of them."""
        log.warning("a look-up failed", method=method, outcome=failure)
        until = failure.at if isinstance(failure, RetryAt) else self._now() + REST
        self._not_before = max(self._not_before, until)

    async def _widen(self, tenant: str, id: str) -> None:
        _, channel = self._channels[id]
        await self._core.widen(tenant, Place(PLATFORM, id, channel.kind, channel.name))


def kind(channel: Json) -> PlaceKind:
    """As Slack tells it; what it does not call open is its members'."""
    if channel.get("is_im") is True:
        return "private"
    is_open = channel.get("is_channel") is True and channel.get("is_private") is False and not channel.get("is_mpim")
    return "public" if is_open else "members"


def described(account: Account, user: Json, team: str) -> Account:
    """What Slack says of somebody. A mail counts only where it was confirmed, and by this workspace: anybody can run a
    workspace that says anything of its own people."""
    profile = user["profile"] if isinstance(user.get("profile"), dict) else {}
    name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name")
    ours = not user.get("is_stranger") and (
        not team or user.get("team_id") in (None, team) or user.get("enterprise_user")
    )
    return replace(
        account,
        handle=_text(user.get("name")) or account.handle,
        name=_text(name),
        email=_text(profile.get("email")) if ours and user.get("is_email_confirmed") is not False else "",
        locale=_text(user.get("locale")),
        timezone=_text(user.get("tz")),
        title=_text(profile.get("title")),
        status=_status(account.id, user),
    )


def _status(id: str, user: Json) -> Literal["", "bot", "left"]:
    if user.get("deleted") is True:
        return "left"
    return "bot" if user.get("is_bot") is True or id == SLACKBOT else ""


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""
