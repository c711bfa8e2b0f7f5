"""The person's card: who they are, what they know, what they are at, as far as the reader may see."""

from bot.feature import Context
from bot.features.people.telling import LEVELS, Load, answered, at_work, contact, cut, faded, is_far, of_skill, when
from bot.links import link
from bot.offering import dated
from bot.reply import Block, Button, Buttons, Item, Line, Note, Reply, Spans, Title
from bot.request import SAY
from store import activities, endorsements, people, profile, projects, skills
from store.activities import Activity
from store.people import Person
from store.skills import Skill

SKILLS, LINES, PROJECTS, LATEST = 10, 8, 5, 3
"""Shown of each at most."""


def show_card(ctx: Context) -> Reply:
    """The card of whoever was named, else one's own."""
    person = _meant(ctx)
    mine = person.id == ctx.me.id
    facts = _known(ctx, person) + _lines(ctx, person) + _projects(ctx, person) + _updates(ctx, person)
    thanks = _thanks(ctx, person)
    blocks: list[Block] = [Title((ctx.mention(person),)), *_introduced(ctx, person), *facts, *thanks]
    if not facts and not thanks and not person.bot:
        blocks.append(Line(ctx.words(f"people.blank{_of(ctx, person)}", person=f"@{person.handle}")))
    elif mine:
        blocks.append(Note(ctx.words("people.yours")))
    buttons = _ways_on(ctx, person, thanked=bool(thanks))
    return Reply((*blocks, Buttons(buttons)) if buttons else tuple(blocks))


def _meant(ctx: Context) -> Person:
    if ctx.request.slots.people:
        return ctx.request.slots.people[0]
    return people.of_ids(ctx.tx, [ctx.request.value]).get(ctx.request.value, ctx.me)


def _of(ctx: Context, person: Person) -> str:
    """What the key of a sentence ends with where the person reads of themself."""
    return "_mine" if person.id == ctx.me.id else ""


def _introduced(ctx: Context, person: Person) -> list[Block]:
    said = [part for part in (person.name, person.title, person.team, person.location) if part]
    lines: list[Block] = [Line((", ".join(dict.fromkeys(said)),), contact(ctx, person))]
    if person.bot:
        return [*lines, Line(ctx.words("people.bot"))]
    if person.left_at:
        return [*lines, Line(ctx.words("people.left", day=when(ctx, person.left_at)))]
    lines.append(Note(at_work(ctx, person)))
    if is_far(ctx, person):
        zone = str(ctx.company.zone(person))
        lines.append(Note(ctx.words("people.local_time", time=ctx.words.time(ctx.now, zone))))
    if person.id == ctx.me.id:
        return lines
    return [*lines, *map(Note, Load.of(ctx, [person]).notes(ctx, person))]


def _ways_on(ctx: Context, person: Person, *, thanked: bool) -> tuple[Button, ...]:
    """One tap to what one may want next: each says it, so that it is answered as if it had been typed."""
    if person.bot:
        return ()
    of = _of(ctx, person)
    ways = {"thanks": "kudos.show"} if thanked else {}
    if of:
        ways |= {"doubles": "people.doubles"}
    elif not person.left_at:
        ways |= {"follow": "follow.add"}
    said = ((name, ctx.words.text(f"people.say_{name}{of}", person=f"@{person.handle}")) for name in ways)
    return tuple(
        Button(ctx.words.text(f"people.{name}_button{of}"), SAY, text)
        for name, text in said
        if answered(ctx, ways[name])
    )


