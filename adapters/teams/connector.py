"""Our own way to the Connector: one keep-alive session, our token, no redirects, and only to hosts that may have it."""

from functools import lru_cache
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from adapters.teams.fields import encode
from adapters.teams.outcomes import Answer
from adapters.teams.tokens import Tokens
from adapters.teams.urls import ServiceUrls

TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)


class Untrusted(ValueError):
    """A service URL that is not on the list; nothing was sent."""


class Connector:
    def __init__(self, session: aiohttp.ClientSession, tokens: Tokens, services: ServiceUrls) -> None:
        self._session = session
        self._tokens = tokens
        self._services = services

    async def call(self, method: str, service: str, *path: str, body: Any = None, key: str = "") -> Answer:
        """`path` is given in plain words. Raises Untrusted, TokenAway, aiohttp.ClientError, TimeoutError."""
        if service not in self._services:
            raise Untrusted(service)
        headers = await self._headers(key)
        url = URL("/".join((service.rstrip("/"), "v3", *map(_escaped, path))), encoded=True)
        data = encode(body) if body is not None else None
        async with self._session.request(
            method, url, data=data, headers=headers, timeout=TIMEOUT, allow_redirects=False
        ) as response:
            answer = Answer(response.status, response.headers, await response.read())
        if answer.status == 401:
            self._tokens.forget()
        return answer

    async def _headers(self, key: str) -> dict[str, str]:
        token = await self._tokens.get()
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if key:
            headers["x-ms-client-request-id"] = key  # Microsoft's support can find a call by it
        return headers


@lru_cache(1024)
def _escaped(part: str) -> str:
    return quote(part, safe="")
