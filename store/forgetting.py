"""Forgetting: erases one person wherever something of them is kept; what others said stays, without the name."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, and_, bindparam, cast, delete, or_, select, update

from store import activities as acts
from store import (
    aliases,
    contacts,
    erasures,
    evidence,
    holdings,
    outbox,
    participants,
    people,
    questions,
    skills,
    standing,
    teachings,
)
from store.activities import Activity, activities, receivers
from store.base import Transaction
from store.digests import digests
from store.evidence import tallies
from store.inbox import inbox
from store.names import fold
from store.news import PERSON
from store.parts import parts
from store.people import Person
from store.pseudonyms import SHORTEST, Names, hide_quotes
from store.record import forget
from store.statement import Row

PAGE, IN_ONE = 1000, 500
SENTENCES = ("thanks", "update", "question", "answer", "act")
"""Kinds of activity whose name is what somebody said; that of the others is the name of a thing."""
EMPTY = "{}"
"""An answer of no words: a redelivery still finds that it was answered."""
Pseudonym = Callable[[str], str]
"""What stands for a person in a sentence of somebody else."""

_a, _r, _o, _i, _d = activities.c, receivers.c, outbox.outbox.c, inbox.c, digests.c
_owner = _a.facts["owner"].as_string()
_here = _a.tenant_id == bindparam("tenant")
_THEIRS = select(_a.id).where(
    _here,
    or_(
        _a.actor == bindparam("whose"),
        _a.audience == bindparam("own"),
        and_(_a.kind == "follow", _a.key == bindparam("whose")),
    ),
)
_GIVEN = select(_r.activity).where(_r.tenant_id == bindparam("tenant"), _r.person == bindparam("whose"))
_STILL_GIVEN = (
    select(_r.activity)
    .distinct()
    .where(_r.tenant_id == bindparam("tenant"), _r.activity.in_(bindparam("ids", expanding=True)))
)
_OWNED = select(_a.id, _a.verb, _a.facts).where(_here, _a.kind == "project", _owner == bindparam("whose"))
_PAGE = (
    select(_a.id, _a.kind, _a.actor, _a.key, _a.name, _a.facts)
    .where(_here, _a.id > bindparam("after"))
    .order_by(_a.id)
    .limit(bindparam("limit"))
)
_REWRITE = (
    update(activities)
    .where(_here, _a.id == bindparam("act"))
    .values(actor=bindparam("by"), key=bindparam("about"), name=bindparam("said"), facts=bindparam("more"))
)
_DISOWN = update(activities).where(_here, _a.id == bindparam("act")).values(facts=bindparam("more"))
_ASKED = update(inbox).where(_i.tenant_id == bindparam("tenant"), _i.person == bindparam("whose"))
_EMPTY = _ASKED.values(answer=EMPTY, person="")
_ANSWERS = (
    select(_i.id, _i.answer)
    .where(_i.tenant_id == bindparam("tenant"), _i.id > bindparam("after"))
    .order_by(_i.id)
    .limit(bindparam("limit"))
)
_ANSWER = (
    update(inbox).where(_i.tenant_id == bindparam("tenant"), _i.id == bindparam("row")).values(answer=bindparam("said"))
)
_posts = _o.tenant_id == bindparam("tenant")
_TOLD = select(_o.about).distinct().where(_posts, _o.about.in_(bindparam("ids", expanding=True)))
_UNTOLD = delete(outbox.outbox).where(
    _posts, _o.about.in_(bindparam("ids", expanding=True)), _o.state.not_in(("sending", "uncertain"))
)
_TO_ACCOUNT = delete(outbox.outbox).where(
    _posts,
    or_(_o.platform == bindparam("on"), _o.via == bindparam("on")),
    or_(_o.only_for == bindparam("whom"), _o.account == bindparam("whom"), _o.place == bindparam("chat")),
)
_REFERRING = select(_o.id, _o.context).where(_posts, _o.context.like(bindparam("like")))
_REFER = update(outbox.outbox).where(_posts, _o.id == bindparam("row")).values(context=bindparam("kept"))
_TELLING = select(digests).where(_d.tenant_id == bindparam("tenant"), cast(_d["items"], Text).like(bindparam("like")))
_TELL = delete(digests).where(
    _d.tenant_id == bindparam("tenant"), _d.person == bindparam("reader"), _d.period == bindparam("which")
)
_ANSWERED = delete(outbox.outbox).where(
    _posts,
    _o.kind == outbox.ANSWER,
    _o.state.in_(("sent", "cancelled", "dead")),
    _o.created_at < bindparam("before"),
)
_TALLIED = delete(tallies).where(tallies.c.tenant_id == bindparam("tenant"), tallies.c.audience == bindparam("own"))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many acts and rows went, and in how many texts of others the name was hidden."""

    acts: int
    rows: int
    hidden: int


