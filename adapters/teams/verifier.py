"""Checks the token of a request: who signed it, for whom, until when, and for which service URL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from jwt.types import Options

from adapters.teams.fields import text
from adapters.teams.keys import Keys

CHANNEL = "msteams"
SKEW = 300
OPTIONS: Options = {
    "require": ["iss", "aud", "exp", "nbf"],
    "verify_exp": False,  # these three by our own clock, below
    "verify_nbf": False,
    "verify_iat": False,
}
LIMIT = 1024
"""So many verified tokens are remembered: Teams sends the same one for about an hour."""


@dataclass(frozen=True, slots=True)
class Claims:
    service: str
    until: float


class Verifier:
    def __init__(self, keys: Keys, app_id: str, issuer: str, now: Callable[[], datetime]) -> None:
        self._keys = keys
        self._app_id = app_id
        self._issuer = issuer
        self._now = now
        self._seen: dict[str, Claims] = {}

    async def verify(self, header: str) -> Claims:
        """What a good token says. Raises PermissionError."""
        seen = self._seen.get(header)
        if seen and self._now().timestamp() < seen.until:
            return seen
        claims = await self._check(header)
        if len(self._seen) >= LIMIT:
            self._seen.clear()
        self._seen[header] = claims
        return claims

    async def _check(self, header: str) -> Claims:
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not self._app_id:
            raise PermissionError("no token")
        try:
            key = await self._keys.get(_kid(token))
            if key is None or (key.endorsements is not None and CHANNEL not in key.endorsements):
                raise PermissionError("no such key, or not one for this channel")
            payload = jwt.decode(
                token,
                key.public,
                algorithms=["RS256"],
                audience=self._app_id,
                issuer=self._issuer,
                options=OPTIONS,
            )
        except (jwt.PyJWTError, ValueError, OverflowError, TypeError) as error:
            raise PermissionError(type(error).__name__) from error
        return self._current(payload)

    def _current(self, payload: Mapping[str, Any]) -> Claims:
        begins, ends, now = _seconds(payload, "nbf"), _seconds(payload, "exp"), self._now().timestamp()
        if not begins - SKEW <= now < ends + SKEW:
            raise PermissionError("not now")
        service = text(payload, "serviceurl")
        if not service:
            raise PermissionError("no service URL")
        return Claims(service, ends)


def _kid(token: str) -> str:
    head = jwt.get_unverified_header(token)
    if head.get("alg") != "RS256" or not head.get("kid"):
        raise PermissionError("not a token of Microsoft's")
    return str(head["kid"])


def _seconds(payload: Mapping[str, Any], name: str) -> float:
    value = payload[name]
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PermissionError(f"{name} is not a time")
    return float(value)
