"""Fields of an object that others wrote: texts, names, ids and times, each within its limit."""

from collections.abc import Mapping
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

ID_LIMIT, NAME_LIMIT = 1000, 200
"""Characters of an id, and of the name of a thing."""


class Unreadable(Exception):
    """The object is no act that Ristretto can keep; the message says why."""


def needed(said: Mapping[str, Any], field: str) -> str:
    value = said.get(field)
    if not isinstance(value, str) or not value:
        raise Unreadable(f"{field} is missing")
    return value


def text_of(thing: Mapping[str, Any], field: str) -> str:
    """A text; empty where nothing is said."""
    value = thing.get(field)
    if value is not None and not isinstance(value, str):
        raise Unreadable(f"{field} is not a text")
    return value or ""


def short(text: str, limit: int = NAME_LIMIT) -> str:
    if len(text) > limit:
        raise Unreadable(f"longer than {limit} characters: {text[:20]}…")
    return text


def id_of(text: str) -> str:
    return short(text, ID_LIMIT)


def name_of(thing: object) -> str:
    return str(thing.get("name", "")) if isinstance(thing, Mapping) else str(thing or "")


def several(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def time_of(said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"{said[:40]!r} is not a time") from error
    if not MINYEAR < at.year < MAXYEAR:
        raise Unreadable(f"{said[:40]!r} is not a time of ours")
    return at
