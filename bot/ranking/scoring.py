"""From postings that match to people in order, by one configuration for everything."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache, partial
from math import log1p

import numpy as np

from bot.ranking.candidate import Candidate, Match, order
from bot.ranking.concepts import Concept
from bot.ranking.kinds import is_own, is_said, is_spoken
from bot.ranking.lists import Array, firsts, is_first, least_of, of_way, rows_of
from store.evidence import KINDS, LEVELS, Tally
from store.postings import LATEST, LONGEST, OFTEN, Held

WEIGHTS = {"skill": 5.0, "update": 1.0, "kudos": 0.75, "answer": 1.0, "title": 2.0, "member": 0.5, "endorsement": 0.75}
SHARPNESS = {"expert": 1.75, "good": 1.0, "": 1.0, "beginner": 0.5}
ONCE = ("member", "endorsement")
"""Kinds of which a topic has the strongest row of a person alone: however many say the same, it is said once."""
ALL_ROWS = 1_000_000
"""Stands for the number of rows there are: what an asker may not see has no say in the order, not even its number."""
COVERAGE, LENGTH, HEAD = 4, 0.3, 0.5
FADED, HALF_LIFE = 0.8, timedelta(days=5 * 365.25).days
VOTES = 0.45
FIRST, PIONEERS, EARLY = 1.0, 3, 1000
BUSY, FOCUS, DOUBT = 0.25, 0.1, 5
STRONGEST = 3000
"""Rows that are weighed for people; of a popular topic many more only hold its word."""
LIKELY = 60
"""People of a topic whose whole record is weighed."""
CLOSE = 12
"""Decimals that count: where two sums differ by less, they are the same."""

CROWD = 1 << 14
"""Places of a table in which people are looked for before they are compared."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that hold some of what was asked. `at` grows with the time at which those of one day were recorded."""

    at: Array
    person: Array
    keys: Array
    marks: Array
    weight: Array
    share: Array


@dataclass(frozen=True, slots=True)
class Likely:
    """People who may know, each with the part of `rows` that is theirs, the strongest first. `said`: how many of their
    rows are no declared skills, `own`: how many are no thanks either; `share` and `newest` are the most of theirs."""

    rows: Rows
    persons: Array
    starts: Array
    ends: Array
    votes: Array
    said: Array
    own: Array
    share: Array
    newest: Array

    def numbers(self) -> list[int]:
        numbers: list[int] = self.persons.tolist()
        return numbers

    def matches(self, place: int, most: int) -> tuple[Match, ...]:
        """The strongest rows of one of them."""
        start, end = int(self.starts[place]), int(self.ends[place])
        theirs = slice(start, min(end, start + most))
        rows = zip(self.rows.keys[theirs].tolist(), self.rows.marks[theirs].tolist(), strict=True)
        return tuple([Match(key & 0xFFFFFF, key >> 24 & LATEST, KINDS[mark & 7]) for key, mark in rows])


def match(concepts: Sequence[Concept], found: Mapping[str, Held], today: int) -> Rows:
    """Rows that hold some of the concepts.

    A row is worth the rarity of what it holds, and much less where it holds only part of what was asked; more where it
    says it first or again and again; a declared skill more than a word said in passing; a short text more than a long
    one; a new one slightly more than an old one.
    """
    lists = [rows_of(concept, found) for concept in concepts]
    amounts = [_amount(concept, found, len(keys)) for concept, (keys, _) in zip(concepts, lists, strict=True)]
    rarity = [float(np.log1p((ALL_ROWS - min(n, ALL_ROWS) + 0.5) / (n + 0.5))) for n in amounts]
    at, keys, marks, gain, held = _together(lists, rarity)
    share = np.minimum(held / (sum(rarity) or 1.0), 1.0)
    weight = gain * share**COVERAGE * fading(today).take(_days(keys))
    return Rows(at, _persons(keys), keys, marks, weight, share)


def holders(topics: Iterable[Sequence[Concept]], found: Mapping[str, Held]) -> Array:
    """The numbers of those who have a row that holds all concepts of a topic."""
    keys = [of_way([rows_of(concept, found) for concept in topic])[0] for topic in topics]
    return _persons(np.concatenate(keys))


def without(rows: Rows, persons: Array) -> Rows:
    """The rows of everybody else."""
    return _taken(rows, ~np.isin(rows.person, persons)) if len(persons) else rows


