"""Which service URLs may be trusted with our token, and which only look as if."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from bot.config import loopback

MICROSOFT = (
    "https://smba.trafficmanager.net",  # exactly this host: anybody can register others under trafficmanager.net
    "https://smba.infra.gcc.teams.microsoft.com",
    "https://smba.infra.gov.teams.microsoft.us",
    "https://smba.infra.dod.teams.microsoft.us",
)
_PLAIN = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?(?:/[A-Za-z0-9._~%-]*)*")


@dataclass(frozen=True, slots=True)
class ServiceUrls:
    """The origins that may be written to; with `playground` set, any on this machine instead."""

    origins: frozenset[str]
    playground: bool = False

    @classmethod
    def of(cls, given: Iterable[str], *, playground: bool = False) -> "ServiceUrls":
        return cls(frozenset(given) or frozenset(MICROSOFT), playground)

    def __contains__(self, url: object) -> bool:
        origin, host = _read(url) if isinstance(url, str) else ("", "")
        if self.playground:
            return loopback(host)
        return bool(origin) and origin in self.origins


@lru_cache(256)
def _read(url: str) -> tuple[str, str]:
    """Its origin and its host; nothing of what only looks like a URL."""
    if not _PLAIN.fullmatch(url):
        return "", ""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower(), parts.hostname or ""
