"""Finds who knows what was asked: reads the index under the asker's rights, ranks, and gathers each one's reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from bot.ranking.candidate import Candidate, Match, order
from bot.ranking.concepts import Aliases, Concept, read_concepts, with_own
from bot.ranking.spelling import correct
from bot.request import Wanted
from store import activities, aliases, evidence, people, postings, profile
from store.activities import Activity, fingerprint
from store.base import Transaction
from store.evidence import day
from store.names import fold
from store.people import Person
from store.postings import Held
from store.terms import read_terms

ROWS = 20_000
"""Rows that are looked at, the newest of each term and its oldest few."""
EVERY_ROW = 1 << 40
REASONS = 3
ENOUGH = 0.6
"""From this share on somebody knows what was asked, and not only a part of it: the rarer one of two words is less."""

if TYPE_CHECKING:
    from bot.ranking.lists import Array

Found = dict[str, Held]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody is named: an act, and as what it speaks for them (a kind of evidence)."""

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


def find(tx: Transaction, asked: Iterable[str] | Wanted, asker: Asker, now: datetime, top: int) -> Answer:
    """The people who know these topics, those who know all of them first. Whoever has evidence, which the asker may
    see, of a topic that is not wanted is left out."""
    wanted = asked if isinstance(asked, Wanted) else Wanted.all(asked)
    topics = {topic: terms for topic in wanted.topics if (terms := read_terms(topic))}
    unwanted = [terms for topic in wanted.without if (terms := read_terms(topic))]
    names = with_own(aliases.lines(tx))
    concepts, found, corrected = _understand(tx, list(topics.values()), names, asker.audiences, ROWS)
    left_out, mistyped = _left_out(tx, unwanted, names, asker.audiences) if unwanted else (None, {})
    these = zip(topics, concepts, strict=True)
    ranked = {topic: _rank(tx, those, found, left_out, asker.audiences, now) for topic, those in these}
    joined = [_join([ranked[topic] for topic in choice if topic in ranked]) for choice in wanted.choices]
    chosen = _choose(tx, _best(joined), asker.left_out, top)
    return Answer(_explain(tx, chosen, list(ranked.values())), tuple((corrected | mistyped).items()))


def _left_out(
    tx: Transaction, unwanted: list[list[str]], names: Aliases, audiences: tuple[str, ...]
) -> tuple["Array", dict[str, str]]:
    """The numbers of those who know one of these, by each row that the asker may see, and what was corrected."""
    from bot.ranking import scoring  # noqa: PLC0415  # see _rank

    asked, found, corrected = _understand(tx, unwanted, names, audiences, EVERY_ROW)
    return scoring.holders(asked, found), corrected


def _understand(
    tx: Transaction, said: list[list[str]], names: Aliases, audiences: tuple[str, ...], rows: int
) -> tuple[list[tuple[Concept, ...]], Found, dict[str, str]]:
    """The concepts of each topic, the rows of their terms, and what was corrected."""
    asked = [read_concepts(terms, names) for terms in said]
    found = _read(tx, asked, audiences, {}, rows)
    unknown = {term for concepts in asked for concept in concepts for term in concept.terms - found.keys()}
    unknown -= names.vocabulary
    corrected: dict[str, str] = {}
    if unknown:
        words = list(dict.fromkeys(term for terms in said for term in terms))
        corrected = correct(words, unknown, lambda near: _used(tx, near, audiences, names.offered))
    if corrected:
        asked = [read_concepts([corrected.get(term, term) for term in terms], names) for terms in said]
        found = _read(tx, asked, audiences, found, rows)
    return asked, found, corrected


