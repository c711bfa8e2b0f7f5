"""The door for Slack over HTTP: only what Slack has signed a moment ago, and what can be read, comes in."""

import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from aiohttp import web
from slack_bolt import BoltResponse

Json = dict[str, Any]

LIMIT = 256 * 1024
DEPTH = 32
OLDEST, NEWEST = -300, 60
"""Seconds that a request's time may lie before and after ours."""
_SIGNATURE = len("v0=") + 64
_NO_RETRY = {"X-Slack-No-Retry": "1"}


@dataclass(frozen=True, slots=True)
class Envelope:
    """One delivery. `id` is the same for the same bytes signed at the same time, and for no others; `tries`: how often
    Slack tried before."""

    id: str
    body: Json
    tries: int = 0


class Malformed(Exception):
    """The body is nothing that Slack sends."""


class Front:
    def __init__(
        self, secret: str, now: Callable[[], datetime], deliver: Callable[[Envelope], Awaitable[BoltResponse]]
    ) -> None:
        self._secret = secret.encode()
        self._now = now
        self._deliver = deliver

    async def events(self, request: web.Request) -> web.Response:
        """Answers POST /slack/events: commands, events and clicks alike."""
        try:
            raw = await _read(request)
        except web.RequestPayloadError:
            return _broken(request)
        if raw is None:
            return web.Response(status=413, headers=_NO_RETRY)
        if is_ssl_check(raw):
            return web.Response()
        stamp, signature = (request.headers.get(f"X-Slack-{name}", "") for name in ("Request-Timestamp", "Signature"))
        if not is_signed(self._secret, stamp, signature, raw, self._now().timestamp()):
            return web.Response(status=401, headers=_NO_RETRY)
        try:
            body = parse(raw, request.content_type)
            return await self._answer(Envelope(identify(stamp, raw), body, tries(request.headers)))
        except Malformed:
            return web.Response(status=400, headers=_NO_RETRY)

    async def _answer(self, envelope: Envelope) -> web.Response:
        if envelope.body.get("type") == "url_verification":
            return web.json_response({"challenge": str(envelope.body.get("challenge", ""))})
        answer = await self._deliver(envelope)
        kind = "application/json" if answer.body.startswith("{") else "text/plain"
        return web.Response(status=answer.status, text=answer.body, content_type=kind)


def _broken(request: web.Request) -> web.Response:
    """A body that cannot be unpacked: nothing more is read from a connection that sent one."""
    request.content.feed_eof()
    answer = web.Response(status=400, headers=_NO_RETRY)
    answer.force_close()
    return answer


async def _read(request: web.Request) -> bytes | None:
    """The body, or None where there is too much of it."""
    raw = bytearray()
    while chunk := await request.content.readany():
        raw += chunk
        if len(raw) > LIMIT:
            return None
    return bytes(raw)


def is_signed(secret: bytes, stamp: str, signature: str, raw: bytes, now: float) -> bool:
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
        return False
    if not OLDEST <= int(stamp) - now <= NEWEST:
        return False
    if not (signature.isascii() and len(signature) == _SIGNATURE):
        return False
    ours = "v0=" + hmac.digest(secret, b"v0:%s:%s" % (stamp.encode(), raw), "sha256").hex()
    return hmac.compare_digest(ours.encode(), signature.encode())


def tries(headers: Mapping[str, str]) -> int:
    said = headers.get("X-Slack-Retry-Num", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0


def is_ssl_check(raw: bytes) -> bool:
    """Slack looks at our certificate from time to time, without a signature and without asking for anything."""
    return len(raw) < 1024 and b"ssl_check=1" in raw.split(b"&") and b"command=" not in raw and b"payload=" not in raw


def identify(stamp: str, raw: bytes) -> str:
    """Grows with time, so that ids which come together are kept together."""
    return f"{stamp}-{hashlib.sha256(raw).hexdigest()}"


def parse(raw: bytes, content_type: str) -> Json:
    """The object in a body: JSON itself, a form, or a form that holds JSON. Raises Malformed."""
    try:
        if content_type == "application/json":
            return _object(raw.decode())
        form = _form(raw.decode())
        if "payload" in form:
            return _object(form["payload"])
    except ValueError as error:
        raise Malformed from error
    if "command" not in form:
        raise Malformed
    return dict(form)


def _form(text: str) -> dict[str, str]:
    """The fields of a form; of several of a name the last. Raises ValueError."""
    form = {}
    for field in text.replace("+", " ").split("&"):
        name, sign, value = field.partition("=")
        if not sign:
            raise ValueError("a field without a value")
        form[_unquoted(name) if "%" in name else name] = _unquoted(value) if "%" in value else value
    return form


def _unquoted(text: str) -> str:
    return unquote_to_bytes(text).decode()


def _object(text: str) -> Json:
    try:
        found = json.loads(text)
    except RecursionError as error:
        raise Malformed from error
    if not isinstance(found, dict) or not isinstance(found.get("event", {}), dict) or depth(found) > DEPTH:
        raise Malformed
    return found


def depth(found: object) -> int:
    """How deep objects and lists lie in each other; one more than DEPTH stands for anything deeper."""
    level, deep = [found], 0
    while level and deep <= DEPTH:
        inner = (value for value in level if isinstance(value, dict | list))
        level = [child for value in inner for child in (value.values() if isinstance(value, dict) else value)]
        deep += 1
    return deep
