"""Away: until which day somebody wants to be left in peace, in their own word."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.reply import Buttons, Line, Note, Reply, Spans, say
from store import absences, participants
from store.people import Person

LONGEST = timedelta(days=370)

feature = Feature(
    "away",
    examples={"en": ("away until Monday", "back"), "fr": ("absent jusqu'à lundi", "de retour")},
)


_EN = "(away|on leave|on holiday|on vacation|out of office)"
_FR = "(absent|absente|en conge|en conges|en vacances)"


@feature.on(
    "",
    en=(
        f"[i am|i'm|i will be|i'll be] {_EN} (until|till|to|for) {{date}}",
        f"[i am|i'm] {_EN}",
        "[i am|i'm|i will be|i'll be] back (on|in) {date}",
    ),
    fr=(
        f"[je suis|je serai] {_FR} (jusqu'au|jusqu'a|jusqu'en|pendant) {{date}}",
        f"[je suis] {_FR}",
        "[je suis|je serai] de retour (le|dans) {date}",
    ),
)
def leave(ctx: Context) -> Reply:
    """Nobody's question is routed to this person before that day, and they are introduced to nobody."""
    until, today = ctx.request.slots.date, ctx.company.local(ctx.me, ctx.now).date()
    if until is None:
        raise Refused("away.until_when")
    if until <= today:
        raise Refused("away.past")
    if until > today + LONGEST:
        raise Refused("away.too_long")
    absences.leave(ctx.tx, ctx.me.id, until)
    done = ctx.words("away.done", day=ctx.words.day(until))
    kept = participants.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id)
    what = "away.what_both" if kept and kept.active else "away.what"
    return Reply((Line(done), Note(ctx.words(what)), Buttons((ctx.button("away.back", "away.back"),))))


@feature.on("back", en=("[i am|i'm] back [again|early]",), fr=("[je suis] (de retour|revenu|revenue|rentre|rentree)",))
def come_back(ctx: Context) -> Reply:
    until = absences.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id)
    was_away = bool(until and until > ctx.company.local(ctx.me, ctx.now).date())
    absences.come_back(ctx.tx, ctx.me.id)
    return say(*ctx.words("away.welcome" if was_away else "away.was_here"))


def export(ctx: Context, person: Person) -> list[tuple[str, Spans | Mapping[str, Any]]]:
    until = absences.of_people(ctx.tx, [person.id]).get(person.id)
    return [("away.kept", ctx.words("away.kept_until", day=ctx.words.day(until)))] if until else []


feature.exports.append(export)
