"""What a conversation leaves in the tables, told apart from ids, platforms and times, so that two can be compared."""

from typing import Any

from sqlalchemy import Table, select

from store import participants, skills, subscriptions
from store.activities import activities, receivers
from store.base import Transaction
from store.outbox import outbox
from store.people import people

Rows = dict[str, list[tuple[Any, ...]]]
OWN = "core."
"""Begins the kinds of messages by which one platform answers and takes away, and another does not."""


def traces(tx: Transaction) -> Rows:
    """The columns of each table that no platform decides."""
    acts = _rows(tx, activities, "id", "published")
    names = {row.id: f"act {n}" for n, row in enumerate(acts)}
    return {
        "activities": [
            (a.published, a.actor, a.verb, a.kind, a.key, a.name, _facts(a.facts, names), a.audience, a.undone_at)
            for a in acts
        ],
        "receivers": sorted((names[r.activity], r.person, r.position) for r in _rows(tx, receivers)),
        "skills": sorted(_plain(tx, skills.skills, "person", "key", "name", "level", "wish", "confirmed_at")),
        "subscriptions": sorted(
            _plain(tx, subscriptions.subscriptions, *subscriptions.Subscription.__dataclass_fields__)
        ),
        "participants": sorted(_plain(tx, participants.participants, *participants.Participant.__dataclass_fields__)),
        "avoidances": sorted(_plain(tx, participants.avoidances, "person", "other")),
        "outbox": sorted(
            (m.kind, m.person, m.state, names.get(m.about, m.about), bool(m.retracted_at))
            for m in _rows(tx, outbox)
            if not m.kind.startswith(OWN)
        ),
        "people": sorted(_plain(tx, people, "handle", "name", "locale", "timezone", "started_at", "left_at")),
    }


def taken_back(rows: Rows) -> int:
    """Messages that had been sent to people when what they told was taken back."""
    return sum(state == "sent" and retracted for _, _, state, _, retracted in rows["outbox"])


def _rows(tx: Transaction, table: Table, *order: str) -> list[Any]:
    found = select(table).where(table.c.tenant_id == tx.tenant).order_by(*(table.c[name] for name in order))
    return list(tx.connection.execute(found).all())


def _plain(tx: Transaction, table: Table, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in _rows(tx, table)]


def _facts(facts: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    return {name: names.get(value, value) if isinstance(value, str) else value for name, value in facts.items()}
