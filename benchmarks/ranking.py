"""How well people are found on the development collection, and what each part of the ranking is worth."""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from pathlib import Path
from string import ascii_lowercase
from typing import Any

from benchmarks.ratio import Ratio, progress
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
BAR = "at least 0.736, 0.873 and 90 %"
ABLATION: dict[str, dict[str, float]] = {
    "without coverage": {"COVERAGE": 0},
    "without length": {"LENGTH": 0.0},
    "without the head of a text": {"HEAD": 0.0},
    "without who was first": {"FIRST": 0.0},
    "without the busy": {"BUSY": 0.0},
    "without focus": {"FOCUS": 0.0},
    "without fading": {"FADED": 1.0},
    "the strongest row alone": {"VOTES": 50.0},
    "all rows alike": {"VOTES": 0.0},
}
KEPT = (scoring.of_mark, scoring.fading, scoring.turns)
"""What was computed from the figures and must be computed anew."""

Json = dict[str, Any]
Judged = dict[str, dict[str, float]]


async def measure() -> Ratio:
    """Quality on the development collection, as the mean nDCG of its questions."""
    if not COLLECTION.is_dir():
        return Ratio("not measured: the collection is not here", BAR, holds=True)
    bare, declared = [await _quality(COLLECTION, declared=declared) for declared in (False, True)]
    kept = min(bare.typos / bare.plain, declared.typos / declared.plain)
    parts = ", ".join(f"{part} {figure - bare.plain:+.3f}" for part, figure in bare.ablation.items())
    said = f"{bare.plain:.3f}, {declared.plain:.3f} with declarations, {kept:.0%} kept with a typo; {parts}"
    return Ratio(said, BAR, holds=bare.plain >= 0.736 and declared.plain >= 0.873 and kept >= 0.9)


@dataclass(frozen=True, slots=True)
class Quality:
    plain: float
    typos: float
    ablation: dict[str, float]


async def _quality(folder: Path, *, declared: bool) -> Quality:
    queries, judged = list(_read(folder / "queries.jsonl")), _judged(folder)
    store = Store("sqlite://")
    await store.write("bench", _filling(folder, declared=declared))
    plain = await store.read("bench", _asking(queries, judged, str))
    typos = await store.read("bench", _asking(queries, judged, _mistype))
    ablation = {}
    for part, changed in ABLATION.items():
        progress(f"ranking: {part}")
        with _changed(changed):
            ablation[part] = await store.read("bench", _asking(queries, judged, str))
    await store.close()
    return Quality(plain, typos, ablation)


def _filling(folder: Path, *, declared: bool) -> Callable[[Transaction], None]:
    def fill(tx: Transaction) -> None:
        for row in _read(folder / "people.jsonl"):
            people.add(tx, Person(row["handle"], row["handle"], row["name"]), NOW)
        said = (row for row in _read(folder / "activity.jsonl") if declared or row["type"] != "Add")
        record(tx, *(streams.read(row, str) for row in said))

    return fill


def _asking(queries: list[Json], judged: Judged, said: Callable[[str], str]) -> Callable[[Transaction], float]:
    """Asks everything; gives the mean quality."""

    def ask(tx: Transaction) -> float:
        quality = 0.0
        for query in queries:
            answer = find(tx, [said(query["text"])], Asker(("public",)), NOW, TOP)
            quality += _ndcg([one.person.handle for one in answer.experts], judged[query["qid"]])
        return quality / len(queries)

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
def _changed(values: dict[str, float]) -> Iterator[None]:
    before = {name: getattr(scoring, name) for name in values}
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _set(values: dict[str, float]) -> None:
    for name, value in values.items():
        setattr(scoring, name, value)
    for kept in KEPT:
        kept.cache_clear()


def _judged(folder: Path) -> Judged:
    judged: Judged = defaultdict(dict)
    for row in _read(folder / "qrels.jsonl"):
        judged[row["qid"]][row["person_id"]] = row["rel"]
    return judged


def _read(file: Path) -> Iterator[Json]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)
