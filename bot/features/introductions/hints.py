"""The last line of a digest: whether two met, and once a quarter the offer to meet somebody."""

from datetime import date, datetime, timedelta

from bot.feature import Context
from bot.features.introductions.noun import feature, others, told
from bot.reply import SILENCE, Buttons, Note, Reply
from store import participants
from store.news import Span

QUARTER, WEEK = timedelta(days=90), timedelta(days=7)
EARLY, FORGOTTEN = timedelta(days=3), timedelta(days=21)
"""So long after an introduction it is asked what became of it, at first and at last."""


@feature.hint(days=14)
def ask(ctx: Context, span: Span) -> Reply:  # noqa: ARG001  # the day counts alone
    """Asks once in a while whether the last introduction came about."""
    last = next(iter(told(ctx, ctx.me.id)), None)
    if last is None or last.answer:
        return SILENCE
    age = ctx.company.local(ctx.me, ctx.now).date() - date.fromisoformat(last.round)
    whom = others(ctx, last)
    if not whom or not EARLY <= age <= FORGOTTEN:
        return SILENCE
    buttons = (
        ctx.button("introductions.met_button", "introductions.met", last.round),
        ctx.button("introductions.missed_button", "introductions.missed", last.round),
    )
    return Reply((Note(ctx.words("introductions.did_you", people=ctx.named(whom))), Buttons(buttons)))


@feature.hint(days=QUARTER.days)
def offer(ctx: Context, span: Span) -> Reply:
    """A week into a quarter, for those who said neither yes nor no: the first digest of a month has news of its own."""
    if _quarter(ctx, span.since - WEEK) == _quarter(ctx, span.until - WEEK) or participants.of_people(
        ctx.tx, [ctx.me.id]
    ):
        return SILENCE
    join = Buttons((ctx.button("introductions.join", "people.meet"),))
    return Reply((Note(ctx.words("introductions.offer")), join))


def _quarter(ctx: Context, at: datetime) -> tuple[int, int]:
    day = ctx.company.local(ctx.me, at).date()
    return day.year, (day.month - 1) // 3