def likely(rows: Rows) -> Likely:
    """Those with the most votes. Each further row of a person is worth less, so that repeating oneself does not help,
    and a thing that is declared by two of its names counts once; who first said it has their strongest row once more.
    """
    pioneers = _pioneers(rows)
    strong = _promising(_strongest(rows), pioneers)
    some = _declared_once(_once(_taken(strong, np.lexsort((-strong.weight, strong.person)))))
    size = len(some.person)
    starts = np.flatnonzero(np.diff(some.person, prepend=-1))
    if not size:
        return Likely(some, *(np.zeros(0, np.int64) for _ in range(8)))
    sizes = np.diff(starts, append=size)
    place = np.arange(size) - np.repeat(starts, sizes)
    votes = np.add.reduceat(some.weight * turns(1 << size.bit_length()).take(place), starts)
    persons = some.person[starts]
    for turn, pioneer in enumerate(pioneers, 1):
        theirs = some.weight[(some.person == pioneer) & is_own()[some.marks]]
        votes[persons == pioneer] += FIRST * theirs.max(initial=0.0) / turn**2
    best = np.sort(np.argsort(-votes, kind="stable")[:LIKELY])
    share = np.maximum.reduceat(some.share, starts)[best]
    newest = np.maximum.reduceat(_days(some.keys), starts)[best]
    said, own = (_count(rows, persons[best], which) for which in (is_said(), is_spoken()))
    return Likely(some, persons[best], starts[best], (starts + sizes)[best], votes[best], said, own, share, newest)


def rank(those: Likely, tallies: Mapping[int, Tally]) -> list[Candidate]:
    """People, best first. Whoever speaks of everything stands behind whoever speaks of this, but nobody for the skills
    that they declare; ties go to the newest."""
    found = []
    parts = zip(those.numbers(), those.votes.tolist(), those.said.tolist(), those.own.tolist(), strict=True)
    for place, (number, votes, said, own) in enumerate(parts):
        if tally := tallies.get(number):
            score = round(votes * _focus(said, own, tally), CLOSE)
            share, newest = float(those.share[place]), int(those.newest[place])
            found.append(Candidate(tally.person, score, share, newest, partial(those.matches, place)))
    return sorted(found, key=order)


def _amount(concept: Concept, found: Mapping[str, Held], rows: int) -> int:
    """How many rows hold the concept, those that were not read too."""
    single = [found[way[0]].amount for way in concept.ways if len(way) == 1 and way[0] in found]
    return max(rows, *single, 0)


def _together(lists: list[tuple[Array, Array]], rarity: list[float]) -> tuple[Array, Array, Array, Array, Array]:
    """Each row once: its place, what it gains by all concepts, and the rarity of those it holds."""
    gains: list[Array] = [of * of_mark().take(marks) for (_, marks), of in zip(lists, rarity, strict=True)]
    if len(lists) == 1:
        (keys, marks), gain = lists[0], gains[0]
        return np.arange(len(keys)), keys, marks, gain, np.full(len(keys), rarity[0])
    keys, marks = (np.concatenate(parts) for parts in zip(*lists, strict=True))
    places = firsts([keys for keys, _ in lists])
    at = np.flatnonzero(is_first(places))
    gain = np.bincount(places, np.concatenate(gains))[at]
    held = np.bincount(places, np.repeat(rarity, [len(keys) for keys, _ in lists]))[at]
    return at, keys[at], marks[at], gain, held


def _persons(keys: Array) -> Array:
    persons: Array = (keys >> 40).astype(np.int64)
    return persons


def _days(keys: Array) -> Array:
    days: Array = ((keys >> 24) & LATEST).astype(np.int64)
    return days


def _strongest(rows: Rows) -> Rows:
    """Not only so many: all that weigh as much as the last of them are there too, so that chance has no say."""
    if len(rows.weight) <= STRONGEST:
        return rows
    return _taken(rows, np.flatnonzero(rows.weight >= least_of(rows.weight, STRONGEST)))


def _promising(rows: Rows, pioneers: Sequence[int]) -> Rows:
    """The rows of those who may be among LIKELY: nobody has more votes than all that their rows weigh."""
    if len(rows.weight) <= 8 * LIKELY:
        return rows
    best = np.argpartition(rows.weight, -4 * LIKELY)[-4 * LIKELY :]
    if len(np.unique(rows.person[best])) < LIKELY:
        return rows
    slots = rows.person & (CROWD - 1)
    most = np.bincount(slots, rows.weight, CROWD)  # of several people together where they share a slot
    most[[pioneer & (CROWD - 1) for pioneer in pioneers]] = np.inf
    return _taken(rows, np.flatnonzero(most.take(slots) >= rows.weight[best].min() * (1 - 1e-9)))


