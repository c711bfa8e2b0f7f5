"""Saying yes to introductions, not now, and no more."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.errors import Refused
from bot.feature import Context
from bot.features.introductions.noun import feature, fellows, mine, next_day, told
from bot.features.introductions.overview import state
from bot.features.introductions.rounds import upcoming
from bot.features.introductions.silence import ROUNDS, silent
from bot.reply import Buttons, Line, Note, Reply
from store import introductions, participants
from store.activities import Activity
from store.introductions import Introduction
from store.participants import Participant

LONGEST = timedelta(days=370)
KIND, NAME = "introduction", "introductions"
"""Of the act that says yes, not now or no more, for the person's own eyes."""

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
    if kept and len(silent(kept, told(ctx, ctx.me.id))) >= ROUNDS:
        here = replace(here, since=ctx.now)
    _keep(ctx, "Join", here)
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
    _keep(ctx, "Update", replace(kept, paused_until=until))
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
    _keep(ctx, "Leave", replace(kept, active=False, paused_until=None))
    again = Buttons((ctx.button("introductions.again", "people.meet"),))
    return Reply((Line(ctx.words("introductions.stopped")), again))


@feature.undo(KIND)
def undo(ctx: Context, act: Activity) -> Reply:
    """What the person had said before holds again, and they are back in a round that they had left by it."""
    before = act.facts.get("before")
    if before:
        until = before["paused_until"]
        since, paused = datetime.fromisoformat(before["since"]), date.fromisoformat(until) if until else None
        participants.keep(ctx.tx, Participant(ctx.me.id, since, before["active"], paused))
    else:
        participants.drop(ctx.tx, ctx.me.id)
    for of, circle in act.facts.get("left", ()):
        if introductions.part(ctx.tx, of, ctx.me.id) is None:
            introductions.introduce(ctx.tx, Introduction(of, ctx.me.id, circle))
    return Reply((Line(ctx.words("introductions.undone")), *state(ctx)))


def _keep(ctx: Context, verb: str, now: Participant) -> None:
    """Keeps what is said, with what undo needs; whoever pauses or stops is out of a round of which they have not heard
    yet."""
    known = participants.of_people(ctx.tx, [ctx.me.id]).get(ctx.me.id)
    if known == now:
        return
    heard = {part.round for part in told(ctx, ctx.me.id)}
    unheard = [part for part in introductions.of_person(ctx.tx, ctx.me.id) if part.round not in heard]
    left = unheard if verb != "Join" else []
    facts = {"before": _said(known), "left": [[part.round, part.circle] for part in left]}
    ctx.record(verb, KIND, key=NAME, name=NAME, facts=facts, audience=f"person:{ctx.me.id}")
    participants.keep(ctx.tx, now)
    for part in left:
        introductions.withdraw(ctx.tx, part)


def _said(known: Participant | None) -> dict[str, object] | None:
    if known is None:
        return None
    until = known.paused_until.isoformat() if known.paused_until else ""
    return {"since": known.since.isoformat(), "active": known.active, "paused_until": until}
