"""Projects, as far as a reader may see: names, facts, members and updates folded from what was said of them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import and_, bindparam, case, func, or_, select

from store import activities as acts
from store.activities import Activity, activities
from store.base import Transaction
from store.names import clean, fold

KINDS = ("project", "update", "member")
"""The kinds of act that make a project known."""
FACTS = ("startTime", "endTime", "state", "owner")

_a = activities.c
_visible = and_(
    _a.tenant_id == bindparam("tenant"),
    _a.kind.in_(KINDS),
    _a.key != "",
    _a.undone_at.is_(None),
    _a.audience.in_(bindparam("audiences", expanding=True)),
)
_spelled = (
    select(
        _a.key,
        _a.published,
        case((_a.kind == "update", _a.facts["project"].as_string()), else_=_a.name).label("name"),
    )
    .where(_visible)
    .subquery()
)
_NAMES = (
    select(_spelled.c.key, _spelled.c.name)
    .group_by(_spelled.c.key, _spelled.c.name)
    .order_by(func.min(_spelled.c.published).desc(), _spelled.c.name)
)
_NAMES_OF = (
    select(_spelled.c.key, _spelled.c.name)
    .where(_spelled.c.key.in_(bindparam("keys", expanding=True)))
    .group_by(_spelled.c.key, _spelled.c.name)
    .order_by(func.min(_spelled.c.published).desc(), _spelled.c.name)
)
_KNOWN = select(_a.key).where(_visible, _a.key == bindparam("key")).limit(1)
_of_kind = (_a.tenant_id == bindparam("tenant"), _a.kind == bindparam("kind"))
_each = select(func.min(_a.key).label("key")).where(*_of_kind, _a.key != "").cte("keys", recursive=True)
_next = select(func.min(_a.key)).where(*_of_kind, _a.key > _each.c.key).scalar_subquery()
_KEYS = select(_each.union_all(select(_next).where(_each.c.key.is_not(None))).c.key)
"""From one key to the next by the index, however many acts each has."""
_LATEST = (
    select(_a.key)
    .where(_visible)
    .group_by(_a.key)
    .order_by(func.max(_a.published).desc(), _a.key)
    .limit(bindparam("limit"))
)
_OF_PERSON = (
    select(_a.key)
    .distinct()
    .where(
        _visible,
        or_(
            and_(_a.actor == bindparam("person"), _a.kind.in_(("update", "member"))),
            and_(_a.kind == "project", _a.facts["owner"].as_string() == bindparam("person")),
        ),
    )
)
_QUOTES = re.compile(r'^[#"«“”\s]+|["»“”\s.,:;!?]+$')


@dataclass(frozen=True, slots=True)
class Project:
    """`facts`: the act that said each of FACTS last; `members`: for each person in it the act that shows so, the newest
    first; `updates`: the newest first."""

    key: str
    name: str
    facts: Mapping[str, Activity] = field(default_factory=dict)
    members: Mapping[str, Activity] = field(default_factory=dict)
    updates: tuple[Activity, ...] = ()

    def fact(self, name: str) -> str:
        """Empty where nobody said it."""
        return str(self.facts[name].facts[name]) if name in self.facts else ""

    @property
    def owner(self) -> str:
        return self.fact("owner")

    def day(self, name: str) -> date | None:
        """The day of `startTime` or `endTime`."""
        return read_day(self.fact(name))

    def has(self, person: str) -> bool:
        """Whether the person is in it: owner, joined, or an author who did not leave since."""
        return person in self.members or person == self.owner


def read_day(said: str) -> date | None:
    """The day of a fact such as `2026-03-03`, or of a moment in it."""
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None


def key(said: str) -> str:
    """The key of a project's name, with or without `#` and quotes."""
    return fold(_QUOTES.sub("", clean(said)))


def names(tx: Transaction, audiences: Iterable[str]) -> dict[str, str]:
    """Every project these audiences have heard of: key to the name as first said."""
    return {row["key"]: row["name"] or row["key"] for row in tx.all(_NAMES, audiences=list(audiences))}


def keys(tx: Transaction) -> list[str]:
    """The keys of all projects, for nobody's eyes."""
    return sorted({row["key"] for kind in KINDS for row in tx.all(_KEYS, kind=kind) if row["key"]})


def is_known(tx: Transaction, key: str, audiences: Iterable[str]) -> bool:
    """Whether these audiences have heard of this project."""
    return tx.one(_KNOWN, key=key, audiences=list(audiences)) is not None


def names_of(tx: Transaction, keys: Iterable[str], audiences: Iterable[str]) -> dict[str, str]:
    """The same for these keys alone."""
    found = tx.all(_NAMES_OF, keys=list(keys), audiences=list(audiences))
    return {row["key"]: row["name"] or row["key"] for row in found}


def latest(tx: Transaction, audiences: Iterable[str], limit: int) -> list[Project]:
    """Those with the newest acts, the newest first."""
    seen = list(audiences)
    keys = [row["key"] for row in tx.all(_LATEST, audiences=seen, limit=limit)]
    found = of_keys(tx, keys, seen)
    return [found[key] for key in keys if key in found]


def of_key(tx: Transaction, key: str, audiences: Iterable[str]) -> Project | None:
    return of_keys(tx, [key], audiences).get(key)


def of_keys(tx: Transaction, keys: Iterable[str], audiences: Iterable[str]) -> dict[str, Project]:
    """The projects with these keys, as these audiences know them."""
    said: dict[str, list[Activity]] = {}
    for act in acts.of_keys(tx, KINDS, keys, audiences):
        said.setdefault(act.key, []).append(act)
    return {key: fold_acts(key, newest) for key, newest in said.items()}


def of_person(tx: Transaction, person: str, audiences: Iterable[str]) -> list[Project]:
    """The projects this person is in."""
    seen = list(audiences)
    keys = [row["key"] for row in tx.all(_OF_PERSON, person=person, audiences=seen)]
    return [project for project in of_keys(tx, keys, seen).values() if project.has(person)]


def fold_acts(key: str, newest: Iterable[Activity]) -> Project:
    """What the acts about one project come to; they come newest first."""
    name, updates = key, []
    facts: dict[str, Activity] = {}
    last: dict[str, Activity] = {}
    for act in newest:
        name = str(act.facts.get("project", "")) or (act.name if act.kind != "update" else name)
        if act.kind == "project":
            facts.update({fact: act for fact in FACTS if act.facts.get(fact) and fact not in facts})
            continue
        if not act.actor.startswith("app:"):
            last.setdefault(act.actor, act)
        if act.kind == "update":
            updates.append(act)
    members = {person: act for person, act in last.items() if act.verb != "Leave"}
    return Project(key, name or key, facts, members, tuple(updates))
