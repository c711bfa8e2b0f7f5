"""A company of 100,000 people who said 1,000,000 things in words as Zipf counts them: always the same ones."""

import json
import random
import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib.resources import files
from itertools import accumulate, islice
from pathlib import Path
from typing import TypeVar

from bot import streams
from store import Store, activities, skills
from store.activities import PUBLIC, Activity
from store.base import Transaction
from store.names import fold
from store.people import people
from store.reindex import reindex

T = TypeVar("T")
TENANT = "local"
PEOPLE = 100_000
ROWS = 1_000_000
WORDS = 30_000
END = datetime(2026, 11, 23, tzinfo=UTC)
SPAN = timedelta(days=5 * 365)
SEED = 1729
PAGE = 5000
_SYLLABLES = "ba co di fu ga le mi no pu ra se ti vo xa ze chi dra gle pro sta ter vin lan mor".split()
_FORMS = (*["{}"] * 14, "{}s", "{}é", "pré-{}", "{}Kit", "l'{}", "{}.")


def words() -> list[str]:
    """The most frequent first: known names of skills among words that mean nothing, some with signs and accents."""
    text = (files("bot") / "ranking" / "aliases.txt").read_text(encoding="utf-8")
    known = (line.partition(",")[0] for line in text.splitlines() if line and not line.startswith("#"))
    names = [name for name in known if " " not in name]
    made = (_FORMS[n % len(_FORMS)].format(_word(n)) for n in range(WORDS))
    mixed = (word for name in names for word in (name, *islice(made, 3)))
    return list(islice(dict.fromkeys([*mixed, *made]), WORDS))


def acts(rows: int = ROWS) -> Iterator[Activity]:
    """What was said, the oldest first, the ids growing with time; six in ten are updates, three in ten are thanks."""
    dice = random.Random(SEED)
    said = words()
    often = list(accumulate(1 / rank for rank in range(1, len(said) + 1)))
    step = SPAN / rows
    for n in range(rows):
        text = dice.choices(said, cum_weights=often, k=3 + int(dice.expovariate(0.2)))
        who, whom = _person(dice), _person(dice)
        audience = f"place:slack:G{dice.randrange(500)}" if dice.random() < 0.05 else PUBLIC
        yield _act(n, END - SPAN + step * n, (who, whom), text, audience)


def lines(rows: int = ROWS) -> Iterator[str]:
    """The same as `ristretto import activity` reads it."""
    return (json.dumps(streams.write(act, str), ensure_ascii=False) + "\n" for act in acts(rows))


async def company(rows: int = ROWS) -> str:
    """The URL of a database of SQLite with all of it, the index too; made once a run. Whoever writes takes a copy."""
    file = _folder() / f"rows{rows}.db"
    if not file.exists():
        await fill(f"sqlite:///{file}", rows)
    return f"sqlite:///{file}"


async def fill(url: str, rows: int) -> None:
    """Puts people, acts and index into an empty database."""
    store = Store(url)
    await store.write(TENANT, _enrol)
    for page in _pages(acts(rows)):
        await store.write(TENANT, partial(_say, page))
    await store.write(TENANT, reindex)
    await store.close()


def _enrol(tx: Transaction) -> None:
    for page in _pages(range(PEOPLE)):
        named = [(f"p{n:06}", f"{_word(n)} {_word(n * 7)}".title()) for n in page]
        tx.insert(
            people,
            *(
                {"id": id, "handle": id, "name": name, "folded": fold(name), "joined_at": END - SPAN}
                for id, name in named
            ),
        )


def _say(page: list[Activity], tx: Transaction) -> None:
    activities.add(tx, *page)
    for act in page:
        if act.kind == "skill":
            skills.follow(tx, act)


def _act(n: int, at: datetime, people: tuple[str, str], text: list[str], audience: str) -> Activity:
    (who, whom), id, said = people, f"a{n:07}", _sentence(text)
    if n % 10 < 3:
        return Activity(id, at, who, "Offer", "thanks", name=said, audience=audience, to=(whom,))
    if n % 100 == 99:
        facts = {"question": f"q{n}"}
        return Activity(id, at, who, "Create", "answer", name=said, facts=facts, audience=audience, to=(whom,))
    if n % 10 == 9:
        name, level = text[0].rstrip("."), ("beginner", "good", "expert")[n // 10 % 3]
        return Activity(id, at, who, "Add", "skill", fold(name), name, {"level": level})
    project = {"project": f"project{n % 997}"} if n % 2 else {}
    return Activity(id, at, who, "Create", "update", project.get("project", ""), said, project, audience)


def _sentence(text: list[str]) -> str:
    said = " ".join(text)
    return said[0].upper() + said[1:]


def _pages(rows: Iterable[T]) -> Iterator[list[T]]:
    every = iter(rows)
    while page := list(islice(every, PAGE)):
        yield page


def _person(dice: random.Random) -> str:
    """A few say much."""
    return f"p{int(PEOPLE * dice.random() ** 2):06}"


def _word(n: int) -> str:
    parts: list[str] = []
    while n or len(parts) < 2:
        n, part = divmod(n, len(_SYLLABLES))
        parts.append(_SYLLABLES[part])
    return "".join(parts)


@cache
def _kept() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="ristretto-rows-")


def _folder() -> Path:
    return Path(_kept().name)
