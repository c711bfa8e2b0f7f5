"""The person's card: who they are, what they know, what they are at, as far as the reader may see."""

from datetime import timedelta

from bot.feature import Context
from bot.features.people.telling import answered, cut, when
from bot.links import link
from bot.offering import dated
from bot.reply import Block, Buttons, Item, Line, Note, Reply, Spans, Title
from store import activities, people, profile, projects, skills
from store.activities import Activity
from store.people import Person
from store.skills import Skill

SKILLS, LINES, PROJECTS, LATEST = 10, 8, 5, 3
"""Shown of each at most."""
_ORDER = {"expert": 0, "good": 1, "": 2, "beginner": 3}


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
    if mine and thanks and answered(ctx, "kudos.show"):
        blocks.append(Buttons((ctx.button("people.thanks_button", "kudos.show"),)))
    return Reply(tuple(blocks))


def _meant(ctx: Context) -> Person:
    if ctx.request.slots.people:
        return ctx.request.slots.people[0]
    return people.of_ids(ctx.tx, [ctx.request.value]).get(ctx.request.value, ctx.me)


def _of(ctx: Context, person: Person) -> str:
    """What the key of a sentence ends with where the person reads of themself."""
    return "_mine" if person.id == ctx.me.id else ""


def _introduced(ctx: Context, person: Person) -> list[Block]:
    said = [part for part in (person.name, person.title, person.team, person.location) if part]
    lines: list[Block] = [Line((", ".join(dict.fromkeys(said)),))]
    if person.bot:
        lines.append(Line(ctx.words("people.bot")))
    elif person.left_at:
        lines.append(Line(ctx.words("people.left", day=when(ctx, person.left_at))))
    elif _offset(ctx, person) != _offset(ctx, ctx.me):
        zone = str(ctx.company.zone(person))
        lines.append(Note(ctx.words("people.local_time", time=ctx.words.time(ctx.now, zone))))
    return lines


def _offset(ctx: Context, person: Person) -> timedelta | None:
    return ctx.company.local(person, ctx.now).utcoffset()


def _known(ctx: Context, person: Person) -> list[Block]:
    """Skills with level, origin and day, then wishes."""
    found = skills.of_person(ctx.tx, person.id, ctx.audiences)
    known = sorted((skill for skill in found if not skill.wish), key=lambda skill: _ORDER.get(skill.level, 2))
    wishes = [skill.name for skill in found if skill.wish]
    lines: list[Block] = [Line(ctx.words(f"people.skills{_of(ctx, person)}"))] if known else []
    acts = activities.of_ids(ctx.tx, [skill.activity for skill in known[:SKILLS]])
    lines += [_skill(ctx, skill, acts) for skill in known[:SKILLS]]
    if len(known) > SKILLS:
        lines.append(Note(ctx.words("people.more_skills", n=len(known) - SKILLS, person=f"@{person.handle}")))
    if wishes:
        listed = ctx.words.listed(tuple((name,) for name in wishes[:SKILLS]))
        lines.append(Line(ctx.words(f"people.wishes{_of(ctx, person)}", skills=listed)))
    return lines


def _skill(ctx: Context, skill: Skill, acts: dict[str, Activity]) -> Item:
    key = f"people.skill_{skill.level}" if skill.level else "people.skill"
    source = acts[skill.activity].facts.get("source", "") if skill.activity in acts else ""
    return Item(ctx.words(key, skill=skill.name, day=dated(ctx.words, when(ctx, skill.confirmed_at), source)))


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
