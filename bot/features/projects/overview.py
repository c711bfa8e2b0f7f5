"""How projects are doing: one with everything known of it, its dates, a person's, and all of them."""

import re

from bot.errors import Refused
from bot.feature import Context
from bot.features.projects import phrases
from bot.features.projects.members import in_it
from bot.features.projects.noun import day, existing, feature, name_of, state_said, tag, tense, who
from bot.reading.folded import fold_text
from bot.reply import Block, Buttons, Item, Line, Note, Reply, Spans, Title
from store import follows, people, projects
from store.activities import Activity
from store.people import Person
from store.projects import Project

UPDATES, PROJECTS = 3, 10
_END = re.compile(
    r"\b(end(s|ed|ing)?|finish(es|ed)?|over|due|done|finit|fini|finira|fin|termine\w*|acheve\w*|echeance)\b"
)


feature.asks("dates", en=phrases.DATES_GIST_EN, fr=phrases.DATES_GIST_FR)
feature.asks("members", en=phrases.MEMBERS_GIST_EN, fr=phrases.MEMBERS_GIST_FR)
feature.asks("of_person", en=phrases.OF_PERSON_GIST_EN, fr=phrases.OF_PERSON_GIST_FR)
feature.asks("show", en=phrases.SHOW_GIST_EN, fr=phrases.SHOW_GIST_FR)


@feature.on("show", en=phrases.SHOW_EN, fr=phrases.SHOW_FR, both=("#{known}",))
def show(ctx: Context) -> Reply:
    """State, dates, people, last updates, what is next and blocked."""
    project = existing(ctx)
    known = people.of_ids(ctx.tx, [project.owner, *project.members, *(act.actor for act in project.updates)])
    blocks: list[Block] = [Title(_headline(ctx, project)), Line(_dates(ctx, project, known))]
    blocks += [Line(said) for said in (_owner(ctx, project, known), _members(ctx, project, known)) if said]
    blocks += [*_last_words(ctx, project, known, "next"), *_last_words(ctx, project, known, "blocked")]
    blocks += [_said(ctx, act, known) for act in project.updates[:UPDATES]]
    if not project.updates:
        blocks.append(Note(ctx.words("projects.no_updates", project=tag(project.name))))
    if not project.has(ctx.me.id) and ("Project", project.key) not in follows.of_person(ctx.tx, ctx.me.id).following:
        blocks.append(Buttons((ctx.button("projects.follow", "follow.add", project.key),)))
    return Reply(tuple(blocks))


@feature.on("dates", en=phrases.DATES_EN, fr=phrases.DATES_FR)
def dates(ctx: Context) -> Reply:
    """The start or the end, whichever was asked, with who said it; where it is not known, whom to ask."""
    project = existing(ctx)
    fact = "endTime" if _END.search(fold_text(ctx.request.text).text) else "startTime"
    when = project.day(fact)
    if when is None:
        owner = people.of_ids(ctx.tx, [project.owner])
        return Reply((Line(_unknown(ctx, project, fact, owner)),))
    said = ctx.words(tense(ctx, fact, when), day=ctx.words.day(when))
    source = project.facts[fact]
    note = ctx.words("projects.said_by", person=name_of(ctx, source.actor), day=day(ctx, source.published))
    return Reply((Line(ctx.words("projects.sentence", project=tag(project.name), said=said)), Note(note)))


@feature.on("of_person", en=phrases.OF_PERSON_EN, fr=phrases.OF_PERSON_FR)
def of_person(ctx: Context) -> Reply:
    """The projects of a person, each with their last words there; what is done comes last."""
    person = ctx.request.slots.people[0] if ctx.request.slots.people else ctx.me
    mine = person.id == ctx.me.id
    found = projects.of_person(ctx.tx, person.id, ctx.audiences)
    if not found:
        raise Refused("projects.none_mine" if mine else "projects.none_of", person=f"@{person.handle}")
    found.sort(key=lambda project: (project.fact("state") == "done", -_newest(project, person)))
    title = ctx.words("projects.of_me" if mine else "projects.of", person=ctx.mention(person), n=len(found))
    items = [_in_short(ctx, project, person) for project in found[:PROJECTS]]
    return Reply((Title(title), *items))


