"""Whether a skill is still true: asked in the digest's last line and in one's own list, answered with one tap."""

from bot import freshness
from bot.errors import Refused
from bot.feature import Context
from bot.features.skills.noun import feature
from bot.reply import LABEL_LIMIT, SILENCE, Button, Buttons, Line, Note, Reply
from store import activities, skills
from store.activities import Activity
from store.names import fold
from store.news import Span
from store.skills import Skill


@feature.hint(days=7)
def ask(ctx: Context, span: Span) -> Reply:
    """One skill that was not confirmed for ninety days, the longest unconfirmed first."""
    skill = _own(ctx).get(freshness.asking(ctx.tx, ctx.me.id, span.until))
    return question(ctx, skill) if skill else SILENCE


@feature.on(
    "confirm",
    en=("(still true|still true:) {topics}", "{topics} is still true", "(confirm|skills confirm) [my skill] {topics}"),
    fr=(
        "(toujours vrai|toujours vrai :) {topics}",
        "{topics} est toujours vrai",
        "(competences confirmer|confirmer|confirme) [ma competence] {topics}",
    ),
)
def confirm(ctx: Context) -> Reply:
    """Says again today what the person had said of it, to those who could see it."""
    own = _own(ctx)
    wanted = [fold(name) for name in ([ctx.request.value] if ctx.request.value else ctx.request.slots.topics)]
    found = [own[key] for key in wanted if key in own]
    if not found:
        raise Refused("skills.not_yours")
    first = ""
    for act in activities.of_ids(ctx.tx, [skill.activity for skill in found]).values():
        said = _say_again(ctx, act, first)
        first = first or said
    names = ctx.words.listed(tuple((skill.name,) for skill in found))
    undo = Buttons((ctx.button("skills.undo", "undo", first),))
    return Reply((Line(ctx.words("skills.still_true", skills=names)), undo))


def question(ctx: Context, skill: Skill) -> Reply:
    """The question with its two answers."""
    at, today = (ctx.company.local(ctx.me, when).date() for when in (skill.confirmed_at, ctx.now))
    said = ctx.words("skills.is_it_true", skill=skill.name, month=ctx.words.short_month(at, today))
    answers = (("skills.yes_still", "skills.confirm"), ("skills.no_longer", "skills.remove"))
    buttons = tuple(Button(_label(ctx, key, skill), action, skill.name) for key, action in answers)
    return Reply((Note(said), Buttons(buttons)))


def _label(ctx: Context, key: str, skill: Skill) -> str:
    return ctx.words.text(key, skill=skill.name)[:LABEL_LIMIT]


def _own(ctx: Context) -> dict[str, Skill]:
    return {skill.key: skill for skill in skills.of_person(ctx.tx, ctx.me.id) if not skill.wish}


def _say_again(ctx: Context, act: Activity, first: str) -> str:
    """Says what the act did, after the `first` one of this sentence, which undo finds them by."""
    facts = {name: act.facts[name] for name in ("level", "type") if name in act.facts} | {"confirms": True}
    facts |= {"with": first} if first else {}
    return ctx.record("Add", "skill", key=act.key, name=act.name, facts=facts, audience=act.audience).id
