"""The last line of a digest: whether two met, whether somebody would like more of it, and once a quarter the offer."""

from datetime import date, datetime, timedelta

from bot.feature import Context
from bot.features.introductions.noun import feature, mine, others, told
from bot.features.introductions.silence import ROUNDS, silent, was_asked
from bot.reply import SILENCE, Buttons, Note, Reply
from store import participants
from store.introductions import Introduction
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
    whom = others(ctx, last)
    if not whom or not EARLY <= _age(ctx, last) <= FORGOTTEN:
        return SILENCE
    buttons = (
        ctx.button("introductions.met_button", "introductions.met", last.round),
        ctx.button("introductions.missed_button", "introductions.missed", last.round),
    )
    return Reply((Note(ctx.words("introductions.did_you", people=ctx.named(whom))), Buttons(buttons)))


@feature.hint(days=6 * WEEK.days)
def still(ctx: Context, span: Span) -> Reply:
    """Asks once, after three introductions of which somebody said nothing, whether they would like more of them."""
    kept = mine(ctx)
    rounds = silent(kept, told(ctx, ctx.me.id)) if kept else []
    if len(rounds) < ROUNDS or was_asked(ctx.tx, ctx.me.id, rounds, span.until) or _age(ctx, rounds[0]) < EARLY:
        return SILENCE
    buttons = (
        ctx.button("introductions.go_on", "people.meet"),
        ctx.button("introductions.stop", "introductions.off"),
    )
    return Reply((Note(ctx.words("introductions.still")), Buttons(buttons)))


@feature.hint(days=QUARTER.days)
def offer(ctx: Context, span: Span) -> Reply:
    """A week into a quarter, for those who said neither yes nor no: the first digest of a month has news of its own."""
    if _quarter(ctx, span.since - WEEK) == _quarter(ctx, span.until - WEEK) or participants.of_people(
        ctx.tx, [ctx.me.id]
    ):
        return SILENCE
    join = Buttons((ctx.button("introductions.join", "people.meet"),))
    return Reply((Note(ctx.words("introductions.offer")), join))


def _age(ctx: Context, part: Introduction) -> timedelta:
    return ctx.company.local(ctx.me, ctx.now).date() - date.fromisoformat(part.round)


def _quarter(ctx: Context, at: datetime) -> tuple[int, int]:
    day = ctx.company.local(ctx.me, at).date()
    return day.year, (day.month - 1) // 3
