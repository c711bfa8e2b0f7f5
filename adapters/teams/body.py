"""Reads the body of a post: one JSON object of a bearable size and depth, or a refusal."""

import json
from typing import Any

from aiohttp import web

from adapters.teams.fields import Json

SIZE = 256 * 1024
DEPTH = 32


async def read(request: web.Request) -> Json:
    """Raises web.HTTPException."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = await _bytes(request)
        value = _DECODER.decode(body.decode())
    except (ValueError, RecursionError, web.RequestPayloadError) as error:
        raise web.HTTPBadRequest from error
    if not isinstance(value, dict) or (body.count(b"{") + body.count(b"[") > DEPTH and _deep(value)):
        raise web.HTTPBadRequest
    return value


async def _bytes(request: web.Request) -> bytes:
    if (request.content_length or 0) > SIZE:
        raise web.HTTPRequestEntityTooLarge(SIZE, request.content_length or 0)
    body = bytearray()
    async for chunk in request.content.iter_any():
        body += chunk
        if len(body) > SIZE:
            raise web.HTTPRequestEntityTooLarge(SIZE, len(body))
    return bytes(body)


def _deep(value: Any) -> bool:
    level: list[Any] = [value]
    for _ in range(DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
    return bool(level)


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    return [item for item in inner if isinstance(item, dict | list)]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)