def _read(
    tx: Transaction, asked: list[tuple[Concept, ...]], audiences: tuple[str, ...], known: Found, rows: int
) -> Found:
    terms = {term for concepts in asked for concept in concepts for term in concept.terms} - known.keys()
    return known | postings.read(tx, sorted(terms), audiences, rows // max(map(len, asked), default=1))


def _used(tx: Transaction, near: set[str], audiences: tuple[str, ...], vocabulary: frozenset[str]) -> Mapping[str, int]:
    """How often words are used; a word that is an alias counts though nobody has said it yet."""
    return dict.fromkeys(near & vocabulary, 0) | postings.amounts(tx, sorted(near), audiences)


def _rank(
    tx: Transaction,
    concepts: tuple[Concept, ...],
    found: Found,
    left_out: "Array | None",
    audiences: tuple[str, ...],
    now: datetime,
) -> dict[str, Candidate]:
    from bot.ranking import scoring  # noqa: PLC0415  # its arrays are dear to import, and only a question needs them

    rows = scoring.match(concepts, found, day(now))
    those = scoring.likely(rows if left_out is None else scoring.without(rows, left_out))
    tallies = evidence.tallies_of(tx, those.numbers(), audiences)
    return {candidate.person: candidate for candidate in scoring.rank(those, tallies)}


def _join(ranked: Sequence[Mapping[str, Candidate]]) -> list[tuple[Candidate, bool]]:
    """Candidates over all topics, best first, and whether they know all of them. How many of several topics somebody
    knows comes before how well, so the score counts them first."""
    if len(ranked) == 1:
        return [(one, one.share >= ENOUGH) for one in ranked[0].values()]
    joined = []
    for person in dict.fromkeys(person for topic in ranked for person in topic):
        parts = [topic[person] for topic in ranked if person in topic]
        known = sum(part.share >= ENOUGH for part in parts)
        score = sum(part.score for part in parts)
        joined.append((_joint(parts, known + score / (1 + score)), known == len(ranked)))
    return sorted(joined, key=lambda one: order(one[0]))


def _best(joined: Sequence[list[tuple[Candidate, bool]]]) -> list[tuple[Candidate, bool]]:
    """Candidates over all choices, best first: whoever knows the whole of one, by how near they come to its best, and
    half as much for a second choice, a third for the third."""
    if len(joined) == 1:
        return joined[0]
    of_person: dict[str, list[tuple[bool, float, Candidate]]] = {}
    for choice in joined:
        for one, whole in choice:
            of_person.setdefault(one.person, []).append((whole, one.score / (choice[0][0].score or 1.0), one))
    best = []
    for parts in of_person.values():
        whole = any(part[0] for part in parts)
        near = sorted((near for is_whole, near, _ in parts if is_whole == whole), reverse=True)
        score = sum(part / turn for turn, part in enumerate(near, 1))
        best.append((_joint([part[2] for part in parts], whole + score / (1 + score)), whole))
    return sorted(best, key=lambda one: order(one[0]))


def _joint(parts: Sequence[Candidate], score: float) -> Candidate:
    """One person of several topics or choices."""
    share, newest = max(part.share for part in parts), max(part.newest for part in parts)
    return Candidate(parts[0].person, score, share, newest, parts[0].matches)


def _choose(
    tx: Transaction, joined: Sequence[tuple[Candidate, bool]], left_out: str, top: int
) -> list[tuple[Person, Candidate, bool]]:
    """The best who are people and still here; of equals, the first by handle."""
    chosen: list[tuple[Person, Candidate, bool]] = []
    step = top + max(top // 2, 5)
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
    matches = [match for matches in likely.values() for match in matches]
    said = activities.of_fingerprints(tx, (match.act for match in matches if match.kind != "title"))
    if any(match.kind == "title" for match in matches):
        said += profile.titles(tx, likely)
    acts = _acts_of(likely, said)
    return tuple(
        Expert(person, candidate.score, whole, _reasons(likely[person.id], acts[person.id]))
        for person, candidate, whole in chosen
    )


def _acts_of(people: Iterable[str], acts: Iterable[Activity]) -> dict[str, dict[Match, Activity]]:
    """The acts of each, by the match that it is."""
    found: dict[str, dict[Match, Activity]] = {person: {} for person in people}
    for act in acts:
        for one in evidence.speaks(act):
            if one.person in found:
                found[one.person][Match(fingerprint(act.id), day(act.published), one.kind)] = act
    return found


def _likely(person: Person, ranked: Sequence[Mapping[str, Candidate]]) -> list[Match]:
    """The strongest matches of each topic in turn, so that each topic has its reason."""
    topics = [topic[person.id].matches(REASONS + 1) for topic in ranked if person.id in topic]
    return [match for turn in zip_longest(*topics) for match in turn if match]


def _reasons(matches: Iterable[Match], acts: Mapping[Match, Activity]) -> tuple[Reason, ...]:
    """The first few that say different things; what colleagues endorse is told with the skill where that is told."""
    found: dict[tuple[str, str], Reason] = {}
    for match in matches:
        if len(found) == REASONS and not any(kind == "endorsement" for kind, _ in found):
            break
        if act := acts.get(match):
            found.setdefault((match.kind, fold(act.name)), Reason(match.kind, act))
    told = {reason.act.key for reason in found.values() if reason.kind == "skill"}
    return tuple(one for one in found.values() if one.kind != "endorsement" or one.act.key not in told)[:REASONS]
