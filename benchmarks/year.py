"""A simulated year of a company in which a tenth speaks to Ristretto: how many skills stay confirmed, and how evenly
questions spread. Real core, jobs and SQLite file; the clock is moved, and nobody waits."""

import heapq
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from sqlalchemy import select

from bot.company import Company
from bot.core import Core
from bot.delivery import Address, Outcome, Sent
from bot.features import FEATURES
from bot.ids import growing
from bot.reply import Reply, buttons
from bot.request import Account, Place, Request
from jobs.calendar import forget, tick
from jobs.courier import Courier
from jobs.worker import Worker
from store import Store, people, questions, skills
from store.base import Transaction
from store.people import Person
from store.statement import Row

TENANT, SEED = "local", 7
PEOPLE, ACTIVE = 2000, 200
START, DAYS = datetime(2026, 1, 5, tzinfo=UTC), 364
ZONES = ("Europe/Paris", "Europe/Paris", "Europe/London", "America/Toronto")
HOURS = range(7, 23)
"""In which somebody is at work; there is a tick in each."""
SKILLS = tuple(
    "Kubernetes;Python;SAP;Terraform;Excel;Java;SQL;React;Figma;Power BI;Rust;Go;Kafka;Salesforce;Docker;Ansible;Linux;"
    "AWS;Azure;PostgreSQL;Scala;Spark;Airflow;Tableau;Jira;Scrum;Photoshop;Accounting;Payroll;Contracts;Negotiation;Japanese;"
    "Spanish;German;Welding;Robotics;CAD;Statistics;Machine learning;Accessibility;Testing;Selenium;Swift;Kotlin;Ruby;"
    "PHP;WordPress;SEO;Copywriting;Interviewing;Recruiting;Budgeting;Forecasting;Logistics;Procurement;Safety;Auditing;Tax;"
    "Patents;Coaching".split(";")
)
"""The n-th is declared and asked about n times less often than the first."""
LEVELS = ("beginner", "good", "expert")
READERS = (0.9, 0.6, 0.2)
"""How often somebody reads their digest; a third of people each."""
CONFIRMS, DROPS = 0.7, 0.05
"""Of the questions whether a skill is still true that are read: a tap on yes, a tap on no; else nothing."""
UPDATES, THANKS, ASKS = 0.5, 0.4, 0.15
"""Of each active person, a week."""
TAKES, PASSES, ANSWERS, HELPED = 0.5, 0.2, 0.9, 0.6
"""Of questions asked: taken, passed on, else nothing. Of those taken: answered. Of answers: said to have helped."""
FRESH, SETTLED = timedelta(days=90), 182
"""Looked at on each Friday of the second half of the year, when not everybody is asked for the first time at once."""


@dataclass(frozen=True, slots=True)
class Year:
    """Shares of skills said or confirmed within ninety days, of all and of those who read most of their digests; how
    unevenly questions reached those who have a skill, how many there were, and the most in one week of one person."""

    everybody: float
    readers: float
    gini: float
    routed: int
    most: int
    answered: float
    digests: int


@dataclass(slots=True)
class Town:
    """`agenda`: what people will do, with the time, who, and the click or the words."""

    core: Core
    now: datetime = START
    agenda: list[tuple[datetime, int, str, str, str]] = field(default_factory=list)
    got: Counter[str] = field(default_factory=Counter)
    _numbers: "count[int]" = field(default_factory=count)
    _turns: Counter[str] = field(default_factory=Counter)

    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:
        """A message comes; what its reader will do about it is decided by their own chance."""
        self.got[kind] += 1
        who, offered = address.account, {button.action: button.value for button in buttons(reply)}
        chance = self.chance(who, kind)
        soon = self.now + timedelta(hours=chance.uniform(0.2, 6))
        match kind:
            case "digest.due" if "skills.confirm" in offered and chance.random() < reads(who):
                told = chance.random()
                if told < CONFIRMS + DROPS:
                    action = "skills.confirm" if told < CONFIRMS else "skills.remove"
                    self.will(soon, who, action, offered[action])
            case "questions.asked":
                told = chance.random()
                if told < TAKES + PASSES:
                    action = "questions.take" if told < TAKES else "questions.pass"
                    self.will(soon, who, action, offered[action])
                if told < TAKES * ANSWERS:
                    self.will(soon + timedelta(hours=1), who, "", "answer look at the third page of the guide")
            case "questions.answered" if chance.random() < HELPED:
                self.will(soon, who, "questions.helped", offered["questions.helped"])
        return Sent(key)

    async def remove(self, address: Address, message: str) -> Outcome:  # noqa: ARG002  # theirs
        return Sent("")

    def will(self, at: datetime, who: str, action: str, said: str) -> None:
        heapq.heappush(self.agenda, (at, next(self._numbers), who, action, said))

    def chance(self, who: str, what: str) -> Random:
        """The same whatever others do meanwhile."""
        self._turns[f"{who} {what}"] += 1
        return Random(f"{SEED} {who} {what} {self._turns[f'{who} {what}']}")

    async def act(self) -> None:
        """Everything that people had a mind to do until now."""
        while self.agenda and self.agenda[0][0] <= self.now:
            _, number, who, action, said = heapq.heappop(self.agenda)
            text, value = ("", said) if action else (said, "")
            place = Place("console", who)
            request = Request(
                TENANT, f"r{number}", self.now, Account("console", who, who), place, text, (), action, value
            )
            await self.core.handle(request)


def reads(who: str) -> float:
    return READERS[int(who.removeprefix("p")) % len(READERS)]


