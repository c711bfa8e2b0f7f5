"""The address that Slack hands out with a gesture to answer it for half an hour: a response_url."""

import json
from dataclasses import dataclass

from yarl import URL

from bot.config import loopback

SLACK = URL("https://hooks.slack.com")


@dataclass(frozen=True, slots=True)
class Hook:
    """`replace`: the answer takes the place of the message that was clicked, which only its reader sees."""

    url: str
    replace: bool = False

    def dump(self) -> str:
        """As it waits in an address' context."""
        return json.dumps({"response_url": self.url, "replace": self.replace})


def load(context: str) -> Hook | None:
    """The hook kept in a context, or None where there is none."""
    if not context.startswith("{"):
        return None
    match json.loads(context):
        case {"response_url": str(url), "replace": bool(replace)}:
            return Hook(url, replace)
        case _:
            return None


def permitted(url: str, api: URL) -> URL | None:
    """The address if it is one of Slack's, or of a Slack API that runs on this machine; None for any other."""
    try:
        asked = URL(url)
    except ValueError:
        return None
    if asked.user is not None or asked.password is not None:
        return None
    ours = _server(asked) == _server(SLACK) or (is_loopback(api) and _server(asked) == _server(api))
    return asked if ours else None


def _server(url: URL) -> tuple[str, str | None, int | None]:
    return url.scheme, url.host, url.port


def is_loopback(url: URL) -> bool:
    return loopback(url.host or "")
