"""Whom somebody does not want to meet: kept to themself, and obeyed both ways."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.introductions.noun import feature, in_private, told
from bot.reply import Button, Buttons, Line, Note, Reply
from store import introductions, participants, people
from store.people import Person

_PEOPLE = ("{people}", "{person}")


_NOT_EN = "[please] (do not|don't|never|no longer) (introduce|match|pair|connect) me (to|with)"
_NOT_FR = "[de] ne (me|pas me|plus me|jamais me) (presente|presentez|presenter) [pas|plus|jamais]"
_AGAIN_FR = "(me presenter|presente-moi|presentez-moi) (de nouveau|a nouveau|encore)"


@feature.on(
    "avoid",
    en=tuple(f"{_NOT_EN} {who} [again|anymore|any more]" for who in _PEOPLE),
    fr=tuple(f"{_NOT_FR} [a] {who}" for who in _PEOPLE),
)
def avoid(ctx: Context) -> Reply:
    whom = _meant(ctx)
    for person in whom:
        participants.avoid(ctx.tx, ctx.me.id, person.id)
        _part(ctx, person)
    done = ctx.words("introductions.avoided", people=ctx.named(whom))
    value = " ".join(person.id for person in whom)
    back = Buttons((Button(ctx.words.text("introductions.allow"), "introductions.allow", value),))
    return in_private(ctx, Reply((Line(done), Note(ctx.words("introductions.nobody_is_told")), back)))


@feature.on(
    "allow",
    en=tuple(f"[you (may|can)] introduce me (to|with) {who} again" for who in _PEOPLE),
    fr=tuple(f"[tu (peux|pourras)|vous (pouvez|pourrez)] {_AGAIN_FR} [a] {who}" for who in _PEOPLE),
)
def allow(ctx: Context) -> Reply:
    whom = _meant(ctx)
    freed = [person for person in whom if participants.allow(ctx.tx, ctx.me.id, person.id)]
    said = ctx.words("introductions.allowed", people=ctx.named(freed)) if freed else None
    known = said or ctx.words("introductions.not_avoided", people=ctx.named(whom))
    return in_private(ctx, Reply((Line(known),)))


def _meant(ctx: Context) -> tuple[Person, ...]:
    """Those who were named, or whom the click carries. Raises Refused where nobody else is meant."""
    named = ctx.request.slots.people or tuple(people.of_ids(ctx.tx, ctx.request.value.split()).values())
    found = tuple(person for person in named if person.id != ctx.me.id)
    if not found:
        raise Refused("introductions.yourself" if named else "introductions.who")
    return found


def _part(ctx: Context, person: Person) -> None:
    """Takes `me` out of what was drawn for both and one of them has not heard of yet."""
    heard = {id: {part.round for part in told(ctx, id)} for id in (ctx.me.id, person.id)}
    for circle in introductions.together(ctx.tx, [ctx.me.id, person.id]):
        for part in circle:
            if part.person == ctx.me.id and not all(part.round in rounds for rounds in heard.values()):
                introductions.withdraw(ctx.tx, part)
