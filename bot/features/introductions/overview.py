"""What there is to know of one's own introductions, for one's own eyes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.feature import Context
from bot.features.introductions.noun import PRIVATE, back, feature, fellows, in_private, mine, next_day, others, told
from bot.reply import Block, Buttons, Item, Line, Mention, Note, Reply, Spans, Title
from store import holdings, participants, people
from store.introductions import Introduction
from store.outbox import Message
from store.people import Person

SHOWN = 6


@feature.on(
    "show",
    en=(
        "[show [me]|see] [my] introductions [status|settings]",
        "(when is|when will be) [my|the] next (introduction|introductions|round of introductions)",
        "(whom|who) (did|have) i (meet|met)",
    ),
    fr=(
        "[montre-moi|montre|voir] [mes|les] (rencontres|presentations)",
        "quand (est|a lieu|aura lieu) [la|ma] prochaine (rencontre|presentation)",
        "qui ai-je rencontre",
    ),
)
def show(ctx: Context) -> Reply:
    return in_private(ctx, overview(ctx))


@feature.draws(PRIVATE.partition(".")[2])
def draw_private(ctx: Context, _message: Message) -> Reply:
    return overview(ctx)


def overview(ctx: Context) -> Reply:
    """On or off, the next round, those avoided, and whom one was introduced to."""
    blocks: list[Block] = [Title(ctx.words("introductions.title")), *state(ctx)]
    if whom := _avoided(ctx, ctx.me):
        blocks.append(Note(ctx.words("introductions.avoiding", people=ctx.words.listed(tuple((one,) for one in whom)))))
    past = [_past(ctx, part) for part in told(ctx, ctx.me.id)[:SHOWN]]
    blocks += [Line(ctx.words("introductions.past_ones")), *past] if past else []
    is_on = mine(ctx) is not None
    button = ("introductions.stop", "introductions.off") if is_on else ("introductions.join", "people.meet")
    return Reply((*blocks, Buttons((ctx.button(*button),))))


def state(ctx: Context) -> list[Block]:
    """Whether they are on, and when the next round is."""
    kept = mine(ctx)
    if kept is None:
        return [Line(ctx.words("introductions.is_off"))]
    day, until = ctx.words.day(next_day(ctx, kept)), back(ctx, ctx.me.id, kept)
    if until and until > ctx.company.local(ctx.me, ctx.now).date():
        return [Line(ctx.words("introductions.paused", until=ctx.words.day(until), day=day))]
    return [Line(ctx.words("introductions.is_on", day=day)), fellows(ctx, next_day(ctx, kept))]


def _past(ctx: Context, part: Introduction) -> Item:
    day = ctx.words.day(date.fromisoformat(part.round))
    whom = ctx.named(others(ctx, part)) or ctx.words("core.someone")
    return Item(ctx.words(f"introductions.past_{part.answer or 'open'}", day=day, people=whom))


def _avoided(ctx: Context, person: Person) -> list[Mention]:
    ids = participants.avoided(ctx.tx, [person.id])[person.id]
    return sorted(map(ctx.mention, people.of_ids(ctx.tx, ids).values()), key=lambda mention: mention.handle)


def export(ctx: Context, person: Person) -> list[tuple[str, Spans | Mapping[str, Any]]]:
    """What they said of introductions, whom they avoid, and the introductions they heard of. Who avoids them is not
    told."""
    kept = next(iter(holdings.rows(ctx.tx, participants.participants, person.id)), None)
    avoided, heard = [f"@{one.handle}" for one in _avoided(ctx, person)], told(ctx, person.id)
    if not (kept or avoided or heard):
        return []
    said = ctx.words("introductions.kept_said", n=len(heard), people=", ".join(avoided) or "–")
    past = [
        {"round": part.round, "with": [one.handle for one in others(ctx, part)], "answer": part.answer}
        for part in heard
    ]
    rows = {"said": kept, "avoided": avoided, "introductions": past}
    return [("introductions.kept", said), ("introductions.kept", rows)]


feature.exports.append(export)
