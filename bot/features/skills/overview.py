"""The skills of a person, as far as the asker may see them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot import freshness
from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.confirming import question
from bot.features.skills.endorsing import choice
from bot.features.skills.noun import feature, named
from bot.offering import dated
from bot.reply import Block, Item, Note, Reply, Spans, Title
from store import activities, endorsements, people, skills
from store.activities import Activity
from store.endorsements import Endorsement
from store.people import Person
from store.skills import Skill

ENDORSED, OFFERED = 3, 3
"""Shown at most: colleagues beside a skill, and words that wait for a yes."""
_ORDER = {"expert": 0, "good": 1, "": 2, "beginner": 3}


feature.asks(
    "show",
    en=(
        "{person} (skills?|knows?|knowledge|good at|great at|experts?|expertise|experienced?|strengths|talents?"
        "|speaks?)"
    ),
    fr=(
        "{person} (competences?|connait|sait|sait-il|sait-elle|maitrise|fort|forte|doue|douee|experte?|expertise"
        "|experience|talents?|points forts|parle-t-il|parle-t-elle)"
    ),
)


@feature.on(
    "show",
    en=(
        "[show me|show|list] [my] skills",
        "what are my skills",
        "what (do|can) i (know|do)",
        "skills (of|for) {person}",
        "skills {people}",
        "skills {person}",
        "[show me|show|list|see] {person}'s skills",
        "{person}'s skills",
        "what are {person}'s (skills|strengths|talents|areas of expertise)",
        "[show [me]|list|see] [the] skills of {person}",
        "what skills (does|do|has) {person} (have|got)",
        "what skills (do|have) i (have|got)",
        "what (does|can) {person} (know about|do)",
        "what does {person} know",
        "what is {person} good at",
        "does {person} (know|speak) {topics}",
        "is {person} (good at|familiar with|an expert in) {topics}",
        "[do you know] (if|whether) {person} (knows|speaks|is good at) {topics}",
    ),
    fr=(
        "[montre-moi|montre|liste] [mes] competences",
        "quelles sont mes competences",
        "que sais-je faire",
        "[montre-moi|montre] [les] competences de {person}",
        "[montre-moi|montre] [les] competences d'{person}",
        "quelles sont les competences de {person}",
        "quelles sont les competences d'{person}",
        "competences {people}",
        "(quelles competences a|qu'est-ce que sait faire) {person}",
        "qu'est-ce que {person} sait faire",
        "que sait faire {person}",
        "que connait {person}",
        "en quoi {person} est-(il|elle) (fort|forte|bon|bonne|doue|douee|expert|experte)",
        "(quels sont les|quels) (talents|points forts) de {person}",
        "(quels sont les|quels) (talents|points forts) d'{person}",
        "qu'est-ce que {person} connait",
        "qu'est-ce que connait {person}",
        "est-ce que {person} (connait|maitrise|sait faire [du|de la|de l'|des]|parle) {topics}",
        "{person} (connait|maitrise|sait|parle)-t-(il|elle) {topics}",
        "{person} (connait|maitrise|parle)-(il|elle) {topics}",
    ),
)
def show(ctx: Context) -> Reply:
    """The skills and wishes of a person, as far as the asker may see them, each with its day, its origin and who else
    says so; and to the person what waits for their word."""
    person = ctx.request.slots.people[0] if ctx.request.slots.people else ctx.me
    mine = person.id == ctx.me.id
    found = skills.of_person(ctx.tx, person.id, None if mine else ctx.audiences)
    waits = _waits(ctx, found) if mine else []
    if not found and not waits:
        raise Refused("skills.none_mine" if mine else "skills.none", person=f"@{person.handle}")
    known = sorted((skill for skill in found if not skill.wish), key=lambda skill: _ORDER.get(skill.level, 2))
    wishes = [skill for skill in found if skill.wish]
    of = "" if mine else "_of"
    says = Sayings.of(ctx, person, found)
    blocks = [
        *_section(ctx, f"skills.title{of}", person, known, says),
        *_section(ctx, f"skills.wishes{of}", person, wishes, says),
    ]
    hint = [Note(ctx.words("skills.hint"))] if mine and found else []
    return Reply((*blocks, *hint, *waits))


@dataclass(frozen=True, slots=True)
class Sayings:
    """What stands beside the skills of one person: the act behind each, what faded, and colleagues' words by key."""

    acts: Mapping[str, Activity]
    faded: frozenset[str]
    endorsed: Mapping[str, list[Endorsement]]
    people: Mapping[str, Person]

    @classmethod
    def of(cls, ctx: Context, person: Person, found: list[Skill]) -> "Sayings":
        said = endorsements.of_person(ctx.tx, person.id, None if person.id == ctx.me.id else ctx.audiences)
        endorsed: dict[str, list[Endorsement]] = {}
        for one in said:
            endorsed.setdefault(one.key, []).append(one)
        acts = activities.of_ids(ctx.tx, [skill.activity for skill in found])
        faded = freshness.faded(ctx.tx, person.id, ctx.now)
        return cls(acts, faded, endorsed, people.of_ids(ctx.tx, [one.by for one in said]))


def _section(ctx: Context, title: str, person: Person, found: list[Skill], says: Sayings) -> list[Block]:
    items = [Item((named(ctx, skill.name, skill.level),), _notes(ctx, skill, says)) for skill in found]
    return [Title(ctx.words(title, person=ctx.mention(person))), *items] if items else []


def _notes(ctx: Context, skill: Skill, says: Sayings) -> tuple[Spans, ...]:
    """When it was said or confirmed, and the latest colleagues who say so too."""
    words = says.endorsed.get(skill.key, ()) if not skill.wish else ()
    by = tuple(_endorsed(ctx, one, says.people[one.by]) for one in words if one.by in says.people)
    more = (ctx.words("skills.more_endorsed", n=len(by) - ENDORSED),) if len(by) > ENDORSED else ()
    return (_said_on(ctx, skill, says), *by[:ENDORSED], *more)


def _said_on(ctx: Context, skill: Skill, says: Sayings) -> Spans:
    act, local = says.acts.get(skill.activity), ctx.company.local(ctx.me, skill.confirmed_at).date()
    day = ctx.words.day(local)
    if skill.key in says.faded:
        return ctx.words("core.unconfirmed", month=ctx.words.month(local))
    if source := act.facts.get("source", "") if act else "":
        return dated(ctx.words, day, source)
    return ctx.words("skills.confirmed_on" if act and act.facts.get("confirms") else "skills.said_on", day=day)


def _endorsed(ctx: Context, said: Endorsement, by: Person) -> Spans:
    day = ctx.words.day(ctx.company.local(ctx.me, said.at).date())
    return ctx.words("skills.endorsed_by", person=ctx.mention(by), day=day)


def _waits(ctx: Context, found: list[Skill]) -> list[Block]:
    """Colleagues' words that wait for a yes, and one skill that was not confirmed for long."""
    offers = [block for offer in endorsements.waiting(ctx.tx, ctx.me.id)[:OFFERED] for block in choice(ctx, offer)]
    old = [skill for skill in found if not skill.wish and ctx.now - skill.confirmed_at >= freshness.LASTING]
    oldest = min(old, key=lambda skill: (skill.confirmed_at, skill.key), default=None)
    return [*offers, *(question(ctx, oldest).blocks if oldest else ())]
