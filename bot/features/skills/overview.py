"""The skills of a person, as far as the asker may see them."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.noun import feature, named
from bot.offering import dated
from bot.reply import Block, Item, Note, Reply, Spans, Title
from store import activities, skills
from store.activities import Activity
from store.people import Person
from store.skills import Skill

_ORDER = {"expert": 0, "good": 1, "": 2, "beginner": 3}


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
        "what are {person}'s skills",
        "[show [me]|list|see] [the] skills of {person}",
        "what skills (does|do|has) {person} (have|got)",
        "what skills (do|have) i (have|got)",
        "what (does|can) {person} (know about|do)",
        "what does {person} know",
        "what is {person} good at",
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
    ),
)
def show(ctx: Context) -> Reply:
    """The skills and wishes of a person, as far as the asker may see them, each with its day."""
    person = ctx.request.slots.people[0] if ctx.request.slots.people else ctx.me
    mine = person.id == ctx.me.id
    found = skills.of_person(ctx.tx, person.id, None if mine else ctx.audiences)
    if not found:
        raise Refused("skills.none_mine" if mine else "skills.none", person=f"@{person.handle}")
    known = sorted((skill for skill in found if not skill.wish), key=lambda skill: _ORDER.get(skill.level, 2))
    wishes = [skill for skill in found if skill.wish]
    of = "" if mine else "_of"
    blocks = [*_section(ctx, f"skills.title{of}", person, known), *_section(ctx, f"skills.wishes{of}", person, wishes)]
    return Reply((*blocks, Note(ctx.words("skills.hint")))) if mine else Reply(tuple(blocks))


def _section(ctx: Context, title: str, person: Person, found: list[Skill]) -> list[Block]:
    acts = activities.of_ids(ctx.tx, [skill.activity for skill in found])
    items = [Item((named(ctx, skill.name, skill.level),), (_said_on(ctx, skill, acts),)) for skill in found]
    return [Title(ctx.words(title, person=ctx.mention(person))), *items] if items else []


def _said_on(ctx: Context, skill: Skill, acts: dict[str, Activity]) -> Spans:
    day = ctx.words.day(ctx.company.local(ctx.me, skill.confirmed_at).date())
    source = acts[skill.activity].facts.get("source", "") if skill.activity in acts else ""
    return dated(ctx.words, day, source) if source else ctx.words("skills.said_on", day=day)
