"""What people are told of a question: those who may know, and the one who asks."""

from bot.feature import Context
from bot.features.questions.noun import Asked, answers, asker, feature, helper, is_subject, known, standing
from bot.features.questions.settings import is_away
from bot.reply import SILENCE, VALUE_LIMIT, Block, Button, Buttons, Line, Note, Reply, Spans
from bot.request import Wanted
from store import activities, people, questions, skills
from store.names import fold
from store.outbox import Message

SKILL_LIMIT = 60
"""Characters of a name that can be a skill."""


@feature.draws("asked")
def draw_asked(ctx: Context, message: Message) -> Reply:
    """The question, for somebody who may know, as long as nobody took it."""
    asked = known(ctx, message.about)
    route = questions.routes_of(ctx.tx, message.about).get(ctx.me.id)
    if asked is None or asked.question.state != "open" or route is None or route.state != "asked":
        return SILENCE
    if is_away(ctx):
        return SILENCE
    by = people.of_ids(ctx.tx, [route.suggested_by]).get(route.suggested_by)
    why = ctx.words("questions.suggested", person=ctx.mention(by)) if by else ctx.words("questions.why")
    return Reply(
        (
            *question(ctx, asked),
            Buttons(
                (
                    ctx.button("questions.take", "questions.take", asked.id),
                    ctx.button("questions.pass", "questions.pass", asked.id),
                    ctx.button("questions.suggest", "questions.suggest", asked.id),
                )
            ),
            Note((*why, " ", *ctx.words("questions.at_most"))),
            Buttons((ctx.button("questions.stop", "questions.off"),)),
        )
    )


@feature.draws("taken")
def draw_taken(ctx: Context, message: Message) -> Reply:
    asked = known(ctx, message.about)
    taker = helper(ctx, asked) if asked else None
    if asked is None or taker is None or asked.question.state != "taken":
        return SILENCE
    return Reply((Line(ctx.words("questions.taken", person=ctx.mention(taker), topics=asked.about(ctx))),))


@feature.draws("reminded")
def draw_reminded(ctx: Context, message: Message) -> Reply:
    """That a question still waits, for whoever took it."""
    asked = known(ctx, message.about)
    if asked is None or asked.question.state != "taken" or asked.question.helper != ctx.me.id:
        return SILENCE
    said = ctx.words("questions.reminded", person=asker(ctx, asked), topics=asked.about(ctx))
    details: list[Block] = [Line((asked.act.name,))] if asked.act.name else []
    buttons = (
        ctx.button("questions.answer_it", "questions.answer", asked.id),
        ctx.button("questions.give_back", "questions.pass", asked.id),
    )
    return Reply((Line(said), *details, Note(ctx.words("questions.how")), Buttons(buttons)))


@feature.draws("moved_on")
def draw_moved_on(ctx: Context, message: Message) -> Reply:
    """That others are asked by now, for whoever asked."""
    asked = known(ctx, message.about)
    if asked is None or asked.question.state not in ("open", "taken"):
        return SILENCE
    return Reply((Line(ctx.words("questions.moved_on", topics=asked.about(ctx))),))


@feature.draws("unanswered")
def draw_unanswered(ctx: Context, message: Message) -> Reply:
    asked = known(ctx, message.about)
    if asked is None or asked.question.state != "unanswered":
        return SILENCE
    return Reply((Line(ctx.words("questions.unanswered", topics=asked.about(ctx))), *instead(ctx, asked)))


@feature.draws("answered")
def draw_answered(ctx: Context, message: Message) -> Reply:
    """The answer, for whoever asked."""
    said, question = activities.of_id(ctx.tx, message.about), questions.of_answer(ctx.tx, message.about)
    if said is None or question is None or question.asker != ctx.me.id:
        return SILENCE
    asked = next(iter(standing(ctx, [question])), None)
    by = helper(ctx, asked) if asked else None
    if asked is None or by is None:
        return SILENCE
    buttons = (
        ctx.button("questions.helped", "questions.helped", asked.id),
        ctx.button("questions.not_quite", "questions.missed", asked.id),
    )
    head = ctx.words("questions.answered", person=ctx.mention(by), topics=asked.about(ctx))
    return Reply((Line(head), Line((said.name,)), Buttons(buttons)))


@feature.draws("helped")
def draw_helped(ctx: Context, message: Message) -> Reply:
    """That an answer helped, for whoever gave it, with what it says of their skills."""
    thanked = questions.of_thanks(ctx.tx, message.about)
    if thanked and activities.of_id(ctx.tx, message.about) is None:
        return SILENCE
    asked = known(ctx, thanked.id if thanked else message.about)
    if asked is None or asked.question.helper != ctx.me.id:
        return SILENCE
    said = ctx.words("questions.did_help", person=asker(ctx, asked), topics=asked.about(ctx))
    return Reply((Line(said), *skill_offer(ctx, asked)))


def head(ctx: Context, asked: Asked) -> Spans:
    """Who asks, or would like to talk, about what."""
    key = "questions.would_like" if asked.introduces else "questions.asks"
    return ctx.words(key, person=asker(ctx, asked), topics=asked.about(ctx))


def ask_them(ctx: Context, wanted: Wanted) -> list[Block]:
    """The way to others who may know."""
    value = wanted.dump()
    return [Buttons((ctx.button("questions.ask_them", "questions.ask", value),))] if len(value) <= VALUE_LIMIT else []


def question(ctx: Context, asked: Asked) -> list[Block]:
    """Who asks what."""
    blocks: list[Block] = [Line(head(ctx, asked))]
    return [*blocks, Line((asked.act.name,))] if asked.act.name else blocks


def skill_offer(ctx: Context, asked: Asked) -> list[Block]:
    """What the reader could add to their skills, by their own yes alone."""
    own = {skill.key for skill in skills.of_person(ctx.tx, ctx.me.id) if not skill.wish}
    new = [topic for topic in asked.topics if fold(topic) not in own and len(topic) <= SKILL_LIMIT]
    if not new or not answers(ctx, "skills.add"):
        return []
    buttons = tuple(
        Button(ctx.words.text("questions.add_skill", topic=topic), "skills.add", topic) for topic in new[:3]
    )
    return [Note(ctx.words("questions.offer")), Buttons(buttons)]


def instead(ctx: Context, asked: Asked) -> list[Block]:
    """What else somebody can do whose question nobody took."""
    notes: list[Block] = [Note(ctx.words("questions.instead", topic=asked.topics[0]))]
    return [*notes, Note(ctx.words("questions.next_month"))] if any(map(is_subject, asked.topics)) else notes
