"""Evidence of who knows what: which acts speak for whom, in an index of words that is kept in step with the acts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, Integer, String, and_, bindparam, case, delete, func, select, text

from store import holders, postings
from store.activities import Activity, activities, fingerprint
from store.base import Transaction, table
from store.parts import parts
from store.postings import LATEST, Posting
from store.skills import skills
from store.statement import Row
from store.sums import Key, Sum
from store.terms import index_terms

tallies = table(
    "tallies",
    Column("person", String),
    Column("audience", String),
    Column("kind", String),
    Column("amount", Integer, nullable=False),
    key=("person", "audience", "kind"),
)
tallies.dialect_options["sqlite"]["with_rowid"] = False

KINDS = ("skill", "kudos", "update", "answer", "title", "member", "endorsement")
"""Kinds of evidence; postings know them by their place here."""
COUNTED = KINDS[:4]
"""Those that say how much somebody has to do with; the others only say what with."""
LEVELS = ("", "beginner", "good", "expert")
HEAD = 4
"""So many terms are the head of a text."""
SELDOM = 16
"""One act in so many looks whether lists are full: they may be somewhat longer."""
IN_ONE = 500
"""Names in one list at most."""
Lists = defaultdict[str, defaultdict[str, bytearray]]
_OF_ACTIVITY = {kind: kind for kind in KINDS} | {"thanks": "kudos", "project": "member"}
"""From a kind of activity to a kind of evidence."""
_SILENT = ("Remove", "Leave", "Announce", "Reject")
"""Verbs that speak for nobody."""
_FIRST_DAY = datetime(1970, 1, 1, tzinfo=UTC)


class Evidence(NamedTuple):
    """One act as evidence for one person."""

    act: Activity
    person: str
    kind: str
    level: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Whom a number stands for, how much evidence but declared skills they have, and how much of it is thanks."""

    person: str
    rows: int = 0
    thanks: int = 0


_h, _t, _s, _a = holders.holders.c, tallies.c, skills.c, activities.c
_TALLIES = (
    select(
        _h.number,
        _h.person,
        func.sum(case((_t.kind == "skill", 0), else_=_t.amount)).label("rows"),
        func.sum(case((_t.kind == "kudos", _t.amount), else_=0)).label("thanks"),
    )
    .select_from(
        holders.holders.outerjoin(
            tallies,
            and_(
                _t.tenant_id == _h.tenant_id,
                _t.person == _h.person,
                _t.audience.in_(bindparam("audiences", expanding=True)),
            ),
        )
    )
    .where(_h.tenant_id == bindparam("tenant"), _h.number.in_(bindparam("numbers", expanding=True)))
    .group_by(_h.number, _h.person)
)
_FORGET_TALLY = delete(tallies).where(_t.tenant_id == bindparam("tenant"), _t.person == bindparam("gone"))
_CLEAR_TALLIES = delete(tallies).where(_t.tenant_id == bindparam("tenant"))
_COUNT = text(  # the same words on SQLite and PostgreSQL, where SQLAlchemy has one construct for each
    "INSERT INTO tallies (tenant_id, person, audience, kind, amount) "
    "VALUES (:tenant_id, :person, :audience, :kind, :amount) "
    "ON CONFLICT (tenant_id, person, audience, kind) DO UPDATE SET amount = tallies.amount + excluded.amount"
)


def _counted(key: Key, amount: int) -> Row:
    person, audience, kind = key
    return {"person": person, "audience": audience, "kind": kind, "amount": amount}


