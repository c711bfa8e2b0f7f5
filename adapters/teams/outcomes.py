"""What became of a post, read from the Connector's answer or from the way in which it failed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp

from adapters.teams.fields import mapping, text
from bot.delivery import Outcome, Permanent, RetryAt, Sent, Uncertain

UNREACHABLE = frozenset(
    {
        "BotDisabledByUser",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationNotFound",
        "ForbiddenOperationException",
        "MessageWritesBlocked",
    }
)
"""They block us, removed us or never had us: nothing else will reach them until they speak again. BotDisabledByAdmin is
left out: it also comes at random."""
PAUSE = timedelta(seconds=5)
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, object]:
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def read(answer: Answer, place: str, now: datetime) -> Outcome:
    """What became of a posted message. What a failing server did with it is not known; what it refused is."""
    status = answer.status
    if status in (200, 201, 202):
        id = text(answer.json, "id")
        return Sent(id, place) if id else Uncertain("unreadable answer")
    if status in (401, 412, 429) or (status == 503 and "Retry-After" in answer.headers):
        return RetryAt(_wait(answer.headers, now), bucket=status != 412)
    if status == 408 or status >= 500:
        return Uncertain(_reason(answer))
    return Permanent(_reason(answer), unreachable=_code(answer) in UNREACHABLE)


def failed(error: Exception, now: datetime) -> Outcome:
    """Before anything was written it was surely not delivered; afterwards nobody knows."""
    unwritten = isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError)
    return RetryAt(now + PAUSE, bucket=True) if unwritten else Uncertain(type(error).__name__)


def again(outcome: Outcome, now: datetime) -> Outcome:
    """For what may be done twice without harm: uncertain means once more."""
    return RetryAt(now + PAUSE) if isinstance(outcome, Uncertain) else outcome


def _reason(answer: Answer) -> str:
    return " ".join(filter(None, (str(answer.status), _code(answer))))


def _code(answer: Answer) -> str:
    """The Connector's name for an error; Teams sometimes nests it, and sometimes gives a number."""
    error = mapping(answer.json, "error")
    code = text(error, "code") or text(answer.json, "errorCode") or text(answer.json, "code")
    message = text(error, "message") or text(answer.json, "message")
    known = next((name for name in sorted(UNREACHABLE) if name in message), "")
    return (code if code in UNREACHABLE else known or code)[:80]


def _wait(headers: Mapping[str, str], now: datetime) -> datetime:
    said = headers.get("Retry-After", "")
    try:
        asked = timedelta(seconds=float(said)) if said.strip() else PAUSE
    except (ValueError, OverflowError):
        asked = _until(said, now)
    return now + min(max(asked, timedelta(seconds=1)), LONGEST)


def _until(said: str, now: datetime) -> timedelta:
    try:
        return parsedate_to_datetime(said) - now
    except (ValueError, TypeError):
        return PAUSE
