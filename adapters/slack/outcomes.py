"""What became of a call to Slack: its answer, or why there is none and whether it may have been done all the same."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any, TypeGuard

from aiohttp import ClientConnectorError, ClientError, ClientResponse, ConnectionTimeoutError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery import Outcome, Permanent, RetryAt, Uncertain

Json = dict[str, Any]
Failure = RetryAt | Permanent | Uncertain

PAUSE = timedelta(seconds=15)
"""Between two tries to reach a Slack that cannot be reached."""
LOCKED = timedelta(minutes=5)
"""Between two tries with a token that Slack does not take: somebody has to mend the settings first."""
LONGEST = timedelta(hours=1)

_LIMITED = ("ratelimited", "rate_limited")
_LOCKED = ("invalid_auth", "not_authed", "token_expired")
_MAYBE = ("fatal_error", "internal_error", "request_timeout", "service_unavailable")
_GONE = (
    *("cannot_dm_bot", "invalid_user_combination", "messages_tab_disabled"),
    *("user_disabled", "user_not_found", "user_not_visible"),
)
_UNREADABLE = (AttributeError, TypeError, ValueError)
"""What the SDK stumbles into over a body that is no JSON object."""


async def attempt(call: Awaitable[AsyncSlackResponse], now: Callable[[], datetime]) -> Json | Failure:
    """Slack's answer to one call, or what went wrong with it."""
    try:
        response = await call
    except SlackApiError as error:
        return _refused(error.response, now())
    except (ClientError, SlackClientError, TimeoutError, *_UNREADABLE) as error:
        return broken(error, now())
    return response.data if isinstance(response.data, dict) else Uncertain("unreadable")


def broken(error: Exception, at: datetime) -> RetryAt | Uncertain:
    """A call that ended without an answer: before the connection stood, Slack surely has not heard it."""
    if isinstance(error, ClientConnectorError | ConnectionTimeoutError):
        return RetryAt(at + PAUSE, bucket=True)
    return Uncertain(type(error).__name__)


def limited(retry_after: str | None, at: datetime) -> RetryAt:
    seconds = int(retry_after) if retry_after and retry_after.isdecimal() and len(retry_after) < 6 else 30
    return RetryAt(at + min(timedelta(seconds=max(seconds, 1)), LONGEST), bucket=True)


def unreachable(outcome: Outcome | Json) -> TypeGuard[Permanent]:
    """Whether the place is one we are not in, or one that is not there for us."""
    return isinstance(outcome, Permanent) and outcome.reason in ("channel_not_found", "not_in_channel")


def _refused(response: AsyncSlackResponse | ClientResponse, at: datetime) -> Failure:
    """`response` is the SDK's, or the bare HTTP one where its body could not be read."""
    status = response.status_code if isinstance(response, AsyncSlackResponse) else response.status
    said = response.data if isinstance(response, AsyncSlackResponse) else None
    error = said.get("error") if isinstance(said, dict) else None
    if status == 429 or error in _LIMITED:
        return limited(response.headers.get("Retry-After"), at)
    if status >= 500 or not isinstance(error, str) or error in _MAYBE:
        return Uncertain(error if isinstance(error, str) and error else f"HTTP {status}")
    if error in _LOCKED:
        return RetryAt(at + LOCKED, bucket=True)
    return Permanent(error, unreachable=error in _GONE)
