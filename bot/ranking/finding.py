"""Finds who knows what was asked: reads the index under the asker's rights, ranks, and gathers each one's reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from itertools import zip_longest

from bot.ranking.concepts import Concept, read_concepts, seed
from bot.ranking.scoring import Candidate, Match, match, order, rank, votes
from bot.ranking.spelling import correct
from store import activities, evidence, people
from store.activities import Activity
from store.base import Transaction
from store.evidence import Evidence, Tally
from store.names import fold
from store.people import Person
from store.terms import read_terms

ROWS = 5000
"""Rows of one term that are looked at, the newest ones."""
LIKELY = 400
"""People of a topic whose whole record is weighed."""
REASONS = 3
ENOUGH = 0.5
"""From this share on somebody knows what was asked, and not only a part of it."""

Found = dict[str, list[Evidence]]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is named: an act, and as what it speaks for them (skill, kudos, update)."""

    kind: str
    act: Activity


@dataclass(frozen=True, slots=True)
class Expert:
    """`whole`: knows all that was asked."""

    person: Person
    score: float
    whole: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`corrected`: pairs of a word nobody uses and the one that was looked for instead."""

    experts: tuple[Expert, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose rights hold; `left_out` is not named (empty: nobody)."""

    audiences: tuple[str, ...]
    left_out: str = ""


def find(tx: Transaction, topics: Iterable[str], asker: Asker, now: datetime, top: int) -> Answer:
    """The people who know these topics, those who know all of them first."""
    said = [terms for topic in topics if (terms := read_terms(topic))]
    asked, found, corrected = _understand(tx, said, asker.audiences)
    ranked = [_rank(tx, concepts, found, asker.audiences, now) for concepts in asked]
    chosen = _choose(tx, _join(ranked), asker.left_out, top)
    return Answer(_explain(tx, chosen, ranked), tuple(corrected.items()))


def _understand(
    tx: Transaction, said: list[list[str]], audiences: tuple[str, ...]
) -> tuple[list[tuple[Concept, ...]], Found, dict[str, str]]:
    """The concepts of each topic, the rows of their terms, and what was corrected."""
    aliases = seed()
    asked = [read_concepts(terms, aliases) for terms in said]
    found = _read(tx, asked, audiences, {})
    unknown = {term for term, rows in found.items() if not rows} - aliases.vocabulary
    corrected: dict[str, str] = {}
    if unknown:
        words = list(dict.fromkeys(term for terms in said for term in terms))
        corrected = correct(words, unknown, lambda near: _used(tx, near, audiences, aliases.vocabulary))
    if corrected:
        asked = [read_concepts([corrected.get(term, term) for term in terms], aliases) for terms in said]
        found = _read(tx, asked, audiences, found)
    return asked, found, corrected


def _read(tx: Transaction, asked: list[tuple[Concept, ...]], audiences: tuple[str, ...], known: Found) -> Found:
    terms = {term for concepts in asked for concept in concepts for term in concept.terms}
    return {
        term: known[term] if term in known else evidence.of_term(tx, term, audiences, ROWS) for term in sorted(terms)
    }


def _used(tx: Transaction, near: set[str], audiences: tuple[str, ...], vocabulary: frozenset[str]) -> Mapping[str, int]:
    """How often words are used; a word that is an alias counts though nobody has said it yet."""
    return dict.fromkeys(near & vocabulary, 0) | evidence.frequencies(tx, sorted(near), audiences)


def _rank(
    tx: Transaction, concepts: tuple[Concept, ...], found: Found, audiences: tuple[str, ...], now: datetime
) -> dict[str, Candidate]:
    matched = match(concepts, found, now.timestamp())
    likely = nsmallest(LIKELY, matched, key=lambda person: (-votes(matched[person]), person))
    tallies: dict[str, Tally] = evidence.tallies_of(tx, likely, audiences)
    return {candidate.person: candidate for candidate in rank({one: matched[one] for one in likely}, tallies)}


def _join(ranked: Sequence[Mapping[str, Candidate]]) -> list[tuple[Candidate, bool]]:
    """Candidates over all topics, best first, and whether they know all of them. How many of several topics somebody
    knows comes before how well, so the score counts them first."""
    joined = []
    for person in dict.fromkeys(person for topic in ranked for person in topic):
        parts = [topic[person] for topic in ranked if person in topic]
        known = sum(part.share >= ENOUGH for part in parts)
        score = sum(part.score for part in parts)
        if len(ranked) > 1:
            score = known + score / (1 + score)
        matches = tuple(match for part in parts for match in part.matches)
        joined.append((Candidate(person, score, matches), known == len(ranked)))
    return sorted(joined, key=lambda one: order(one[0]))


def _choose(
    tx: Transaction, joined: Sequence[tuple[Candidate, bool]], left_out: str, top: int
) -> list[tuple[Person, Candidate, bool]]:
    """The best who are people and still here; of equals, the first by handle."""
    chosen: list[tuple[Person, Candidate, bool]] = []
    step = max(2 * top, 20)
    for start in range(0, len(joined), step):
        some = joined[start : start + step]
        known = people.of_ids(tx, [candidate.person for candidate, _ in some])
        for candidate, whole in some:
            person = known.get(candidate.person)
            if person and not (person.bot or person.left_at or person.id == left_out):
                chosen.append((person, candidate, whole))
        if len(chosen) >= top and (len(joined) == start + len(some) or _differ(some[-1], joined[start + step])):
            break
    return sorted(chosen, key=lambda one: (*order(one[1])[:2], one[0].handle))[:top]


def _differ(one: tuple[Candidate, bool], other: tuple[Candidate, bool]) -> bool:
    return order(one[0])[:2] != order(other[0])[:2]


def _explain(
    tx: Transaction, chosen: Sequence[tuple[Person, Candidate, bool]], ranked: Sequence[Mapping[str, Candidate]]
) -> tuple[Expert, ...]:
    likely = {person.id: _likely(person, ranked) for person, _, _ in chosen}
    acts = activities.of_ids(tx, (match.evidence.activity for matches in likely.values() for match in matches))
    return tuple(
        Expert(person, candidate.score, whole, _reasons(likely[person.id], acts)) for person, candidate, whole in chosen
    )


def _likely(person: Person, ranked: Sequence[Mapping[str, Candidate]]) -> list[Match]:
    """The strongest matches of each topic in turn, so that each topic has its reason."""
    topics = [topic[person.id].matches[: 2 * REASONS] for topic in ranked if person.id in topic]
    return [match for turn in zip_longest(*topics) for match in turn if match]


def _reasons(matches: Iterable[Match], acts: Mapping[str, Activity]) -> tuple[Reason, ...]:
    """The first few that say different things."""
    found: dict[tuple[str, str], Reason] = {}
    for row in (one.evidence for one in matches):
        if act := acts.get(row.activity):
            found.setdefault((row.kind, fold(act.name)), Reason(row.kind, act))
    return tuple(found.values())[:REASONS]
