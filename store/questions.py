"""Questions on their way: whom each was routed to, who took it, and what became of it. Its words are the act's."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Index, String, Update, bindparam, delete, false, select, update

from store.base import Transaction, Utc, table
from store.statement import Row

STATES = ("open", "taken", "answered", "helped", "unanswered", "withdrawn")
"""`unanswered`: everybody who could be asked was; `helped`: the asker says that the answer did."""
ROUTES = ("asked", "passed", "suggested", "answered", "spared")
"""What somebody did with a question they got; `suggested`: they named another; `spared`: it never reached them."""

questions = table(
    "questions",
    Column("id", String),
    Column("asker", String, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("state", String, nullable=False, default="open"),
    Column("due_at", Utc),
    Column("closed_at", Utc),
    Column("helper", String, nullable=False, default=""),
    Column("answer", String, nullable=False, default=""),
    Column("thanks", String, nullable=False, default=""),
    Column("reminded", Boolean, nullable=False, default=False, server_default=false()),
    CheckConstraint(f"state in {STATES}", name="state"),
    Index("ix_questions_due", "tenant_id", "state", "due_at"),
    Index("ix_questions_asker", "tenant_id", "asker"),
    Index("ix_questions_helper", "tenant_id", "helper", "state"),
    Index("ix_questions_answer", "tenant_id", "answer"),
    key=("id",),
)

routes = table(
    "routes",
    Column("question", String),
    Column("person", String),
    Column("at", Utc, nullable=False),
    Column("state", String, nullable=False, default="asked"),
    Column("suggested_by", String, nullable=False, default=""),
    CheckConstraint(f"state in {ROUTES}", name="state"),
    Index("ix_routes_person", "tenant_id", "person", "at"),
    key=("question", "person"),
)


@dataclass(frozen=True, slots=True)
class Question:
    """`id`: the act that asks it. `anonymous`: peers are not told who asks; `public`: everybody may find the answer.
    `due_at`: when it goes to more people, or on from whoever took it, who is `reminded` before; `answer` and `thanks`:
    the acts that answer it and thank for that."""

    id: str
    asker: str
    anonymous: bool
    public: bool
    asked_at: datetime
    state: str = "open"
    due_at: datetime | None = None
    closed_at: datetime | None = None
    helper: str = ""
    answer: str = ""
    thanks: str = ""
    reminded: bool = False


@dataclass(frozen=True, slots=True)
class Route:
    """`at`: when the person gets it, which is not before their day begins."""

    question: str
    person: str
    at: datetime
    state: str = "asked"
    suggested_by: str = ""


_q, _r = questions.c, routes.c
_here = _q.tenant_id == bindparam("tenant")
_routed = _r.tenant_id == bindparam("tenant")
_newest = (_q.asked_at.desc(), _q.id.desc())
_joined = questions.join(routes, (_r.tenant_id == _q.tenant_id) & (_r.question == _q.id))
_OF_ID = select(questions).where(_here, _q.id == bindparam("id"))
_LOCK = _OF_ID.with_for_update()
_OF_ANSWER = select(questions).where(_here, _q.answer == bindparam("act"))
_OF_THANKS = select(questions).where(_here, _q.thanks == bindparam("act"))
_OF_ASKER = select(questions).where(_here, _q.asker == bindparam("asker")).order_by(*_newest)
_OF_HELPER = (
    select(questions).where(_here, _q.helper == bindparam("helper"), _q.state == bindparam("state")).order_by(*_newest)
)
_OFFERED = (
    select(questions)
    .select_from(_joined)
    .where(_here, _q.state == "open", _r.person == bindparam("person"), _r.state == "asked")
    .order_by(*_newest)
)
_DUE = (
    select(questions)
    .where(_here, _q.state.in_(("open", "taken")), _q.due_at <= bindparam("now"))
    .order_by(_q.due_at, _q.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
_UNMET = (
    select(questions)
    .where(
        *(_here, _q.state == "unanswered", _q.asker != bindparam("reader")),
        *(_q.closed_at >= bindparam("since"), _q.closed_at < bindparam("until")),
    )
    .order_by(_q.closed_at.desc(), _q.id.desc())
    .limit(bindparam("limit"))
)
_ROUTES = select(routes).where(_routed, _r.question == bindparam("question")).order_by(_r.at, _r.person)
_OF_PERSON = select(routes).where(_routed, _r.person == bindparam("person")).order_by(_r.at, _r.question)
_SINCE = select(_r.person, _r.at).where(
    *(_routed, _r.person.in_(bindparam("people", expanding=True))),
    *(_r.at >= bindparam("since"), _r.state != "spared"),
)
_MARK = (
    update(routes)
    .where(_routed, _r.question == bindparam("which"), _r.person == bindparam("whose"))
    .values(state=bindparam("to"))
)
_SPARE = (
    update(routes)
    .where(_routed, _r.question == bindparam("which"), _r.state == "asked", _r.at > bindparam("now"))
    .values(state="spared")
)
_RENEW = delete(routes).where(_routed, _r.question == bindparam("which"), _r.state == "spared")
_THEIRS = select(_q.id).where(_here, _q.asker == bindparam("whose"))
_FORGET_ROUTES = delete(routes).where(_routed, _r.question.in_(_THEIRS))
_FORGET_SUGGESTED = update(routes).where(_routed, _r.suggested_by == bindparam("whose")).values(suggested_by="")
_HELPED_BY = update(questions).where(_here, _q.helper == bindparam("whose"))
_REOPEN = _HELPED_BY.where(_q.state == "taken").values(state="open", due_at=bindparam("at"))
_FORGET_HELPER = _HELPED_BY.values(helper="")


def ask(tx: Transaction, question: Question) -> None:
    tx.insert(questions, {name: getattr(question, name) for name in _FIELDS})


def of_id(tx: Transaction, id: str) -> Question | None:
    return _first(tx.all(_OF_ID, id=id))


def lock(tx: Transaction, id: str) -> Question | None:
    """The same, which nobody else changes until this transaction ends."""
    return _first(tx.all(_LOCK, id=id))


def of_answer(tx: Transaction, act: str) -> Question | None:
    return _first(tx.all(_OF_ANSWER, act=act))


def of_thanks(tx: Transaction, act: str) -> Question | None:
    return _first(tx.all(_OF_THANKS, act=act))


def of_asker(tx: Transaction, asker: str) -> list[Question]:
    """Newest first, as everything below."""
    return _several(tx.all(_OF_ASKER, asker=asker))


def of_helper(tx: Transaction, helper: str, state: str) -> list[Question]:
    return _several(tx.all(_OF_HELPER, helper=helper, state=state))


def offered(tx: Transaction, person: str) -> list[Question]:
    """The open questions this person was asked and has not passed on."""
    return _several(tx.all(_OFFERED, person=person))


def unmet(tx: Transaction, reader: str, since: datetime, until: datetime, limit: int) -> list[Question]:
    """Those of others that nobody took, by when they were given up."""
    return _several(tx.all(_UNMET, reader=reader, since=since, until=until, limit=limit))


def due(tx: Transaction, now: datetime, limit: int) -> list[Question]:
    """Claims those that go to more people now, or of which somebody is reminded, the longest due first; what another
    replica has claimed is left out."""
    return _several(tx.all(_DUE, now=now, limit=limit))


def change(tx: Transaction, id: str, **values: Any) -> None:
    tx.run(_changing(*values), which=id, **{f"new_{name}": value for name, value in values.items()})


@cache
def _changing(*names: str) -> Update:
    return update(questions).where(_here, _q.id == bindparam("which")).values({n: bindparam(f"new_{n}") for n in names})


def route(tx: Transaction, new: Route) -> None:
    tx.insert(routes, {name: getattr(new, name) for name in Route.__dataclass_fields__})


def mark(tx: Transaction, question: str, person: str, state: str) -> None:
    tx.run(_MARK, which=question, whose=person, to=state)


def spare(tx: Transaction, question: str, now: datetime) -> None:
    """Those whom it has not reached yet are not asked any more, and it does not count for them."""
    tx.run(_SPARE, which=question, now=now)


def renew(tx: Transaction, question: str) -> None:
    """Those who were spared may be asked again."""
    tx.run(_RENEW, which=question)


def routes_of(tx: Transaction, question: str) -> dict[str, Route]:
    """By person, the first asked first."""
    return {row["person"]: _route(row) for row in tx.all(_ROUTES, question=question)}


def routed_to(tx: Transaction, person: str) -> list[Route]:
    """The oldest first."""
    return [_route(row) for row in tx.all(_OF_PERSON, person=person)]


def asked_since(tx: Transaction, people: Iterable[str], since: datetime) -> dict[str, list[datetime]]:
    """When each of these people got a question since then, or will get one."""
    found: dict[str, list[datetime]] = {person: [] for person in people}
    for row in tx.all(_SINCE, people=list(found), since=since):
        found[row["person"]].append(row["at"])
    return found


def forget(tx: Transaction, person: str, at: datetime) -> None:
    """Takes a person out of the questions of others, and their own from those who were asked; what they had taken goes
    to others."""
    tx.run(_FORGET_ROUTES, whose=person)
    tx.run(_FORGET_SUGGESTED, whose=person)
    tx.run(_REOPEN, whose=person, at=at)
    tx.run(_FORGET_HELPER, whose=person)


_FIELDS = tuple(Question.__dataclass_fields__)


def _several(rows: list[Row]) -> list[Question]:
    return [Question(**{name: row[name] for name in _FIELDS}) for row in rows]


def _first(rows: list[Row]) -> Question | None:
    return next(iter(_several(rows)), None)


def _route(row: Row) -> Route:
    return Route(**{name: row[name] for name in Route.__dataclass_fields__})