@feature.on("all", en=phrases.ALL_EN, fr=phrases.ALL_FR)
def all_projects(ctx: Context) -> Reply:
    """The projects that were spoken of last."""
    found = projects.latest(ctx.tx, ctx.audiences, PROJECTS)
    if not found:
        raise Refused("projects.none")
    known = people.of_ids(ctx.tx, [project.owner for project in found if project.owner])
    items = [Item(_headline(ctx, project), tuple(filter(None, (_owner(ctx, project, known),)))) for project in found]
    return Reply(
        (Title(ctx.words("projects.all")), *items, Note(ctx.words("projects.all_hint", project=tag(found[0].name))))
    )


def _headline(ctx: Context, project: Project) -> Spans:
    state = project.fact("state")
    if not state:
        return ctx.words("projects.no_state", project=tag(project.name))
    return ctx.words("projects.state", project=tag(project.name), state=state_said(ctx, state))


def _dates(ctx: Context, project: Project, known: dict[str, Person]) -> Spans:
    said: list[Spans] = []
    for fact in ("startTime", "endTime"):
        when = project.day(fact)
        if when:
            words = ctx.words(tense(ctx, fact, when), day=ctx.words.day(when))
            said.append(ctx.words("projects.it", said=words))
        else:
            said.append(_unknown(ctx, project, fact, known))
    return (*said[0], " ", *said[1])


def _unknown(ctx: Context, project: Project, fact: str, known: dict[str, Person]) -> Spans:
    """That a date is not known, and who may know, or how to say it."""
    key = f"projects.no_{'start' if fact == 'startTime' else 'end'}"
    if project.owner in known and project.owner != ctx.me.id:
        return ctx.words(f"{key}_ask", project=tag(project.name), owner=ctx.mention(known[project.owner]))
    return ctx.words(key, project=tag(project.name))


def _owner(ctx: Context, project: Project, known: dict[str, Person]) -> Spans:
    if not project.owner:
        return ctx.words("projects.no_owner_yet", project=tag(project.name))
    return ctx.words("projects.owned_by", person=who(ctx, project.owner, known))


def _members(ctx: Context, project: Project, known: dict[str, Person]) -> Spans:
    here = [known[id] for id in in_it(project) if id in known and not known[id].left_at and id != project.owner]
    return ctx.words("projects.with", people=ctx.named(here)) if here else ()


def _last_words(ctx: Context, project: Project, known: dict[str, Person], part: str) -> list[Block]:
    """What is next, or blocked, in the newest update of each author: who writes again has the earlier part behind."""
    last: dict[str, Activity] = {}
    for act in project.updates:
        last.setdefault(act.actor, act)
    said = [act for act in last.values() if act.facts.get(part)][:UPDATES]
    return [
        Line(ctx.words(f"projects.{part}_by", text=str(act.facts[part]), person=who(ctx, act.actor, known)))
        for act in said
    ]


def _said(ctx: Context, act: Activity, known: dict[str, Person]) -> Item:
    return Item(
        (who(ctx, act.actor, known), *ctx.words("projects.said_it", text=act.name)), ((day(ctx, act.published),),)
    )


def _newest(project: Project, person: Person) -> float:
    own = [act for act in project.updates if act.actor == person.id]
    act = own[0] if own else project.members.get(person.id) or project.facts["owner"]
    return act.published.timestamp()


def _in_short(ctx: Context, project: Project, person: Person) -> Item:
    own = next((act for act in project.updates if act.actor == person.id), None)
    if own:
        note = ctx.words("projects.wrote", day=day(ctx, own.published), text=own.name)
    elif project.owner == person.id:
        note = ctx.words("projects.is_owner")
    else:
        note = ctx.words("projects.joined_on", day=day(ctx, project.members[person.id].published))
    return Item(_headline(ctx, project), (note,))
