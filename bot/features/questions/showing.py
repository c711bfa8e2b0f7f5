"""What is on its way: the questions somebody asked, and those that wait for them."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.questions.noun import Asked, feature, helper, standing
from bot.features.questions.telling import head
from bot.reply import Block, Buttons, Item, Note, Reply, Spans, Title
from store import questions
from store.people import Person

SHOWN = 5


@feature.on(
    "show",
    en=("[show [me]] my questions", "questions", "(what|which) (questions wait|question waits) for me"),
    fr=("[montre-moi|montre|voir] mes questions", "questions", "quelles questions m'attendent"),
)
def show(ctx: Context) -> Reply:
    """The person's own questions with what became of them, and those that others wait for."""
    mine = standing(ctx, questions.of_asker(ctx.tx, ctx.me.id)[:SHOWN])
    taken = standing(ctx, questions.of_helper(ctx.tx, ctx.me.id, "taken")[:SHOWN])
    offered = standing(ctx, questions.offered(ctx.tx, ctx.me.id)[:SHOWN])
    if not (mine or taken or offered):
        raise Refused("questions.none")
    blocks = _section(ctx, "questions.yours_to_answer", [_others(ctx, asked) for asked in taken])
    if taken:
        blocks.append(Note(ctx.words("questions.how")))
    blocks += _section(ctx, "questions.offered", [_others(ctx, asked) for asked in offered])
    if offered:
        take = tuple(ctx.button(_yes(one), "questions.take", one.id) for one in offered[:1])
        blocks.append(Buttons(take))
    return Reply((*blocks, *_section(ctx, "questions.mine", [_own(ctx, asked) for asked in mine])))


def _section(ctx: Context, title: str, items: list[Item]) -> list[Block]:
    return [Title(ctx.words(title)), *items] if items else []


def _others(ctx: Context, asked: Asked) -> Item:
    return Item(head(ctx, asked), _details(asked))


def _own(ctx: Context, asked: Asked) -> Item:
    by = helper(ctx, asked)
    day = ctx.words.day(ctx.company.local(ctx.me, asked.question.asked_at).date())
    return Item((*asked.about(ctx), ", ", day), (*_details(asked), _state(ctx, asked, by)))


def _state(ctx: Context, asked: Asked, by: Person | None) -> Spans:
    state = asked.question.state
    if asked.introduces and state in ("answered", "withdrawn"):
        key = "questions.state_introduced" if state == "answered" else "questions.state_not_now"
        return ctx.words(key, person=ctx.mention(by) if by else ctx.words.text("questions.colleague"))
    if by and state in ("taken", "answered", "helped"):
        return ctx.words(f"questions.state_{state}", person=ctx.mention(by))
    return ctx.words("questions.state_unanswered" if state == "unanswered" else "questions.state_open")


def _yes(asked: Asked) -> str:
    return "questions.introduce_yes" if asked.introduces else "questions.take"


def _details(asked: Asked) -> tuple[Spans, ...]:
    return ((asked.act.name,),) if asked.act.name else ()
