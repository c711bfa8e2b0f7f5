"""Forgetting a person: asked once, then done for good."""

from collections.abc import Callable, Iterable
from datetime import datetime

from bot.feature import Context, Feature
from bot.features.privacy.noun import feature, in_private
from bot.reading.language import guess
from bot.reply import Buttons, Item, Line, Note, Reply, Title, say
from bot.words import Words
from store import forgetting
from store.base import Transaction
from store.forgetting import Forgotten
from store.outbox import Message
from store.people import Person


@feature.on(
    "forget",
    en=(
        "forget me [for good|completely|entirely] {confirm=yes}",
        "(forget|delete|erase|remove) (everything|all) [that] [you] [know|have|store|keep] (about|on) me {confirm=yes}",
        "remove me from (ristretto|here|this bot|your database) {confirm=yes}",
        "(delete|erase|remove) [all [of]] my [personal] data {confirm=yes}",
        "(delete|erase) (me|my account|my profile|everything about me) {confirm=yes}",
    ),
    fr=(
        "(m'oublier|m'oublies|m'oubliiez) {confirm=yes}",
        "[le|mon] droit a l'oubli {confirm=yes}",
        "(oubliez|oublie)-moi [pour de bon|completement] {confirm=yes}",
        "(oubliez|oublie) moi [pour de bon|completement] {confirm=yes}",
        "(oubliez|oublie) tout (de moi|ce que vous savez de moi|ce que tu sais de moi) {confirm=yes}",
        "(supprimer|supprime|supprimez|effacer|efface|effacez) [toutes] mes donnees [personnelles] {confirm=yes}",
        "(supprimer|supprime|supprimez|effacer|efface|effacez) mon (compte|profil) {confirm=yes}",
        "(supprime|supprimez|efface|effacez)-moi {confirm=yes}",
    ),
)
def forget(ctx: Context) -> Reply:
    """Asks first; the button of the question carries whom it was asked of, so that nobody else can answer it."""
    if ctx.request.place.kind != "private":
        return in_private(ctx, "privacy.question")
    if ctx.request.value != ctx.me.id:
        return question(ctx)
    erase(ctx.tx, ctx.me, ctx.now, ctx.new_id, ctx.features, ctx.words.language)
    return say(*ctx.words("privacy.forgotten"))


@feature.draws("question")
def draw_question(ctx: Context, _message: Message) -> Reply:
    return question(ctx)


def question(ctx: Context) -> Reply:
    """What will happen, before it does."""
    return Reply(
        (
            Title(ctx.words("privacy.ask")),
            *(Item(ctx.words(key)) for key in ("privacy.goes", "privacy.hidden", "privacy.stays", "privacy.silence")),
            Line(ctx.words("privacy.for_good")),
            Note(ctx.words("privacy.copy_first")),
            Buttons((ctx.button("privacy.yes", "privacy.forget", ctx.me.id),)),
        )
    )


def erase(
    tx: Transaction,
    person: Person,
    at: datetime,
    new_id: Callable[[], str],
    features: Iterable[Feature],
    language: str,
) -> Forgotten:
    """Erases somebody from all features. `language` is that of texts that are neither clearly English nor French."""

    def someone(text: str) -> str:
        return Words(guess(text) or language).text("core.someone")

    for one in features:
        for erase_more in one.erases:
            erase_more(tx, person, at)
    return forgetting.erase(tx, person, at, new_id, someone)
