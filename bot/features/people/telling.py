"""How people and acts are told in a line: days, words no longer than a line, and how somebody can be reached."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot import freshness
from bot.company import CLOSES, OPENS
from bot.feature import Context
from bot.offering import dated
from bot.ranking.vocabulary import canonical
from bot.reply import Contact, Spans
from store import absences, questions, skills
from store.activities import Activity
from store.people import Person
from store.skills import Skill

LINE, ASKED_ABOUT = 120, 3
"""Characters of a line, and skills that are named in it."""
WEEKLY = 2
"""Questions that somebody gets in a week at most."""
LEVELS = {"expert": 0, "good": 1, "": 2, "beginner": 3}


def when(ctx: Context, at: datetime) -> str:
    """The day, as the reader's calendar has it."""
    return ctx.words.short_day(_day(ctx, at), _day(ctx, ctx.now))


def month(ctx: Context, at: datetime) -> str:
    return ctx.words.short_month(_day(ctx, at), _day(ctx, ctx.now))


def of_skill(ctx: Context, act: Activity | None, at: datetime, *, fades: bool) -> Spans:
    """The month in which a skill was confirmed or faded, else the day it was said, with where it came from."""
    told = freshness.confirmed(ctx.words, act, _day(ctx, at), _day(ctx, ctx.now), fades=fades)
    return told or dated(ctx.words, when(ctx, at), str(act.facts.get("source", "")) if act else "")


def cut(text: str) -> str:
    """The text up to the last word that fits a line."""
    if len(text) <= LINE:
        return text
    return f"{text[:LINE].rpartition(' ')[0] or text[:LINE]}…"


def answered(ctx: Context, action: str) -> bool:
    """Whether some feature here answers this action."""
    return any(action in feature.handlers for feature in ctx.features)


def contact(ctx: Context, person: Person) -> Contact | None:
    """One tap to write to somebody who can be written to."""
    if person.bot or person.left_at or person.id == ctx.me.id:
        return None
    return Contact(ctx.words.text("people.write"), ctx.mention(person), person.email)


def may_ask(ctx: Context, person: Person) -> bool:
    """Whether they have said what one may ask them, as far as the reader sees."""
    own = skills.of_person(ctx.tx, person.id, ctx.audiences) if person.started_at else []
    return any(not skill.wish for skill in own)


def reach(ctx: Context, person: Person, about: Iterable[str] = (), known: Iterable[Skill] | None = None) -> Spans:
    """What somebody may be asked, those of the skills that are asked `about` first, in which language and at which
    hours of the reader's clock. `known`: their skills, where they were read."""
    wanted = {canonical(topic) for topic in about}
    known = skills.of_person(ctx.tx, person.id, ctx.audiences) if known is None else known
    own = [skill for skill in known if not skill.wish]
    own.sort(key=lambda skill: (canonical(skill.name) not in wanted, LEVELS.get(skill.level, 2)))
    language, hours = _language(ctx, person), _hours(ctx, person)
    if not own:
        return ctx.words("people.reach", language=language, hours=hours)
    named = ctx.words.listed(tuple((skill.name,) for skill in own[:ASKED_ABOUT]))
    return ctx.words("people.may_ask", skills=named, language=language, hours=hours)


@dataclass(frozen=True, slots=True)
class Load:
    """How busy people are with others' questions, and until when they are away. It stands beside a name and never
    moves it."""

    asked: Mapping[str, list[datetime]]
    away: Mapping[str, date]

    @classmethod
    def of(cls, ctx: Context, found: Iterable[Person]) -> "Load":
        ids = [person.id for person in found]
        week = timedelta(days=7)
        return cls(questions.asked_since(ctx.tx, ids, ctx.now - week), absences.of_people(ctx.tx, ids))

    def is_busy(self, ctx: Context, person: Person) -> bool:
        """Away, or asked as often this week as anybody may be."""
        return self._is_away(ctx, person) or self._asked(ctx, person) >= WEEKLY

    def notes(self, ctx: Context, person: Person) -> tuple[Spans, ...]:
        notes: list[Spans] = []
        if self._is_away(ctx, person):
            notes.append(ctx.words("people.away", day=ctx.words.day(self.away[person.id])))
        if n := self._asked(ctx, person):
            notes.append(ctx.words("people.asked_more" if n > WEEKLY else f"people.asked_{n}", n=n))
        return tuple(notes)

    def _is_away(self, ctx: Context, person: Person) -> bool:
        until = self.away.get(person.id)
        return until is not None and until > ctx.company.local(person, ctx.now).date()

    def _asked(self, ctx: Context, person: Person) -> int:
        start = ctx.company.week_start(person, ctx.now)
        return sum(at >= start for at in self.asked.get(person.id, ()))


def faded(ctx: Context, person: str, told: Iterable[Skill | Activity]) -> frozenset[str]:
    """Keys of the skills that faded; looked up only where one of those that are told is old enough."""
    times = (one.confirmed_at if isinstance(one, Skill) else one.published for one in told)
    is_old = any(ctx.now - at >= freshness.LASTING for at in times)
    return freshness.faded(ctx.tx, person, ctx.now) if is_old else frozenset()


def _language(ctx: Context, person: Person) -> str:
    spoken = ctx.words.language_of(person.locale) if person.locale else ""
    return spoken or ctx.words.language_of(ctx.company.locale)


def at_work(ctx: Context, person: Person) -> Spans:
    """In which language and at which hours somebody can be reached."""
    return ctx.words("people.at_work", language=_language(ctx, person), hours=_hours(ctx, person))


def is_far(ctx: Context, person: Person) -> bool:
    """Whether their clock shows another time than the reader's."""
    there, here = (ctx.company.local(one, ctx.now).utcoffset() for one in (person, ctx.me))
    return there != here


def _hours(ctx: Context, person: Person) -> Spans:
    there, here = ctx.company.zone(person), str(ctx.company.zone(ctx.me))
    today = ctx.company.local(person, ctx.now).date()
    opens, closes = (datetime.combine(today, at, there) for at in (OPENS, CLOSES))
    hours = {"opens": ctx.words.time(opens, here), "closes": ctx.words.time(closes, here)}
    return ctx.words("people.hours_here" if is_far(ctx, person) else "people.hours", **hours)


def _day(ctx: Context, at: datetime) -> date:
    return ctx.company.local(ctx.me, at).date()
