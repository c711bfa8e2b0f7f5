"""Asking: a question goes out to the first likely people, or is taken back."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.noun import LONGEST, Asked, feature, standing
from bot.features.questions.routing import router
from bot.features.questions.telling import instead
from bot.reply import Buttons, Line, Note, Reply, say
from bot.request import Wanted
from store import questions
from store.activities import Activity
from store.names import fold
from store.questions import Question
from store.terms import read_terms

OPEN = 5
"""Questions of one person that may be on their way together."""

_HELP_EN = (
    "who (can|could|would|will) help [me|us|out] [out] (with|on|about) {wanted}",
    "who knows [a lot|anything] [about] {wanted}",
    "who knows how to use {wanted}",
    "who (can|could) (explain|teach) [me|us] {wanted}",
    "who (understands|masters) {wanted}",
    "who (is|'s) [very|really] good (at|with|in) {wanted}",
    "who has [any|some] experience (in|with|of) {wanted}",
    "who is [an|the|our] expert (in|on|at|for) {wanted}",
    "(around|people|colleagues|somebody|someone|them|the experts) (about|for help with|for help on) {wanted}",
    "for help (with|on|about) {wanted}",
)
_HELP_FR = (
    "qui (peut|pourrait|saurait) (m'aider|nous aider|aider) (avec|sur|en|pour|a propos de|dans) {wanted}",
    "qui connait [bien] {wanted}",
    "qui s'y connait [bien|un peu] (en|sur|dans) {wanted}",
    "qui sait [bien] (utiliser|se servir de|faire) {wanted}",
    "qui (maitrise|comprend) [bien] {wanted}",
    "qui (peut|pourrait|saurait) (m'expliquer|nous expliquer|expliquer) {wanted}",
    "qui est [tres] (bon|bonne|fort|forte|doue|douee|cale|calee) (en|sur|avec) {wanted}",
    "qui a [deja|de] [l'experience|experience] (en|sur|avec|de) {wanted}",
    "(autour de toi|autour de vous|aux collegues|a quelqu'un) (pour|sur|a propos de) {wanted}",
    "de l'aide (avec|sur|en|pour) {wanted}",
)
_EN = {
    "": "[can you|could you|would you] [please] ask",
    " {what=anonymous}": "[can you|could you|would you] [please] (ask anonymously|anonymously ask)",
    " {what=public}": "[can you|could you|would you] [please] (ask publicly|publicly ask|ask openly)",
}
_ASK_FR = "[peux-tu|pouvez-vous|tu peux|vous pouvez|pourrais-tu|pourriez-vous] (demande|demandez|demander)"
_FR = {"": _ASK_FR, " {what=anonymous}": f"{_ASK_FR} anonymement", " {what=public}": f"{_ASK_FR} publiquement"}


def _each(heads: dict[str, str], tails: tuple[str, ...]) -> tuple[str, ...]:
    """Each way to begin with each way to go on, and details after a colon."""
    return tuple(f"{head} {tail}[: {{text}}]{given}" for given, head in heads.items() for tail in tails)


@feature.on(
    "ask",
    en=(*_each(_EN, _HELP_EN), "ask who can help", "ask for help", "ask them"),
    fr=(*_each(_FR, _HELP_FR), "demande qui peut m'aider", "demande de l'aide", "leur demander"),
)
def ask(ctx: Context) -> Reply:
    """Sends a question on its way. A click carries its topics."""
    slots = ctx.request.slots
    wanted = slots.wanted if slots.topics else Wanted.load(ctx.request.value)
    topics = wanted.topics
    text = " ".join((slots.text, *(f"#{tag}" for tag in slots.tags))).strip()
    _check(ctx, topics, text)
    together = {} if wanted == Wanted.all(topics) else {"wanted": wanted.dump()}
    own, facts = f"person:{ctx.me.id}", {"topics": list(topics), **together}
    act = ctx.record("Question", "question", name=text, facts=facts, audience=own)
    question = Question(act.id, ctx.me.id, slots.what == "anonymous", slots.what == "public", ctx.now)
    questions.ask(ctx.tx, question)
    asked = Asked(question, act)
    n = router(ctx).send(question)
    if not n:
        questions.change(ctx.tx, act.id, state="unanswered", closed_at=ctx.now)
        return Reply((Line(ctx.words("questions.nobody", topics=asked.about(ctx))), *instead(ctx, asked)))
    seen = "anonymous" if question.anonymous else "public" if question.public else "private"
    return Reply(
        (
            Line(ctx.words("questions.sent", n=n, topics=asked.about(ctx))),
            Note(ctx.words(f"questions.seen_{seen}")),
            Buttons((ctx.button("questions.undo", "undo", act.id),)),
        )
    )


@feature.undo("question")
def withdraw(ctx: Context, act: Activity) -> Reply:
    """What was sent is taken away again, and nobody needs to answer."""
    question = questions.lock(ctx.tx, act.id)
    if question:
        questions.change(ctx.tx, act.id, state="withdrawn", due_at=None)
        questions.spare(ctx.tx, act.id, ctx.now)
    topics = ctx.words.listed(tuple((topic,) for topic in act.facts.get("topics", ())))
    return say(*ctx.words("questions.withdrawn", topics=topics))


def _check(ctx: Context, topics: tuple[str, ...], text: str) -> None:
    if not any(map(read_terms, topics)):
        raise Refused("questions.what")
    if len(text) > LONGEST:
        raise Refused("questions.long", limit=LONGEST, length=len(text))
    mine = [one for one in questions.of_asker(ctx.tx, ctx.me.id) if one.state == "open"]
    if len(mine) >= OPEN:
        raise Refused("questions.too_many", limit=OPEN)
    _check_repeat(ctx, mine, topics)


def _check_repeat(ctx: Context, mine: list[Question], topics: tuple[str, ...]) -> None:
    said = {fold(topic) for topic in topics}
    if any(said == {fold(topic) for topic in asked.topics} for asked in standing(ctx, mine)):
        raise Refused("questions.repeat")
