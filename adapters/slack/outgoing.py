"""Sends replies to Slack, takes them away again, and looks up those of which it is not known whether they arrived."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import structlog
from aiohttp import ClientError, ClientSession
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack import drawing, hook
from adapters.slack.hook import Hook
from adapters.slack.outcomes import Failure, attempt, broken, limited, unreachable
from bot.delivery import Address, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.reply import Reply

Json = dict[str, Any]
Clock = Callable[[], datetime]

EARLIER = timedelta(minutes=1)
"""How much Slack's clock may be behind ours."""
PAGES, PAGE = 10, 200

log = structlog.get_logger()


class SlackDelivery:
    """`session` is for the addresses that Slack hands out with a gesture; `client` speaks the Web API."""

    def __init__(self, client: AsyncWebClient, session: ClientSession, now: Clock) -> None:
        self._client = client
        self._session = session
        self._now = now
        self._api = URL(client.base_url)

    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:
        """An answer in a place goes to the response_url that came with the question while Slack takes it."""
        drawn = drawing.draw(reply)
        open_hook = None if address.account else hook.load(address.context)
        if open_hook and (address.only_for or address.place.startswith("D")):
            answered = await self._respond(open_hook, drawn, address.place)
            if answered:
                return answered
        if address.only_for:
            return await self._whisper(address, drawn, kind, key)
        return await self._say(address, drawn, kind, key, open_hook)

    async def remove(self, address: Address, message: str) -> Outcome:
        gone = await attempt(self._client.chat_delete(channel=address.place, ts=message), self._now)
        if isinstance(gone, dict) or (isinstance(gone, Permanent) and gone.reason == "message_not_found"):
            return Sent(message, address.place)
        return gone

    async def found(self, address: Address, key: str, since: datetime) -> Sent | RetryAt | Uncertain | None:
        """The message that carries `key`, or None where it surely never arrived; a failure where Slack cannot tell."""
        if address.only_for:
            return Uncertain("seen by one person only")
        channel = await self._channel(address)
        if not isinstance(channel, str):
            return _untold(channel)
        asked: Json = {"oldest": f"{(since - EARLIER).timestamp():.6f}", "include_all_metadata": True, "limit": PAGE}
        for _ in range(PAGES):
            page = await self._page(channel, address.thread, asked)
            if not isinstance(page, dict):
                return _untold(page)
            for message in page.get("messages") or ():
                if _key(message) == key:
                    return Sent(message["ts"], channel)
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return None
            asked["cursor"] = cursor
        return Uncertain("too much was said since")

    async def _say(self, address: Address, drawn: Json, kind: str, key: str, open_hook: Hook | None) -> Outcome:
        said = await self._write(address, drawn, kind, key)
        if unreachable(said) and open_hook and not address.place.startswith("D"):
            return await self._respond(replace(open_hook, replace=False), drawn, address.place, aloud=True) or said
        if unreachable(said) and address.place and address.account:
            said = await self._write(replace(address, place=""), drawn, kind, key)
        if unreachable(said) and not address.place:
            return replace(said, unreachable=True)
        return said

    async def _write(self, address: Address, drawn: Json, kind: str, key: str) -> Outcome:
        """`client_msg_id` is harmless where Slack does not look at it; the metadata is what we can find again."""
        metadata = {"event_type": f"ristretto_{kind.partition('.')[0]}", "event_payload": {"id": key}}
        call = self._client.chat_postMessage(
            channel=address.place or address.account,
            thread_ts=address.thread or None,
            client_msg_id=str(uuid5(NAMESPACE_URL, key)),
            metadata=metadata,
            unfurl_links=False,
            unfurl_media=False,
            **drawn,
        )
        said = await attempt(call, self._now)
        return _sent(said) if isinstance(said, dict) else said

    async def _whisper(self, address: Address, drawn: Json, kind: str, key: str) -> Outcome:
        """Seen by one person, until they reload; Slack offers no way to take it back. Where we or they are not in the
        place, it is said in our chat with them."""
        call = self._client.chat_postEphemeral(
            channel=address.place, user=address.only_for, thread_ts=address.thread or None, **drawn
        )
        said = await attempt(call, self._now)
        if unreachable(said) or (isinstance(said, Permanent) and said.reason == "user_not_in_channel"):
            chat = replace(address, account=address.only_for, place="", thread="", only_for="")
            return await self._write(chat, drawn, kind, key)
        return Sent("", address.place) if isinstance(said, dict) else said

    async def _respond(self, to: Hook, drawn: Json, place: str, *, aloud: bool = False) -> Outcome | None:
        """None where the address is not Slack's, or is used up: nothing was said."""
        url = hook.permitted(to.url, self._api)
        if url is None:
            log.warning("response_url refused", place=place)
            return None
        body = {"response_type": "in_channel" if aloud else "ephemeral", "replace_original": to.replace, **drawn}
        try:
            async with self._session.post(url, json=body, allow_redirects=False) as response:
                if response.status == 429:
                    return limited(response.headers.get("Retry-After"), self._now())
                if response.status >= 500:
                    return Uncertain(f"HTTP {response.status}")
                return Sent("", place) if response.status == 200 else None
        except (ClientError, TimeoutError) as error:
            return broken(error, self._now())

    async def _channel(self, address: Address) -> str | Failure:
        """The place, or the chat with a person, whose id Slack tells."""
        if not address.account:
            return address.place
        opened = await attempt(self._client.conversations_open(users=address.account), self._now)
        return str(opened["channel"]["id"]) if isinstance(opened, dict) else opened

    async def _page(self, channel: str, thread: str, asked: Json) -> Json | Failure:
        if thread:
            call = self._client.conversations_replies(channel=channel, ts=thread, **asked)
        else:
            call = self._client.conversations_history(channel=channel, **asked)
        return await attempt(call, self._now)


def _sent(said: Json) -> Outcome:
    match said:
        case {"ts": str(ts), "channel": str(channel)}:
            return Sent(ts, channel)
        case _:
            return Uncertain("unreadable")


def _untold(failure: Failure) -> RetryAt | Uncertain:
    """A look-up that is refused says nothing of the message: it lacks a scope, or the place is closed to us."""
    return Uncertain(failure.reason) if isinstance(failure, Permanent) else failure


def _key(message: Json) -> str:
    match message:
        case {"metadata": {"event_payload": {"id": str(key)}}}:
            return key
        case _:
            return ""
