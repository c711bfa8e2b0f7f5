"""Settings: how often a person gets their digest, changed and said in words."""

from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from bot.curating import calendar
from bot.errors import Refused
from bot.feature import Context
from bot.features.digest.queueing import REMEMBERED, default
from bot.reading.rhythms import parse_rhythm
from bot.reply import Spans
from bot.words import Words
from store import digests, subscriptions
from store.subscriptions import Subscription


def mine(ctx: Context) -> Subscription:
    """What the person has; what everybody has before the calendar came by."""
    return subscriptions.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id) or default(ctx.me, ctx.company, ctx.now)


def choose(ctx: Context, said: str) -> Subscription:
    """Keeps what was said, and what was said before of the rest. Raises Refused for an hour at night."""
    before, wanted = mine(ctx), parse_rhythm(said)
    if wanted.time and not calendar.EARLIEST <= wanted.time <= calendar.LATEST:
        raise Refused("digest.hours", **_hours(ctx))
    chosen = replace(
        before,
        rhythm=wanted.every,
        weekday=before.weekday if wanted.weekday is None else wanted.weekday,
        time=f"{wanted.time:%H:%M}" if wanted.time else before.time,
        chosen=before.chosen or wanted.time is not None or wanted.weekday is not None,
    )
    return start(ctx, chosen)


def start(ctx: Context, rhythm: Subscription) -> Subscription:
    """From now on, the first time in a period that had no digest yet."""
    zone = ctx.company.zone(ctx.me)
    if rhythm.rhythm == "biweekly":
        first = _next(ctx, replace(rhythm, rhythm="weekly"), zone)
        rhythm = replace(rhythm, anchor=first.astimezone(zone).date())
    kept = replace(rhythm, zone=ctx.me.timezone, next_at=_next(ctx, rhythm, zone))
    subscriptions.keep(ctx.tx, kept)
    return kept


def stop(ctx: Context) -> None:
    subscriptions.keep(ctx.tx, replace(mine(ctx), next_at=None))


def in_words(words: Words, rhythm: Subscription) -> Spans:
    """`every Friday at 09:00`; whoever chose no hour gets it around that time."""
    weekday = get_day_names("wide", locale=words.language)[rhythm.weekday]
    said = words.time(datetime.combine(rhythm.anchor, time.fromisoformat(rhythm.time), ZoneInfo("UTC")), "UTC")
    at = words.text("digest.at" if rhythm.chosen else "digest.around", time=said)
    return words(f"digest.{rhythm.rhythm}", weekday=weekday, at=at)


def _next(ctx: Context, rhythm: Subscription, zone: ZoneInfo) -> datetime:
    taken = digests.taken(ctx.tx, [ctx.me.id], ctx.now - REMEMBERED)
    dues = calendar.upcoming(rhythm, zone, ctx.now)
    return next(due.at for due in dues if (ctx.me.id, due.period) not in taken)


def _hours(ctx: Context) -> dict[str, str]:
    return {
        name: ctx.words.time(datetime.combine(ctx.now.date(), hour, ZoneInfo("UTC")), "UTC")
        for name, hour in (("earliest", calendar.EARLIEST), ("latest", calendar.LATEST))
    }
