"""Helping: somebody takes a question, passes it on, names somebody else, or answers it."""

from datetime import timedelta

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.introducing import accept, decline
from bot.features.questions.noun import LONGEST, Asked, asker, chosen, feature, standing
from bot.features.questions.routing import CHASED, router
from bot.features.questions.telling import question
from bot.reply import Block, Buttons, Line, Note, Reply, Spans, say
from store import people, questions
from store.activities import PUBLIC, Activity
from store.people import Person
from store.questions import Question

OPEN = ("open", "unanswered")
"""States in which a question can still be taken."""
LATELY = timedelta(days=7)


@feature.on(
    "take",
    en=("(i'll|i will) take it", "take it", "i take it", "(i'll|i will) (help|answer)"),
    fr=("je m'en (charge|occupe)", "je (la|le) prends", "je prends [la question]", "je vais (aider|repondre)"),
)
def take(ctx: Context) -> Reply:
    """The question is this person's now; the asker is told."""
    asked = chosen(ctx, _offered(ctx), "questions.take")
    if isinstance(asked, Reply):
        return asked
    if asked.introduces:
        return accept(ctx, asked)
    if asked.question.state == "taken" and asked.question.helper == ctx.me.id:
        return yours(ctx, asked)
    _check_routed(ctx, asked)
    if asked.question.state not in OPEN:
        return say(*ctx.words("questions.no_longer"))
    return taken(ctx, asked)


def taken(ctx: Context, asked: Asked) -> Reply:
    """Gives it to whoever speaks, and tells the asker."""
    _take(ctx, asked)
    router(ctx).answer(asked.question.asker, "questions.taken", asked.id)
    return yours(ctx, asked)


def yours(ctx: Context, asked: Asked) -> Reply:
    """What to do now for whoever took it."""
    blocks: list[Block] = [Line(ctx.words("questions.yours")), *question(ctx, asked)]
    blocks.append(Note((*ctx.words("questions.how"), " ", *_seen(ctx, asked, "questions.for_them"))))
    return Reply((*blocks, Buttons((ctx.button("questions.give_back", "questions.pass", asked.id),))))


@feature.on("pass", en=("[i] pass", "not me"), fr=("(je passe|passe|passer)", "pas moi"))
def pass_on(ctx: Context) -> Reply:
    """Somebody else is asked at once, in the place of this person."""
    taken = questions.of_helper(ctx.tx, ctx.me.id, "taken")
    asked = chosen(ctx, [*questions.offered(ctx.tx, ctx.me.id), *taken] or _offered(ctx), "questions.pass")
    if isinstance(asked, Reply):
        return asked
    if asked.introduces:
        return decline(ctx, asked)
    _check_routed(ctx, asked)
    if asked.question.state == "taken" and asked.question.helper == ctx.me.id:
        questions.change(ctx.tx, asked.id, state="open", helper="", due_at=None, closed_at=None)
    elif asked.question.state not in OPEN:
        return say(*ctx.words("questions.no_longer"))
    is_on = _step_aside(ctx, asked, "passed")
    return say(*ctx.words("questions.passed" if is_on else "questions.passed_last"))


@feature.on(
    "suggest",
    en=("suggest (somebody|someone)", "(suggest|ask) {person} instead", "suggest {person}", "suggest"),
    fr=("proposer quelqu'un", "(propose|proposer|proposez|suggere|suggerer) {person}", "(propose|proposer)"),
)
def suggest(ctx: Context) -> Reply:
    """Asks the person named in the place of this one, where they may be asked."""
    person = _named(ctx)
    asked = chosen(ctx, _to_answer(ctx), "questions.suggest", person.id if person else "")
    if isinstance(asked, Reply):
        return asked
    _check_routed(ctx, asked)
    if asked.question.state != "open":
        return say(*ctx.words("questions.no_longer"))
    if person is None:
        return Reply((Line(ctx.words("questions.whom")),))
    to = router(ctx)
    if not to.may_be_asked(asked.question, [person]):
        raise Refused("questions.not_them", person=f"@{person.handle}")
    to.route(asked.question, person, suggested_by=ctx.me.id)
    questions.mark(ctx.tx, asked.id, ctx.me.id, "suggested")
    return say(*ctx.words("questions.suggested_them", person=ctx.mention(person)))


