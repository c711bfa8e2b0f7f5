"""Follow and mute: one preference model for projects, people, skills and kinds of news, private to the person."""

import re
from dataclasses import dataclass

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.nearest import nearest_people, nearest_projects
from bot.reply import Block, Buttons, Item, Line, Note, Reply, Span, Spans, Title, say
from store import follows, people, projects, skills
from store.activities import Activity
from store.follows import FOLLOW, IGNORE, Thing
from store.names import fold
from store.record import retract

_PROJECT = re.compile(r"(?:#|(?:project|projet) #?)(.+)")
KINDS = ("kudos", "projects", "questions", "skills")
"""The kinds of news there are, named as their features."""

feature = Feature(
    "follow",
    examples={
        "en": ("follow #apollo", "mute kudos", "unfollow @lea", "my follows"),
        "fr": ("suivre #apollo", "ignorer les mercis", "ne plus suivre @lea", "mes suivis"),
    },
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to follow or to mute, and how it is called."""

    type: str
    key: str
    name: str

    @property
    def thing(self) -> Thing:
        return self.type, self.key


_EN = (
    "[the] (kudos|thanks) [in my digest] {what=kudos}",
    "[the] [new] skills {what=skills}",
    "[the] [routed] questions {what=questions}",
    "[the] (projects|updates|project updates) {what=projects}",
    "{people}",
    "[the] project {known}",
    "[the] [project] {known}",
    "{person}",
    "[the skill] {topics}",
)
_FR = (
    "[les] (kudos|mercis|remerciements) {what=kudos}",
    "[les] [nouvelles] competences {what=skills}",
    "[les] questions {what=questions}",
    "[les] (projets|nouvelles|nouvelles des projets) {what=projects}",
    "{people}",
    "[le] [projet] {known}",
    "{person}",
    "[la competence] {topics}",
)
_NO_MORE_EN = "(unfollow|unmute|no longer follow|not follow|stop following|stop muting|stop ignoring)"
_NO_MORE_FR = (
    "((ne veux plus|je ne veux plus|ne plus|arreter de|arrete de|arretez de|cesser de|cesse de"
    "|desormais ne plus) (suivre|ignorer|masquer)|reafficher|reaffiche|reaffichez|remontre-moi|reactiver|reactive)"
)


def _each(verb: str, things: tuple[str, ...]) -> tuple[str, ...]:
    return (*(f"{verb} {thing}" for thing in things), verb)


_MORE_EN = "(follow|subscribe to|keep me (posted|updated|informed) (on|about|of)|notify me (about|of|on))"
_MORE_FR = "(suivre|suis|suivez|s'abonner a|m'abonner a|abonne-moi a)"
_TOLD_FR = "(tiens-moi|tenez-moi|me tenir) au courant|(previens-moi|prevenez-moi|informe-moi|informez-moi)"
_LESS_EN = (
    "(mute|ignore|silence|hide|stop showing [me]|(don't|do not) show me"
    "|i (don't|do not) want to (see|hear about|hear from|hear of))"
)
_LESS_FR = "(ignorer|ignore|ignorez|masquer|masque|masquez|ne me (montre|montrez) plus|je ne veux plus voir)"


@feature.on(
    "add",
    en=_each(_MORE_EN, _EN),
    fr=(
        *_each(_MORE_FR, _FR),
        *(f"({_TOLD_FR}) (de|du|des|sur|pour) {thing}" for thing in _FR),
        f"({_TOLD_FR}) d'{{known}}",
    ),
)
def add(ctx: Context) -> Reply:
    return _prefer(ctx, FOLLOW)


@feature.on("mute", en=_each(_LESS_EN, _EN), fr=_each(_LESS_FR, _FR))
def mute(ctx: Context) -> Reply:
    return _prefer(ctx, IGNORE)


@feature.on(
    "remove",
    en=(
        *_each(_NO_MORE_EN, _EN),
        *(f"(don't|do not) follow {thing} (anymore|any more|any longer)" for thing in _EN),
        *(f"show [me] {thing} again" for thing in _EN[:6]),
    ),
    fr=_each(_NO_MORE_FR, _FR),
)
def remove(ctx: Context) -> Reply:
    """Takes back what was said of it before, as if it had never been said."""
    wanted = _wanted(ctx)
    said = follows.said_by(ctx.tx, ctx.me.id)
    before = [act for act in said if follows.thing(act) in {one.thing for one in wanted}]
    if not before:
        raise Refused("follow.neither", what=_plain(ctx, wanted))
    for act in before:
        retract(ctx.tx, act, ctx.now)
    known = {follows.thing(act): act.verb for act in reversed(before)}
    lines = [
        Line(ctx.words(key, what=_listed(ctx, [one for one in wanted if known.get(one.thing) == verb])))
        for verb, key in ((FOLLOW, "follow.unfollowed"), (IGNORE, "follow.unmuted"))
        if verb in known.values()
    ]
    return Reply(tuple(lines))


@feature.on(
    "show",
    en=(
        "[show me|show] my (follows|mutes|preferences)",
        "(follows|following|preferences)",
        "(what|who|whom) (do|am) i (follow|following|mute|muting)",
    ),
    fr=(
        "[montre-moi|montre] mes (suivis|abonnements|preferences)",
        "(suivis|abonnements)",
        "(que suis-je|qui est-ce que je suis|que est-ce que je suis|qu'est-ce que je suis|qui est-ce que j'ignore)",
    ),
)
def show(ctx: Context) -> Reply:
    """What the person follows and mutes, and how to change it."""
    last: dict[Thing, Activity] = {}
    for act in follows.said_by(ctx.tx, ctx.me.id):
        last.setdefault(follows.thing(act), act)
    if not last:
        raise Refused("follow.none")
    following = _section(ctx, "follow.following", [act for act in last.values() if act.verb == FOLLOW])
    muted = _section(ctx, "follow.muting", [act for act in last.values() if act.verb == IGNORE])
    return Reply((*following, *muted, Note(ctx.words("follow.hint"))))


@feature.undo("follow")
def undo(ctx: Context, act: Activity) -> Reply:
    key = "follow.unfollowed" if act.verb == FOLLOW else "follow.unmuted"
    group = act.facts.get("with", act.id)
    said = [one for one in follows.said_by(ctx.tx, act.actor) if one.facts.get("with", one.id) == group]
    for other in (one for one in said if one.id != act.id):
        retract(ctx.tx, other, ctx.now)
    return say(*ctx.words(key, what=_listed(ctx, [_of(one) for one in reversed(said)])))


def _prefer(ctx: Context, verb: str) -> Reply:
    wanted = _wanted(ctx)
    if ("Person", ctx.me.id) in {one.thing for one in wanted}:
        raise Refused("follow.yourself")
    said = follows.said_by(ctx.tx, ctx.me.id)
    fresh = [one for one in wanted if _last(said, one.thing) != verb]
    done = "follow.added" if verb == FOLLOW else "follow.muted"
    if not fresh:
        return say(*ctx.words(f"{done}_before", what=_listed(ctx, wanted)))
    acts: list[Activity] = []
    for one in fresh:
        acts.append(_record(ctx, verb, one, {"with": acts[0].id} if acts else {}))
    lines: list[Block] = [Line(ctx.words(done, what=_listed(ctx, fresh)))]
    lines += [Note(ctx.words("follow.nobody_yet", skill=one.name)) for one in fresh if _is_unheard(ctx, one)]
    lines.append(Note(ctx.words("follow.private")))
    return Reply((*lines, Buttons((ctx.button("follow.undo", "undo", acts[-1].id),))))


def _record(ctx: Context, verb: str, one: Wanted, more: dict[str, str]) -> Activity:
    """The later ones of a sentence name the first, so that undo finds them; what was said before holds again then."""
    own = f"person:{ctx.me.id}"
    return ctx.record(verb, "follow", key=one.key, name=one.name, facts={"type": one.type} | more, audience=own)


def _last(said: list[Activity], thing: Thing) -> str:
    return next((act.verb for act in said if follows.thing(act) == thing), "")


def _is_unheard(ctx: Context, one: Wanted) -> bool:
    return one.type == "Skill" and not skills.of_keys(ctx.tx, [one.key], ctx.audiences)


def _wanted(ctx: Context) -> list[Wanted]:
    """What is meant. A click carries a project's key."""
    slots = ctx.request.slots
    project = slots.project or ctx.request.value
    if slots.what:
        return [Wanted("Kind", slots.what, slots.what)]
    if slots.people:
        return [Wanted("Person", person.id, person.handle) for person in slots.people]
    if project:
        return [Wanted("Project", project, projects.names_of(ctx.tx, [project], ctx.audiences).get(project, project))]
    if slots.topics:
        return [_topic(ctx, name) for name in slots.topics]
    raise Refused("follow.what")


def _topic(ctx: Context, name: str) -> Wanted:
    """A skill by its name. Raises Refused where the name was meant for a project or a person."""
    if project := _PROJECT.match(fold(name)):
        raise Refused("core.unknown_project", name=project[1], nearest=_near_projects(ctx, project[1]))
    if name.startswith("@"):
        raise Refused("core.unknown_person", name=name[1:], nearest=nearest_people(ctx.tx, name[1:], ctx.me.id))
    namesakes = people.named(ctx.tx, name)
    if len(namesakes) > 1:
        handles = ", ".join(f"@{person.handle}" for person in namesakes[:5])
        raise Refused("core.several_people", name=name, people=handles)
    return Wanted("Skill", fold(name), name)


def _near_projects(ctx: Context, name: str) -> str:
    return nearest_projects(ctx.tx, projects.key(name), ctx.audiences)


def _of(act: Activity) -> Wanted:
    type_, key = follows.thing(act)
    return Wanted(type_, key, act.name)


def _section(ctx: Context, title: str, acts: list[Activity]) -> list[Block]:
    items = [Item(_listed(ctx, [_of(act)])) for act in acts]
    return [Title(ctx.words(title)), *items] if items else []


def _listed(ctx: Context, wanted: list[Wanted]) -> Spans:
    known = people.of_ids(ctx.tx, [one.key for one in wanted if one.type == "Person"])
    return ctx.words.listed(tuple((_named(ctx, one, known),) for one in wanted))


def _named(ctx: Context, one: Wanted, known: dict[str, people.Person]) -> Span:
    match one.type:
        case "Person":
            return ctx.mention(known[one.key]) if one.key in known else ctx.words.text("core.someone")
        case "Project":
            return f"“{one.name}”" if " " in one.name else f"#{one.name}"
        case "Kind" if one.key in KINDS:
            return ctx.words.text(f"follow.{one.key}")
        case _:
            return one.name


def _plain(ctx: Context, wanted: list[Wanted]) -> str:
    return ", ".join(f"@{one.name}" if one.type == "Person" else str(_named(ctx, one, {})) for one in wanted)
