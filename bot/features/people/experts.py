"""Answers "who knows X?": people, best first, each with the reasons in words and dates."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import Refused
from bot.feature import Context
from bot.features.people.learning import choose, follow_up, offer, remember
from bot.features.people.nearest import missing, nearest_skills
from bot.features.people.telling import Load, answered, contact, cut, faded, may_ask, month, of_skill, reach, when
from bot.offering import dated
from bot.ranking.finding import Answer, Asker, Expert, Reason, find
from bot.reply import LABEL_LIMIT, VALUE_LIMIT, Block, Button, Buttons, Item, Line, Note, Reply, Spans, Title
from bot.request import Wanted
from store import endorsements, people, skills
from store.activities import Activity
from store.people import Person
from store.skills import Skill
from store.terms import read_terms

SHOWN, ID = 5, 100
"""People in an answer, and characters that somebody's id may have in the value of a button."""


def show_experts(ctx: Context) -> Reply:
    """Those who know all of it first; where nobody does, who comes closest. The asker is not named."""
    return _shown(ctx, ctx.request.slots.wanted)


def show_meant(ctx: Context) -> Reply:
    """The answer to what was meant, and the word that was said is learned."""
    wanted, learned = choose(ctx)
    return _shown(ctx, wanted) + learned


def _shown(ctx: Context, wanted: Wanted) -> Reply:
    answer = _find(ctx, wanted, SHOWN)
    load = _load(ctx, answer)
    told = _told(ctx, wanted, answer, load)
    if not answer.experts:
        remember(ctx, wanted)
        return told
    ways = _ways_on(ctx, wanted, [expert.person for expert in answer.experts], load)
    return told + Reply((Buttons(ways),) if ways else ()) + follow_up(ctx, wanted)


def tell_experts(ctx: Context, wanted: Wanted, top: int) -> Reply:
    """The best `top` people for what is wanted, as `me` may know of them."""
    answer = _find(ctx, wanted, top)
    return _told(ctx, wanted, answer, _load(ctx, answer))


def _find(ctx: Context, wanted: Wanted, top: int) -> Answer:
    if not any(map(read_terms, wanted.topics)):
        raise Refused("people.what")
    return find(ctx.tx, wanted, Asker(ctx.audiences, ctx.me.id), ctx.now, top)


def _load(ctx: Context, answer: Answer) -> Load:
    return Load.of(ctx, [expert.person for expert in answer.experts])


def _told(ctx: Context, wanted: Wanted, answer: Answer, load: Load) -> Reply:
    notes = [Note(ctx.words("people.corrected", said=said, meant=meant)) for said, meant in answer.corrected]
    if not answer.experts:
        return Reply((*_nobody(ctx, wanted), *notes))
    return Reply((*_listed(ctx, wanted, answer, load), *notes))


def _listed(ctx: Context, wanted: Wanted, answer: Answer, load: Load) -> list[Block]:
    whole = [expert for expert in answer.experts if expert.whole]
    part = [expert for expert in answer.experts if not expert.whole]
    meant = dict(answer.corrected)
    choices = tuple(tuple(_corrected(topic, meant) for topic in choice) for choice in wanted.choices)
    about = _About.of(ctx, choices, answer, load)
    if not whole:
        return [Title(ctx.words("people.closest", topics=_said(ctx, wanted))), *_items(ctx, part, about)]
    known: list[Block] = [Title(ctx.words("people.known", topics=_said(ctx, wanted))), *_items(ctx, whole, about)]
    if max(map(len, choices)) == 1 or not part:
        return known
    return [*known, Line(ctx.words("people.part")), *_items(ctx, part, about)]


def _corrected(topic: str, meant: Mapping[str, str]) -> str:
    return " ".join(meant.get(word, word) for word in topic.split())


def _ways_on(ctx: Context, wanted: Wanted, found: list[Person], load: Load) -> tuple[Button, ...]:
    """From the answer to a question to them, or to an introduction to the first who is here and may be asked, as far
    as everybody may know; the clicks carry what is wanted."""
    value = wanted.dump()
    if len(value) > VALUE_LIMIT - ID or not answered(ctx, "questions.ask"):
        return ()
    ask = ctx.button("people.ask_them", "questions.ask", value)
    first = next((one for one in found if not load.is_busy(ctx, one) and may_ask(ctx, one)), None)
    if first is None:
        return (ask,)
    label = ctx.words.text("people.introduce", person=first.name)[:LABEL_LIMIT]
    return (ask, Button(label, "questions.introduce", f"{first.id}\n{Wanted(wanted.choices).dump()}"))


@dataclass(frozen=True, slots=True)
class _About:
    """What is asked, and what stands beside the names: who thanked, how busy people are."""

    choices: tuple[tuple[str, ...], ...]
    givers: Mapping[str, Person]
    load: Load
    own: Mapping[str, list[Skill]]

    @property
    def topics(self) -> tuple[str, ...]:
        return Wanted(self.choices).topics

    @classmethod
    def of(cls, ctx: Context, choices: tuple[tuple[str, ...], ...], answer: Answer, load: Load) -> "_About":
        reasons = (reason for expert in answer.experts for reason in expert.reasons)
        givers = people.of_ids(ctx.tx, (reason.act.actor for reason in reasons if reason.kind == "kudos"))
        own = skills.of_people(ctx.tx, (expert.person.id for expert in answer.experts), ctx.audiences)
        return cls(choices, givers, load, own)


