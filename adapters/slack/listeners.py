"""What Slack delivers goes through Bolt to the core, all of it the same way: the core knows who listens to what."""

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from pydantic_core import to_json
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import drawing
from adapters.slack.front import Envelope, Malformed
from adapters.slack.identity import Identity
from adapters.slack.incoming import Scene, read, read_person
from adapters.slack.lookups import Lookups
from bot.core import Core
from bot.request import Request
from store import StoreAway

Json = dict[str, Any]

QUIET = logging.getLogger("ristretto.slack.sdk")
"""For Bolt and the SDK, which would tell a log what people wrote."""
QUIET.setLevel(logging.ERROR)

PATIENCE = 2
"""So many times an event is not taken while the name of a channel in it is asked for: Slack brings it again at once,
and then after a minute. It does not do so with commands, but there it says the names."""

_OBJECTS = ("container", "event", "item", "message", "previous_message")
_NAMED = ("channel", "enterprise", "team", "user")
_LISTS = ("actions", "authorizations")
_LOOKED_INTO = frozenset((*_OBJECTS, *_NAMED, *_LISTS))


class Listeners:
    def __init__(
        self,
        client: AsyncWebClient,
        core: Core,
        tenant: str,
        now: Callable[[], datetime],
        identity: Identity,
        lookups: Lookups,
    ) -> None:
        self._core = core
        self._tenant = tenant
        self._now = now
        self._identity = identity
        self._lookups = lookups
        self._app = _app(client, identity, _Gestures(self.answer))

    async def deliver(self, envelope: Envelope) -> BoltResponse:
        """Answers once what was said is committed; what is not for us is fine as well. Raises Malformed."""
        told = read_person(envelope.body)
        if told is not None:
            return await self._hear(told)
        identity = self._identity
        known = (self._lookups.channel, self._lookups.name)
        scene = Scene(self._tenant, self._now(), envelope.id, identity.user, identity.url, *known)
        gesture = read(envelope.body, scene)
        if gesture is None:
            return BoltResponse(status=200)
        if not is_sound(envelope.body):
            raise Malformed
        if self._lookups.ask_names(self._tenant) and not gesture.inline and envelope.tries < PATIENCE:
            return BoltResponse(status=503)
        # Bolt takes a body that is read already only from Socket Mode
        request = AsyncBoltRequest(body=envelope.body, mode="socket_mode", context={"gesture": gesture})
        return await self._app.async_dispatch(request)

    async def _hear(self, user: Json) -> BoltResponse:
        try:
            await self._lookups.hear(self._tenant, user)
        except StoreAway:
            return BoltResponse(status=503)
        return BoltResponse(status=200)

    async def answer(self, gesture: Request) -> BoltResponse:
        try:
            reply = await self._core.handle(gesture)
        except StoreAway:
            return BoltResponse(status=503)
        self._lookups.about(gesture)
        if not reply or not gesture.inline:
            return BoltResponse(status=200)
        return BoltResponse(status=200, body=to_json({"response_type": "ephemeral", **drawing.draw(reply)}).decode())


class _Gestures(AsyncMiddleware):
    """Answers in Bolt's chain, before it makes what only a listener of its own would want."""

    def __init__(self, answer: Callable[[Request], Awaitable[BoltResponse]]) -> None:
        self._answer = answer

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002  # Bolt's names, as below
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002, ARG002
    ) -> BoltResponse:
        return await self._answer(req.context["gesture"])


def is_sound(body: Json) -> bool:
    """Whether what Bolt looks into has the shape it takes for granted."""
    return all(_fits(key, body[key]) for key in _LOOKED_INTO & body.keys() if body[key] is not None)


def _fits(key: str, value: object) -> bool:
    if key in _OBJECTS:
        return isinstance(value, dict) and is_sound(value)
    if key in _NAMED:
        return isinstance(value, str) or (isinstance(value, dict) and is_sound(value))
    return isinstance(value, list) and all(isinstance(each, dict) and is_sound(each) for each in value)


class _App(AsyncApp):
    def _init_context(self, req: AsyncBoltRequest) -> None:
        """Bolt would make a client for each request; ours is one for all, and none is asked for here."""


def _app(client: AsyncWebClient, identity: Identity, gestures: _Gestures) -> AsyncApp:
    """The front has checked what Bolt's own middleware would check again; the token comes from `authorize`, so that no
    variable of the environment replaces it."""
    return _App(
        name="ristretto.slack.bolt",
        logger=QUIET,
        client=client,
        before_authorize=gestures,
        authorize=identity,
        process_before_response=True,
        request_verification_enabled=False,
        ignoring_self_events_enabled=False,
        ssl_check_enabled=False,
        url_verification_enabled=False,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
