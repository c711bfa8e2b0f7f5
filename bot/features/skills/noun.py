"""What everything about skills shares: the feature, what a sentence names, and how it is said."""

import re
from dataclasses import dataclass

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.reading.folded import fold_text
from bot.reading.levels import level_of
from bot.reading.topics import read_topics
from bot.reply import Spans
from store.names import fold
from store.terms import STOP

LONG_TOPIC = 4
"""More words than this, said in passing, are a sentence and no skill."""
_ASKED = re.compile(r"\s*(.+?)(?: \((beginner|good|expert)\))?\s*")
_VERB = re.compile(
    r".*?\b(?:add|ajoute[rz]?|remove|delete|drop|retire[rz]?|enleve[rz]?|supprime[rz]?|learn|apprendre|apprends)\s+"
)

feature = Feature(
    "skills",
    examples={
        "en": ("skills add Python, Kubernetes (expert)", "skills learn Rust", "skills of Léa"),
        "fr": ("compétences ajouter Python, Kubernetes (expert)", "apprendre Rust", "compétences de Léa"),
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
    if ctx.request.confirm and any(map(_is_sentence, slots.topics)):
        raise Refused("core.unclear")
    levels = dict(slots.levels)
    everywhere = _level_in_passing(ctx.request.text) if ctx.request.confirm else ""
    return [Entry(name, levels.get(name, everywhere)) for name in slots.topics]


def _is_sentence(topic: str) -> bool:
    """Whether "I know …" goes on with a clause instead of a skill."""
    words = fold(topic).split()
    return len(words) > LONG_TOPIC or words[0].split("'")[0] in STOP


def _level_in_passing(text: str) -> str:
    """The level in "I am an expert in …"."""
    said = re.match(r"\s*(?:i am|i'm|je suis)\s+(?:an?\s+)?(\w+)", fold_text(text).text)
    return level_of(said.group(1)) if said else ""


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
