"""Evidence of who knows what: an index of words over skills, thanks and updates, kept in step with the acts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    String,
    bindparam,
    delete,
    func,
    select,
    text,
    update,
)

from store.activities import PUBLIC, Activity, activities
from store.base import Transaction, table
from store.skills import skills
from store.statement import Row
from store.terms import index_terms

postings = table(
    "postings",
    Column("term", String),
    Column("at", BigInteger),
    Column("activity", String),
    Column("person", String),
    Column("kind", String, nullable=False),
    Column("level", String, nullable=False, default=""),
    Column("audience", String, nullable=False),
    Column("length", Integer, nullable=False),
    Index("ix_postings_activity", "tenant_id", "activity"),
    key=("term", "at", "activity", "person"),
)
postings.dialect_options["sqlite"]["with_rowid"] = False  # the key is the order in which a term is read

tallies = table(
    "tallies",
    Column("person", String),
    Column("audience", String),
    Column("kind", String),
    Column("amount", Integer, nullable=False),
    key=("person", "audience", "kind"),
)

tallies.dialect_options["sqlite"]["with_rowid"] = False

KINDS = {"skill": "skill", "thanks": "kudos", "update": "update"}
"""From a kind of activity to a kind of evidence."""
IN_ONE = 500
"""Names in one list at most."""


class Evidence(NamedTuple):
    """One act as evidence for one person. `at`: seconds since 1970; `length`: terms of its text; `level`: a skill's."""

    activity: str
    person: str
    kind: str
    level: str
    at: int
    length: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How much evidence of all sorts a person has, and how much of it is thanks."""

    rows: int
    thanks: int


_p, _t, _s, _a = postings.c, tallies.c, skills.c, activities.c
_here = _p.tenant_id == bindparam("tenant")
_seen = _p.audience.in_(bindparam("audiences", expanding=True))
_these = _p.activity.in_(bindparam("ids", expanding=True))

_OF_TERM = (
    select(_p.activity, _p.person, _p.kind, _p.level, _p.at, _p.length)
    .where(_here, _p.term == bindparam("term"), _seen)
    .order_by(_p.at.desc(), _p.activity.desc(), _p.person.desc())
    .limit(bindparam("limit"))
)
_SEEN_TERMS = (
    select(_p.term, func.count().label("rows"))
    .where(_here, _p.term.in_(bindparam("terms", expanding=True)), _seen)
    .group_by(_p.term)
)
_TALLIES = select(_t.person, _t.kind, _t.amount).where(
    _t.tenant_id == bindparam("tenant"),
    _t.person.in_(bindparam("people", expanding=True)),
    _t.audience.in_(bindparam("audiences", expanding=True)),
)
_COUNTED = select(_p.activity, _p.person, _p.audience, _p.kind).distinct()
_OF_ACTS = _COUNTED.where(_here, _these)
_OF_AUDIENCE = _COUNTED.where(_here, _p.audience == bindparam("narrow"))
_REMOVE = delete(postings).where(_here, _these)
_WIDEN = update(postings).where(_here, _p.audience == bindparam("narrow")).values(audience=PUBLIC)
_FORGET = delete(postings).where(_here, _p.person == bindparam("gone"))
_FORGET_TALLY = delete(tallies).where(_t.tenant_id == bindparam("tenant"), _t.person == bindparam("gone"))
_COUNT = text(  # the same words on SQLite and PostgreSQL, where SQLAlchemy has one construct for each
    "INSERT INTO tallies (tenant_id, person, audience, kind, amount) "
    "VALUES (:tenant_id, :person, :audience, :kind, :amount) "
    "ON CONFLICT (tenant_id, person, audience, kind) DO UPDATE SET amount = tallies.amount + excluded.amount"
)
_CURRENT = select(_s.activity, _s.wish).where(
    _s.tenant_id == bindparam("tenant"), _s.person == bindparam("person"), _s.key == bindparam("key")
)
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
    found = [evidence for act in acts for evidence in _of_act(act)]
    tx.insert(postings, *(row for words, row in found for row in _rows(words, row)))
    _count(tx, (row for _, row in found), +1)


def remove(tx: Transaction, ids: Iterable[str]) -> None:
    """Takes acts out of the index."""
    wanted = list(ids)
    for start in range(0, len(wanted), IN_ONE):
        some = wanted[start : start + IN_ONE]
        _count(tx, tx.all(_OF_ACTS, ids=some), -1)
        tx.run(_REMOVE, ids=some)


def skill_source(tx: Transaction, person: str, key: str) -> tuple[str, ...]:
    """The act by which a person has this skill now; none where they have not, or only wish to."""
    row = tx.one(_CURRENT, person=person, key=key)
    return (row["activity"],) if row and not row["wish"] else ()


def widen(tx: Transaction, audience: str) -> None:
    """Gives to everybody what was evidence for these members."""
    rows = tx.all(_OF_AUDIENCE, narrow=audience)
    _count(tx, rows, -1)
    _count(tx, ({**row, "audience": PUBLIC} for row in rows), +1)
    tx.run(_WIDEN, narrow=audience)


def forget(tx: Transaction, person: str) -> None:
    """Takes out all that speaks for one person."""
    tx.run(_FORGET, gone=person)
    tx.run(_FORGET_TALLY, gone=person)


def of_term(tx: Transaction, term: str, audiences: Iterable[str], limit: int) -> list[Evidence]:
    """What a reader may see of one term, newest first."""
    rows = tx.all(_OF_TERM, term=term, audiences=list(audiences), limit=limit)
    return [Evidence(*row.values()) for row in rows]


def frequencies(tx: Transaction, terms: Iterable[str], audiences: Iterable[str]) -> dict[str, int]:
    """How often each of these terms is there for a reader; those that are not are left out."""
    wanted, seen = list(terms), list(audiences)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), IN_ONE):
        rows = tx.all(_SEEN_TERMS, terms=wanted[start : start + IN_ONE], audiences=seen)
        found |= {row["term"]: row["rows"] for row in rows}
    return found


def tallies_of(tx: Transaction, people: Iterable[str], audiences: Iterable[str]) -> dict[str, Tally]:
    """How much evidence a reader may see of each person."""
    wanted, seen = list(people), list(audiences)
    rows: dict[str, int] = dict.fromkeys(wanted, 0)
    thanks = dict(rows)
    for start in range(0, len(wanted), IN_ONE):
        for row in tx.all(_TALLIES, people=wanted[start : start + IN_ONE], audiences=seen):
            rows[row["person"]] += row["amount"]
            thanks[row["person"]] += row["amount"] if row["kind"] == "kudos" else 0
    return {person: Tally(rows[person], thanks[person]) for person in wanted}


def skill_names(tx: Transaction, audiences: Iterable[str]) -> dict[str, str]:
    """Every skill that a reader may see: key to a spelling."""
    return {row["key"]: row["name"] for row in tx.all(_SKILL_NAMES, audiences=list(audiences))}


def _of_act(act: Activity) -> Iterator[tuple[frozenset[str], Mapping[str, Any]]]:
    """The terms and the row for each person for whom the act speaks."""
    experts = act.to if act.kind == "thanks" else () if act.actor.startswith("app:") else (act.actor,)
    if act.kind not in KINDS or act.verb == "Remove" or act.facts.get("wish"):
        return
    words, length = index_terms(_text(act))
    for person in dict.fromkeys(experts):
        if words:
            yield (
                words,
                {
                    "at": int(act.published.timestamp()),
                    "activity": act.id,
                    "person": person,
                    "kind": KINDS[act.kind],
                    "level": str(act.facts.get("level", "")),
                    "audience": act.audience,
                    "length": max(length, 1),
                },
            )


def _text(act: Activity) -> str:
    """All its words: what was said, the project it is about, the tags."""
    facts = act.facts
    more = (facts.get(name, "") for name in ("project", "next", "blocked"))
    return " ".join(map(str, (act.name, *more, *facts.get("tags", ()))))


def _rows(words: frozenset[str], row: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"term": word, **row} for word in sorted(words)]


def _count(tx: Transaction, rows: Iterable[Mapping[str, Any] | Row], by: int) -> None:
    """Keeps the tallies in step; always in the same order, so that two writers never wait for each other."""
    amounts: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row["person"], row["audience"], row["kind"])
        amounts[key] = amounts.get(key, 0) + by
    tallied = [
        {"person": person, "audience": audience, "kind": kind, "amount": amount}
        for (person, audience, kind), amount in sorted(amounts.items())
    ]
    tx.each(_COUNT, tallied)