_TALLY = Sum(tallies, _COUNT, _counted)
_CURRENT = select(_s.activity, _s.wish).where(
    _s.tenant_id == bindparam("tenant"), _s.person == bindparam("person"), _s.key == bindparam("key")
)
_ALL_CURRENT = select(_s.activity).where(_s.tenant_id == bindparam("tenant"), _s.wish.is_(False))
_CURRENT_OF = _ALL_CURRENT.where(_s.person == bindparam("person"))
_SKILL_NAMES = (
    select(_s.key, _s.name)
    .distinct()
    .select_from(skills.join(activities, (_a.tenant_id == _s.tenant_id) & (_a.id == _s.activity)))
    .where(
        _s.tenant_id == bindparam("tenant"),
        _s.wish.is_(False),
        _a.audience.in_(bindparam("audiences", expanding=True)),
    )
    .order_by(_s.key, _s.name.desc())
)


def add(tx: Transaction, *acts: Activity) -> None:
    """Takes acts into the index; what is no evidence is passed over."""
    found = [evidence for act in acts for evidence in speaks(act)]
    if not found:
        return
    numbers = holders.number(tx, (evidence.person for evidence in found))
    lists = no_lists()
    for evidence in found:
        act = evidence.act
        said = index_terms(text_of(act.name, act.facts))
        pack(lists[act.audience], _row(evidence, numbers[evidence.person]), *said)
    packed = {(term, audience): data for audience, held in lists.items() for term, data in held.items()}
    postings.append(tx, packed, closing=len(found) > 1 or fingerprint(found[0].act.id) % SELDOM == 0)
    _count(tx, found, +1)


def remove(tx: Transaction, *acts: Activity) -> set[str]:
    """Takes acts out of the index; the ids of those that were there."""
    return {evidence.act.id for evidence in _drop(tx, [one for act in acts for one in speaks(act)])}


def forget(tx: Transaction, person: str, acts: Iterable[Activity]) -> None:
    """Takes out all that speaks for one person. `acts`: at least all that do."""
    _drop(tx, [one for act in acts for one in speaks(act) if one.person == person])
    tx.run(_FORGET_TALLY, gone=person)
    holders.forget(tx, person)


def clear(tx: Transaction) -> None:
    """Empties the index; people keep the numbers by which it knew them."""
    postings.clear(tx)
    tx.run(_CLEAR_TALLIES)


def skill_source(tx: Transaction, person: str, key: str) -> tuple[str, ...]:
    """The act by which a person has this skill now; none where they have not, or only wish to."""
    row = tx.one(_CURRENT, person=person, key=key)
    return (row["activity"],) if row and not row["wish"] else ()


def skill_sources(tx: Transaction) -> set[str]:
    """All acts by which people have skills now."""
    return {row["activity"] for row in tx.all(_ALL_CURRENT)}


def skill_sources_of(tx: Transaction, person: str) -> set[str]:
    """The acts by which a person has their skills now."""
    return {row["activity"] for row in tx.all(_CURRENT_OF, person=person)}


def tallies_of(tx: Transaction, numbers: Iterable[int], audiences: Iterable[str]) -> dict[int, Tally]:
    """Who these people are, and how much evidence a reader may see of each."""
    seen = list(audiences)
    found: dict[int, Tally] = {}
    for some in parts(numbers, IN_ONE):
        for row in tx.all(_TALLIES, numbers=some, audiences=seen):
            found[row["number"]] = Tally(row["person"], int(row["rows"] or 0), int(row["thanks"] or 0))
    return found


def skill_names(tx: Transaction, audiences: Iterable[str]) -> dict[str, str]:
    """Every skill that a reader may see: key to a spelling."""
    return {row["key"]: row["name"] for row in tx.all(_SKILL_NAMES, audiences=list(audiences))}


def speaks(act: Activity) -> Iterator[Evidence]:
    """For whom an act speaks, and as what."""
    if kind := kind_of(act.kind, act.verb, act.facts):
        for person in people_of(act.kind, act.actor, act.to, act.facts):
            yield Evidence(act, person, kind, level_of(act.facts))


def kind_of(said: str, verb: str, facts: Mapping[str, Any]) -> str:
    """As what an act of this kind of activity speaks; empty where it does not."""
    return "" if verb in _SILENT or facts.get("wish") else _OF_ACTIVITY.get(said, "")


