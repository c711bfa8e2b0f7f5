"""Answers "who does the same job as me?": people with whom one shares skills, projects or the title, and which."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log

from bot.errors import Refused
from bot.feature import Context
from bot.features.people.telling import Load, contact, reach
from bot.ranking.vocabulary import canonical, names_of
from bot.reply import Item, Note, Reply, Spans, Title
from store import doubles, people, projects, skills
from store.people import Person

SHOWN, NAMED = 5, 4
"""People, and things of a sort that are named."""
CROWD, LOOKED_AT, PROJECTS = 200, 400, 10
"""People of one skill, title or project who are read; people who are compared; projects of the person in question."""
TITLE, ON_PROJECT = 2.0, 0.75
"""What they weigh beside a skill."""
ENOUGH = 2
"""So many shared things make a job alike; a title makes it alone."""


@dataclass(slots=True)
class Double:
    """What somebody shares: skills and projects as they are spelled, and the title."""

    skills: list[str] = field(default_factory=list)
    projects: list[str] = field(default_factory=list)
    title: bool = False
    weight: float = 0.0

    @property
    def alike(self) -> bool:
        return self.title or len(self.skills) + len(self.projects) >= ENOUGH


def show_doubles(ctx: Context) -> Reply:
    """The most alike first, each with what is shared. The rarer a thing, the more it says; levels do not count."""
    person = ctx.request.slots.people[0] if ctx.request.slots.people else ctx.me
    known, works = _skills(ctx, person), _projects(ctx, person)
    of = "_mine" if person.id == ctx.me.id else ""
    if not (known or works or person.title):
        raise Refused(f"people.no_job{of}", person=f"@{person.handle}")
    found = _found(ctx, person, known, works)
    if not found:
        raise Refused(f"people.no_double{of}", person=f"@{person.handle}")
    alike = [one for one in found if one[1].alike]
    shown = (alike or found)[:SHOWN]
    load = Load.of(ctx, [double for double, _ in shown])
    key = f"people.doubles{of}" if alike else f"people.near_doubles{of}"
    title = Title(ctx.words(key, person=f"@{person.handle}"))
    return Reply((title, *(_item(ctx, *one, load) for one in shown), Note(ctx.words("people.by_what_is_shared"))))


def _skills(ctx: Context, person: Person) -> dict[str, str]:
    """By canonical key, how the person spells the skills that the asker may see."""
    found = skills.of_person(ctx.tx, person.id, None if person.id == ctx.me.id else ctx.audiences)
    return {canonical(skill.name): skill.name for skill in found if not skill.wish}


def _projects(ctx: Context, person: Person) -> dict[str, str]:
    found = projects.of_person(ctx.tx, person.id, ctx.audiences)
    return {project.key: project.name for project in sorted(found, key=lambda one: one.key)[:PROJECTS]}


def _found(
    ctx: Context, person: Person, known: Mapping[str, str], works: Mapping[str, str]
) -> list[tuple[Person, Double]]:
    """Those who share something, the most alike first, then by handle; whoever has left or is a bot is none."""
    ways = {key: names_of(key) for key in known}
    crowds = {key: _holders(ctx, names) for key, names in ways.items()}
    teams = {key: doubles.members(ctx.tx, key, ctx.audiences, CROWD) for key in works}
    titled = doubles.titled(ctx.tx, person.title, CROWD)
    likely = _likely([*crowds.values(), *teams.values(), titled])
    found = {id: Double() for id in likely if id != person.id}
    key_of = {name: key for key, names in ways.items() for name in names}
    has = doubles.shared(ctx.tx, found, key_of, ctx.audiences)
    for id, double in found.items():
        shared = sorted({key_of[name] for name in has.get(id, ())}, key=lambda key: (len(crowds[key]), key))
        double.skills = [known[key] for key in shared]
        double.weight += sum(_rarity(len(crowds[key])) for key in shared)
        together = [key for key, team in teams.items() if id in team]
        double.projects = [works[key] for key in together]
        double.weight += sum(ON_PROJECT * _rarity(len(teams[key])) for key in together)
        double.title = id in titled
        double.weight += TITLE * double.title
    there = people.of_ids(ctx.tx, found).values()
    pairs = [(one, found[one.id]) for one in there if not (one.bot or one.left_at) and found[one.id].weight]
    return sorted(pairs, key=lambda pair: (-round(pair[1].weight, 9), pair[0].handle))


def _holders(ctx: Context, names: tuple[str, ...]) -> list[str]:
    found = {id for name in names for id in doubles.holders(ctx.tx, name, ctx.audiences, CROWD)}
    return sorted(found)[:CROWD]


def _likely(crowds: list[list[str]]) -> list[str]:
    """Those of the smallest crowds first, as many as are compared."""
    found: dict[str, None] = {}
    for crowd in sorted(crowds, key=lambda crowd: (len(crowd), crowd)):
        if len(found) >= LOOKED_AT:
            break
        found |= dict.fromkeys(crowd)
    return list(found)


def _rarity(n: int) -> float:
    """1 for what a whole crowd has, and more the fewer they are."""
    return 1 + log(CROWD / max(n, 1))


def _item(ctx: Context, person: Person, double: Double, load: Load) -> Item:
    notes: list[Spans] = []
    if double.skills:
        notes.append(ctx.words("people.share_skills", skills=_listed(ctx, double.skills)))
    if double.projects:
        listed = _listed(ctx, [f"#{name}" for name in double.projects])
        notes.append(ctx.words("people.share_projects", projects=listed))
    if double.title:
        notes.append(ctx.words("people.share_title"))
    name: Spans = (ctx.mention(person), *([f", {person.title}"] if person.title else []))
    return Item(name, (*notes, reach(ctx, person), *load.notes(ctx, person)), contact(ctx, person))


def _listed(ctx: Context, names: list[str]) -> Spans:
    more = [ctx.words("core.others", n=len(names) - NAMED)] if len(names) > NAMED else []
    return ctx.words.listed((*((name,) for name in names[:NAMED]), *more))
