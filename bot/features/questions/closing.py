"""Closing: whoever asked says whether the answer helped."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.noun import Asked, answers, chosen, feature, helper, standing
from bot.features.questions.routing import router
from bot.features.questions.telling import instead
from bot.reply import Buttons, Line, Note, Reply, say
from store import follows, giving, questions
from store.activities import PUBLIC, Activity
from store.people import Person
from store.questions import Question


@feature.on(
    "helped",
    en=("[yes] (this|that|it) [has|really] helped", "(this|that|it) helped me", "(this|that) was helpful"),
    fr=("[oui] (ca|cela) m'a [bien] aide", "(ca|cela) aide [bien]", "c'etait utile"),
)
def helped(ctx: Context) -> Reply:
    """Thanks whoever answered, as far as the thanks of the week reach."""
    asked = chosen(ctx, _mine(ctx, "answered"), "questions.helped")
    if isinstance(asked, Reply):
        return asked
    _check_mine(ctx, asked)
    if asked.question.state == "helped":
        return say(*ctx.words("questions.helped_before"))
    by = helper(ctx, asked)
    if by is None or asked.question.state != "answered":
        raise Refused("questions.gone")
    questions.change(ctx.tx, asked.id, state="helped")
    if asked.question.anonymous:
        _tell(ctx, asked, by, asked.id)
        return say(*ctx.words("questions.told_unnamed", person=ctx.mention(by), handle=f"@{by.handle}"))
    act = _thank(ctx, asked, by)
    if act is None:
        _tell(ctx, asked, by, asked.id)
        told = ctx.words("questions.told", person=ctx.mention(by), limit=giving.WEEKLY)
        return say(*(ctx.words("questions.noted") if by.left_at else told))
    questions.change(ctx.tx, asked.id, thanks=act.id)
    _tell(ctx, asked, by, act.id)
    done = ctx.words("questions.thanked", person=ctx.mention(by), reason=act.name)
    undo = Buttons((ctx.button("questions.undo", "undo", act.id),))
    return Reply((Line(done), Note(ctx.words("questions.thanks_seen")), undo))


@feature.on(
    "missed",
    en=("(not quite|not really)", "(this|that|it) did (not|n't) help", "(this|that|it) didn't help"),
    fr=("(pas tout a fait|pas vraiment)", "(ca|cela) ne m'a pas aide"),
)
def missed(ctx: Context) -> Reply:
    """The question goes on to the next people."""
    asked = chosen(ctx, _mine(ctx, "answered"), "questions.missed")
    if isinstance(asked, Reply):
        return asked
    _check_mine(ctx, asked)
    if asked.question.state != "answered":
        raise Refused("questions.gone")
    questions.change(ctx.tx, asked.id, state="open", helper="", answer="", due_at=None, closed_at=None)
    question = questions.lock(ctx.tx, asked.id)
    if question and router(ctx).send(question):
        return say(*ctx.words("questions.goes_on"))
    questions.change(ctx.tx, asked.id, state="unanswered", closed_at=ctx.now)
    return Reply((Line(ctx.words("questions.nobody_else", topics=asked.about(ctx))), *instead(ctx, asked)))


def _mine(ctx: Context, state: str) -> list[Question]:
    found = (one for one in questions.of_asker(ctx.tx, ctx.me.id) if one.state == state)
    return [asked.question for asked in standing(ctx, found) if not asked.introduces]


def _check_mine(ctx: Context, asked: Asked) -> None:
    if asked.introduces or asked.question.asker != ctx.me.id:
        raise Refused("questions.gone")


def _thank(ctx: Context, asked: Asked, by: Person) -> Activity | None:
    """Everybody may see the thanks, and so they name the subject only where the question was everybody's. None where
    this week's are used up, whoever answered has left, or nobody thanks here."""
    n, _ = giving.given(ctx.tx, ctx.me.id, "thanks", ctx.company.week_start(ctx.me, ctx.now), ctx.now)
    if n >= giving.WEEKLY or by.left_at or not answers(ctx, "kudos.give"):
        return None
    public = asked.question.public
    reason = ctx.words.text("questions.reason_about", topics=", ".join(asked.topics)) if public else ""
    name = reason or ctx.words.text("questions.reason")
    return ctx.record("Offer", "thanks", to=(by.id,), name=name, audience=PUBLIC)


def _tell(ctx: Context, asked: Asked, by: Person, about: str) -> None:
    """Thanks are muted as thanks are; who asks without a name is nobody whom one could mute."""
    things = [("Kind", "kudos")] + ([] if asked.question.anonymous else [("Person", ctx.me.id)])
    if not follows.mutes(ctx.tx, by.id, things):
        router(ctx).post(by, "questions.helped", about, ctx.company.open_hour(by, ctx.now))
