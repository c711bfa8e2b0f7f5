"""What others, or files, say of a person: shown to them alone, and theirs only line by line, by their yes."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.profile.lines import MOST, before
from bot.features.profile.noun import feature, told
from bot.offering import SOURCES, is_said
from bot.reply import LABEL_LIMIT, Block, Button, Buttons, Item, Line, Note, Reply, Spans, Title
from store import outbox, profile, skills, suggestions
from store.activities import PUBLIC
from store.names import fold
from store.news import Span
from store.outbox import Message
from store.suggestions import ACCEPTED, DECLINED, Suggestion

SHOWN = 5
LEVELS = ("beginner", "good", "expert")


@feature.on(
    "suggestions",
    en=(
        "[show me|show] [my] suggestions",
        "[my] profile suggestions",
        "what do others say about me",
        "suggest (skills|lines) [for my profile]",
    ),
    fr=(
        "[montre-moi|montre] [mes] propositions",
        "[mes] suggestions",
        "propositions (de|pour mon) profil",
        "que dit-on de moi",
    ),
)
def show(ctx: Context) -> Reply:
    """Up to five lines that wait, each with where it came from and when."""
    if ctx.request.place.kind != "private":
        outbox.add(ctx.tx, Message(ctx.new_id(), "profile.waiting", ctx.now, ctx.now, person=ctx.me.id, lane=0))
        return Reply((Line(ctx.words("profile.told_in_private")),))
    return _waiting(ctx) or Reply((Line(ctx.words("profile.nothing_waits")),))


@feature.draws("waiting")
def draw_waiting(ctx: Context, _message: Message) -> Reply:
    return _waiting(ctx) or Reply((Line(ctx.words("profile.nothing_waits")),))


@feature.hint(days=30)
def tell_once(ctx: Context, span: Span) -> Reply:
    """That lines wait, in the one digest after they came."""
    n = suggestions.count_new(ctx.tx, ctx.me.id, span.since, span.until)
    if not n:
        return Reply()
    button = ctx.button("profile.see_them", "profile.suggestions")
    return Reply((Note(ctx.words("profile.new", n=n)), Buttons((button,))))


@feature.on("accept")
def accept(ctx: Context) -> Reply:
    """Makes the lines that the button names the person's own, dated as their source dates them."""
    chosen = _chosen(ctx)
    taken, kept, full = [], [], []
    for id, line in chosen.items():
        if is_said(ctx.tx, ctx.me.id, line):
            kept.append(line)
        elif _is_full(ctx, line):
            full.append(line)
            continue
        else:
            _record(ctx, line)
            taken.append(line)
        suggestions.decide(ctx.tx, ctx.me.id, id, ACCEPTED, ctx.now)
    done = [("profile.accepted", taken), ("profile.own_word", kept), ("profile.full", full)]
    lines: list[Block] = [Line(ctx.words(key, lines=_listed(ctx, some))) for key, some in done if some]
    lines += [Note(_how_to_remove(ctx, taken))] if taken else []
    return Reply(tuple(lines)) + _waiting(ctx)


@feature.on("decline")
def decline(ctx: Context) -> Reply:
    """Puts lines aside for good: nobody offers them again."""
    chosen = _chosen(ctx)
    for id in chosen:
        suggestions.decide(ctx.tx, ctx.me.id, id, DECLINED, ctx.now)
    said = Line(ctx.words("profile.declined", lines=_listed(ctx, list(chosen.values()))))
    return Reply((said,)) + _waiting(ctx)


def _chosen(ctx: Context) -> dict[str, Suggestion]:
    """Raises Refused where all of them are decided already, or are somebody else's."""
    found = suggestions.of_ids(ctx.tx, ctx.me.id, ctx.request.value.split("\n"))
    if not found:
        raise Refused("profile.decided")
    return found


def _record(ctx: Context, line: Suggestion) -> None:
    """An act of the person, public as all that they say in private, dated no later than today."""
    at = min(line.said_at, ctx.now)
    if line.kind == "skill":
        kind, key, facts = "skill", fold(line.text), {"level": line.level} if line.level in LEVELS else {}
    else:
        kind, key = "profile", profile.key(line.kind, line.text)
        facts = {"property": line.kind, "was": before(ctx, line.kind)}
    facts["source"] = line.source
    ctx.record("Add", kind, key=key, name=line.text, facts=facts, audience=PUBLIC, published=at)


def _is_full(ctx: Context, line: Suggestion) -> bool:
    if line.kind == "skill":
        return len(skills.of_person(ctx.tx, ctx.me.id)) >= skills.MOST
    return len(profile.of_person(ctx.tx, ctx.me.id)) >= MOST


def _waiting(ctx: Context) -> Reply:
    found = suggestions.waiting(ctx.tx, ctx.me.id, SHOWN)
    if not found:
        return Reply()
    n = suggestions.count_waiting(ctx.tx, ctx.me.id)
    blocks: list[Block] = [Title(ctx.words("profile.waiting", n=n))]
    for id, line in found:
        blocks += [Item(_named(ctx, line), (_origin(ctx, line),)), Buttons(_choices(ctx, id, line))]
    blocks.append(Note(ctx.words("profile.promise")))
    if len(found) > 1:
        ids = "\n".join(id for id, _ in found)
        blocks.append(Buttons((ctx.button("profile.yes_to_all", "profile.accept", ids),)))
    return Reply(tuple(blocks))


def _choices(ctx: Context, id: str, line: Suggestion) -> tuple[Button, ...]:
    """The labels name the line, so that each can be told from the others where there is only text."""
    labels = [ctx.words.text(key, line=line.text) for key in ("profile.yes", "profile.no")]
    cut = [label if len(label) <= LABEL_LIMIT else f"{label[: LABEL_LIMIT - 1]}…" for label in labels]
    return (Button(cut[0], "profile.accept", id), Button(cut[1], "profile.decline", id))


def _origin(ctx: Context, line: Suggestion) -> Spans:
    day = ctx.company.local(ctx.me, line.said_at).date()
    said = ctx.words.short_day(day, ctx.company.local(ctx.me, ctx.now).date())
    if line.source == "git":
        return ctx.words("profile.from_git", n=line.amount, month=ctx.words.month(day))
    return ctx.words(f"profile.from_{line.source}" if line.source in SOURCES else "profile.from_other", day=said)


def _named(ctx: Context, line: Suggestion) -> Spans:
    level = (" (", *ctx.words(f"profile.level_{line.level}"), ")") if line.level in LEVELS else ()
    return (*told(ctx, line.kind, line.text), *level)


def _listed(ctx: Context, lines: list[Suggestion]) -> Spans:
    return ctx.words.listed(tuple(_named(ctx, line) for line in lines))


def _how_to_remove(ctx: Context, taken: list[Suggestion]) -> Spans:
    first = taken[0]
    return ctx.words("profile.remove_skill" if first.kind == "skill" else "profile.remove_line", line=first.text)
