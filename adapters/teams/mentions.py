"""Takes a message's text apart where somebody was mentioned."""

import html
import re
from collections.abc import Iterable
from dataclasses import dataclass

from adapters.teams.fields import Json, mappings, text
from bot.request import MENTION

LIMIT = 200
"""So many mentions are looked at; far more than any rule of ours lets through."""
_TYPED = str.maketrans({MENTION: None, "\xa0": " ", "\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|h[1-6])>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:p|div|span|b|strong|i|em|u|s|a|ul|ol|li|pre|code|blockquote|h[1-6])\b[^<>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentioned:
    """Whom an entity names, and where in the text its words stand."""

    id: str
    name: str
    aad: str
    start: int
    end: int


def written(activity: Json) -> str:
    """The text with its mentions; where it came as markup, without any other tag."""
    said = text(activity, "text")
    if text(activity, "textFormat").lower() != "xml" and not said.lower().startswith(("<p>", "<div>")):
        return said
    return _TAG.sub("", _BREAK.sub("\n", said.replace("\n", " ")))


def locate(activity: Json) -> list[Mentioned]:
    """The mentions whose words really stand in the text, in the order in which they stand there."""
    said, after, found = written(activity), dict[str, int](), list[Mentioned]()
    for entity in mappings(activity, "entities")[:LIMIT]:
        if text(entity, "type").lower() != "mention":
            continue
        words, who = text(entity, "text"), text(entity, "mentioned", "id")
        if not words or not who:
            continue
        start = said.find(words, after.get(words, 0))
        if start >= 0:
            after[words] = end = start + len(words)
            name, aad = text(entity, "mentioned", "name"), text(entity, "mentioned", "aadObjectId")
            found.append(Mentioned(who, name, aad, start, end))
    return _apart(sorted(found, key=lambda mention: mention.start))


def rewrite(said: str, mentions: Iterable[Mentioned], me: str) -> tuple[str, tuple[Mentioned, ...]]:
    """The text as it was typed, with the bot cut out and MENTION for each person, and these people in order."""
    parts: list[str] = []
    people: list[Mentioned] = []
    end = 0
    for mention in mentions:
        between = typed(said[end : mention.start])
        end = mention.end
        if mention.id == me:
            parts.append(between)
        elif not is_person(mention.id):
            parts += (between, ("#" if mention.id.startswith("19:") else "@") + typed(mention.name))
        elif not (people and parts[-1] == MENTION and people[-1].id == mention.id and not between.strip()):
            parts += (between, MENTION)  # a first and a last name may come as two mentions of one person
            people.append(mention)
    parts.append(typed(said[end:]))
    return "".join(parts).strip(), tuple(people)


def is_person(id: str) -> bool:
    """Not a channel or team (19:), not a bot (28:)."""
    return not id.startswith(("19:", "28:"))


def typed(words: str) -> str:
    """Words as the keyboard gave them, before the client made them pretty."""
    plain = html.unescape(words) if "&" in words else words
    return plain if plain.isascii() else plain.translate(_TYPED)


def _apart(mentions: list[Mentioned]) -> list[Mentioned]:
    kept: list[Mentioned] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept
