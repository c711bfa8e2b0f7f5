"""Saying yes to introductions, not now, and no more."""

from dataclasses import replace
from datetime import timedelta

from bot.errors import Refused
from bot.feature import Context
from bot.features.introductions.noun import feature, fellows, mine, next_day, told
from bot.features.introductions.rounds import upcoming
from bot.reply import Buttons, Line, Note, Reply
from store import introductions, participants
from store.participants import Participant

LONGEST = timedelta(days=370)

_SOMEONE_EN = (
    "(someone|somebody|anyone|a colleague|colleagues|people|[a] new (people|colleague|colleagues)|someone new"
    "|somebody new)"
)
_SOMEONE_FR = (
    "(quelqu'un|un collegue|une collegue|des collegues|de nouveaux collegues|du monde|des gens|quelqu'un de nouveau"
    "|une personne|de nouvelles personnes|de nouvelles tetes)"
)
_NO_EN = "(pause|suspend|snooze|stop|no [more]|hold)"
_NO_FR = (
    "(suspendre|suspends|suspendez|pause|mettre en pause|mets en pause|mettez en pause|arreter|arrete|pas de|plus de)"
)
_NOUN_FR = "[les|mes|des|de|d'] (rencontres|presentations|mises en relation)"
_UNTIL_FR = "(jusqu'a|jusqu'au|jusqu'en|jusque|pendant|avant|pour)"


@feature.on(
    "people.meet",
    en=(
        f"(introduce|connect|match|pair) me [(to|with) {_SOMEONE_EN}] [again]",
        f"(i'd like to|i want to|i would like to|want to|would like to) (meet|be introduced to) {_SOMEONE_EN}",
        f"(be introduced to|meet) {_SOMEONE_EN}",
        f"(find|get) me {_SOMEONE_EN} to (meet|have [a] coffee with|talk to)",
        "(who|whom) (should|could|can) i meet",
        "[my] introductions (on|again|start|yes)",
        "(start|resume|restart|activate|turn on|switch on) [my|the] introductions",
        f"{_NO_EN} [my|the] introductions (until|till|to|for|before) {{date}}",
        "[my] introductions (pause|paused|off) (until|till|for) {date}",
        "(don't|do not) introduce me [to (anyone|anybody)] (until|till|before|for) {date}",
    ),
    fr=(
        f"(presente|presentez)-moi [a] {_SOMEONE_FR}",
        f"me presenter [a] {_SOMEONE_FR}",
        f"(rencontrer|faire la connaissance de|je veux rencontrer|j'aimerais rencontrer) {_SOMEONE_FR}",
        "qui (pourrais-je|puis-je|je pourrais|dois-je) rencontrer",
        "[mes|les] (rencontres|presentations) (oui|on|reprendre|reprends|actif)",
        f"(reprendre|reprends|reprenez|activer|active|reactiver|relancer|relance) {_NOUN_FR}",
        f"{_NO_FR} {_NOUN_FR} {_UNTIL_FR} {{date}}",
        f"(mets|mettre|mettez) {_NOUN_FR} en pause {_UNTIL_FR} {{date}}",
        f"[mes|les] (rencontres|presentations) (en pause|stop) {_UNTIL_FR} {{date}}",
        f"ne me (presente|presentez|presenter) [plus|a] personne {_UNTIL_FR} {{date}}",
    ),
)
def join(ctx: Context) -> Reply:
    """Says yes, or pauses until a day."""
    until, kept = ctx.request.slots.date, mine(ctx)
    if until:
        return _pause(ctx, kept)
    is_new = kept is None or kept.paused_until is not None
    here = Participant(ctx.me.id, ctx.now) if kept is None else replace(kept, paused_until=None)
    participants.keep(ctx.tx, here)
    day = next_day(ctx, here)
    said = ctx.words("introductions.joined" if is_new else "introductions.in_already", day=ctx.words.day(day))
    stop = Buttons((ctx.button("introductions.stop", "introductions.off"),))
    return Reply((Line(said), fellows(ctx, day), Note(ctx.words("introductions.promise")), stop))


def _pause(ctx: Context, kept: Participant | None) -> Reply:
    until, today = ctx.request.slots.date, ctx.company.local(ctx.me, ctx.now).date()
    if kept is None:
        raise Refused("introductions.nothing_to_pause")
    if until is None or until <= today:
        raise Refused("introductions.past")
    if until > today + LONGEST:
        raise Refused("introductions.too_long")
    participants.keep(ctx.tx, replace(kept, paused_until=until))
    _withdraw(ctx)
    day = ctx.words.day(upcoming(ctx.now, until))
    buttons = (
        ctx.button("introductions.resume", "people.meet"),
        ctx.button("introductions.stop", "introductions.off"),
    )
    return Reply((Line(ctx.words("introductions.paused", until=ctx.words.day(until), day=day)), Buttons(buttons)))


@feature.on(
    "off",
    en=(
        "[my] introductions (off|stop|no)",
        f"({_NO_EN}|end|cancel|disable|turn off|switch off) [my|the] introductions",
        "(turn|switch) [my|the] introductions off",
        "stop introducing me [to (people|anyone|anybody|colleagues|others)]",
        "(don't|do not) introduce me [to (anyone|anybody|people)] [anymore|any more|any longer]",
    ),
    fr=(
        "[mes|les] (rencontres|presentations) (stop|non|off)",
        f"({_NO_FR}|arretez|stop|stopper|desactiver|desactive) {_NOUN_FR}",
        "(arrete|arretez|cesse) de me presenter [a] (quelqu'un|des gens|des collegues|du monde)",
        "ne me (presente|presentez|presenter) [plus|a] (personne|quelqu'un)",
    ),
)
def stop(ctx: Context) -> Reply:
    kept = participants.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id, Participant(ctx.me.id, ctx.now))
    participants.keep(ctx.tx, replace(kept, active=False, paused_until=None))
    _withdraw(ctx)
    again = Buttons((ctx.button("introductions.again", "people.meet"),))
    return Reply((Line(ctx.words("introductions.stopped")), again))


def _withdraw(ctx: Context) -> None:
    """Takes the person out of a round of which they have not heard yet."""
    heard = {part.round for part in told(ctx, ctx.me.id)}
    for part in introductions.of_person(ctx.tx, ctx.me.id):
        if part.round not in heard:
            introductions.withdraw(ctx.tx, part)
