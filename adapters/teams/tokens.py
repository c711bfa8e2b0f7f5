"""Our own access token for the Connector: asked for without blocking, kept, and renewed before it ends."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import aiohttp
import requests
import structlog
from msal.managed_identity import ManagedIdentityClient, UserAssignedManagedIdentity

from adapters.teams.fields import Json, text

log = structlog.get_logger()
TIMEOUT = 10
AHEAD = timedelta(minutes=5)
Ask = Callable[[], Awaitable[Json]]


class TokenAway(Exception):
    """No token could be had; nothing was sent."""


class Tokens:
    """`ask` None: there is no token, and none is needed."""

    def __init__(self, ask: Ask | None, now: Callable[[], datetime]) -> None:
        self._ask = ask
        self._now = now
        self._token = ""
        self._until: datetime | None = None
        self._lock = asyncio.Lock()

    async def get(self) -> str:
        """Raises TokenAway."""
        if self._ask is None or self._lasts(AHEAD):
            return self._token
        if self._lock.locked() and self._lasts(timedelta()):
            return self._token  # somebody else is renewing it
        async with self._lock:
            if not self._lasts(AHEAD):
                await self._renew(self._ask)
        return self._token

    def forget(self) -> None:
        """The Connector refused it."""
        self._until = None

    def _lasts(self, ahead: timedelta) -> bool:
        return self._until is not None and self._now() + ahead < self._until

    async def _renew(self, ask: Ask) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                token, lasts = _read(await ask())
        except (aiohttp.ClientError, OSError, ValueError, LookupError, TypeError, OverflowError) as error:
            log.warning("teams.token", error=type(error).__name__, status=getattr(error, "status", None))
            if not self._lasts(timedelta()):
                raise TokenAway(type(error).__name__) from error
            return
        self._token, self._until = token, self._now() + lasts


def _read(answer: Json) -> tuple[str, timedelta]:
    token = text(answer, "access_token")
    if not token:
        raise ValueError("no token")
    return token, timedelta(seconds=float(answer["expires_in"]))


def by_secret(session: aiohttp.ClientSession, url: str, app_id: str, password: str, audience: str) -> Ask:
    """The token of an app that has a password."""
    form = {"grant_type": "client_credentials", "client_id": app_id, "client_secret": password}

    async def ask() -> Json:
        async with session.post(
            url, data={**form, "scope": f"{audience}/.default"}, allow_redirects=False, raise_for_status=True
        ) as response:
            return dict(json.loads(await response.read()))

    return ask


def by_identity(app_id: str, audience: str) -> Ask:
    """The token of a managed identity, which only the machine in Azure that we run on can give."""

    def fetch() -> Json:
        identity = UserAssignedManagedIdentity(client_id=app_id)  # type: ignore[no-untyped-call]
        with requests.Session() as session:
            client = ManagedIdentityClient(identity, http_client=session)
            return dict(client.acquire_token_for_client(resource=audience))

    return lambda: asyncio.to_thread(fetch)
