"""Settings: whether somebody is asked at all, which is one thing they may mute among others."""

from bot.feature import Context
from bot.features.questions.noun import feature
from bot.reply import Buttons, Line, Note, Reply, say
from store import follows, skills
from store.activities import Activity
from store.follows import IGNORE
from store.record import retract

KIND = ("Kind", "questions")


@feature.on(
    "off",
    en=(
        "[routed] questions (off|stop)",
        "(stop|no more|turn off) [these|the|routed|all] questions",
        "(stop asking|do not ask|don't ask) me [questions]",
    ),
    fr=(
        "questions (stop|non|off|arret)",
        "(arreter|arrete|arretez|stopper|plus de|desactiver) [ces|les|toutes les] questions",
        "ne (me posez|me pose|m'en posez|m'en pose) plus [de] [questions]",
    ),
)
def stop(ctx: Context) -> Reply:
    """Nobody's question is routed to this person any more."""
    if not _muting(ctx):
        facts, own = {"type": "Kind"}, f"person:{ctx.me.id}"
        ctx.record(IGNORE, "follow", key="questions", name="questions", facts=facts, audience=own)
    again = Buttons((ctx.button("questions.start", "questions.on"),))
    return Reply((Line(ctx.words("questions.is_off")), again))


@feature.on(
    "on",
    en=(
        "[routed] questions (on|start|again)",
        "(start|resume|turn on) [the|routed] questions",
        "ask me [again|questions]",
    ),
    fr=("questions (oui|on|reprendre|reprends|actif)", "(reprendre|reprends|activer|reactiver) les questions"),
)
def start(ctx: Context) -> Reply:
    for act in _muting(ctx):
        retract(ctx.tx, act, ctx.now)
    if ctx.me.id not in skills.holders(ctx.tx, [ctx.me.id]):
        return Reply((Line(ctx.words("questions.is_on")), Note(ctx.words("questions.first_skill"))))
    return say(*ctx.words("questions.is_on"))


def is_off(ctx: Context) -> bool:
    return bool(_muting(ctx))


def _muting(ctx: Context) -> list[Activity]:
    said = follows.said_by(ctx.tx, ctx.me.id)
    return [act for act in said if follows.thing(act) == KIND and act.verb == IGNORE]
