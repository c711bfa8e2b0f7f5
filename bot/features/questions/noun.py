"""What everything about questions shares: the feature, how one is named, and which one is meant."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.errors import Refused
from bot.feature import Context, Feature
from bot.reply import LABEL_LIMIT, Button, Buttons, Line, Mention, Reply, Spans
from bot.request import Wanted
from store import activities, people, questions
from store.activities import Activity
from store.people import Person
from store.questions import Question

LONGEST = 1300
"""Characters of a question's details, and of an answer: with its question it fits the value of a button."""
TOPIC, WORDS = 50, 4
"""Characters and words of a subject that others are told later: a longer one is a sentence, and may say who asks."""
CHOICE = 5
"""Questions among which somebody may choose by a button."""

feature = Feature(
    "questions",
    examples={
        "en": (
            "ask who can help me with SAP exports",
            "ask anonymously who knows Rust",
            "my questions",
            "questions off",
        ),
        "fr": (
            *("demande qui peut m'aider avec les exports SAP", "demande anonymement qui connaît Rust"),
            *("mes questions", "questions stop"),
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the act that holds its words."""

    question: Question
    act: Activity

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(self.act.facts.get("topics", ()))

    @property
    def wanted(self) -> Wanted:
        """How the topics belong together, and whose knowledge of what is not wanted."""
        said = Wanted.load(self.act.facts.get("wanted", ""))
        return said if said.topics == self.topics else Wanted.all(self.topics)

    @property
    def introduces(self) -> bool:
        """Whether it asks for an introduction to one colleague, and for nothing else."""
        return bool(self.act.facts.get("introduces"))

    def about(self, ctx: Context) -> Spans:
        """`SAP exports and VBA`."""
        return ctx.words.choices(self.wanted)

    def label(self, ctx: Context, key: str) -> str:
        """The label of a button that names it."""
        topic = ", ".join(self.topics)
        room = LABEL_LIMIT - len(ctx.words.text(key, topic=""))
        return ctx.words.text(key, topic=topic if len(topic) <= room else f"{topic[: room - 1].rstrip()}…")


def is_subject(topic: str) -> bool:
    return len(topic) <= TOPIC and len(topic.split()) <= WORDS and "@" not in topic


def locked(ctx: Context, id: str) -> Asked | None:
    """The question, which nobody else changes meanwhile; None where it was taken back."""
    question, act = questions.lock(ctx.tx, id), activities.of_id(ctx.tx, id)
    return Asked(question, act) if question and act else None


def known(ctx: Context, id: str) -> Asked | None:
    """The same, to look at."""
    return next(iter(standing(ctx, filter(None, [questions.of_id(ctx.tx, id)]))), None)


def standing(ctx: Context, found: Iterable[Question]) -> list[Asked]:
    """Those that were not taken back, with their words, in the same order."""
    known = list(found)
    acts = activities.of_ids(ctx.tx, (one.id for one in known))
    return [Asked(one, acts[one.id]) for one in known if one.id in acts]


def chosen(ctx: Context, found: Iterable[Question], action: str, more: str = "") -> Asked | Reply:
    """The question that a click names, else the only one there is; a reply that asks which where there are several.
    Raises Refused where there is none. `more` is carried along."""
    id = ctx.request.value.partition("\n")[0]
    if id:
        if asked := locked(ctx, id):
            return asked
        raise Refused("questions.gone")
    several = standing(ctx, found)
    if not several:
        raise Refused("questions.none_for_you")
    if len(several) == 1:
        return locked(ctx, several[0].id) or several[0]
    buttons = tuple(_choice(ctx, asked, action, more) for asked in several[:CHOICE])
    return Reply((Line(ctx.words("questions.which")), Buttons(buttons)))


def _choice(ctx: Context, asked: Asked, action: str, more: str) -> Button:
    return Button(asked.label(ctx, "questions.this_one"), action, f"{asked.id}\n{more}" if more else asked.id)


def asker(ctx: Context, asked: Asked) -> Mention | str:
    """Who asks; nobody's name where they asked to stay unnamed."""
    person = (
        None if asked.question.anonymous else people.of_ids(ctx.tx, [asked.question.asker]).get(asked.question.asker)
    )
    return ctx.mention(person) if person else ctx.words.text("questions.colleague")


def helper(ctx: Context, asked: Asked) -> Person | None:
    return people.of_ids(ctx.tx, [asked.question.helper]).get(asked.question.helper)


def answers(ctx: Context, action: str) -> bool:
    """Whether some feature here answers this action."""
    return any(action in feature.handlers for feature in ctx.features)
