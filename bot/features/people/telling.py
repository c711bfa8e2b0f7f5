"""How an act is told in a line: its day, and its words no longer than a line."""

from datetime import datetime

from bot.feature import Context

LINE = 120


def when(ctx: Context, at: datetime) -> str:
    """The day, as the reader's calendar has it."""
    today = ctx.company.local(ctx.me, ctx.now).date()
    return ctx.words.short_day(ctx.company.local(ctx.me, at).date(), today)


def cut(text: str) -> str:
    """The text up to the last word that fits a line."""
    if len(text) <= LINE:
        return text
    return f"{text[:LINE].rpartition(' ')[0] or text[:LINE]}…"


def answered(ctx: Context, action: str) -> bool:
    """Whether some feature here answers this action."""
    return any(action in feature.handlers for feature in ctx.features)
