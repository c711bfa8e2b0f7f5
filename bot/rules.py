"""Rules for single settings: what a text of the environment must be like to be taken."""

import base64
import ipaddress
import re
from collections.abc import Callable
from typing import Annotated, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

DATABASES = ("sqlite", "sqlite+aiosqlite", "postgresql", "postgresql+psycopg", "postgresql+asyncpg")


def loopback(host: str) -> bool:
    """Whether a host name or address cannot be reached from another machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _such(holds: Callable[[str], bool]) -> AfterValidator:
    """A rule that a text either keeps or not; `holds` may also raise ValueError."""

    def check(text: str) -> str:
        if not holds(text):
            raise ValueError
        return text

    return AfterValidator(check)


def _is_database(text: str) -> bool:
    scheme, found, rest = text.partition("://")
    if scheme.startswith("sqlite"):
        return scheme in DATABASES and rest[:1] in ("", "/", "?")  # sqlite://FILE would take the file for a host
    return scheme in DATABASES and bool(found) and urlsplit("//" + rest.rpartition("@")[2]).port != 0


def _is_host(text: str) -> bool:
    return not set(text) & set("/@[] ") and text.count(":") != 1


def _is_key(text: str) -> bool:
    return len(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)) == 32


def _is_zone(text: str) -> bool:
    try:
        return bool(ZoneInfo(text))
    except (KeyError, OSError):
        return False


def _is_web(text: str) -> bool:
    url = urlsplit(text)
    plain = text.isprintable() and " " not in text and url.username is None
    return plain and url.scheme in ("http", "https") and bool(url.hostname) and url.port != 0


def _is_safe(text: str) -> bool:
    url = urlsplit(text)
    return _is_web(text) and (url.scheme == "https" or loopback(url.hostname or ""))


def _origin(text: str) -> str:
    return "{0.scheme}://{0.netloc}".format(urlsplit(text)).lower()


def _split(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _app_type(text: str) -> str:
    return next((name for name in get_args(_AppType) if name.lower() == text.lower()), text)


_AppType = Literal["SingleTenant", "UserAssignedMSI", "MultiTenant"]
_Levels = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]

Database = Annotated[str, _such(_is_database)]
Host = Annotated[str, _such(_is_host)]
Port = Annotated[int, Field(ge=0, le=65535)]
Level = Annotated[_Levels, BeforeValidator(str.upper)]
Keys = Annotated[tuple[Annotated[str, _such(_is_key)], ...], BeforeValidator(_split)]
Language = Annotated[Literal["en", "fr"], BeforeValidator(lambda text: re.split("[-_.]", text.lower())[0])]
Zone = Annotated[str, _such(_is_zone)]
Rate = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Web = Annotated[str, _such(_is_web)]
Safe = Annotated[str, _such(_is_safe)]
Folder = Annotated[Safe, AfterValidator(lambda text: text.rstrip("/") + "/")]
Origins = Annotated[tuple[Annotated[Safe, AfterValidator(_origin)], ...], BeforeValidator(_split)]
Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
BotToken = Annotated[str, _such(lambda text: not text.startswith(("xapp-", "xoxp-")))]
AppToken = Annotated[str, _such(lambda text: not text.startswith("xox"))]
AppType = Annotated[_AppType, BeforeValidator(_app_type)]
