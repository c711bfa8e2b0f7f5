"""Small random worlds: however people ask, take, pass, suggest, leave and answer, nobody is asked too much or at the
wrong time, and every question comes to an end."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from company import CAST, NOON, TENANT, Talk, company
from evidence import skill, tell

from jobs.calendar import tick
from store import outbox, questions
from store.outbox import Message
from store.people import Person

WORLDS, STEPS = 40, 30
TOPICS = ("Kubernetes", "Python", "SAP exports")
PEOPLE = tuple(person for person in CAST if person.started_at)


@dataclass(slots=True)
class World:
    """What was said to the company, and what its people really got."""

    talk: Talk
    chance: random.Random
    away: dict[str, date] = field(default_factory=dict)
    off: set[str] = field(default_factory=set)
    got: list[tuple[Person, Message]] = field(default_factory=list)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    asked: int = 0

    async def begin(self) -> None:
        for n, topic in enumerate(TOPICS):
            know = self.chance.sample(PEOPLE, self.chance.randint(1, 5))
            await tell(self.talk, *(skill(one.id, topic, days=n * 20 + k + 1) for k, one in enumerate(know)))

    async def step(self) -> None:
        who = self.chance.choice(PEOPLE)
        what = self.chance.choice((self.ask, self.ask, self.react, self.react, self.react, self.leave, self.wait))
        await what(who)
        self.talk.later(seconds=1)
        await self.deliver()

    async def ask(self, who: Person) -> None:
        self.asked += 1
        how = self.chance.choice(("ask", "ask anonymously", "ask publicly"))
        topic = f"{self.chance.choice(TOPICS)} {self.asked}"  # each one is another question
        reply = await self.talk(who.handle, f"{how} who knows {topic}")
        self.told[who.id, "nobody"] += reply.startswith("I found nobody whom")

    async def react(self, who: Person) -> None:
        other = self.chance.choice(PEOPLE).handle
        said = ("take it", "pass", f"suggest @{other}", "answer have you tried this", "this helped", "not quite")
        reply = await self.talk.reply(who.handle, self.chance.choice(said))
        for block in reply.blocks:
            if getattr(block, "kind", "") == "buttons" and self.chance.random() < 0.5:
                button = self.chance.choice(block.buttons)  # type: ignore[union-attr]
                if button.action.startswith("questions.") and button.action not in ("questions.on", "questions.off"):
                    await self.talk.click(who.handle, button.action, button.value)

    async def leave(self, who: Person) -> None:
        days = self.chance.randint(1, 9)
        back = self.talk.core.company.local(who, self.talk.now).date() + timedelta(days=days)
        match self.chance.randrange(4):
            case 0:
                await self.talk(who.handle, f"away until {back.isoformat()}")
                self.away[who.id] = back
            case 1:
                await self.talk(who.handle, "I am back")
                self.away.pop(who.id, None)
            case 2:
                await self.talk(who.handle, "questions off")
                self.off.add(who.id)
            case _:
                await self.talk(who.handle, "questions on")
                self.off.discard(who.id)

    async def wait(self, _: Person) -> None:
        self.talk.later(hours=self.chance.choice((1, 5, 11, 26, 70)))
        await tick(self.talk.core, self.talk.now)

    async def deliver(self) -> None:
        """Everything due now, as the worker would send it, and what holds for whoever gets it."""
        store, now = self.talk.core.store, self.talk.now
        ready = await store.read(TENANT, lambda tx: outbox.page(tx, ["ready"], "", 500))
        due = [message for message in ready if message.not_before <= now]
        for message in due:
            drawn = await self.talk.core.draw(TENANT, message)
            if drawn is None:
                continue
            self.told[message.person, message.kind] += 1
            if message.kind == "questions.asked":
                self.check(drawn.reader, message)
        await store.write(TENANT, lambda tx: outbox.sent(tx, [message.id for message in due], now))

    def check(self, person: Person, message: Message) -> None:
        company = self.talk.core.company
        day = company.local(person, self.talk.now).date()
        assert company.open_hour(person, message.not_before) == message.not_before, "in quiet hours"
        assert day >= self.away.get(person.id, day), "while away"
        assert person.id not in self.off, "switched off"
        self.got.append((person, message))
        weeks = Counter((one.id, company.week_start(one, sent.not_before)) for one, sent in self.got)
        assert max(weeks.values()) <= 2, "three times in a week"

    async def end(self) -> list[questions.Question]:
        """Three weeks of silence, after which nothing is on its way any more."""
        for _ in range(60):
            self.talk.later(hours=9)
            await tick(self.talk.core, self.talk.now)
            await self.deliver()

        def read(tx) -> list[questions.Question]:
            return [one for person in PEOPLE for one in questions.of_asker(tx, person.id)]

        return await self.talk.core.store.read(TENANT, read)


@pytest.mark.parametrize("seed", range(WORLDS))
async def test_nobody_is_asked_too_much_and_every_question_ends(seed):
    async with company("sqlite://") as talk:
        world = World(talk, random.Random(seed))
        await world.begin()
        for _ in range(STEPS):
            await world.step()

        ended = await world.end()

    askers = {one.id: one.asker for one in ended}
    assert [(one.id, message) for one, message in world.got if askers.get(message.about) == one.id] == []
    assert {one.state for one in ended} <= {"answered", "helped", "unanswered"}
    for person in PEOPLE:
        unanswered = sum(one.state == "unanswered" for one in ended if one.asker == person.id)
        heard = world.told[person.id, "questions.unanswered"] + world.told[person.id, "nobody"]
        assert heard >= unanswered
    assert (world.asked > 0, talk.now > NOON) == (True, True)


async def test_the_worlds_do_ask_take_answer_and_give_up():
    """Else the promises above would be empty."""
    seen: Counter[str] = Counter()
    for seed in range(4):
        async with company("sqlite://") as talk:
            world = World(talk, random.Random(seed))
            await world.begin()
            for _ in range(STEPS):
                await world.step()
            seen.update(one.state for one in await world.end())
            seen.update(kind for (_, kind), n in world.told.items() for _ in range(n))

    states = {"answered", "unanswered", "nobody"}
    told = {f"questions.{kind}" for kind in ("asked", "taken", "answered", "reminded")}
    assert states | told <= set(seen)
    assert seen["questions.asked"] > 20
