"""Did you mean …? A word by which nobody was found becomes another name of what two colleagues meant by it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from rapidfuzz import fuzz

from bot.company import Company
from bot.errors import Refused
from bot.feature import Context
from bot.features.people.nearest import SIMILAR, nearest_skills
from bot.ranking.finding import Asker, find
from bot.reply import LABEL_LIMIT, SILENCE, VALUE_LIMIT, Block, Button, Buttons, Note, Reply, Spans, say
from bot.request import Wanted
from store import aliases, holdings, postings, teachings
from store.activities import PUBLIC
from store.aliases import Alias
from store.base import Transaction
from store.names import fold
from store.people import Person
from store.terms import read_terms

VOICES = 2
"""So many people must mean the same by a word before it counts for everybody: nobody changes what others find alone."""
LATELY, KEPT = timedelta(minutes=5), timedelta(days=180)
"""How soon a better word is said after the one that found nobody, and how long one voice waits for another."""
WORDS, LETTERS = 3, 40
"""What is longer is no name."""
_NUMBERED = re.compile(r"([a-z])(\d{1,2})([a-z])")


def offer(ctx: Context, wanted: Wanted, close: Mapping[str, str]) -> list[Block]:
    """A button for each near skill; the click carries what it is near to and the whole question."""
    others = [(skill, topic) for skill, topic in close.items() if fold(skill) != fold(topic) and _is_name(topic)]
    buttons = tuple(filter(None, (_button(ctx, wanted, topic, skill) for skill, topic in others)))
    return [Buttons(buttons)] if buttons else []


def choose(ctx: Context) -> tuple[Wanted, Reply]:
    """What is wanted with the word that was meant, and what is learned from it."""
    said, meant, question = (*ctx.request.value.split("\t"), "", "", "")[:3]
    wanted = Wanted.load(question)
    if not meant or said not in wanted.topics:
        raise Refused("people.what")
    choices = (tuple(meant if topic == said else topic for topic in choice) for choice in wanted.choices)
    is_offered = meant in nearest_skills(ctx.tx, [said], ctx.audiences)
    is_found = find(ctx.tx, [said], Asker(ctx.audiences), ctx.now, 1).experts
    teachings.answered(ctx.tx, ctx.me.id)
    learned = _learn(ctx, said, meant) if is_offered and not is_found else SILENCE
    return replace(wanted, choices=tuple(choices)), learned


def remember(ctx: Context, wanted: Wanted) -> None:
    """That nobody was found, for a short while, in case the next question says it better."""
    for topic in filter(_is_name, wanted.topics):
        teachings.teach(ctx.tx, ctx.me.id, fold(topic), "", ctx.now)


def follow_up(ctx: Context, wanted: Wanted) -> Reply:
    """What this question, which found somebody, tells of the one before that found nobody."""
    vain = teachings.asked_in_vain(ctx.tx, ctx.me.id, ctx.now - LATELY)
    if not vain:
        return SILENCE
    teachings.answered(ctx.tx, ctx.me.id)
    pairs = ((said, topic) for said in vain for topic in wanted.topics if _is_name(topic) and _alike(said, fold(topic)))
    said, meant = next(pairs, ("", ""))
    return _learn(ctx, said, meant) if said else SILENCE


def unlearn(ctx: Context) -> Reply:
    """Takes back what this person taught, and with it the other name where too few still say so."""
    said, _, meant = ctx.request.value.partition("\t")
    alias = aliases.between(ctx.tx, said, meant)
    was_theirs = teachings.unsay(ctx.tx, ctx.me.id, said, meant)
    if was_theirs and alias and alias.state == "learned" and teachings.count(ctx.tx, said, meant) < VOICES:
        aliases.drop(ctx.tx, alias.name, alias.other)
    return say(*ctx.words("people.unlearned", said=said, meant=meant))


def export(ctx: Context, person: Person) -> list[tuple[str, Spans | Mapping[str, Any]]]:
    rows = holdings.rows(ctx.tx, teachings.teachings, person.id)
    told = (
        ctx.words("people.explained" if row["meant"] else "people.asked_in_vain", said=row["said"], meant=row["meant"])
        for row in rows
    )
    return [("people.kept", ctx.words.listed(tuple(told)))] if rows else []


def forget_old(tx: Transaction, now: datetime, company: Company, new_id: Callable[[], str], limit: int) -> int:  # noqa: ARG001  # a tick
    """Questions in vain go when nothing can follow them any more, single voices when no other came."""
    teachings.drop_old(tx, now - LATELY, now - KEPT)
    return 0


def _learn(ctx: Context, said: str, meant: str) -> Reply:
    """Counts this person's voice. What not everybody may see is no common word, and what an operator decided stays."""
    one, two = fold(said), fold(meant)
    if ctx.me.bot or "," in one + two or one == two or not _is_common(ctx.tx, two) or aliases.between(ctx.tx, one, two):
        return SILENCE
    voices = teachings.teach(ctx.tx, ctx.me.id, one, two, ctx.now)
    if voices >= VOICES:
        aliases.keep(ctx.tx, Alias(one, two, "learned", ctx.now))
    told = ctx.words("people.learned" if voices >= VOICES else "people.taught", said=said, meant=meant)
    back = Button(ctx.words.text("people.not_meant"), "people.not_meant", f"{one}\t{two}")
    return Reply((Note(told), Buttons((back,))))


def _button(ctx: Context, wanted: Wanted, topic: str, skill: str) -> Button | None:
    label, value = ctx.words.text("people.did_you_mean", skill=skill), f"{topic}\t{skill}\t{wanted.dump()}"
    fits = len(label) <= LABEL_LIMIT and len(value) <= VALUE_LIMIT
    return Button(label, "people.meant", value) if fits else None


def _is_name(topic: str) -> bool:
    return len(topic) <= LETTERS and len(topic.split()) <= WORDS and bool(read_terms(topic))


def _is_common(tx: Transaction, name: str) -> bool:
    """Whether everybody may see that it is used here."""
    terms = read_terms(name)
    return bool(terms) and postings.amounts(tx, terms, (PUBLIC,)).keys() >= set(terms)


def _alike(said: str, meant: str) -> bool:
    """Whether one may be another way to write the other: `terrahome`, `tf` and `t7m` for `terraform`, `ml` for
    `machine learning`."""
    if said == meant or said[:1] != meant[:1]:
        return said != meant and fuzz.ratio(said, meant) >= SIMILAR
    numbered = _NUMBERED.fullmatch(said)
    if numbered:
        return meant.endswith(numbered[3]) and len(meant) == int(numbered[2]) + 2
    return fuzz.ratio(said, meant) >= SIMILAR or (1 < len(said) <= 4 < len(meant) and _is_within(said, meant))


def _is_within(said: str, meant: str) -> bool:
    """Whether its letters are there in order."""
    rest = iter(meant)
    return all(letter in rest for letter in said)
