"""Microsoft Teams: wires what reads, draws and sends to the core."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from aiohttp import web

from adapters.teams.adapter import TeamsAdapter
from adapters.teams.auth import TeamsAuth
from adapters.teams.bot import TeamsBot
from adapters.teams.connector import Connector
from adapters.teams.incoming import Reader
from adapters.teams.keys import Keys
from adapters.teams.outgoing import TeamsDelivery
from adapters.teams.roster import Roster
from adapters.teams.tokens import Tokens, by_identity, by_secret
from adapters.teams.urls import ServiceUrls
from adapters.teams.verifier import Verifier
from bot.config import Settings
from bot.core import Core

PATH = "/api/messages"


@dataclass(frozen=True, slots=True)
class Connected:
    routes: list[web.RouteDef]
    delivery: TeamsDelivery


@asynccontextmanager
async def connect(
    settings: Settings, core: Core, now: Callable[[], datetime], *, listen: bool = True
) -> AsyncIterator[Connected]:
    """Nothing is awaited from Microsoft here: the keys are fetched in the background. Without `listen` it only
    sends."""
    logging.getLogger("msrest").setLevel(logging.ERROR)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        services = ServiceUrls.of(settings.teams_service_urls, playground=settings.teams_playground)
        connector = Connector(session, _tokens(settings, session, now), services)
        delivery = TeamsDelivery(connector, now)
        if not listen:
            yield Connected([], delivery)
            return
        roster = Roster(core, settings.tenant, connector)
        keys = Keys(session, settings.teams_openid_metadata_url, now)
        adapter = TeamsAdapter(_auth(settings, keys, services, now))
        bot = TeamsBot(core, Reader(settings.tenant, roster.ids), roster, now)
        fresh = [] if settings.teams_playground else [asyncio.create_task(keys.keep_fresh())]

        async def messages(request: web.Request) -> web.Response:
            return await adapter.process(request, bot)

        try:
            yield Connected([web.post(PATH, messages)], delivery)
        finally:
            for task in fresh:
                task.cancel()
            await asyncio.gather(*fresh, return_exceptions=True)
            await roster.close()


def _tokens(settings: Settings, session: aiohttp.ClientSession, now: Callable[[], datetime]) -> Tokens:
    """What comes in is issued by the audience of what goes out, in every cloud."""
    app, password, audience = settings.microsoft_app_id, settings.microsoft_app_password, settings.teams_token_issuer
    if settings.teams_playground:
        return Tokens(None, now)
    if settings.microsoft_app_type == "UserAssignedMSI":
        return Tokens(by_identity(app, audience), now)
    return Tokens(by_secret(session, settings.teams_token_url, app, password, audience), now)


def _auth(settings: Settings, keys: Keys, services: ServiceUrls, now: Callable[[], datetime]) -> TeamsAuth:
    app = settings.microsoft_app_id
    verifier = None if settings.teams_playground else Verifier(keys, app, settings.teams_token_issuer, now)
    return TeamsAuth(verifier, services, settings.teams_allowed_tenants or (settings.microsoft_app_tenant_id,), app)
