"""Draws a digest: its parts under their headings, what was left out, a thing to try, and how to stop it."""

from bot.curating.item import ORDER, Item
from bot.feature import Context
from bot.features.digest.ending import Ending
from bot.features.digest.rhythm import in_words
from bot.features.digest.sentences import sentences
from bot.reply import Block, Buttons, Line, Note, Reply, Strong, Title
from store.news import Span
from store.subscriptions import Subscription


def draw(
    ctx: Context, items: tuple[Item, ...], left_out: int, span: Span, rhythm: Subscription, ending: Ending
) -> Reply:
    since = ctx.words.day(ctx.company.local(ctx.me, span.since).date())
    blocks: list[Block] = [Title(ctx.words("digest.title", day=since)), *listed(ctx, items)]
    if left_out:
        blocks.append(Note(ctx.words("digest.more", n=left_out)))
    return Reply(tuple(blocks)) + ending.said + foot(ctx, rhythm)


def listed(ctx: Context, items: tuple[Item, ...]) -> list[Block]:
    """The entries, under a heading for each part."""
    says = sentences(ctx, items)
    blocks: list[Block] = []
    for section in ORDER:
        entries = [says.block(item) for item in items if item.section == section]
        blocks += [Line((Strong(ctx.words.text(f"digest.section_{section}")),)), *entries] if entries else []
    return blocks


def foot(ctx: Context, rhythm: Subscription) -> Reply:
    """The rhythm in words, and the way out, or back in."""
    if rhythm.next_at is None:
        back = Buttons((ctx.button("digest.start_button", "digest.rhythm"),))
        return Reply((Note(ctx.words("digest.is_off")), back))
    said = ctx.words("digest.foot", rhythm=in_words(ctx.words, rhythm))
    return Reply((Note(said), Buttons((ctx.button("digest.stop_button", "digest.off"),))))
