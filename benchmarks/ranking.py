"""How well people are found on the development collection, what each part of the ranking is worth, and how fast."""

import asyncio
import json
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from string import ascii_lowercase
from time import process_time
from typing import Any

from bot import streams
from bot.ranking import scoring
from bot.ranking.finding import Asker, find
from store import Store, people
from store.base import Transaction
from store.people import Person
from store.record import record

COLLECTION = Path(__file__).parents[2] / "shared" / "data" / "ranking"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
TOP = 10
ABLATION: dict[str, dict[str, Any]] = {
    "without coverage": {"COVERAGE": 0},
    "without length": {"LENGTH": 0.0},
    "without the busy": {"BUSY": 0.0},
    "without focus": {"FOCUS": 0.0},
    "without fading": {"FADED": 1.0},
    "without votes": {"votes": lambda matches: next(iter(matches)).weight},
    "all votes alike": {"votes": lambda matches: sum(match.weight for match in matches)},
}

Json = dict[str, Any]
Judged = dict[str, dict[str, float]]


async def measure(folder: Path) -> None:
    queries, judged = list(_read(folder / "queries.jsonl")), _judged(folder)
    for named, declared in (("without declarations", False), ("with declarations", True)):
        store = Store("sqlite://")
        await store.write("bench", _filling(folder, declared=declared))
        plain, spent = await store.read("bench", _asking(queries, judged, str))
        typos, _ = await store.read("bench", _asking(queries, judged, _mistype))
        print(f"nDCG@{TOP} {named}: {plain:.3f}")
        print(f"nDCG@{TOP} {named}, one letter wrong: {typos:.3f} ({typos / plain:.0%} kept)")
        print(f"CPU {named}: {spent[len(spent) // 2]:.2f} ms, p95 {spent[len(spent) * 95 // 100]:.2f} ms")
        for part, changed in ABLATION.items():
            with _changed(changed):
                figure, _ = await store.read("bench", _asking(queries, judged, str))
            print(f"  {part}: {figure - plain:+.3f}")
        await store.close()


def _filling(folder: Path, *, declared: bool) -> Callable[[Transaction], None]:
    def fill(tx: Transaction) -> None:
        for row in _read(folder / "people.jsonl"):
            people.add(tx, Person(row["handle"], row["handle"], row["name"]), NOW)
        said = (row for row in _read(folder / "activity.jsonl") if declared or row["type"] != "Add")
        record(tx, *(streams.read(row, str) for row in said))

    return fill


def _asking(
    queries: list[Json], judged: Judged, said: Callable[[str], str]
) -> Callable[[Transaction], tuple[float, list[float]]]:
    """Asks everything; gives the mean quality and the sorted milliseconds of each."""

    def ask(tx: Transaction) -> tuple[float, list[float]]:
        quality, spent = [], []
        for query in queries:
            start = process_time()
            answer = find(tx, [said(query["text"])], Asker(("public",)), NOW, TOP)
            spent.append(1000 * (process_time() - start))
            quality.append(_ndcg([one.person.handle for one in answer.experts], judged[query["qid"]]))
        return sum(quality) / len(quality), sorted(spent)

    return ask


def _ndcg(found: list[str], relevant: dict[str, float]) -> float:
    best = sorted(relevant.values(), reverse=True)[:TOP]
    return _gain([relevant.get(person, 0.0) for person in found]) / _gain(best)


def _gain(gains: list[float]) -> float:
    return sum(gain / log2(place + 1) for place, gain in enumerate(gains, 1))


def _mistype(text: str) -> str:
    """The same with one letter of the longest word left out or changed."""
    dice = random.Random(text)
    word = max(text.split(), key=len)
    if len(word) < 4:
        return text
    at = dice.randrange(1, len(word) - 1)
    wrong = word[:at] + dice.choice(("", dice.choice(ascii_lowercase))) + word[at + 1 :]
    return text.replace(word, wrong, 1)


@contextmanager
def _changed(values: dict[str, Any]) -> Iterator[None]:
    before = {name: getattr(scoring, name) for name in values}
    for name, value in values.items():
        setattr(scoring, name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            setattr(scoring, name, value)


def _judged(folder: Path) -> Judged:
    judged: Judged = defaultdict(dict)
    for row in _read(folder / "qrels.jsonl"):
        judged[row["qid"]][row["person_id"]] = row["rel"]
    return judged


def _read(file: Path) -> Iterator[Json]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else COLLECTION
    if not chosen.is_dir():
        sys.exit(f"There is no collection at {chosen}; name its folder.")
    asyncio.run(measure(chosen))
