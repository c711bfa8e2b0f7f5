"""Which service URLs may be trusted with our token, and which only look as if."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
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
        if not isinstance(url, str) or not _PLAIN.fullmatch(url):
            return False
        parts = urlsplit(url)
        if self.playground:
            return loopback(parts.hostname or "")
        return f"{parts.scheme}://{parts.netloc}".lower() in self.origins
