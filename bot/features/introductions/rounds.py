"""The rounds: every second Tuesday, drawn on the Monday before, when it is not yet Tuesday morning anywhere."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FIRST = date(2026, 1, 6)
EVERY = timedelta(days=14)
GAP = timedelta(weeks=12)
"""Two people are not introduced again within it."""
EARLIER = timedelta(hours=12)
"""So long before midnight UTC a round is drawn; who says yes later is in the next one."""
LATE = timedelta(days=4)
"""A round that was not drawn for so long is left out."""
HOUR = time(10)
"""When people hear of it, on their own clock."""


def opening(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - EARLIER


def morning(day: date, zone: ZoneInfo) -> datetime:
    """When somebody there hears of it."""
    return datetime.combine(day, HOUR, zone)


def due(now: datetime) -> date | None:
    """The day of the round that is to be drawn by now."""
    day = _last(now)
    return day if now - opening(day) <= LATE else None


def upcoming(now: datetime, after: date | None = None) -> date:
    """The day of the next round that is not drawn yet; of the first from the day `after` on."""
    day = _last(now) + EVERY
    while after and day < after:
        day += EVERY
    return day


def _last(now: datetime) -> date:
    return FIRST + (now - opening(FIRST)) // EVERY * EVERY
