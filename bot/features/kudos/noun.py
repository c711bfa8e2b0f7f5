"""The noun itself, which those who give, show and tell thanks share."""

from bot.feature import Context, Feature
from bot.reply import Link, Mention, Spans
from store.activities import Activity
from store.people import Person

feature = Feature(
    "kudos",
    examples={
        "en": ("kudos @sam @lea for the demo #teamwork", "my thanks", "who thanked Léa?"),
        "fr": ("merci @sam pour la démo #équipe", "mes mercis", "qui a remercié Léa ?"),
    },
)


def who(ctx: Context, person: Person | None, act: Activity) -> Mention | str:
    """The giver; an application's name where no person is known; nobody's where they asked to be forgotten."""
    if person:
        return ctx.mention(person)
    return act.actor.removeprefix("app:") if act.actor.startswith("app:") else ctx.words.text("core.someone")


def said_reason(ctx: Context, act: Activity) -> Spans:
    """The reason with its tags; a clap has none and leads to its message."""
    if not act.name:
        said = ctx.words.text("kudos.applause")
        return (Link(said, act.facts["link"]) if "link" in act.facts else said,)
    return (act.name, *(f" #{tag}" for tag in act.facts.get("tags", ())))
