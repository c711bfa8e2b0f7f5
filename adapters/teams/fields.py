"""Lenient access to what a platform posted: a field of an unexpected kind counts as absent."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

Json = dict[str, Any]
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database takes: NUL, and halves of characters that only JSON's escapes can spell."""


def encode(value: Any) -> bytes:
    """As short as JSON can be: Teams counts the bytes of a card."""
    return to_json(value)


def text(of: Mapping[str, Any], *path: str) -> str:
    value: Any = of
    try:
        for name in path:
            value = value[name]
    except (LookupError, TypeError):
        return ""
    if not isinstance(value, str):
        return ""
    return value if value.isascii() and "\0" not in value else _UNSTORABLE.sub("", value)


def mapping(of: Mapping[str, Any], *path: str) -> Json:
    value: Any = of
    for name in path:
        if not isinstance(value, dict):
            return {}
        value = value.get(name)
    return value if isinstance(value, dict) else {}


def mappings(of: Mapping[str, Any], name: str) -> list[Json]:
    value = of.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
