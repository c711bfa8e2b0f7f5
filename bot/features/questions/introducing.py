"""Introducing: whoever asks is brought together with one colleague, by that colleague's yes."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.noun import Asked, answers, asker, feature, known, standing
from bot.features.questions.routing import router
from bot.features.questions.settings import is_away
from bot.features.questions.telling import ask_them, head
from bot.reply import SILENCE, Block, Buttons, Contact, Line, Note, Reply, say
from bot.request import Wanted
from store import people, questions
from store.outbox import Message
from store.people import Person
from store.questions import Question
from store.terms import read_terms


@feature.on(
    "introduce",
    en=("[please] introduce me (to|with) {person} (about|for|on|because of) {wanted}",),
    fr=("(presente|presentez)-moi [a] {person} (pour|sur|a propos de|au sujet de) {wanted}",),
)
def introduce(ctx: Context) -> Reply:
    """Asks one colleague whether they may be introduced to whoever asks. A click carries person and topics."""
    person, wanted = _meant(ctx)
    if person.id == ctx.me.id:
        raise Refused("questions.know_yourself")
    if not any(map(read_terms, wanted.topics)):
        raise Refused("questions.what")
    _check_alone(ctx)
    to = router(ctx)
    if not to.may_be_introduced(ctx.me, person):
        said = ctx.words("questions.not_introduced", person=ctx.mention(person))
        return Reply((Line(said), *ask_them(ctx, wanted)))
    facts = {"topics": list(wanted.topics), "wanted": wanted.dump(), "introduces": True}
    act = ctx.record("Question", "question", facts=facts, audience=f"person:{ctx.me.id}")
    question = Question(act.id, ctx.me.id, anonymous=False, public=False, asked_at=ctx.now)
    questions.ask(ctx.tx, question)
    to.introduce(question, person)
    done = ctx.words("questions.introducing", person=ctx.mention(person), topics=Asked(question, act).about(ctx))
    undo = Buttons((ctx.button("questions.undo", "undo", act.id),))
    return Reply((Line(done), Note(ctx.words("questions.introducing_how")), undo))


@feature.draws("introducing")
def draw_introducing(ctx: Context, message: Message) -> Reply:
    """Who would like to talk about what, for the colleague, as long as it waits for them."""
    asked, route = known(ctx, message.about), questions.routes_of(ctx.tx, message.about).get(ctx.me.id)
    if asked is None or asked.question.state != "open" or route is None or route.state != "asked" or is_away(ctx):
        return SILENCE
    return Reply(
        (
            Line(head(ctx, asked)),
            Buttons(
                (
                    ctx.button("questions.introduce_yes", "questions.take", asked.id),
                    ctx.button("questions.introduce_no", "questions.pass", asked.id),
                )
            ),
            Note((*ctx.words("questions.why"), " ", *ctx.words("questions.at_most"))),
            Buttons((ctx.button("questions.stop", "questions.off"),)),
        )
    )


@feature.draws("introduced")
def draw_introduced(ctx: Context, message: Message) -> Reply:
    """The yes, for whoever asked."""
    asked = known(ctx, message.about)
    person = people.of_ids(ctx.tx, [asked.question.helper]).get(asked.question.helper) if asked else None
    if asked is None or person is None or asked.question.state != "answered":
        return SILENCE
    said = ctx.words("questions.introduced", person=ctx.mention(person), topics=asked.about(ctx))
    return Reply((Line(said, _contact(ctx, person)),))


@feature.draws("not_now")
def draw_not_now(ctx: Context, message: Message) -> Reply:
    """That it does not come about, whether it was declined or nobody said anything; and whom one may ask instead."""
    asked = known(ctx, message.about)
    if asked is None or asked.question.state != "withdrawn":
        return SILENCE
    ids = list(questions.routes_of(ctx.tx, asked.id))
    person = next(iter(people.of_ids(ctx.tx, ids).values()), None)
    named = ctx.mention(person) if person else ctx.words.text("questions.colleague")
    blocks: list[Block] = [Line(ctx.words("questions.not_now", person=named, topics=asked.about(ctx)))]
    return Reply((*blocks, *(ask_them(ctx, asked.wanted) if answers(ctx, "questions.ask") else ())))


def accept(ctx: Context, asked: Asked) -> Reply:
    """Brings the two together."""
    _check_waits(ctx, asked)
    questions.change(ctx.tx, asked.id, state="answered", helper=ctx.me.id, due_at=None, closed_at=ctx.now)
    questions.mark(ctx.tx, asked.id, ctx.me.id, "answered")
    router(ctx).answer(asked.question.asker, "questions.introduced", asked.id)
    other = people.of_ids(ctx.tx, [asked.question.asker]).get(asked.question.asker)
    said = ctx.words("questions.both_told", person=asker(ctx, asked))
    return Reply((Line(said, _contact(ctx, other) if other else None),))


def decline(ctx: Context, asked: Asked) -> Reply:
    """The asker hears the same as if nothing had been said in time."""
    _check_waits(ctx, asked)
    questions.mark(ctx.tx, asked.id, ctx.me.id, "passed")
    router(ctx).part(asked.question)
    return say(*ctx.words("questions.declined", person=asker(ctx, asked)))


def _meant(ctx: Context) -> tuple[Person, Wanted]:
    """Raises Refused where nobody is meant."""
    id, _, wanted = ctx.request.value.partition("\n")
    person = people.of_ids(ctx.tx, [id]).get(id) if id else next(iter(ctx.request.slots.people), None)
    if person is None:
        raise Refused("questions.gone")
    said = ctx.request.slots.wanted if ctx.request.slots.topics else Wanted.load(wanted)
    return person, Wanted(said.choices)


def _check_alone(ctx: Context) -> None:
    """One at a time. Raises Refused where another waits."""
    mine = [one for one in questions.of_asker(ctx.tx, ctx.me.id) if one.state == "open"]
    if any(asked.introduces for asked in standing(ctx, mine)):
        raise Refused("questions.introducing_before")


def _check_waits(ctx: Context, asked: Asked) -> None:
    if asked.question.state != "open" or ctx.me.id not in questions.routes_of(ctx.tx, asked.id):
        raise Refused("questions.not_any_more")


def _contact(ctx: Context, person: Person) -> Contact:
    return Contact(ctx.words.text("questions.write"), ctx.mention(person), person.email)