def _items(ctx: Context, experts: list[Expert], about: _About) -> list[Item]:
    return [_item(ctx, expert, about) for expert in experts]


def _item(ctx: Context, expert: Expert, about: _About) -> Item:
    """The person with their reasons, what they lack of it, how to reach them, and how busy they are."""
    person, own = expert.person, about.own[expert.person.id]
    old = faded(ctx, person.id, [reason.act for reason in expert.reasons if reason.kind == "skill"])
    reasons = [_reason(ctx, reason, about.givers, old) for reason in expert.reasons]
    lacking = () if expert.whole else min((missing(ctx, expert, own, choice) for choice in about.choices), key=len)
    lacks = [ctx.words("people.missing", topics=_said(ctx, Wanted.all(lacking)))] if lacking else []
    notes = (*reasons, *lacks, reach(ctx, person, about.topics, own), *about.load.notes(ctx, person))
    name: Spans = (ctx.mention(person), *([f", {person.title}"] if person.title else []))
    return Item(name, notes, contact(ctx, person))


def _nobody(ctx: Context, wanted: Wanted) -> list[Block]:
    """The same words whether nobody knows it or the asker may not see who does."""
    if any(expert.whole for expert in find(ctx.tx, wanted, Asker(ctx.audiences), ctx.now, 1).experts):
        return [Line(ctx.words("people.only_you", topics=_said(ctx, wanted)))]
    lines: list[Block] = [Line(ctx.words("people.nobody", topics=_said(ctx, wanted)))]
    if close := nearest_skills(ctx.tx, wanted.topics, ctx.audiences):
        listed = ctx.words.listed(tuple((name,) for name in close))
        lines.append(Line(ctx.words("people.nearest", skills=listed, skill=next(iter(close)))))
    lines.append(Note(ctx.words("people.instead", skill=wanted.topics[0])))
    return [*lines, *offer(ctx, wanted, close)]


def _said(ctx: Context, wanted: Wanted) -> Spans:
    topics = ctx.words.choices(wanted)
    if not wanted.without:
        return topics
    without = ctx.words.listed(tuple((topic,) for topic in wanted.without), "core.or")
    return ctx.words("people.leaving_out", topics=topics, without=without)


def _reason(ctx: Context, reason: Reason, givers: Mapping[str, Person], old: frozenset[str]) -> Spans:
    act = reason.act
    if reason.kind == "skill":
        return _declared(ctx, act, fades=act.key in old)
    said = {"day": when(ctx, act.published), "text": cut(act.name)}
    project = act.facts.get("project", "")
    match reason.kind:
        case "kudos":
            return ctx.words("people.thanked", giver=_giver(ctx, act, givers), **said)
        case "answer":
            return ctx.words("people.answered", **said)
        case "title":
            day = dated(ctx.words, when(ctx, act.published), act.facts.get("source", ""))
            return ctx.words("people.titled", text=act.name, day=day)
        case "member":
            key = "people.owns" if act.kind == "project" else "people.works_on"
            return ctx.words(key, project=f"#{act.name}", day=said["day"])
        case "endorsement":
            return ctx.words("people.endorsed_for", skill=act.name, endorsed=_endorsed(ctx, act.actor, act.key))
        case _:
            return ctx.words("people.posted_on" if project else "people.posted", project=f"#{project}", **said)


def _declared(ctx: Context, act: Activity, *, fades: bool) -> Spans:
    """The skill in the person's own word, when it held last, and who says so too."""
    level, source = act.facts.get("level", ""), act.facts.get("source", "")
    text, day = cut(act.name), of_skill(ctx, act, act.published, fades=fades)
    if source and not fades:
        said = ctx.words("people.said_yes", text=text, day=day)
    else:
        held = fades or act.facts.get("confirms")
        since: Spans = day if held else ctx.words("people.on_day", day=day)
        said = ctx.words(f"people.declared_{level}" if level else "people.declared", text=text, day=since)
    endorsed = _endorsed(ctx, act.actor, act.key)
    return (*said, ", ", *endorsed) if endorsed else said


def _endorsed(ctx: Context, person: str, key: str) -> Spans:
    """The colleagues who endorse a skill and in which month the last of them did; empty where there is none."""
    endorsed = [one for one in endorsements.of_person(ctx.tx, person, ctx.audiences) if one.key == key]
    found = people.of_ids(ctx.tx, [one.by for one in endorsed])
    standing = [one for one in endorsed if one.by in found]
    if not standing:
        return ()
    by = ctx.named(found[id] for id in dict.fromkeys(one.by for one in standing))
    return ctx.words("people.endorsed", people=by, month=month(ctx, standing[0].at))


def _giver(ctx: Context, act: Activity, givers: Mapping[str, Person]) -> Spans:
    if act.actor in givers:
        return (ctx.mention(givers[act.actor]),)
    return (act.actor.removeprefix("app:") if act.actor.startswith("app:") else ctx.words.text("core.someone"),)
