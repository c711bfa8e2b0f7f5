"""What a person is shown who asks for their digest, whether it was sent already or not."""

from dataclasses import dataclass
from datetime import datetime

from bot.curating import calendar
from bot.curating.item import Item, load
from bot.feature import Context
from bot.features.digest.composing import compose
from bot.features.digest.rhythm import mine
from store import digests, news
from store.digests import Digest
from store.news import Span


@dataclass(frozen=True, slots=True)
class Shown:
    """`again`: when it was sent, where nothing is new since."""

    items: tuple[Item, ...]
    left_out: int
    span: Span
    again: datetime | None = None


def at(ctx: Context, until: datetime) -> Shown:
    """As it would be sent then; where nothing is new, the last one again."""
    made = compose(ctx.tx, [ctx.me], {ctx.me.id: mine(ctx)}, ctx.now, until)[ctx.me.id]
    last = made.last
    if not made.choice.items and last and last.state == "queued" and (items := standing(ctx, last)):
        return Shown(items, last.left_out, Span(last.since, last.created_at), again=last.created_at)
    return Shown(made.choice.items, made.choice.left_out, made.span)


def in_period(ctx: Context, until: datetime) -> Shown:
    """What was sent for the period in which that time lies, or else what would be sent then."""
    period = calendar.period(mine(ctx).rhythm, ctx.company.local(ctx.me, until).date())
    kept = digests.find(ctx.tx, ctx.me.id, period)
    if kept and kept.state == "queued":
        return Shown(standing(ctx, kept), kept.left_out, Span(kept.since, kept.created_at))
    return at(ctx, until)


def standing(ctx: Context, kept: Digest) -> tuple[Item, ...]:
    """What was chosen, as far as it still stands and may be seen now."""
    ids = [id for stored in kept.items for id in stored["activities"]]
    found = news.still(ctx.tx, ids, ctx.me.id, ctx.audiences)
    return tuple(item for stored in kept.items if (item := load(stored, found)))
