"""Clarifying: what is said where a request was nearly understood."""

from bot.errors import Refused
from bot.feature import Context
from bot.reply import Button, Buttons, Code, Line, Reply, Spans
from bot.request import SAY
from bot.words import Words


def way_on(said: Words, refused: Refused) -> Spans:
    """What to try where a name fits nobody or nothing: the nearest names, or where to find the right one."""
    if names := refused.slots["nearest"]:
        return said("core.nearest", names=names)
    return said("core.all_projects" if refused.key == "core.unknown_project" else "core.whole_name")


def question(ctx: Context) -> Reply:
    """Asks whether something was meant that was not quite said."""
    meant = ctx.request.meant
    ask = Line(ctx.words("core.meant", said=(Code(meant),)))
    return Reply((ask, Buttons((Button(ctx.words.text("core.meant_button"), SAY, meant),))))
