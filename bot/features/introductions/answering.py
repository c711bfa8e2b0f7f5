"""What became of an introduction: met or not, told to nobody else."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.introductions.noun import feature, others, told
from bot.reply import Buttons, Line, Reply
from store import introductions
from store.introductions import Introduction
from store.people import Person


@feature.on(
    "met",
    en=("(yes|yes,) we [have] met", "we [have] met [up] [yesterday|today|already]"),
    fr=(
        "(on|nous) (s'est|nous sommes) (vus|vues|rencontres|rencontrees|parle)",
        "(oui|oui,) (on|nous) (s'est|nous sommes) (vus|vues|rencontres|rencontrees|parle)",
    ),
)
def meet(ctx: Context) -> Reply:
    part, whom = _answered(ctx, "met")
    said = ctx.words("introductions.met", people=ctx.named(whom), handles=" ".join(f"@{one.handle}" for one in whom))
    return Reply(
        (Line(said), Buttons((ctx.button("introductions.missed_button", "introductions.missed", part.round),)))
    )


@feature.on(
    "missed",
    en=("[no|no,] we (did not|didn't|have not|haven't) (meet|met|meet yet|met yet)",),
    fr=(
        "[non|non,] on (ne s'est|s'est) pas [encore] (vus|vues|rencontres|rencontrees|parle)",
        "[non|non,] nous ne nous sommes pas [encore] (vus|vues|rencontres|rencontrees|parle)",
    ),
)
def miss(ctx: Context) -> Reply:
    part, whom = _answered(ctx, "missed")
    said = ctx.words("introductions.missed", people=ctx.named(whom))
    return Reply((Line(said), Buttons((ctx.button("introductions.met_button", "introductions.met", part.round),))))


def _answered(ctx: Context, answer: str) -> tuple[Introduction, list[Person]]:
    """The introduction that a click names, else the last one, with those it was to. Raises Refused where none is."""
    heard = [part for part in told(ctx, ctx.me.id) if ctx.request.value in ("", part.round)]
    whom = others(ctx, heard[0]) if heard else []
    if not whom:
        raise Refused("introductions.none")
    introductions.say(ctx.tx, heard[0].round, ctx.me.id, answer)
    return heard[0], whom