def erase(tx: Transaction, person: Person, at: datetime, new_id: Callable[[], str], someone: Pseudonym) -> Forgotten:
    """Leaves nothing of a person but the traces by which an import is kept from bringing them back."""
    erasures.bury(tx, erasures.traces(person), at, new_id() + new_id())
    names = Names(person, bare=not _has_namesake(tx, person))
    rows = _silence(tx, person)
    known = [act for act, _ in holdings.acts(tx, person.id)]
    evidence.forget(tx, person.id, [*people.titles(tx, [person.id]), *known])
    gone = _theirs(tx, person.id)
    said = _sentences(act for act in known if act.id in set(gone))
    questions.forget(tx, person.id, at)
    contacts.forget(tx, person.email)
    participants.forget(tx, person.id)
    teachings.forget(tx, names.occur_in)
    aliases.forget(tx, lambda name: names.hide_in_noun(name) != name)
    rows += sum(holdings.drop(tx, table, person.id) for table in holdings.COLUMNS)
    _take_back(tx, gone, at, new_id)
    forget(tx, gone)
    tx.run(_TALLIED, own=f"person:{person.id}")
    hidden = _hide_in_acts(tx, names, someone) + _hide_in_answers(tx, names, someone, said)
    _hide_in_digests(tx, person.id)
    _hide_in_contexts(tx, person)
    return Forgotten(len(gone), rows, hidden)


def drop_answers(tx: Transaction, before: datetime) -> None:
    """Drops where old answers went, the goodbye to whoever was erased among them."""
    tx.run(_ANSWERED, before=before)


def _has_namesake(tx: Transaction, person: Person) -> bool:
    """Whether a bare word may mean somebody else who has the same first or last name."""
    words = {person.handle, fold(person.name)}
    others = (folded for handle, folded in people.handles(tx) if handle != person.handle)
    return any(words & {folded, *folded.split()} for folded in others)


def _silence(tx: Transaction, person: Person) -> int:
    """Nothing that waits is sent, and answers are kept without their words."""
    gone = tx.run(_EMPTY, whose=person.id)
    for chat in holdings.rows(tx, people.accounts, person.id):
        place = chat["place"] or chat["id"]
        gone += tx.run(_TO_ACCOUNT, on=chat["platform"], whom=chat["id"], chat=place)
    return gone


def _theirs(tx: Transaction, person: str) -> list[str]:
    """Acts that go: their own, others' following of them, and what was said to nobody else."""
    theirs = {row["id"] for row in tx.all(_THEIRS, whose=person, own=f"person:{person}")}
    given = {row["activity"] for row in tx.all(_GIVEN, whose=person)} - theirs
    holdings.drop(tx, receivers, person)
    still = {row["activity"] for some in parts(given, IN_ONE) for row in tx.all(_STILL_GIVEN, ids=some)}
    return sorted(theirs | (given - still) | _disowned(tx, person, theirs))


def _disowned(tx: Transaction, person: str, theirs: set[str]) -> set[str]:
    """Takes the owner out of what others said of projects; what said no more than that goes."""
    owned = tx.all(_OWNED, whose=person)
    projects = standing.groups(tx, acts.of_ids(tx, (row["id"] for row in owned)).values())
    before = standing.of(tx, projects)
    for row in owned:
        tx.run(_DISOWN, act=row["id"], more=_without_owner(row))
    evidence.add(tx, *(act for act in standing.of(tx, projects) if act not in before))
    return {
        row["id"] for row in owned if row["id"] not in theirs and row["verb"] == "Update" and not _without_owner(row)
    }


def _without_owner(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row["facts"].items() if name != "owner"}


