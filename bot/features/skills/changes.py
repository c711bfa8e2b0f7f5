"""What a person says of their own skills: adding, wishing to learn, removing, taking back."""

from rapidfuzz import fuzz, process

from bot.errors import Refused
from bot.feature import Context
from bot.features.skills import phrases
from bot.features.skills.noun import Entry, asked, feature, left_out, listed, spoken, who_sees
from bot.reply import Buttons, Line, Note, Reply, Spans, say
from store import activities, skills
from store.activities import Activity
from store.record import retract
from store.skills import MOST, Skill

LONGEST = 60
"""Characters of a skill's name."""
SIMILAR = 60
"""From this likeness (of 100) on a skill is offered as the nearest."""


@feature.on("add", en=phrases.ADD_EN, fr=phrases.ADD_FR)
def add(ctx: Context) -> Reply:
    """Adds skills to the person's own, or confirms them with a new date or level."""
    entries = asked(ctx.request.value) or spoken(ctx)
    if not entries:
        raise Refused("skills.long_name" if left_out(ctx) else "skills.which", limit=LONGEST)
    own = owned(ctx)
    _check_room(own, entries)
    if ctx.request.confirm:
        return _ask(ctx, entries)
    said: dict[str, list[Entry]] = {"added": [], "learnt": [], "changed": [], "confirmed": []}
    for entry in entries:
        before = own.get(entry.key)
        had = before.level if before and not before.wish else ""
        name = before.name if before else entry.name
        said[_novelty(before, entry)].append(Entry(name, entry.level or had))
    again: dict[str, object] = {"confirms": True}
    facts = [(entry, again if how == "confirmed" else {}) for how, group in said.items() for entry in group]
    act = _record(ctx, "Add", facts)
    lines = [
        Line(ctx.words(f"skills.{novelty}", skills=listed(ctx, group))) for novelty, group in said.items() if group
    ]
    return _echo(ctx, lines, act)


@feature.on("learn", en=phrases.LEARN_EN, fr=phrases.LEARN_FR)
def learn(ctx: Context) -> Reply:
    """Notes what the person wishes to learn."""
    entries = asked(ctx.request.value) or spoken(ctx)
    if not entries:
        raise Refused("skills.long_name" if left_out(ctx) else "skills.which_wish", limit=LONGEST)
    own = owned(ctx)
    _check_room(own, entries)
    had = [own[entry.key] for entry in entries if entry.key in own and not own[entry.key].wish]
    wishes = [entry for entry in entries if entry.key not in {skill.key for skill in had}]
    known = Line(ctx.words("skills.known", skills=listed(ctx, [Entry(skill.name, skill.level) for skill in had])))
    if not wishes:
        return Reply((known,))
    if ctx.request.confirm:
        yes = ctx.button("skills.yes_wish", "skills.learn", ";".join(entry.name for entry in wishes))
        return say(*ctx.words("skills.ask_wish", skills=listed(ctx, wishes)), buttons=(yes,))
    act = _record(ctx, "Add", [(Entry(entry.name), {"wish": True}) for entry in wishes])
    noted = Line(ctx.words("skills.wished", skills=listed(ctx, [Entry(entry.name) for entry in wishes])))
    return _echo(ctx, [noted, known] if had else [noted], act)


@feature.on("remove", en=phrases.REMOVE_EN, fr=phrases.REMOVE_FR)
def remove(ctx: Context) -> Reply:
    """Removes skills and wishes of the person's own; what is not there is said, with the nearest that is."""
    entries = asked(ctx.request.value) or spoken(ctx)
    if not entries:
        raise Refused("skills.which_gone")
    own = owned(ctx)
    gone = [Entry(own[entry.key].name) for entry in entries if entry.key in own]
    missing = [entry for entry in entries if entry.key not in own]
    if gone and ctx.request.confirm:
        yes = ctx.button("skills.yes_gone", "skills.remove", ";".join(entry.name for entry in gone))
        return say(*ctx.words("skills.ask_gone", skills=listed(ctx, gone)), buttons=(yes,))
    lines = [Line(ctx.words("skills.removed", skills=listed(ctx, gone)))] if gone else []
    lines += [Line(_missing(ctx, entry, own)) for entry in missing]
    if not gone:
        return Reply(tuple(lines))
    act = _record(ctx, "Remove", [(entry, {}) for entry in gone])
    return Reply((*lines, Buttons((ctx.button("skills.undo", "undo", act.id),))))


@feature.undo("skill")
def undo(ctx: Context, act: Activity) -> Reply:
    """Takes back with an act those of the same sentence."""
    group = act.facts.get("with", act.id)
    recent = activities.of_actor(ctx.tx, act.actor, ["skill"], (act.audience,), MOST + 1)
    others = [one for one in recent if one.id != act.id and one.facts.get("with", one.id) == group]
    for other in others:
        retract(ctx.tx, other, ctx.now)
    names = [Entry(one.name) for one in sorted((act, *others), key=lambda one: one.id)]
    return say(*ctx.words("skills.undone", skills=listed(ctx, names)))


def _ask(ctx: Context, entries: list[Entry]) -> Reply:
    value = ";".join(f"{entry.name} ({entry.level})" if entry.level else entry.name for entry in entries)
    question = ctx.words("skills.ask", skills=listed(ctx, entries))
    return say(*question, " ", *who_sees(ctx), buttons=(ctx.button("skills.yes", "skills.add", value),))


def owned(ctx: Context) -> dict[str, Skill]:
    return {skill.key: skill for skill in skills.of_person(ctx.tx, ctx.me.id)}


def _check_room(own: dict[str, Skill], entries: list[Entry]) -> None:
    if any(len(entry.name) > LONGEST for entry in entries):
        raise Refused("skills.long_name", limit=LONGEST)
    if len(own.keys() | {entry.key for entry in entries}) > MOST:
        raise Refused("skills.too_many", limit=MOST, n=len(own))


def _novelty(before: Skill | None, entry: Entry) -> str:
    if before is None:
        return "added"
    if before.wish:
        return "learnt"
    return "changed" if entry.level and entry.level != before.level else "confirmed"


def _record(ctx: Context, verb: str, said: list[tuple[Entry, dict[str, object]]]) -> Activity:
    """One act a skill; the later ones of a sentence name the first, so that undo finds them."""
    acts: list[Activity] = []
    for entry, more in said:
        facts = more | ({"level": entry.level} if entry.level and verb == "Add" else {})
        facts |= {"with": acts[0].id} if acts else {}
        acts.append(ctx.record(verb, "skill", key=entry.key, name=entry.name, facts=facts))
    return acts[0]


def _echo(ctx: Context, lines: list[Line], act: Activity) -> Reply:
    seen = Note((*who_sees(ctx), " ", *ctx.words("skills.see")))
    more = (Note(ctx.words("skills.some_left_out", limit=LONGEST)),) if left_out(ctx) else ()
    return Reply((*lines, *more, seen, Buttons((ctx.button("skills.undo", "undo", act.id),))))


def _missing(ctx: Context, entry: Entry, own: dict[str, Skill]) -> Spans:
    close = process.extract(entry.key, list(own), scorer=fuzz.ratio, limit=3, score_cutoff=SIMILAR)
    names = ", ".join(own[key].name for key, _, _ in close)
    nearest = ctx.words("core.nearest", names=names) if names else (" ", *ctx.words("skills.see"))
    return ctx.words("skills.missing", skill=entry.name, nearest=nearest)
