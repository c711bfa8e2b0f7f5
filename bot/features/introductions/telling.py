"""What people are told in a round: whom to meet, why, and how to say what became of it."""

from bot.curating.profile import Reason
from bot.errors import Refused
from bot.feature import Context
from bot.features.introductions.common import Common
from bot.features.introductions.noun import TOLD, back, feature, mine, others, told, unwanted
from bot.features.introductions.silence import ROUNDS, silent, was_asked
from bot.reply import SILENCE, Buttons, Item, Line, Note, Reply, Spans, Title
from store import introductions, participants, projects
from store.activities import PUBLIC
from store.outbox import Message
from store.participants import Participant
from store.people import Person

REASONS, NAMED = 3, 3
"""Reasons that are told, and skills that each names, at most."""


@feature.draws(TOLD.partition(".")[2])
def draw_told(ctx: Context, message: Message) -> Reply:
    """The introduction, as long as both sides still want it and nobody left."""
    found = _standing(ctx, message.about)
    if not found:
        return SILENCE
    common = Common.of(ctx.tx, [ctx.me, *found])
    entries = [Item(_presented(ctx, person), tuple(_reasons(ctx, common, person))) for person in found]
    trio = [Note(ctx.words("introductions.trio"))] if len(found) > 1 else []
    buttons = (
        ctx.button("introductions.met_button", "introductions.met", message.about),
        ctx.button("introductions.missed_button", "introductions.missed", message.about),
        ctx.button("introductions.stop", "introductions.off"),
    )
    return Reply(
        (
            Title(ctx.words("introductions.meet", people=ctx.named(found))),
            *entries,
            Line(ctx.words("introductions.hello")),
            *trio,
            Note(ctx.words("introductions.why")),
            *_still(ctx, message.about),
            Buttons(buttons),
        )
    )


@feature.on(
    "named",
    en=("introduce me (to|with) {person}",),
    fr=("(presente|presentez)-moi [a] {person}", "me presenter [a] {person}"),
)
def introduce_by_name(ctx: Context) -> Reply:
    """What there is to talk about with somebody in particular, who is told nothing."""
    [person] = ctx.request.slots.people
    if person.id == ctx.me.id:
        raise Refused("introductions.myself")
    common = Common.of(ctx.tx, [ctx.me, person])
    entry = Item(_presented(ctx, person), tuple(_reasons(ctx, common, person)))
    buttons = [
        ctx.button(label, action, value)
        for label, action, value in (
            ("introductions.card", "people.card", person.id),
            ("introductions.join", "people.meet", ""),
        )
        if action != "people.meet" or mine(ctx) is None
        if any(action in one.handlers for one in ctx.features)
    ]
    said = Note(ctx.words("introductions.by_name", person=ctx.mention(person)))
    return Reply((entry, said, *([Buttons(tuple(buttons))] if buttons else [])))


def _still(ctx: Context, of: str) -> list[Note]:
    """What becomes of introductions if nothing is said of this one either, where no digest has asked it."""
    kept = mine(ctx)
    rounds = silent(kept, (part for part in told(ctx, ctx.me.id) if part.round < of)) if kept else []
    if len(rounds) < ROUNDS or was_asked(ctx.tx, ctx.me.id, rounds, ctx.now):
        return []
    return [Note(ctx.words("introductions.or_pause"))]


def _standing(ctx: Context, of: str) -> list[Person]:
    """Those whom the reader may be introduced to now."""
    part, kept = introductions.part(ctx.tx, of, ctx.me.id), mine(ctx)
    if part is None or kept is None or _is_away(ctx, ctx.me, kept):
        return []
    found = [person for person in others(ctx, part) if not person.left_at and not person.bot]
    ids = [person.id for person in found]
    yes = participants.of_people(ctx.tx, ids)
    no = unwanted(ctx.tx, [ctx.me.id, *ids])
    return [
        person
        for person in found
        if person.id in yes
        and yes[person.id].active
        and not _is_away(ctx, person, yes[person.id])
        and person.id not in no[ctx.me.id]
        and ctx.me.id not in no[person.id]
    ]


def _is_away(ctx: Context, person: Person, kept: Participant) -> bool:
    until = back(ctx, person.id, kept)
    return until is not None and ctx.company.local(person, ctx.now).date() < until


def _presented(ctx: Context, person: Person) -> Spans:
    """`@lea, Designer, Design, Paris`"""
    said = dict.fromkeys(part for part in (person.title, person.team, person.location) if part)
    return (ctx.mention(person), *(f", {part}" for part in said))


def _reasons(ctx: Context, common: Common, person: Person) -> list[Spans]:
    found = common.reasons(ctx.me.id, person.id)[:REASONS]
    return [_reason(ctx, common, person, one) for one in found] or [ctx.words("introductions.nothing")]


def _reason(ctx: Context, common: Common, person: Person, one: Reason) -> Spans:
    if one.kind == "touches":
        names = projects.names_of(ctx.tx, one.keys, [PUBLIC])
        mine, theirs = (names.get(key, key) for key in one.keys)
        return ctx.words("introductions.touches", mine=f"#{mine}", theirs=f"#{theirs}")
    topics = ctx.words.listed(tuple((common.names[ctx.me.id][key],) for key in one.keys[:NAMED]))
    return ctx.words(f"introductions.{one.kind}", topics=topics, person=ctx.mention(person))