def _take_back(tx: Transaction, gone: list[str], at: datetime, new_id: Callable[[], str]) -> None:
    """What was told of these acts is taken away again where that is possible."""
    for some in parts(gone, IN_ONE):
        for row in tx.all(_TOLD, ids=some):
            outbox.retract(tx, row["about"], at, new_id)
        tx.run(_UNTOLD, ids=some)


def _hide_in_acts(tx: Transaction, names: Names, someone: Pseudonym) -> int:
    rewritten = {row["id"]: new for row in _pages(tx, _PAGE) if (new := _hidden(row, names, someone))}
    for some in parts(rewritten, IN_ONE):
        before = acts.of_ids(tx, some)
        indexed = evidence.remove(tx, *before.values())
        for id in some:
            tx.run(_REWRITE, act=id, **rewritten[id])
        after = acts.of_ids(tx, some)
        evidence.add(tx, *(after[id] for id in some if id in indexed and id in after))
        for act in (act for known in (before, after) for act in known.values() if act.kind == "skill"):
            skills.follow(tx, act)
    return len(rewritten)


def _hidden(row: Row, names: Names, someone: Pseudonym) -> dict[str, Any] | None:
    """The row without the names; None where they do not stand in it."""
    key, name, facts = row["key"], row["name"], dict(row["facts"])
    is_sentence = row["kind"] in SENTENCES
    name = names.hide(name, someone) if is_sentence else names.hide_in_noun(name)
    if row["kind"] != "act":
        key = names.hide_in_noun(key)
    project = facts.pop("project", None)
    facts = names.hide_in_json(facts, someone)
    facts |= {"project": names.hide_in_noun(str(project))} if project is not None else {}
    app = row["actor"].removeprefix("app:")
    actor = f"app:{names.hide_in_noun(app)}" if app != row["actor"] else row["actor"]
    new = {"by": actor, "about": key, "said": name, "more": facts}
    return None if (actor, key, name, facts) == (row["actor"], row["key"], row["name"], row["facts"]) else new


def _sentences(gone: Iterable[Activity]) -> list[str]:
    """What was said in them, the longest first: as digests and answers quote it."""
    texts = [text for act in gone for text in _texts(act)]
    said = {*texts, *(" ".join(text.split()) for text in texts)}
    return sorted((text for text in said if len(text) >= SHORTEST), key=lambda text: (-len(text), text))


def _texts(act: Activity) -> list[str]:
    more = (act.facts.get(name) for name in ("next", "blocked"))
    return [text for text in (act.name if act.kind in SENTENCES else "", *more) if isinstance(text, str)]


def _hide_in_answers(tx: Transaction, names: Names, someone: Pseudonym, words: list[str]) -> int:
    """What was said by them stands only in answers that name them."""
    told = [row for row in _pages(tx, _ANSWERS) if names.occur_in(row["answer"])]
    for row in told:
        kept = names.hide_in_json(hide_quotes(json.loads(row["answer"]), words), someone)
        said = json.dumps(kept, ensure_ascii=False)
        tx.run(_ANSWER, row=row["id"], said=said)
    return len(told)


def _hide_in_digests(tx: Transaction, person: str) -> None:
    """Nobody's digest tells any more that they are new here."""
    urn = PERSON + person
    for row in tx.all(_TELLING, like=f"%{urn}%"):
        kept = [{**item, "activities": [id for id in item["activities"] if id != urn]} for item in row["items"]]
        tx.run(_TELL, reader=row["person"], which=row["period"])
        tx.insert(digests, {**row, "items": [item for item in kept if item["activities"]]})


def _hide_in_contexts(tx: Transaction, person: Person) -> None:
    """The way back to a place, without who had shown it."""
    for _, account in person.accounts:
        for row in tx.all(_REFERRING, like=f"%{account}%"):
            if account in row["context"]:
                tx.run(_REFER, row=row["id"], kept=_without(row["context"], account))


def _without(context: str, account: str) -> str:
    try:
        kept = json.loads(context)
    except ValueError:
        return context.replace(account, "")
    if not isinstance(kept, dict):
        return ""
    whose = {name for name, value in kept.items() if value == account} | {"user"}
    return json.dumps({name: "" if name in whose else value for name, value in kept.items()}, ensure_ascii=False)


def _pages(tx: Transaction, statement: Any) -> Iterator[Row]:
    after = ""
    while page := tx.all(statement, after=after, limit=PAGE):
        yield from page
        after = page[-1]["id"]
