"""What everything about introductions shares: the feature, who takes part, and who may be introduced to whom."""

from collections.abc import Iterable
from datetime import date

from bot.feature import Context, Feature
from bot.features.introductions.rounds import due, morning, upcoming
from bot.reply import Note, Reply, say
from store import absences, follows, introductions, outbox, participants, people
from store.base import Transaction
from store.introductions import Introduction
from store.outbox import Message
from store.participants import Participant
from store.people import Person

TOLD, PRIVATE = "introductions.told", "introductions.private"
"""Kinds of messages: an introduction, and an answer for one person's eyes."""

feature = Feature(
    "introductions",
    examples={
        "en": ("introduce me", "pause introductions until May", "do not introduce me to @sam", "introductions"),
        "fr": (
            *("présente-moi quelqu'un", "suspendre les rencontres jusqu'en mai"),
            *("ne me présente pas à @sam", "mes rencontres"),
        ),
    },
)


def mine(ctx: Context) -> Participant | None:
    """What the person said of introductions; None where they never said yes, or said stop."""
    kept = participants.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id)
    return kept if kept and kept.active else None


def next_day(ctx: Context, kept: Participant) -> date:
    """The day of the next round in which this person is: it may be drawn already, and not told yet."""
    until, drawn = back(ctx, ctx.me.id, kept), due(ctx.now)
    if drawn is None or ctx.now >= morning(drawn, ctx.company.zone(ctx.me)) or (until and until > drawn):
        return upcoming(ctx.now, until)
    return drawn if introductions.part(ctx.tx, drawn.isoformat(), ctx.me.id) else upcoming(ctx.now, until)


def back(ctx: Context, person: str, kept: Participant) -> date | None:
    """The day from which on they may be introduced again."""
    until = (kept.paused_until, absences.of_people(ctx.tx, [person]).get(person))
    return max((day for day in until if day), default=None)


def fellows(ctx: Context, day: date) -> Note:
    """How many others said yes so far, and may be met on that day."""
    n = max(participants.count(ctx.tx, day, ctx.now) - 1, 0)
    return Note(ctx.words("introductions.fellows", n=n) if n else ctx.words("introductions.alone"))


def unwanted(tx: Transaction, ids: Iterable[str]) -> dict[str, set[str]]:
    """Whom each of them does not want to meet: those they avoid, and those they muted."""
    found = participants.avoided(tx, ids)
    for person, likes in follows.of_people(tx, found).items():
        found[person] |= {key for kind, key in likes.muted if kind == "Person"}
    return found


def others(ctx: Context, part: Introduction) -> list[Person]:
    """Those to whom this person was introduced, as far as they are known here."""
    circle = introductions.circles(ctx.tx, [part.circle]).get(part.circle, [])
    ids = [one.person for one in circle if one.person != part.person]
    found = people.of_ids(ctx.tx, ids)
    return [found[id] for id in ids if id in found]


def told(ctx: Context, person: str) -> list[Introduction]:
    """The introductions of which this person heard, the newest first."""
    heard = outbox.heard(ctx.tx, person, TOLD)
    return [part for part in introductions.of_person(ctx.tx, person) if part.round in heard]


def in_private(ctx: Context, reply: Reply) -> Reply:
    """The reply where nobody reads along; else all there is to know goes to the person alone."""
    if ctx.request.place.kind == "private":
        return reply
    outbox.add(ctx.tx, Message(ctx.new_id(), PRIVATE, ctx.now, ctx.now, person=ctx.me.id, lane=0))
    return say(*ctx.words("introductions.in_private"))
