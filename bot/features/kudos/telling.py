"""Thanks as they are told: in the place where they were said, and to those who received them."""

from bot.feature import Context
from bot.features.kudos.noun import feature, said_reason, who
from bot.offering import unsaid
from bot.reply import LABEL_LIMIT, SILENCE, Block, Button, Buttons, Line, Note, Reply, Spans
from store import activities, people
from store.activities import Activity
from store.outbox import Message

OFFERED = 2


@feature.draws("said")
def say_it(ctx: Context, message: Message) -> Reply:
    """The line in the place where the thanks were said."""
    act = _visible(ctx, message)
    return Reply((Line(sentence(ctx, act)),)) if act else SILENCE


@feature.draws("received")
def tell_it(ctx: Context, message: Message) -> Reply:
    act = _visible(ctx, message)
    if act is None:
        return SILENCE
    giver = people.of_ids(ctx.tx, [act.actor]).get(act.actor)
    said = Line(ctx.words("kudos.received", giver=who(ctx, giver, act), reason=said_reason(ctx, act)))
    return Reply((said, *_skills_offered(ctx, act)))


def sentence(ctx: Context, act: Activity) -> Spans:
    """`@ana thanked @sam: the demo`, for any reader."""
    named = people.of_ids(ctx.tx, [act.actor, *act.to])
    receivers = ctx.named([named[to] for to in act.to if to in named])
    return ctx.words(
        "kudos.given", giver=who(ctx, named.get(act.actor), act), receivers=receivers, reason=said_reason(ctx, act)
    )


def _skills_offered(ctx: Context, act: Activity) -> list[Block]:
    """The skills that the reason names, for the receiver to add if they want."""
    handled = {action for feature in ctx.features for action in feature.handlers}
    if not act.name or "skills.add" not in handled or "skills.decline" not in handled:
        return []
    names = unsaid(ctx.tx, ctx.me.id, act.name, ctx.audiences)[:OFFERED]
    if not names:
        return []
    add = (Button(ctx.words.text("kudos.add_skill", skill=name)[:LABEL_LIMIT], "skills.add", name) for name in names)
    no = ctx.button("kudos.no_skill", "skills.decline", ";".join(names))
    return [Note(ctx.words("kudos.offer")), Buttons((*add, no))]


def _visible(ctx: Context, message: Message) -> Activity | None:
    act = activities.of_id(ctx.tx, message.about)
    return act if act and (act.audience in ctx.audiences or ctx.me.id in act.to) else None
