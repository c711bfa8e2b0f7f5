"""Holdings: which tables hold what of a person, so that access and erasure miss none."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, Table, bindparam, delete, or_, select

from store.absences import absences
from store.activities import Activity, activities, receivers
from store.base import Transaction
from store.contacts import contacts
from store.digests import digests
from store.evidence import tallies
from store.holders import holders
from store.inbox import inbox
from store.introductions import introductions
from store.namesakes import namesakes
from store.outbox import outbox
from store.participants import avoidances, participants
from store.people import accounts, people
from store.places import memberships
from store.questions import questions, routes
from store.skills import skills
from store.statement import Row
from store.subscriptions import subscriptions
from store.suggestions import suggestions
from store.teachings import teachings

COLUMNS: Mapping[Table, str] = {
    absences: "person",
    accounts: "person_id",
    avoidances: "person",
    contacts: "person",
    digests: "person",
    holders: "person",
    inbox: "person",
    introductions: "person",
    memberships: "person",
    namesakes: "person",
    outbox: "person",
    participants: "person",
    people: "id",
    questions: "asker",
    receivers: "person",
    routes: "person",
    skills: "person",
    subscriptions: "person",
    suggestions: "person",
    tallies: "person",
    teachings: "person",
}
"""Tables whose rows belong to one person, by the column that says to whom."""

_a, _r = activities.c, receivers.c
_here = _a.tenant_id == bindparam("tenant")
_TO = select(_r.activity).where(_r.tenant_id == bindparam("tenant"), _r.person == bindparam("whose"))
_ACTS = select(activities).where(
    _here,
    or_(_a.actor == bindparam("whose"), _a.id.in_(_TO), _a.facts["owner"].as_string() == bindparam("whose")),
)
_RECEIVERS = (
    select(_r.activity, _r.person, _r.position)
    .where(
        _r.tenant_id == bindparam("tenant"),
        _r.activity.in_(
            select(_a.id).where(_here, or_(_a.actor == bindparam("whose"), _a.id.in_(_TO))).scalar_subquery()
        ),
    )
    .order_by(_r.activity, _r.position)
)
_FIELDS = tuple(name for name in Activity.__dataclass_fields__ if name != "to")


def rows(tx: Transaction, table: Table, person: str) -> list[dict[str, Any]]:
    """All rows of one of COLUMNS that are this person's, without the tenant, always in the same order."""
    found = [{name: row[name] for name in row if name != "tenant_id"} for row in tx.all(_rows(table), whose=person)]
    key = [column.name for column in table.primary_key if column.name != "tenant_id"]
    return sorted(found, key=lambda row: [row[name] for name in key])


def drop(tx: Transaction, table: Table, person: str) -> int:
    return tx.run(_drop(table), whose=person)


def move(tx: Transaction, table: Table, gone: str, kept: str) -> None:
    """Gives the rows of one person to another; where both have one for the same, that of `kept` stays."""
    whose = COLUMNS[table]
    key = [column.name for column in table.primary_key if column.name != "tenant_id"]
    taken = {tuple(row[name] for name in key) for row in rows(tx, table, kept)}
    theirs = [{**row, whose: kept} for row in rows(tx, table, gone)]
    drop(tx, table, gone)
    tx.insert(table, *(row for row in theirs if tuple(row[name] for name in key) not in taken))


def acts(tx: Transaction, person: str) -> list[tuple[Activity, Row]]:
    """Every act by this person, to them or naming them as an owner, those taken back too, with its row."""
    to: dict[str, list[str]] = {}
    for row in tx.all(_RECEIVERS, whose=person):
        to.setdefault(row["activity"], []).append(row["person"])
    found = tx.all(_ACTS, whose=person)
    known = [(Activity(**{name: row[name] for name in _FIELDS}, to=tuple(to.get(row["id"], ()))), row) for row in found]
    return sorted(known, key=lambda one: (one[0].published, one[0].id))


@cache
def _rows(table: Table) -> Select[Any]:
    whose = table.c[COLUMNS[table]]
    return select(table).where(table.c.tenant_id == bindparam("tenant"), whose == bindparam("whose"))


@cache
def _drop(table: Table) -> Delete:
    whose = table.c[COLUMNS[table]]
    return delete(table).where(table.c.tenant_id == bindparam("tenant"), whose == bindparam("whose"))
