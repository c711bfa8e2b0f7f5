"""Slack: reads what is done there, draws replies in its blocks, and delivers them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from aiohttp import ClientSession, ClientTimeout, web
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from adapters.slack.background import Background
from adapters.slack.front import Front
from adapters.slack.hook import is_loopback
from adapters.slack.identity import Identity
from adapters.slack.listeners import QUIET, Listeners
from adapters.slack.lookups import Lookups
from adapters.slack.outgoing import SlackDelivery
from adapters.slack.sockets import listening
from bot.config import Settings
from bot.core import Core

TIMEOUT = ClientTimeout(total=20, connect=10)


@dataclass(frozen=True, slots=True)
class Connected:
    """What the server serves, and what the delivery worker sends with."""

    routes: list[web.RouteDef]
    delivery: SlackDelivery


@asynccontextmanager
async def connect(
    settings: Settings, core: Core, now: Callable[[], datetime], *, listen: bool = True
) -> AsyncIterator[Connected]:
    """Serves as long as it is open, whether or not Slack can be reached; without `listen` it only sends."""
    async with AsyncExitStack() as stack:
        api = URL(settings.slack_api_url)
        session = await stack.enter_async_context(ClientSession(timeout=TIMEOUT, trust_env=not is_loopback(api)))
        client = _client(settings.slack_bot_token, api, session)
        delivery = SlackDelivery(client, session, now)
        if not listen:
            yield Connected([], delivery)
            return
        background = Background()
        stack.push_async_callback(background.close)
        identity = Identity(client, now)
        await stack.enter_async_context(_running(identity))
        listeners = Listeners(
            client, core, settings.tenant, now, identity, Lookups(client, core, identity, now, background)
        )
        routes = []
        if settings.slack_app_token:
            await stack.enter_async_context(listening(settings.slack_app_token, client, listeners.deliver))
        if settings.slack_signing_secret:
            routes.append(
                web.post("/slack/events", Front(settings.slack_signing_secret, now, listeners.deliver).events)
            )
        yield Connected(routes, delivery)


def _client(token: str, api: URL, session: ClientSession) -> AsyncWebClient:
    """Never tries again by itself: the SDK would send a message twice."""
    client = AsyncWebClient(token, str(api), timeout=20, session=session, logger=QUIET, retry_handlers=[])
    if is_loopback(api):
        client.proxy = None
    return client


@asynccontextmanager
async def _running(identity: Identity) -> AsyncIterator[None]:
    asking = asyncio.create_task(identity.ask(), name="auth.test")
    try:
        yield
    finally:
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
