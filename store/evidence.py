"""Evidence of who knows what: which acts speak for whom, in an index of words that is kept in step with the acts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Column, Index, Integer, String, and_, bindparam, case, delete, func, select, text

from store import postings
from store.activities import Activity, activities, fingerprint
from store.base import Transaction, table
from store.postings import LATEST, MOST_PEOPLE, Posting
from store.skills import skills
from store.statement import Row
from store.sums import Key, Sum
from store.terms import index_terms

holders = table(
    "holders",
    Column("number", Integer, autoincrement=False),
    Column("person", String, nullable=False),
    Index("uq_holders_person", "tenant_id", "person", unique=True),
    key=("number",),
)
"""The number by which postings know a person."""

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


_h, _t, _s, _a = holders.c, tallies.c, skills.c, activities.c
_NUMBERS = select(_h.number, _h.person).where(
    _h.tenant_id == bindparam("tenant"), _h.person.in_(bindparam("people", expanding=True))
)
_TAKEN = select(_h.number).where(_h.tenant_id == bindparam("tenant"), _h.number == bindparam("wanted"))
_TALLIES = (
    select(
        _h.number,
        _h.person,
        func.sum(case((_t.kind == "skill", 0), else_=_t.amount)).label("rows"),
        func.sum(case((_t.kind == "kudos", _t.amount), else_=0)).label("thanks"),
    )
    .select_from(
        holders.outerjoin(
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
_FORGET_HOLDER = delete(holders).where(_h.tenant_id == bindparam("tenant"), _h.person == bindparam("gone"))
_FORGET_TALLY = delete(tallies).where(_t.tenant_id == bindparam("tenant"), _t.person == bindparam("gone"))
_CLEAR = tuple(delete(each).where(each.c.tenant_id == bindparam("tenant")) for each in (holders, tallies))
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
    numbers = _numbers(tx, (evidence.person for evidence in found))
    lists: dict[tuple[str, str], bytearray] = {}
    for evidence in found:
        pack(lists, evidence, numbers[evidence.person])
    postings.append(tx, lists, closing=len(found) > 1 or fingerprint(found[0].act.id) % SELDOM == 0)
    _count(tx, found, +1)


def remove(tx: Transaction, *acts: Activity) -> set[str]:
    """Takes acts out of the index; the ids of those that were there."""
    return {evidence.act.id for evidence in _drop(tx, [one for act in acts for one in speaks(act)])}


def forget(tx: Transaction, person: str, acts: Iterable[Activity]) -> None:
    """Takes out all that speaks for one person. `acts`: at least all that do."""
    _drop(tx, [one for act in acts for one in speaks(act) if one.person == person])
    tx.run(_FORGET_TALLY, gone=person)
    tx.run(_FORGET_HOLDER, gone=person)


def clear(tx: Transaction) -> None:
    """Empties the index."""
    postings.clear(tx)
    for statement in _CLEAR:
        tx.run(statement)


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
    wanted, seen = list(numbers), list(audiences)
    found: dict[int, Tally] = {}
    for start in range(0, len(wanted), IN_ONE):
        for row in tx.all(_TALLIES, numbers=wanted[start : start + IN_ONE], audiences=seen):
            found[row["number"]] = Tally(row["person"], int(row["rows"] or 0), int(row["thanks"] or 0))
    return found


def skill_names(tx: Transaction, audiences: Iterable[str]) -> dict[str, str]:
    """Every skill that a reader may see: key to a spelling."""
    return {row["key"]: row["name"] for row in tx.all(_SKILL_NAMES, audiences=list(audiences))}


def speaks(act: Activity) -> Iterator[Evidence]:
    """For whom an act speaks, and as what."""
    kind = _OF_ACTIVITY.get(act.kind)
    if kind is None or act.verb in _SILENT or act.facts.get("wish"):
        return
    level = str(act.facts.get("level", ""))
    for person in dict.fromkeys(_spoken_for(act)):
        yield Evidence(act, person, kind, level if level in LEVELS else "")


def _spoken_for(act: Activity) -> Iterable[str]:
    if act.kind == "thanks":
        return act.to
    if act.kind == "project":
        return filter(None, (str(act.facts.get("owner", "")),))
    return () if act.actor.startswith("app:") else (act.actor,)


def terms(act: Activity) -> list[str]:
    """The words by which an act is found."""
    return sorted(index_terms(_text(act))[0])


def day(at: datetime) -> int:
    """As postings count days."""
    return min(max((at - _FIRST_DAY).days, 0), LATEST)


def pack(lists: dict[tuple[str, str], bytearray], evidence: Evidence, number: int) -> int:
    """Adds the postings of one act to the lists of its terms, and says how many there are."""
    act, row = evidence.act, _row(evidence, number)
    words, length = index_terms(_text(act))
    for term, (place, times) in words.items():
        posting = row.pack(head=place < HEAD, times=times, length=length)
        if (of := (term, act.audience)) in lists:
            lists[of] += posting
        else:
            lists[of] = bytearray(posting)
    return len(words)


def tally(tx: Transaction, amounts: Mapping[tuple[str, str, str], int]) -> None:
    """Adds to how much evidence there is, by person, audience and kind."""
    tx.add(_TALLY, {of: amount for of, amount in amounts.items() if of[2] in COUNTED})


def number(tx: Transaction, person: str) -> int:
    """The number of a person, a new one for whoever has none."""
    return _numbers(tx, [person])[person]


def _count(tx: Transaction, found: Iterable[Evidence], by: int) -> None:
    amounts: dict[tuple[str, str, str], int] = {}
    for act, person, kind, _ in found:
        of = (person, act.audience, kind)
        amounts[of] = amounts.get(of, 0) + by
    tally(tx, amounts)


def _row(evidence: Evidence, number: int) -> Posting:
    act = evidence.act
    kind, level = KINDS.index(evidence.kind), LEVELS.index(evidence.level)
    return Posting.of(number, day(act.published), fingerprint(act.id), kind, level)


def _drop(tx: Transaction, found: list[Evidence]) -> list[Evidence]:
    """Takes these out of the index; those that were there."""
    numbers = _known(tx, (evidence.person for evidence in found))
    gone = [one for one in found if one.person in numbers and _drop_one(tx, one, numbers[one.person])]
    _count(tx, gone, -1)
    return gone


def _drop_one(tx: Transaction, evidence: Evidence, number: int) -> bool:
    key = _row(evidence, number).key
    dropped = [postings.drop(tx, term, evidence.act.audience, key) for term in terms(evidence.act)]
    return any(dropped)


def _text(act: Activity) -> str:
    """All its words: what was said, the project it is about, the tags."""
    facts = act.facts
    more = (facts.get(name, "") for name in ("project", "next", "blocked"))
    return " ".join(map(str, (act.name, *more, *facts.get("tags", ()), *facts.get("topics", ()))))


def _known(tx: Transaction, people: Iterable[str]) -> dict[str, int]:
    wanted = list(dict.fromkeys(people))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), IN_ONE):
        found |= {row["person"]: row["number"] for row in tx.all(_NUMBERS, people=wanted[start : start + IN_ONE])}
    return found


def _numbers(tx: Transaction, people: Iterable[str]) -> dict[str, int]:
    """Everybody's number; whoever has none gets one."""
    wanted = dict.fromkeys(people)
    known = _known(tx, wanted)
    for person in sorted(wanted.keys() - known.keys()):
        number = fingerprint(person)
        while tx.one(_TAKEN, wanted=number):
            number = (number + 1) % MOST_PEOPLE
        tx.insert(holders, {"number": number, "person": person})
        known[person] = number
    return known
