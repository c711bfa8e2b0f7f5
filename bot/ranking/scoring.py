"""From rows that match to people in order, by one configuration for everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log, sqrt

from bot.ranking.concepts import Concept
from store.evidence import Evidence, Tally

KINDS = {"skill": 5.0, "update": 1.0, "kudos": 0.75}
LEVELS = {"expert": 1.75, "good": 1.0, "": 1.0, "beginner": 0.5}
ALL_ROWS = 1_000_000
"""Stands for the number of rows there are: what an asker may not see has no say in the order, not even its number."""
COVERAGE, LENGTH = 4, 0.25
FADED, HALF_LIFE = 0.5, timedelta(days=5 * 365.25).total_seconds()
BUSY, BUSY_ROWS, FOCUS = 0.25, 5, 0.1
CLOSE = 12
"""Decimals that count: where two sums differ by less, they are the same."""


@dataclass(frozen=True, slots=True)
class Match:
    """A row and its weight. `share`: how much of what was asked it holds, 0 to 1."""

    evidence: Evidence
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """`matches`: the strongest first. `share`: the most that one of their rows holds of what was asked."""

    person: str
    score: float
    matches: tuple[Match, ...]

    @property
    def share(self) -> float:
        return max(match.share for match in self.matches)

    @property
    def newest(self) -> int:
        return max(match.evidence.at for match in self.matches)


def match(concepts: Sequence[Concept], found: Mapping[str, Sequence[Evidence]], now: float) -> dict[str, list[Match]]:
    """Rows that hold some of the concepts, by person, the strongest first.

    A row is worth the rarity of what it holds, and much less where it holds only part of what was asked; a declared
    skill more than a word said in passing; a short text more than a long one; a new one slightly more than an old one.
    """
    held: dict[Evidence, float] = {}
    total = 0.0
    for concept in concepts:
        rows = _rows(concept, found)
        rarity = log(1 + (ALL_ROWS - min(len(rows), ALL_ROWS) + 0.5) / (len(rows) + 0.5))
        total += rarity
        for row in rows:
            held[row] = held.get(row, 0.0) + rarity
    people: dict[str, list[Match]] = {}
    for row, rarity in held.items():
        share = min(rarity / total, 1.0)
        weight = rarity * share**COVERAGE * KINDS[row.kind] * LEVELS.get(row.level, 1.0)
        people.setdefault(row.person, []).append(Match(row, weight * _fresh(row, now) / row.length**LENGTH, share))
    for matches in people.values():
        matches.sort(key=_strongest)
    return people


def votes(matches: Iterable[Match]) -> float:
    """Each further row is worth less, so that repeating oneself does not help."""
    return sum(match.weight / sqrt(n) for n, match in enumerate(matches, 1))


def rank(matched: Mapping[str, Sequence[Match]], tallies: Mapping[str, Tally]) -> list[Candidate]:
    """People, best first. Whoever speaks of everything stands behind whoever speaks of this; ties go to the newest."""
    found = [
        Candidate(person, round(votes(matches) * _focus(len(matches), tallies[person]), CLOSE), tuple(matches))
        for person, matches in matched.items()
    ]
    return sorted(found, key=order)


def order(candidate: Candidate) -> tuple[float, int, str]:
    return (-candidate.score, -candidate.newest, candidate.person)


def _rows(concept: Concept, found: Mapping[str, Sequence[Evidence]]) -> set[Evidence]:
    """Rows that hold all terms of one of its names."""
    rows: set[Evidence] = set()
    for way in concept.ways:
        rows |= set(found.get(way[0], ())).intersection(*(found.get(term, ()) for term in way[1:]))
    return rows


def _fresh(row: Evidence, now: float) -> float:
    faded: float = FADED + (1 - FADED) * 2.0 ** (-max(now - row.at, 0) / HALF_LIFE)
    return faded


def _strongest(match: Match) -> tuple[float, int, str]:
    return (-match.weight, -match.evidence.at, match.evidence.activity)


def _focus(matching: int, tally: Tally) -> float:
    focus: float = (1 + log(1 + max(tally.rows, matching))) ** -BUSY
    if tally.rows >= BUSY_ROWS and tally.thanks < tally.rows:
        focus *= min(matching / tally.rows, 1.0) ** FOCUS
    return focus