def _known(ctx: Context, person: Person) -> list[Block]:
    """Skills with level, origin and day, then wishes."""
    found = skills.of_person(ctx.tx, person.id, ctx.audiences)
    known = sorted((skill for skill in found if not skill.wish), key=lambda skill: LEVELS.get(skill.level, 2))
    wishes = [skill.name for skill in found if skill.wish]
    lines: list[Block] = [Line(ctx.words(f"people.skills{_of(ctx, person)}"))] if known else []
    acts = activities.of_ids(ctx.tx, [skill.activity for skill in known[:SKILLS]])
    old, endorsed = faded(ctx, person.id, known[:SKILLS]), _endorsed(ctx, person)
    lines += [_skill(ctx, skill, acts, endorsed.get(skill.key), fades=skill.key in old) for skill in known[:SKILLS]]
    if len(known) > SKILLS:
        lines.append(Note(ctx.words("people.more_skills", n=len(known) - SKILLS, person=f"@{person.handle}")))
    if wishes:
        listed = ctx.words.listed(tuple((name,) for name in wishes[:SKILLS]))
        lines.append(Line(ctx.words(f"people.wishes{_of(ctx, person)}", skills=listed)))
    return lines


def _skill(ctx: Context, skill: Skill, acts: dict[str, Activity], by: list[Person] | None, *, fades: bool) -> Item:
    key = f"people.skill_{skill.level}" if skill.level in LEVELS and skill.level else "people.skill"
    day = of_skill(ctx, acts.get(skill.activity), skill.confirmed_at, fades=fades)
    notes = (ctx.words("people.endorsed_by", people=ctx.named(by)),) if by else ()
    return Item(ctx.words(key, skill=skill.name, day=day), notes)


def _endorsed(ctx: Context, person: Person) -> dict[str, list[Person]]:
    """By skill, the colleagues whose word stands beside it."""
    said = endorsements.of_person(ctx.tx, person.id, ctx.audiences)
    known = people.of_ids(ctx.tx, [one.by for one in said])
    found: dict[str, dict[str, Person]] = {}
    for one in said:
        if one.by in known:
            found.setdefault(one.key, {})[one.by] = known[one.by]
    return {key: list(by.values()) for key, by in found.items()}


def _lines(ctx: Context, person: Person) -> list[Block]:
    """Links, positions, and title, team and place as far as they are the person's own word, each with its day."""
    found = profile.of_person(ctx.tx, person.id, ctx.audiences)
    order = sorted(found, key=lambda act: profile.PROPERTIES.index(act.facts["property"]))[:LINES]
    return [Line(ctx.words(f"people.lines{_of(ctx, person)}")), *(_line(ctx, act) for act in order)] if order else []


def _line(ctx: Context, act: Activity) -> Item:
    of = act.facts["property"]
    day = dated(ctx.words, when(ctx, act.published), act.facts.get("source", ""))
    return Item(ctx.words(f"people.line_{of}", text=link(act.name) if of == "link" else act.name, day=day))


def _projects(ctx: Context, person: Person) -> list[Block]:
    found = projects.of_person(ctx.tx, person.id, ctx.audiences)[:PROJECTS]
    if not found:
        return []
    listed: Spans = ctx.words.listed(tuple((f"#{project.name}",) for project in found))
    return [Line(ctx.words(f"people.projects{_of(ctx, person)}", projects=listed))]


def _updates(ctx: Context, person: Person) -> list[Block]:
    found = activities.of_actor(ctx.tx, person.id, ["update"], ctx.audiences, LATEST)
    return [Line(ctx.words("people.updates")), *(_update(ctx, act) for act in found)] if found else []


def _update(ctx: Context, act: Activity) -> Item:
    project, day = act.facts.get("project", ""), when(ctx, act.published)
    if not project:
        return Item(ctx.words("people.said", day=day, text=cut(act.name)))
    return Item(ctx.words("people.said_on", project=f"#{project}", day=day, text=cut(act.name)))


def _thanks(ctx: Context, person: Person) -> list[Block]:
    found = activities.to_person(ctx.tx, person.id, "thanks", ctx.audiences, LATEST)
    givers = people.of_ids(ctx.tx, (act.actor for act in found))
    return [Line(ctx.words("people.thanks")), *(_thank(ctx, act, givers) for act in found)] if found else []


def _thank(ctx: Context, act: Activity, givers: dict[str, Person]) -> Item:
    giver: Spans = (ctx.mention(givers[act.actor]),) if act.actor in givers else ctx.words("core.someone")
    key = "people.thanked_for" if act.name else "people.thanked_silently"
    return Item(ctx.words(key, giver=giver, day=when(ctx, act.published), text=cut(act.name)))
