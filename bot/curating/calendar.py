"""When a rhythm falls due in somebody's own calendar, and which period a day belongs to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from store.subscriptions import Subscription

EARLIEST, LATEST = time(5), time(22)
"""The hours a digest may be asked for: between them hardly any clock is ever changed."""
LATE = timedelta(hours=36)
"""A digest this late is still sent, within its week."""
BACK = {
    "daily": timedelta(days=3),  # Monday's tells of the weekend too
    "weekly": timedelta(days=7),
    "biweekly": timedelta(days=14),
    "monthly": timedelta(days=31),
}
"""How far back a digest looks when there was none before."""
CARRIED = 4
"""So many times further back at most for what was too little to send."""
SATURDAY = 5
DAY, WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Due:
    """A time at which a digest falls due, and the period that it is for."""

    at: datetime
    period: str


def upcoming(subscription: Subscription, zone: ZoneInfo, after: datetime) -> Iterator[Due]:
    """Every time after `after` at which the rhythm falls due, without end."""
    hour = time.fromisoformat(subscription.time)
    for day in _days(subscription, after.astimezone(zone).date() - DAY):
        at = _instant(datetime.combine(day, hour), zone) + timedelta(seconds=subscription.spread)
        if at > after:
            yield Due(at, period(subscription.rhythm, day))


def first_after(subscription: Subscription, zone: ZoneInfo, after: datetime) -> datetime:
    return next(upcoming(subscription, zone, after)).at


def last_due(subscription: Subscription, zone: ZoneInfo, now: datetime) -> Due | None:
    """The latest time up to now at which it fell due and was not looked at; None where that is too long ago."""
    missed = None
    start = max(subscription.next_at or now, now - LATE) - timedelta(seconds=1)
    for due in upcoming(subscription, zone, start):
        if due.at > now:
            break
        missed = due
    fresh = missed and _week(missed.at.astimezone(zone).date()) == _week(now.astimezone(zone).date())
    return missed if fresh else None


def in_week(subscription: Subscription, zone: ZoneInfo, monday: date) -> datetime:
    """When it falls due in this week; where the rhythm leaves the week out, when a weekly one would."""
    start = _instant(datetime.combine(monday, time(0)), zone) - timedelta(seconds=1)
    due = next(upcoming(subscription, zone, start))
    if due.at.astimezone(zone).date() < monday + WEEK:
        return due.at
    day = monday + timedelta(days=subscription.weekday)
    return _instant(datetime.combine(day, time.fromisoformat(subscription.time)), zone)


def period(rhythm: str, day: date) -> str:
    """The name of the period: a day, a month, or else a week as ISO counts them."""
    if rhythm == "daily":
        return day.isoformat()
    return f"{day:%Y-%m}" if rhythm == "monthly" else week(day)


def week(day: date) -> str:
    """`2026-W09`"""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def _days(subscription: Subscription, start: date) -> Iterator[date]:
    """The days from `start` on."""
    match subscription.rhythm:
        case "daily":
            yield from (day for day in _every(start, DAY) if day.weekday() < SATURDAY)
        case "biweekly":
            ahead = -(-(start - subscription.anchor).days // 14) * 14
            yield from _every(subscription.anchor + timedelta(days=ahead), 2 * WEEK)
        case "monthly":
            yield from (day for day in _every(_weekday(start, subscription.weekday), WEEK) if day.day <= 7)
        case _:
            yield from _every(_weekday(start, subscription.weekday), WEEK)


def _every(start: date, step: timedelta) -> Iterator[date]:
    while True:
        yield start
        start += step


def _weekday(start: date, weekday: int) -> date:
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a wall time: the first of two, and the end of the gap where the clock never shows it."""
    late, early = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if late.astimezone(zone).replace(tzinfo=None) == local:
        return late
    before = early.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) / 2
        if middle.astimezone(zone).utcoffset() == before:
            early = middle
        else:
            late = middle
    return late.replace(microsecond=0)


def _week(day: date) -> tuple[int, int]:
    return day.isocalendar()[:2]
