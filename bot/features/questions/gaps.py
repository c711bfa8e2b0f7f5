"""The gap map: once a month, what colleagues looked for and nobody took, without who it was."""

from datetime import datetime, time, timedelta

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.helping import taken
from bot.features.questions.noun import Asked, feature, is_subject, standing
from bot.features.questions.settings import is_off
from bot.features.questions.telling import skill_offer
from bot.reply import LABEL_LIMIT, SILENCE, Button, Buttons, Note, Reply, say
from store import questions, skills
from store.names import fold
from store.news import Span
from store.questions import Route

MONTH, KEPT = timedelta(days=28), timedelta(days=70)
"""How rarely it is told, and how long somebody may still say that they know it."""
SHOWN, READ = 3, 200


@feature.hint(days=MONTH.days)
def hint(ctx: Context, span: Span) -> Reply:
    """In the first digest of a month, what was looked for in vain the month before."""
    first = _month(ctx, span.until)
    if _month(ctx, span.since) == first or is_off(ctx) or ctx.me.id not in skills.holders(ctx.tx, [ctx.me.id]):
        return SILENCE
    topics = list(_unmet(ctx, _month(ctx, first - timedelta(days=1)), first))[:SHOWN]
    if not topics:
        return SILENCE
    listed = ctx.words.listed(tuple((topic,) for topic in topics))
    return Reply((Note(ctx.words("questions.gaps", topics=listed)), Buttons(_buttons(ctx, topics))))


@feature.on("know", en=("i know it", "i know that"), fr=("je sais", "je le sais"))
def know(ctx: Context) -> Reply:
    """Gives the newest question of this topic to whoever says so, and offers the topic as a skill."""
    unmet = _unmet(ctx, ctx.now - KEPT, ctx.now + timedelta(seconds=1))
    by_key = {fold(topic): found for topic, found in unmet.items()}
    topic = fold(ctx.request.value)
    if not topic and len(unmet) > 1:
        return say(*ctx.words("questions.which"), buttons=_buttons(ctx, list(unmet)[:SHOWN]))
    found = by_key.get(topic) or (not topic and next(iter(by_key.values()), None))
    if not found:
        raise Refused("questions.met")
    [asked, *_] = found
    question = questions.lock(ctx.tx, asked.id)
    if question is None or question.state != "unanswered":
        raise Refused("questions.met")
    if ctx.me.id not in questions.routes_of(ctx.tx, asked.id):
        questions.route(ctx.tx, Route(asked.id, ctx.me.id, ctx.now))
    return taken(ctx, Asked(question, asked.act)) + Reply(tuple(skill_offer(ctx, asked)))


def _unmet(ctx: Context, since: datetime, until: datetime) -> dict[str, list[Asked]]:
    """By topic as it was said, the questions of others that nobody took, the newest first; without those that the
    reader has passed on."""
    found: dict[str, list[Asked]] = {}
    names: dict[str, str] = {}
    for asked in standing(ctx, questions.unmet(ctx.tx, ctx.me.id, since, until, READ)):
        if ctx.me.id not in questions.routes_of(ctx.tx, asked.id):
            for topic in filter(is_subject, asked.topics):
                found.setdefault(names.setdefault(fold(topic), topic), []).append(asked)
    return found


def _buttons(ctx: Context, topics: list[str]) -> tuple[Button, ...]:
    return tuple(
        Button(ctx.words.text("questions.know", topic=topic)[:LABEL_LIMIT], "questions.know", topic) for topic in topics
    )


def _month(ctx: Context, at: datetime) -> datetime:
    """When the reader's month began."""
    local = ctx.company.local(ctx.me, at)
    return datetime.combine(local.date().replace(day=1), time(0), local.tzinfo)
