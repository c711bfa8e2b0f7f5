"""What everything about the profile shares: the feature, and how a line is said."""

from bot.feature import Context, Feature
from bot.links import link
from bot.reply import Spans
from store.activities import Activity

feature = Feature(
    "profile",
    examples={
        "en": ("suggestions", "profile link https://github.com/ana", "profile title Data engineer"),
        "fr": ("propositions", "profil lien https://github.com/ana", "profil poste Ingénieure données"),
    },
)


def told(ctx: Context, kind: str, text: str) -> Spans:
    """`Title: Designer`; a skill by its name alone, a link as one to tap."""
    if kind == "skill":
        return (text,)
    return ctx.words(f"profile.line_{kind}", text=link(text) if kind == "link" else text)


def property_of(act: Activity) -> str:
    return str(act.facts.get("property", ""))
