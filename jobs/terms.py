"""The terms on which messages are sent: how long, how often, how many at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from store.outbox import Message

ANSWERS, NOTICES, DIGESTS = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Terms:
    """`lease`: how long a message belongs to a worker, and how long one in doubt is left alone before it is looked for:
    longer than `patience`, the seconds a platform has for its answer, and clocks that differ. `poll` and `sweep`:
    seconds between two looks for due messages, and for lost workers. `attempts`: tries before a message is given up.
    `grace`: seconds at the end for those under way. `widths`: how many of each lane are under way at once."""

    lease: timedelta = timedelta(seconds=60)
    patience: float = 25.0
    poll: float = 0.5
    sweep: float = 2.0
    attempts: int = 8
    grace: float = 4.0
    widths: tuple[int, ...] = (64, 8, 16)


LATE = {ANSWERS: timedelta(days=7), NOTICES: timedelta(days=7), DIGESTS: timedelta(hours=36)}
"""A message that was due longer ago is of no use any more."""
UNREACHED = timedelta(hours=36)
"""How long a message waits for its receiver to get an account where we can write."""
STRANDED = timedelta(minutes=10)
"""Between two looks for such an account."""


def is_late(message: Message, now: datetime) -> bool:
    return now - (message.due_at or message.created_at) > LATE[message.lane]


def backoff(attempts: int) -> timedelta:
    """5 s, 10 s, 20 s … up to an hour."""
    return timedelta(seconds=min(5 * 2 ** min(attempts, 10), 3600))
