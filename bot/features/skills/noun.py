"""What everything about skills shares: the feature, what a sentence names, and how it is said."""

import re
from dataclasses import dataclass

from bot.feature import Context, Feature
from bot.reading.folded import fold_text
from bot.reading.topics import read_topics
from bot.reply import Spans
from store.names import fold

_ASKED = re.compile(r"\s*(.+?)(?: \((beginner|good|expert)\))?\s*")
_VERB = re.compile(
    r".*?\b(?:add|ajoute[rz]?|remove|delete|drop|retire[rz]?|enleve[rz]?|supprime[rz]?|learn|apprendre|apprends)\s+"
)

feature = Feature(
    "skills",
    examples={
        "en": (
            "skills add Python, Kubernetes (expert)",
            "skills learn Rust",
            "skills of Léa",
            "endorse @sam for Terraform",
        ),
        "fr": (
            "compétences ajouter Python, Kubernetes (expert)",
            "apprendre Rust",
            "compétences de Léa",
            "recommander @sam pour Terraform",
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A skill as somebody names it."""

    name: str
    level: str = ""

    @property
    def key(self) -> str:
        return fold(self.name)


def spoken(ctx: Context) -> list[Entry]:
    slots = ctx.request.slots
    levels = dict(slots.levels)
    return [Entry(name, levels.get(name, "")) for name in slots.topics]


def asked(value: str) -> list[Entry]:
    """What a button carries: the skills that were asked about."""
    found = [_ASKED.fullmatch(part) for part in value.split(";")]
    return [Entry(match[1], match[2] or "") for match in found if match]


def left_out(ctx: Context) -> bool:
    folded = fold_text(ctx.request.text)
    verb = _VERB.match(folded.text)
    return bool(verb and read_topics(folded.said(verb.end(), len(folded.text))).left_out)


def who_sees(ctx: Context) -> Spans:
    return ctx.seen(ctx.request.place.audience, "skills.public", "skills.members")


def listed(ctx: Context, entries: list[Entry]) -> Spans:
    return ctx.words.listed(tuple((named(ctx, entry.name, entry.level),) for entry in entries))


def named(ctx: Context, name: str, level: str) -> str:
    return f"{name} ({ctx.words.text(f'skills.{level}')})" if level in ("beginner", "good", "expert") else name