def people_of(said: str, actor: str, to: tuple[str, ...], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """For whom an act of this kind of activity speaks."""
    if said == "thanks":
        return tuple(dict.fromkeys(to))
    if said == "project":
        return (str(facts["owner"]),) if facts.get("owner") else ()
    return () if actor.startswith("app:") else (actor,)


def level_of(facts: Mapping[str, Any]) -> str:
    level = str(facts.get("level", ""))
    return level if level in LEVELS else ""


def text_of(name: str, facts: Mapping[str, Any]) -> str:
    """All the words of an act: what was said, the project it is about, the tags."""
    if not facts:
        return name
    more = (facts.get(of, "") for of in ("project", "next", "blocked"))
    return " ".join(map(str, (name, *more, *facts.get("tags", ()), *facts.get("topics", ()))))


def terms(act: Activity) -> list[str]:
    """The words by which an act is found."""
    found, joined = index_terms(text_of(act.name, act.facts))
    return sorted({*found, *joined})


def day(at: datetime) -> int:
    """As postings count days."""
    return min(max((at - _FIRST_DAY).days, 0), LATEST)


def no_lists() -> Lists:
    """Lists of postings by audience and term, none yet."""
    return defaultdict(lambda: defaultdict(bytearray))


def pack(lists: defaultdict[str, bytearray], row: Posting, terms: list[str], joined: list[str]) -> int:
    """Adds the postings of one act to the lists of its terms, as `index_terms` gives them, and says how many there
    are."""
    length = len(terms)
    head, rest = row.pack(head=True, times=1, length=length), row.pack(head=False, times=1, length=length)
    more = dict.fromkeys([term for term in joined if term not in terms]) if joined else ()
    for term in more:
        lists[term] += head
    if len(set(terms)) == length:
        for term in terms[:HEAD]:
            lists[term] += head
        for term in terms[HEAD:]:
            lists[term] += rest
        return length + len(more)
    counted, first = Counter(terms), terms[:HEAD]
    for term, times in counted.items():
        if times > 1:
            lists[term] += row.pack(head=term in first, times=times, length=length)
        else:
            lists[term] += head if term in first else rest
    return len(counted) + len(more)


def count(tx: Transaction, amounts: Mapping[tuple[str, str, str], int]) -> None:
    """Writes how much evidence there is, by person, audience and kind, where nothing is counted yet."""
    tx.insert(tallies, *(_counted(of, amount) for of, amount in amounts.items()))


def _count(tx: Transaction, found: Iterable[Evidence], by: int) -> None:
    amounts: dict[tuple[str, str, str], int] = {}
    for act, person, kind, _ in found:
        if kind in COUNTED:
            of = (person, act.audience, kind)
            amounts[of] = amounts.get(of, 0) + by
    tx.add(_TALLY, amounts)


def _row(evidence: Evidence, number: int) -> Posting:
    act = evidence.act
    return posting(number, day(act.published), fingerprint(act.id), evidence.kind, evidence.level)


def posting(number: int, day: int, act: int, kind: str, level: str) -> Posting:
    """An act, by its fingerprint, as evidence for the person with this number."""
    return Posting.of(number, day, act, KINDS.index(kind), LEVELS.index(level))


def _drop(tx: Transaction, found: list[Evidence]) -> list[Evidence]:
    """Takes these out of the index; those that were there."""
    numbers = holders.known(tx, (evidence.person for evidence in found))
    gone = [one for one in found if one.person in numbers and _drop_one(tx, one, numbers[one.person])]
    _count(tx, gone, -1)
    return gone


def _drop_one(tx: Transaction, evidence: Evidence, number: int) -> bool:
    key = _row(evidence, number).key
    dropped = [postings.drop(tx, term, evidence.act.audience, key) for term in terms(evidence.act)]
    return any(dropped)
