"""A random company that is spoken to through the core alone, and what must hold of all that comes out of it."""

import re
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from company import CAST, NOON, TENANT, Talk, enrol
from sqlalchemy import delete
from structlog.testing import capture_logs
from world_marks import Marks
from world_preferences import about, check_digest, prefers
from world_steps import Step, word
from world_tables import counts, index, public_questions, routed, rows, standing

from bot import words
from bot.features.privacy.record import everything
from bot.reply import Note, Reply, buttons, plain
from bot.request import Place, PlaceKind, Request
from jobs.calendar import tick
from store import digests, outbox, places
from store.activities import Activity
from store.base import Transaction
from store.outbox import Message
from store.people import Person, everybody
from store.reindex import reindex
from store.tables import metadata

KINDS: dict[str, PlaceKind] = {
    "": "private",
    "general": "public",
    "den": "members",
    "loft": "members",
    "hall": "unknown",
}
T = TypeVar("T")
CLOSED = ("den", "loft", "hall")
CAP = 20
"""Thanks a week."""
WAITS = (0.1, 3, 11, 26, 60)
"""Hours."""


@dataclass(slots=True)
class World:
    """`members`: who is in each place that is closed; `left`: who was forgotten; `seen`: what happened how often."""

    talk: Talk
    chance: Random
    members: dict[str, set[str]]
    marks: Marks = field(default_factory=Marks)
    left: set[str] = field(default_factory=set)
    started: set[str] = field(default_factory=lambda: {person.handle for person in CAST if person.started_at})
    handled: list[tuple[Request, str, Reply]] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    _acts: dict[str, Activity] | None = None

    async def run(self, steps: list[Step]) -> None:
        for step in steps:
            if step.who not in self.left:
                await self.step(step)
            self.talk.later(seconds=80)
        for hours in _until_monday(self.talk.now):
            await self.pass_time(hours)
        await self.end()

    async def step(self, step: Step) -> None:
        deeds: dict[str, Callable[[Step], Awaitable[None]]] = {
            "click": self.click,
            "again": self.again,
            "widen": self.widen,
            "forget": self.forget,
            "probe": self.probe,
            "wait": self.wait,
        }
        await deeds.get(step.kind, self.say)(step)

    async def say(self, step: Step) -> None:
        self.register(step)
        own = {mark for who, mark in self.marks.asked if who == step.who} if step.kind == "export" else set()
        reply, new = await self.handle(step, step.said, exempt=tuple(own))
        assert plain(reply), f"nothing is answered to {step.said!r}"
        everybodys = await self.read(public_questions)
        for act in new:
            if act.kind == "answer" and act.audience == "public":
                assert act.facts["question"] in everybodys, "an answer for one alone"
                self.marks.say(step, None)
        if step.who in self.started:  # what waited for somebody to start is in their own language
            self.marks.check_language(reply, step.language)
        self.started.add(step.who)
        if new and step.kind.startswith("thanks"):
            await self.check_rest(new[0], reply)
        self.seen["refused" if step.kind.startswith("thanks_m") and not new else step.kind] += 1
        await self.deliver()

    def register(self, step: Step) -> None:
        """Who may read what is said now. What is asked or answered goes to those to whom it is brought."""
        is_asked = step.kind.startswith("ask") or step.kind == "answer"
        if here := self.members.get(step.place):
            here.add(step.who)
            self.marks.enter(step.place, step.who)
            self.marks.say(step, here | {step.who, *(step.to if step.kind.startswith("thanks") else ())})
        else:
            self.marks.say(step, {step.who} if is_asked else None)

    async def handle(
        self, step: Step, said: str, action: str = "", value: str = "", exempt: tuple[str, ...] = ()
    ) -> tuple[Reply, list[Activity]]:
        """The answer, and what is new by it. What is asked about is said in the answer: these marks are `exempt`."""
        before = await self.acts()
        request = replace(self.talk.request(step.who, said), place=self.place(step), action=action, value=value)
        reply = await self.talk.core.handle(request)
        self._acts = None
        after = await self.acts()
        self.handled.append((request, step.who, reply))
        self.marks.asked |= {(step.who, mark) for mark in exempt}
        await self.ask()
        self.marks.check(step.who, plain(reply), exempt)
        self.marks.take_back(*(act for id, act in before.items() if id not in after))
        self.seen["undone"] += len(before.keys() - after.keys())
        return reply, [act for id, act in after.items() if id not in before]

    async def ask(self) -> None:
        """A question is for those to whom it is routed, told of it or not yet."""
        for text, handle in await self.read(routed):
            self.marks.tell(text, handle)

    def place(self, step: Step) -> Place:
        if not step.place:
            return Place("console", step.who)
        is_open_now = step.place in CLOSED and not self.members[step.place]
        return Place("console", step.place, "public" if is_open_now else KINDS[step.place], name=step.place)

    async def click(self, step: Step) -> None:
        mine = [reply for _, who, reply in self.handled if who == step.who]
        found = [one for reply in mine[-3:] for one in buttons(reply) if one.action != "privacy.forget"]
        if found:
            button = found[int(step.choice * len(found))]
            await self.handle(step, "", button.action, button.value, tuple(self.marks.within(button.value)))
            self.seen["click"] += 1
            await self.deliver()

    async def again(self, step: Step) -> None:
        """The platform brings a request again: the first answer, and nothing more."""
        if self.handled:
            request, who, reply = self.handled[int(step.choice * len(self.handled))]
            before = await self.read(counts)
            answer = await self.talk.core.handle(request)
            assert await self.read(counts) == before, f"{request.text!r} twice has left more than once"
            assert self.left or answer == reply, f"{who} gets another answer to {request.text!r}"
            self.seen["again"] += 1

    async def probe(self, step: Step) -> None:
        """To whom it is hidden, a word of somebody else is as unheard as one that nobody ever said."""
        hidden = self.marks.hidden(step.who, step.place)
        if hidden:
            asked = (hidden[int(step.choice * len(hidden))], word(self.chance))
            replies = [(await self.handle(step, step.said.format(old=mark), exempt=(mark,)))[0] for mark in asked]
            told, unheard = (self.marks.without_nearest(plain(reply), asked) for reply in replies)
            assert told == unheard.replace(asked[1], asked[0]), f"{step.who} can tell that {asked[0]} was said"
            self.seen["probe"] += 1

    async def widen(self, _: Step) -> None:
        """The platform says that this place is open."""
        if self.members["hall"]:
            self.members["hall"] = set()
            await self.talk.core.widen(TENANT, Place("console", "hall", "public", name="hall"))
            self._acts = None
            self.marks.open("hall")
            self.seen["widen"] += 1

    async def forget(self, step: Step) -> None:
        """Says yes to being forgotten; then nothing of theirs is left."""
        me = await self.person(step.who)
        if me is None or len(self.left) > 1:
            return
        await self.export(me)
        asked, _ = await self.handle(step, "forget me")
        theirs = self.marks.by(step.who)
        await self.handle(step, "", "privacy.forget", me.id)
        self.left.add(step.who)
        self.marks.gone |= theirs
        assert buttons(asked)[0].action == "privacy.forget"
        assert await self.person(step.who) is None
        self.marks.check_forgotten(step.who, await self.read(rows))
        self.seen["forget"] += 1

    async def wait(self, step: Step) -> None:
        await self.pass_time(WAITS[int(step.choice * len(WAITS))])
        self.seen["wait"] += 1

    async def pass_time(self, hours: float) -> None:
        self.talk.later(hours=hours)
        await tick(self.talk.core, self.talk.now)
        self._acts = None
        await self.ask()
        await self.deliver()

    async def deliver(self) -> None:
        """Everything due now, as the worker would send it."""
        now = self.talk.now
        ready = await self.read(lambda tx: outbox.page(tx, ["ready"], "", 500))
        due = [message for message in ready if message.not_before <= now]
        for message in due:
            if drawn := await self.talk.core.draw(TENANT, message):
                assert plain(drawn.reply) or message.kind == outbox.REMOVAL, f"{message.kind} says nothing"
                await self.check_message(drawn.reader, message, drawn.reply)
                self.seen[message.kind] += 1
        if due:
            ids = [message.id for message in due]
            await self.talk.core.store.write(TENANT, lambda tx: outbox.sent(tx, ids, now))

    async def check_message(self, reader: Person, message: Message, reply: Reply) -> None:
        if not reader.id:
            self.marks.check_place(message.place, plain(reply))
            return
        if message.kind == "questions.answered":
            self.marks.tell(plain(reply), reader.handle)
        self.marks.check(reader.handle, plain(reply))
        if message.kind != outbox.ANSWER:
            self.marks.check_language(reply, words.choose(reader.locale or "en"))
        acts = await self.acts()
        if message.kind == "digest.due":
            period = message.about.rsplit(":", 1)[-1]
            kept = await self.read(lambda tx: digests.find(tx, message.person, period))
            assert kept
            self.seen["followed"] += check_digest(self.marks, reader, kept, reply, acts)
        elif message.lane > 0 and (act := acts.get(message.about)):
            told = about(act) | {("Kind", message.kind.partition(".")[0])}
            muted = told & prefers(acts, reader.id, "Ignore")
            assert not muted, f"{reader.handle} muted {muted} and is told {message.kind}"

    async def check_rest(self, thanks: Activity, reply: Reply) -> None:
        """What is said to be left of the week is what is left of it."""
        note = next(block for block in reply.blocks if isinstance(block, Note))
        figures = re.findall(r"\d+", plain(Reply((note,))))
        given = self.given(await self.acts())[thanks.actor, self.week(thanks)]
        assert not figures or int(figures[-1]) == CAP - given, (plain(reply), given)

    def given(self, acts: dict[str, Activity]) -> Counter[tuple[str, datetime | None]]:
        """How many thanks each gave in each of their weeks."""
        weeks: Counter[tuple[str, datetime | None]] = Counter()
        for act in acts.values():
            if act.kind == "thanks":
                weeks[act.actor, self.week(act)] += len(act.to)
        return weeks

    def week(self, act: Activity) -> datetime | None:
        giver = next((person for person in CAST if person.id == act.actor), None)
        return self.talk.core.company.week_start(giver, act.published) if giver else None

    async def export(self, me: Person) -> None:
        """All that is kept of somebody is theirs to read."""

        def work(tx: Transaction) -> str:
            message = Message("x", "x", self.talk.now, self.talk.now, person=me.id)
            return str(everything(self.talk.core._reading(tx, message, me, []), me))

        self.marks.check_export(me.handle, await self.read(work))

    async def end(self) -> None:
        for person in await self.read(lambda tx: list(everybody(tx))):
            if not person.bot:
                await self.export(person)
        kept = await self.read(index)
        await self.talk.core.store.write(TENANT, reindex)
        anew = await self.read(index)
        sent = await self.read(lambda tx: outbox.of_kind(tx, "kudos.received"))
        assert kept == anew, "the index is not what the acts give"
        assert not self.marks.gone & {term for term, _, _ in kept[0]}, "what was taken back can be found"
        assert max(Counter((one.about, one.person) for one in sent).values(), default=0) <= 1, "told twice"
        assert max(self.given(await self.acts()).values(), default=0) <= CAP, "too many thanks in a week"

    async def acts(self) -> dict[str, Activity]:
        if self._acts is None:
            self._acts = await self.read(standing)
        return self._acts

    async def person(self, handle: str) -> Person | None:
        return next((one for one in await self.read(lambda tx: list(everybody(tx))) if one.handle == handle), None)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        return await self.talk.core.store.read(TENANT, work)


async def live(talk: Talk, seed: int, steps: list[Step]) -> World:
    """The talk is emptied first. Raises AssertionError where something does not hold."""
    chance = Random(f"{seed} members")
    ids = {person.handle: person.id for person in CAST if not person.bot}
    members = {place: set(chance.sample(list(ids), 4)) for place in CLOSED}
    world = World(talk, chance, members)
    talk.now = NOON

    def begin(tx: Transaction) -> None:
        for table in reversed(metadata.sorted_tables):
            tx.connection.execute(delete(table))
        enrol(tx)
        for place, known in members.items():
            places.see(tx, "console", place, [ids[one] for one in sorted(known)], talk.now)

    await talk.core.store.write(TENANT, begin)
    with capture_logs() as logs:
        await world.run(steps)
    failed = [log for log in logs if log["log_level"] in ("warning", "error", "critical")]
    assert not failed, failed
    return world


def _until_monday(now: datetime) -> tuple[float, ...]:
    """Hours after which it is past nine on Monday in Paris, then in London, then in Toronto."""
    monday = now.replace(hour=8, minute=20) + timedelta(days=(7 - now.weekday()) % 7 or 7)
    return ((monday - now) / timedelta(hours=1), 1, 5)
