"""The keys that Microsoft signs with: fetched without blocking, kept through outages, renewed when one is new."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import jwt
import structlog
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from adapters.teams.fields import mappings, text

log = structlog.get_logger()
TIMEOUT = aiohttp.ClientTimeout(total=5)
EVERY = timedelta(hours=6)
COOLDOWN = timedelta(minutes=1)
LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Key:
    """`endorsements`: the channels this key may speak for; None where the key does not say."""

    public: RSAPublicKey
    endorsements: frozenset[str] | None


class Keys:
    """`cooldown` is the time that must pass between two fetches, whatever anybody sends us."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        metadata_url: str,
        now: Callable[[], datetime],
        *,
        cooldown: timedelta = COOLDOWN,
    ) -> None:
        self._session = session
        self._metadata_url = metadata_url
        self._now = now
        self._cooldown = cooldown
        self._known: dict[str, Key] = {}
        self._asked: datetime | None = None
        self._lock = asyncio.Lock()

    async def get(self, kid: str) -> Key | None:
        if kid not in self._known:
            async with self._lock:
                if kid not in self._known and self._rested():
                    await self._refresh()
        return self._known.get(kid)

    async def keep_fresh(self) -> None:
        """Runs until cancelled; while Microsoft cannot be reached it goes on trying, and the last good keys stay."""
        while True:
            async with self._lock:
                reached = await self._refresh()
            await asyncio.sleep((EVERY if reached else COOLDOWN).total_seconds())

    def _rested(self) -> bool:
        return self._asked is None or self._now() - self._asked >= self._cooldown

    async def _refresh(self) -> bool:
        self._asked = self._now()
        try:
            metadata = await self._fetch(self._metadata_url)
            found = _read(await self._fetch(text(metadata, "jwks_uri")))
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            log.warning("teams.keys", error=type(error).__name__)
            return False
        self._known = found or self._known
        return bool(found)

    async def _fetch(self, url: str) -> dict[str, Any]:
        async with self._session.get(url, timeout=TIMEOUT, allow_redirects=False) as response:
            response.raise_for_status()
            found = json.loads(await response.content.read(LIMIT))
        if not isinstance(found, dict):
            raise ValueError("not an object")
        return found


def _read(answer: dict[str, Any]) -> dict[str, Key]:
    keys = ((text(key, "kid"), _key(key)) for key in mappings(answer, "keys"))
    return {kid: key for kid, key in keys if kid and key}


def _key(key: dict[str, Any]) -> Key | None:
    """None for a key of another kind, or one that is damaged."""
    if text(key, "kty") != "RSA":
        return None
    try:
        public = jwt.PyJWK(key, algorithm="RS256").key
    except (jwt.PyJWTError, ValueError):
        return None
    said = key.get("endorsements")
    endorsed = frozenset(name for name in said if isinstance(name, str)) if isinstance(said, list) else None
    return Key(public, endorsed) if isinstance(public, RSAPublicKey) else None