def _once(rows: Rows) -> Rows:
    """Without what only says again of a person (whose rows stand together, the strongest first) what ONCE counts."""
    kinds, again = rows.marks & 7, np.zeros(len(rows.marks), np.bool_)
    for kind in ONCE:
        places = np.flatnonzero(kinds == KINDS.index(kind))
        again[places[1:][rows.person[places[1:]] == rows.person[places[:-1]]]] = True
    return _taken(rows, ~again) if again.any() else rows


def _taken(rows: Rows, which: Array) -> Rows:
    every = (rows.at, rows.person, rows.keys, rows.marks, rows.weight, rows.share)
    return Rows(*(each[which] for each in every))


def _declared_once(rows: Rows) -> Rows:
    """Of rows by person and weight, without declared skills that hold what a stronger one of the same person holds."""
    declared = np.flatnonzero((rows.marks & 7) == KINDS.index("skill"))
    person, share = rows.person[declared], rows.share[declared]
    same = np.lexsort((declared, share, person))
    again = (np.diff(person[same].astype(np.int64), prepend=-1) == 0) & (np.diff(share[same], prepend=-1.0) == 0)
    return _taken(rows, np.delete(np.arange(len(rows.person)), declared[same][again])) if again.any() else rows


def _pioneers(rows: Rows) -> list[int]:
    """Who first said, in their own words, as much of it as anybody did; of one day's, who was recorded first."""
    own = np.flatnonzero(is_own().take(rows.marks))
    if not len(own):
        return []
    share = rows.share[own]
    whole = own[share >= share.max() - 1e-9]
    days = _days(rows.keys[whole])
    since, span = days.min(), 1
    while True:
        early = np.flatnonzero(days < since + span)
        order = np.lexsort((rows.at[whole[early]], days[early]))[:EARLY]
        found = list(dict.fromkeys(rows.person[whole[early[order]]].tolist()))[:PIONEERS]
        if len(found) == PIONEERS or len(order) == EARLY or len(early) == len(whole):
            return found
        span *= 8


def _count(rows: Rows, persons: Array, which: Array) -> Array:
    """How many of the matching rows of each of these (in order) are of these kinds, by mark."""
    if not len(persons):
        return np.zeros(0, np.int64)
    slots = np.zeros(CROWD, np.bool_)
    slots[persons & (CROWD - 1)] = True
    near = np.flatnonzero(slots.take(rows.person & (CROWD - 1)))
    theirs = rows.person[near[which[rows.marks[near]]]]
    place = np.minimum(np.searchsorted(persons, theirs), len(persons) - 1)
    return np.bincount(place[persons[place] == theirs], minlength=len(persons))


def _focus(said: int, own: int, tally: Tally) -> float:
    focus: float = (1 + log1p(1 + max(tally.rows, said))) ** -BUSY  # what is declared is one row together
    spoken = max(tally.rows - tally.thanks, own)
    focus *= ((own + DOUBT) / (spoken + DOUBT)) ** FOCUS
    return focus


@lru_cache(1)
def of_mark() -> Array:
    """What a row that holds a term is worth, by its mark."""
    worth: Array = _of_text() * _of_term()
    return worth


def _of_text() -> Array:
    """What a row's text is worth: its kind, level and length."""
    marks = np.arange(1 << 16)
    kinds = np.array([WEIGHTS[kind] for kind in KINDS] + [0.0] * (8 - len(KINDS)))
    levels = np.array([SHARPNESS[level] for level in LEVELS])
    worth: Array = kinds[marks & 7] * levels[marks >> 3 & 3] * np.maximum(marks >> 8 & LONGEST, 1) ** -LENGTH
    return worth


def _of_term() -> Array:
    """How much a term has to say in a text: whether it is in its head, and how often."""
    marks = np.arange(1 << 16)
    says: Array = (1 + np.log1p(marks >> 6 & OFTEN)) * (1 + HEAD * (marks >> 5 & 1))
    return says


@lru_cache(4)
def fading(today: int) -> Array:
    """By day."""
    faded: Array = FADED + (1 - FADED) * 2.0 ** (-np.maximum(today - np.arange(LATEST + 1), 0) / HALF_LIFE)
    return faded


@lru_cache(16)
def turns(size: int) -> Array:
    turns: Array = np.arange(1, size + 1) ** -VOTES
    return turns