@feature.on(
    "answer",
    en=("(answer|reply|my answer [is]) [:] {text}", "(answer|reply|my answer [is]): {text}", "(answer|reply)"),
    fr=(
        "(reponse|ma reponse|reponds|repondre) [:] {text}",
        "(reponse|ma reponse|reponds|repondre): {text}",
        "(reponse|repondre)",
    ),
)
def answer(ctx: Context) -> Reply:
    """Brings the words to whoever asked. A click carries the question and the words."""
    text = _words(ctx)
    if not text:
        raise Refused("questions.no_words")
    if len(text) > LONGEST:
        raise Refused("questions.long_answer", limit=LONGEST, length=len(text))
    taken = questions.of_helper(ctx.tx, ctx.me.id, "taken")
    asked = chosen(ctx, taken or _to_answer(ctx), "questions.answer", text)
    if isinstance(asked, Reply):
        return asked
    _check_routed(ctx, asked)
    if asked.question.state in OPEN:
        _take(ctx, asked)
    elif asked.question.state != "taken" or asked.question.helper != ctx.me.id:
        return say(*ctx.words("questions.no_longer"))
    act = _record(ctx, asked, text)
    questions.change(ctx.tx, asked.id, state="answered", answer=act.id, closed_at=ctx.now)
    questions.mark(ctx.tx, asked.id, ctx.me.id, "answered")
    router(ctx).answer(asked.question.asker, "questions.answered", act.id)
    done = ctx.words("questions.brought", person=asker(ctx, asked))
    return Reply(
        (
            Line(done),
            Note(_seen(ctx, asked, "questions.two_alone")),
            Buttons((ctx.button("questions.undo", "undo", act.id),)),
        )
    )


@feature.undo("answer")
def take_back(ctx: Context, act: Activity) -> Reply:
    """The question waits for an answer again."""
    question = questions.of_answer(ctx.tx, act.id)
    if question and question.state == "answered":
        due = ctx.company.open_after(ctx.me, ctx.now, CHASED)
        questions.change(ctx.tx, question.id, state="taken", answer="", due_at=due, closed_at=None)
        questions.mark(ctx.tx, question.id, act.actor, "asked")
    return say(*ctx.words("questions.unsaid"))


def _record(ctx: Context, asked: Asked, text: str) -> Activity:
    """The answer as an act: everybody's where the asker wanted that, else for the two. Who asks without a name is not
    named here either."""
    question = asked.question
    facts = {"question": asked.id, "topics": list(asked.topics)}
    if question.public:
        return ctx.record("Create", "answer", name=text, facts=facts, audience=PUBLIC)
    if question.anonymous:
        return ctx.record("Create", "answer", name=text, facts=facts, audience=f"person:{ctx.me.id}")
    to = (question.asker,)
    return ctx.record("Create", "answer", name=text, facts=facts, audience=f"person:{question.asker}", to=to)


def _take(ctx: Context, asked: Asked) -> None:
    due = ctx.company.open_after(ctx.me, ctx.now, CHASED)
    taken = {"state": "taken", "helper": ctx.me.id, "reminded": False, "due_at": due, "closed_at": None}
    questions.change(ctx.tx, asked.id, **taken)
    questions.spare(ctx.tx, asked.id, ctx.now)
    questions.mark(ctx.tx, asked.id, ctx.me.id, "asked")


def _step_aside(ctx: Context, asked: Asked, state: str) -> bool:
    """Asks one more, and says whether there is one; where nobody is left or still asked, the asker is told."""
    questions.mark(ctx.tx, asked.id, ctx.me.id, state)
    question = questions.lock(ctx.tx, asked.id)
    if question is None or question.state != "open":
        return False
    to = router(ctx)
    waiting = [id for id, route in questions.routes_of(ctx.tx, asked.id).items() if route.state == "asked"]
    if to.send(question, 1):
        return True
    for person in people.of_ids(ctx.tx, waiting).values():
        to.wait(asked.id, person, ctx.now)
    if not waiting:
        to.give_up(question)
    return False


def _check_routed(ctx: Context, asked: Asked) -> None:
    """Raises Refused where this person was never asked for an answer."""
    if asked.introduces or ctx.me.id not in questions.routes_of(ctx.tx, asked.id):
        raise Refused("questions.gone")


def _named(ctx: Context) -> Person | None:
    """Whoever is named, or was named before a click said for which question."""
    id = ctx.request.value.partition("\n")[2]
    if id:
        return people.of_ids(ctx.tx, [id]).get(id)
    return next(iter(ctx.request.slots.people), None)


def _words(ctx: Context) -> str:
    slots = ctx.request.slots
    clicked = ctx.request.value.partition("\n")[2]
    return clicked or " ".join((slots.text, *(f"#{tag}" for tag in slots.tags))).strip()


def _offered(ctx: Context) -> list[Question]:
    """What this person may take. Raises Refused where all they were asked of late is taken care of."""
    found = questions.offered(ctx.tx, ctx.me.id)
    lately = [route for route in questions.routed_to(ctx.tx, ctx.me.id) if route.at > ctx.now - LATELY]
    if lately and not found and not ctx.request.value:
        raise Refused("questions.no_longer")
    return found


def _to_answer(ctx: Context) -> list[Question]:
    """Those of them that want words, not a meeting."""
    return [asked.question for asked in standing(ctx, _offered(ctx)) if not asked.introduces]


def _seen(ctx: Context, asked: Asked, alone: str) -> Spans:
    return ctx.words("questions.for_all" if asked.question.public else alone, person=asker(ctx, asked))
