"""Answers "who knows X?": people, best first, each with the reasons in words and dates."""

from bot.errors import Refused
from bot.feature import Context
from bot.features.people.nearest import nearest_skills
from bot.features.people.telling import answered, cut, when
from bot.offering import dated
from bot.ranking.finding import Answer, Asker, Expert, Reason, find
from bot.reply import VALUE_LIMIT, Block, Buttons, Item, Line, Note, Reply, Spans, Title
from store import people
from store.activities import Activity
from store.people import Person
from store.terms import read_terms

SHOWN = 5


def show_experts(ctx: Context) -> Reply:
    """Those who know all of it first; where nobody does, who comes closest. The asker is not named."""
    topics = ctx.request.slots.topics
    told = tell_experts(ctx, topics, SHOWN)
    is_found = any(isinstance(block, Item) for block in told.blocks)
    return told + Reply(tuple(_ask_them(ctx, topics))) if is_found else told


def tell_experts(ctx: Context, topics: tuple[str, ...], top: int) -> Reply:
    """The best `top` people for these topics, as `me` may know of them."""
    if not any(map(read_terms, topics)):
        raise Refused("people.what")
    answer = find(ctx.tx, topics, Asker(ctx.audiences, ctx.me.id), ctx.now, top)
    notes = [Note(ctx.words("people.corrected", said=said, meant=meant)) for said, meant in answer.corrected]
    if not answer.experts:
        return Reply((*_nobody(ctx, topics), *notes))
    return Reply((*_listed(ctx, topics, answer), *notes))


def _listed(ctx: Context, topics: tuple[str, ...], answer: Answer) -> list[Block]:
    whole = [expert for expert in answer.experts if expert.whole]
    part = [expert for expert in answer.experts if not expert.whole]
    givers = people.of_ids(ctx.tx, (r.act.actor for expert in answer.experts for r in expert.reasons))
    if not whole:
        return [Title(ctx.words("people.closest", topics=_said(ctx, topics))), *_items(ctx, part, givers)]
    known: list[Block] = [Title(ctx.words("people.known", topics=_said(ctx, topics))), *_items(ctx, whole, givers)]
    if len(topics) == 1 or not part:
        return known
    return [*known, Line(ctx.words("people.part")), *_items(ctx, part, givers)]


def _ask_them(ctx: Context, topics: tuple[str, ...]) -> list[Block]:
    """The way from the answer to a question; the click carries its topics."""
    value = ";".join(topics)
    if len(value) > VALUE_LIMIT or not answered(ctx, "questions.ask"):
        return []
    return [Buttons((ctx.button("people.ask_them", "questions.ask", value),))]


def _items(ctx: Context, experts: list[Expert], givers: dict[str, Person]) -> list[Item]:
    return [
        Item(
            (ctx.mention(expert.person), *([f", {expert.person.title}"] if expert.person.title else [])),
            tuple(_reason(ctx, reason, givers) for reason in expert.reasons),
        )
        for expert in experts
    ]


def _nobody(ctx: Context, topics: tuple[str, ...]) -> list[Block]:
    """The same words whether nobody knows it or the asker may not see who does."""
    if any(expert.whole for expert in find(ctx.tx, topics, Asker(ctx.audiences), ctx.now, 1).experts):
        return [Line(ctx.words("people.only_you", topics=_said(ctx, topics)))]
    lines: list[Block] = [Line(ctx.words("people.nobody", topics=_said(ctx, topics)))]
    if close := nearest_skills(ctx.tx, topics, ctx.audiences):
        listed = ctx.words.listed(tuple((name,) for name in close))
        lines.append(Line(ctx.words("people.nearest", skills=listed, skill=close[0])))
    return [*lines, Note(ctx.words("people.instead", skill=topics[0]))]


def _said(ctx: Context, topics: tuple[str, ...]) -> Spans:
    return ctx.words.listed(tuple((topic,) for topic in topics))


def _reason(ctx: Context, reason: Reason, givers: dict[str, Person]) -> Spans:
    act = reason.act
    said = {"day": when(ctx, act.published), "text": cut(act.name)}
    if source := act.facts.get("source", "") if reason.kind == "skill" else "":
        return ctx.words("people.said_yes", text=said["text"], day=dated(ctx.words, said["day"], source))
    if reason.kind == "skill":
        level = act.facts.get("level", "")
        return ctx.words(f"people.declared_{level}" if level else "people.declared", **said)
    if reason.kind == "kudos":
        return ctx.words("people.thanked", giver=_giver(ctx, act, givers), **said)
    if reason.kind == "answer":
        return ctx.words("people.answered", **said)
    project = act.facts.get("project", "")
    return (
        ctx.words("people.posted_on", project=f"#{project}", **said) if project else ctx.words("people.posted", **said)
    )


def _giver(ctx: Context, act: Activity, givers: dict[str, Person]) -> Spans:
    if act.actor in givers:
        return (ctx.mention(givers[act.actor]),)
    return (act.actor.removeprefix("app:") if act.actor.startswith("app:") else ctx.words.text("core.someone"),)
