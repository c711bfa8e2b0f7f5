"""Draws a digest: its parts under their headings, what was left out, a thing to try, and how to stop it."""

from bot.curating.item import ORDER, Item
from bot.feature import Context
from bot.features.digest.rhythm import in_words
from bot.features.digest.sentences import sentences
from bot.reply import SILENCE, Block, Buttons, Line, Note, Reply, Strong, Title
from store import readers
from store.news import Span
from store.subscriptions import Subscription


def draw(ctx: Context, items: tuple[Item, ...], left_out: int, span: Span, rhythm: Subscription) -> Reply:
    since = ctx.words.day(ctx.company.local(ctx.me, span.since).date())
    blocks: list[Block] = [Title(ctx.words("digest.title", day=since)), *listed(ctx, items)]
    if left_out:
        blocks.append(Note(ctx.words("digest.more", n=left_out)))
    return Reply(tuple(blocks)) + _last_line(ctx, span) + foot(ctx, rhythm)


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


def _last_line(ctx: Context, span: Span) -> Reply:
    """One line and no more: the rarest that some feature has to say, else a thing to try."""
    hints = sorted((hint for feature in ctx.features for hint in feature.hints), key=lambda hint: -hint.days)
    said = next(filter(None, (hint.says(ctx, span) for hint in hints)), SILENCE)
    advice = "" if said else _advice(ctx)
    return Reply((Note(ctx.words(advice)),)) if advice else said


def _advice(ctx: Context) -> str:
    """One thing to try that would make the next digest better; empty where nothing is missing."""
    here = {feature.name for feature in ctx.features}
    reader = readers.of_people(ctx.tx, [ctx.me], ctx.now)[ctx.me.id]
    if "skills" in here and not reader.skills:
        return "digest.hint_skills"
    if "follow" in here and not reader.preferences.following:
        return "digest.hint_follow"
    if "skills" in here and not reader.wishes:
        return "digest.hint_learn"
    return ""
