"""Undo: takes back the last thing a person said, with its traces."""

from datetime import timedelta

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.reply import Note, Reply
from store import activities, outbox
from store.activities import Activity
from store.record import retract

WINDOW = timedelta(minutes=5)

feature = Feature("undo", examples={"en": ("undo",), "fr": ("annuler",)})


@feature.on(
    "",
    en=(
        "(undo|revert) [that|it|this|my last message|the last one]",
        "take (that|it) back",
        "cancel [that|it|this]",
        "(scratch|delete|remove|erase) (that|this)",
    ),
    fr=(
        "(annuler|annule|annulez) [ca|cela|ce que j'ai dit|ma derniere action|le dernier]",
        "(defaire|defais|effacer|efface|effacez|supprimer|supprime) (ca|cela)",
        "(defaire|defais)",
        "(reviens|revenir|revenez) en arriere",
    ),
)
def undo(ctx: Context) -> Reply:
    """Takes back the act a button names, or the person's last one; only their own, and only for a while."""
    act = _meant(ctx)
    if act.actor != ctx.me.id:
        raise Refused("undo.not_yours")
    if act.published < ctx.now - WINDOW:
        raise Refused("undo.too_late", n=int(WINDOW.total_seconds() // 60))
    undoes = {kind: how for feature in ctx.features for kind, how in feature.undoes.items()}
    if act.kind not in undoes:
        raise Refused("undo.nothing")
    said = undoes[act.kind](ctx, act)  # while what it names can still be read
    retract(ctx.tx, act, ctx.now)
    gone = outbox.retract(ctx.tx, act.id, ctx.now, ctx.new_id)
    return said if gone else said + Reply((Note(ctx.words("undo.stays")),))


def _meant(ctx: Context) -> Activity:
    chosen = ctx.request.value
    act = (
        activities.of_id(ctx.tx, chosen) if chosen else activities.last_of(ctx.tx, ctx.me.id, ctx.now - WINDOW, ctx.now)
    )
    if act is None:
        raise Refused("undo.gone" if chosen else "undo.nothing")
    return act
