"""Routes a question to those who are likely to know and may be asked: two at a time, fairly, until nobody is left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.company import OPENS, WORKDAY, Company
from bot.feature import Context
from bot.features.questions.noun import Asked, feature
from bot.ranking.finding import Asker, find
from bot.request import Wanted
from store import absences, activities, follows, outbox, participants, people, places, questions, skills
from store.base import Transaction
from store.outbox import Message
from store.people import Person
from store.questions import Question, Route

AT_ONCE, LIKELY = 2, 30
"""People asked together, and so many of the likely ones are looked at beyond those who were asked."""
PATIENCE = timedelta(hours=4)
"""Working time that people have before a question goes to more of them."""
CHASED, AFTER = 2 * WORKDAY, WORKDAY
"""Working time in which whoever took a question answers before they are reminded, and after that."""
EXPIRY = 3 * WORKDAY
"""Working time in which somebody may say yes to an introduction."""
WEEKLY = 2
"""Questions a person gets in a week."""
LATELY = timedelta(days=28)
"""Each question got within it lets a person go one place down."""


@dataclass(frozen=True, slots=True)
class Router:
    tx: Transaction
    now: datetime
    company: Company
    new_id: Callable[[], str]

    def send(self, question: Question, n: int = AT_ONCE) -> int:
        """Routes it to the next `n` people and says how many there were; in their time it goes to more."""
        act = activities.of_id(self.tx, question.id)
        questions.renew(self.tx, question.id)
        wanted = Asked(question, act).wanted if act else Wanted()
        chosen = self._likely(question, wanted)[:n]
        for person in chosen:
            self.route(question, person)
        return len(chosen)

    def route(self, question: Question, person: Person, suggested_by: str = "") -> None:
        """Asks this person when their day has begun, and gives them working time before others are asked."""
        at = self.company.open_hour(person, self.now)
        questions.route(self.tx, Route(question.id, person.id, at, suggested_by=suggested_by))
        self.post(person, "questions.asked", question.id, at)
        self.wait(question.id, person, at)

    def wait(self, id: str, person: Person, at: datetime) -> None:
        """Others are not asked before this person had working time for it."""
        until = self.company.open_after(person, at, PATIENCE)
        known = questions.lock(self.tx, id)
        if known and (known.due_at is None or known.due_at < until):
            questions.change(self.tx, id, due_at=until)

    def introduce(self, question: Question, person: Person) -> None:
        """Asks this person, and nobody after them."""
        at = self.company.open_hour(person, self.now)
        questions.route(self.tx, Route(question.id, person.id, at))
        self.post(person, "questions.introducing", question.id, at)
        questions.change(self.tx, question.id, due_at=self.company.open_after(person, at, EXPIRY))

    def may_be_introduced(self, asker: Person, person: Person) -> bool:
        """As one may be asked, unless one of the two would rather not meet the other."""
        avoided = participants.avoided(self.tx, [person.id, asker.id])
        is_apart = asker.id in avoided[person.id] or person.id in avoided[asker.id]
        question = Question("", asker.id, anonymous=False, public=False, asked_at=self.now)
        return not is_apart and bool(self.may_be_asked(question, [person]))

    def part(self, question: Question) -> None:
        """The introduction does not come about, and whoever asked for it is told."""
        questions.change(self.tx, question.id, state="withdrawn", due_at=None, closed_at=self.now)
        self.answer(question.asker, "questions.not_now", question.id)

    def widen(self, question: Question) -> None:
        """Asks more people; where nobody is left, the asker is told."""
        if not self.send(question):
            self.give_up(question)

    def give_up(self, question: Question) -> None:
        questions.change(self.tx, question.id, state="unanswered", due_at=None, closed_at=self.now)
        self.answer(question.asker, "questions.unanswered", question.id)

    def chase(self, question: Question) -> None:
        """Reminds whoever took it, once, when they are here; after that it goes on to others."""
        taker = people.of_ids(self.tx, [question.helper]).get(question.helper)
        if taker is None or taker.left_at:
            self._move_on(question)
        elif back := self._back(taker):
            patience = AFTER if question.reminded else CHASED
            questions.change(self.tx, question.id, due_at=self.company.open_after(taker, back, patience))
        elif question.reminded:
            self._move_on(question)
        else:
            at = self.company.open_hour(taker, self.now)
            self.post(taker, "questions.reminded", question.id, at)
            due = self.company.open_after(taker, at, AFTER)
            questions.change(self.tx, question.id, reminded=True, due_at=due)

    def _move_on(self, question: Question) -> None:
        """Asks the next, or gives those who were asked before their time; the asker is told once. Whoever had taken it
        may still answer, as long as nobody else has."""
        questions.change(self.tx, question.id, state="open", helper="", reminded=False, due_at=None)
        routes = questions.routes_of(self.tx, question.id)
        asked = [id for id, route in routes.items() if route.state == "asked" and id != question.helper]
        if not self.send(question):
            for person in people.of_ids(self.tx, asked).values():
                self.wait(question.id, person, self.now)
            if not asked:
                self.give_up(question)
                return
        self.answer(question.asker, "questions.moved_on", question.id)

    def _back(self, person: Person) -> datetime | None:
        """When their day begins on which they are back, where they are away now."""
        until = absences.of_people(self.tx, [person.id]).get(person.id)
        if until is None or until <= self.company.local(person, self.now).date():
            return None
        return datetime.combine(until, OPENS, self.company.zone(person))

    def may_be_asked(self, question: Question, found: Iterable[Person]) -> list[Person]:
        """Those of these people who may get this question now, in the same order; others hear of it only later."""
        wanted = list(found)
        ids = [person.id for person in wanted]
        people.lock(self.tx, ids)  # two questions at once must not give somebody a third
        load = questions.asked_since(self.tx, ids, self.now - timedelta(days=7))
        away, skilled = absences.of_people(self.tx, ids), skills.holders(self.tx, ids)
        likes = follows.of_people(self.tx, ids)
        known = questions.routes_of(self.tx, question.id).keys() | {question.asker}
        unwanted = {("Kind", "questions"), ("Person", question.asker)}
        return [
            person
            for person in wanted
            if not (person.bot or person.left_at or person.id in known)
            and person.started_at
            and person.id in skilled
            and not unwanted & likes[person.id].muted
            and self._is_here(person, away)
            and self._this_week(person, load[person.id]) < WEEKLY
        ]

    def post(self, person: Person, kind: str, about: str, at: datetime) -> None:
        outbox.add(self.tx, Message(self.new_id(), kind, self.now, at, about=about, person=person.id))

    def answer(self, person: str, kind: str, about: str) -> None:
        """Brings what somebody waits for, whatever the hour."""
        outbox.add(self.tx, Message(self.new_id(), kind, self.now, self.now, about=about, person=person, lane=0))

    def _likely(self, question: Question, wanted: Wanted) -> list[Person]:
        """Those who know all of it, then those who come closest, each as far down as they were asked lately."""
        rights = Asker(places.audiences(self.tx, question.asker, self.now), question.asker)
        top = LIKELY + len(questions.routes_of(self.tx, question.id))
        experts = find(self.tx, wanted, rights, self.now, top).experts
        allowed = self.may_be_asked(question, (expert.person for expert in experts))
        load = questions.asked_since(self.tx, [person.id for person in allowed], self.now - LATELY)
        whole = {expert.person.id for expert in experts if expert.whole}
        places_of = {person.id: place + len(load[person.id]) for place, person in enumerate(allowed)}
        return sorted(allowed, key=lambda person: (person.id not in whole, places_of[person.id]))

    def _is_here(self, person: Person, away: dict[str, date]) -> bool:
        until = away.get(person.id)
        return until is None or self._day(person) >= until

    def _this_week(self, person: Person, asked: list[datetime]) -> int:
        """In the week in which they would get the next one."""
        start = self.company.week_start(person, self.company.open_hour(person, self.now))
        return sum(at >= start for at in asked)

    def _day(self, person: Person) -> date:
        return self.company.local(person, self.company.open_hour(person, self.now)).date()


def router(ctx: Context) -> Router:
    return Router(ctx.tx, ctx.now, ctx.company, ctx.new_id)


@feature.tick
def widen_due(tx: Transaction, now: datetime, company: Company, new_id: Callable[[], str], limit: int) -> int:
    """Lets `limit` questions at most that nobody took or answered in time go on, and says how many they were."""
    due = questions.due(tx, now, limit)
    for question in due:
        asker, act = people.of_ids(tx, [question.asker]).get(question.asker), activities.of_id(tx, question.id)
        to = Router(tx, now, company, new_id)
        if asker and not asker.left_at and act:
            is_taken = question.state == "taken"
            (to.chase if is_taken else to.part if act.facts.get("introduces") else to.widen)(question)
        else:
            questions.change(tx, question.id, state="withdrawn", due_at=None)
    return len(due)