async def live() -> Year:
    """The whole year."""
    with tempfile.TemporaryDirectory(prefix="ristretto-year-") as folder:
        store = Store(f"sqlite:///{Path(folder)}/ristretto.db")
        try:
            return await _live(store)
        finally:
            await store.close()


async def _live(store: Store) -> Year:
    chance = Random(SEED)
    core = Core(
        store,
        FEATURES,
        now=lambda: town.now,
        new_id=growing(lambda: town.now, chance.getrandbits),
        company=Company("en", "Europe/Paris"),
    )
    town = Town(core)
    await store.write(TENANT, _enrol)
    _join(town, Random(f"{SEED} join"))
    worker = Worker(Courier(core, {"console": town}, {"console": 1e9}, lambda: town.now), "year")
    shares: list[tuple[float, float]] = []
    for day in range(DAYS):
        today = START + timedelta(days=day)
        if today.weekday() < 5:
            _plan(town, today, Random(f"{SEED} {day}"))
            for hour in HOURS:
                town.now = today + timedelta(hours=hour, minutes=20)
                await town.act()
                await tick(core, town.now)
                await worker.drain()
        if today.weekday() == 4:
            await forget(core, town.now)
            if day > SETTLED:
                shares.append(await store.read(TENANT, lambda tx: _confirmed(tx, town.now)))
    asked = await store.read(TENANT, _routed)
    state = await store.read(TENANT, _states)
    return Year(
        everybody=sum(one for one, _ in shares) / len(shares),
        readers=sum(one for _, one in shares) / len(shares),
        gini=gini(list(asked.values())),
        routed=sum(asked.values()),
        most=await store.read(TENANT, _most_a_week),
        answered=(state["answered"] + state["helped"]) / max(state.total(), 1),
        digests=town.got["digest.due"],
    )


def gini(amounts: list[int]) -> float:
    """0 where all have the same, towards 1 where one has everything."""
    ordered, n = sorted(amounts), len(amounts)
    return sum((2 * place - n + 1) * amount for place, amount in enumerate(ordered)) / (n * sum(ordered) or 1)


def _enrol(tx: Transaction) -> None:
    for n in range(PEOPLE):
        people.add(tx, Person(f"i{n}", f"p{n}", f"Person {n}", locale="en", timezone=ZONES[n % len(ZONES)]), START)
        people.join_account(tx, f"i{n}", "console", f"p{n}", START)


def _join(town: Town, chance: Random) -> None:
    """Over the first eight weeks the active ones say what they know."""
    for n in range(ACTIVE):
        known = dict.fromkeys(_skill(chance) for _ in range(chance.randint(2, 6)))
        levels = (f"{name} ({chance.choice(LEVELS)})" for name in known)
        at = START + timedelta(days=chance.randrange(56), hours=11)
        town.will(at, f"p{n}", "", f"skills add {', '.join(levels)}")


def _plan(town: Town, day: datetime, chance: Random) -> None:
    """What people have in mind today, at an hour of their own day."""
    for n in range(ACTIVE):
        late = 5 if ZONES[n % len(ZONES)].startswith("America") else 0
        for wish, text in ((UPDATES, _update), (THANKS, _thanks), (ASKS, _ask)):
            if chance.random() < wish / 5 and day >= START + timedelta(days=56):
                at = day + timedelta(hours=9 + late + 7 * chance.random())
                town.will(at, f"p{n}", "", text(n, chance))


def _update(n: int, chance: Random) -> str:
    """Everybody has two of fifty projects."""
    return f"update #project{chance.choice((n % 50, (n * 7 + 3) % 50))} part {chance.randrange(10**6)} is done"


def _thanks(n: int, chance: Random) -> str:
    return f"kudos @p{(n + 1 + chance.randrange(ACTIVE - 1)) % ACTIVE} for the hand with case {chance.randrange(10**6)}"


def _ask(_: int, chance: Random) -> str:
    return f"ask who can help with {_skill(chance)}"


def _skill(chance: Random) -> str:
    return chance.choices(SKILLS, [1 / (place + 1) for place in range(len(SKILLS))])[0]


def _confirmed(tx: Transaction, now: datetime) -> tuple[float, float]:
    """The shares of skills that were said or confirmed within ninety days: of everybody, and of those who read."""
    held = [row for row in tx.all(select(skills.skills)) if not row["wish"]]
    fresh = [row for row in held if now - row["confirmed_at"] < FRESH]
    read = [len([row for row in rows if reads(f"p{row['person'][1:]}") > 0.5]) for rows in (fresh, held)]
    return len(fresh) / (len(held) or 1), read[0] / (read[1] or 1)


def _routed(tx: Transaction) -> Counter[str]:
    """Questions that reached each of those who have a skill."""
    asked: Counter[str] = Counter(dict.fromkeys((row["person"] for row in tx.all(select(skills.skills))), 0))
    asked.update(row["person"] for row in _reached(tx))
    return asked


def _most_a_week(tx: Transaction) -> int:
    """That one person got, weeks beginning on Monday where they are."""
    company = Company("en", "Europe/Paris")
    zones = {f"i{n}": Person("", "", "", timezone=ZONES[n % len(ZONES)]) for n in range(ACTIVE)}
    weeks = Counter((row["person"], company.week_start(zones[row["person"]], row["at"])) for row in _reached(tx))
    return max(weeks.values(), default=0)


def _reached(tx: Transaction) -> list[Row]:
    return [row for row in tx.all(select(questions.routes)) if row["state"] != "spared"]


def _states(tx: Transaction) -> Counter[str]:
    return Counter(row["state"] for row in tx.all(select(questions.questions)))
