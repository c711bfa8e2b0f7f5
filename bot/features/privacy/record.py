"""Everything the database holds of a person, as JSON in an order that is always the same."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from bot import reply, streams
from bot.feature import Context
from store import (
    contacts,
    digests,
    evidence,
    holdings,
    inbox,
    namesakes,
    outbox,
    people,
    places,
    skills,
    standing,
    subscriptions,
    suggestions,
)
from store.base import Transaction
from store.people import Person

Json = dict[str, Any]
DELIVERY = ("kind", "about", "state", "created_at", "due_at", "sent_at", "via", "reason")
"""What is told of a message; the rest is how workers share it."""


def everything(ctx: Context, person: Person) -> Json:
    """One object: the profile, and a list for each sort of thing."""
    tx = ctx.tx

    def rows(table: Any) -> list[Json]:
        return holdings.rows(tx, table, person.id)

    profile, *_ = rows(people.people)
    found: Json = {
        "person": person.handle,
        "profile": profile,
        "called": [row["part"] for row in rows(namesakes.namesakes)],
        "accounts": _without(rows(people.accounts), "person_id"),
        "activities": acts(tx, person.id),
        "skills": _without(rows(skills.skills), "person"),
        "suggestions": _without(rows(suggestions.suggestions), "person"),
        "contacts": _without(rows(contacts.contacts), "person"),
        "settings": _without(rows(subscriptions.subscriptions), "person"),
        "places": _without(rows(places.memberships), "person"),
        "digests": _without(rows(digests.digests), "person"),
        "answers": [_answer(row) for row in rows(inbox.inbox)],
        "deliveries": [{name: row[name] for name in DELIVERY} for row in rows(outbox.outbox)],
        "found_by": _found_by(tx, person.id),
        "evidence": _without(rows(evidence.tallies), "person"),
    }
    more = [
        (title, said) for feature in ctx.features for export in feature.exports for title, said in export(ctx, person)
    ]
    if more:
        found["more"] = [{"title": ctx.words.text(title), "data": _plain(said)} for title, said in more]
    plain: Json = _plain(found)
    return plain


def acts(tx: Transaction, person: str) -> list[Json]:
    """Activity Streams, the oldest first; an act taken back says when."""
    handle = _handles(tx)
    return [
        streams.write(act, handle) | ({"undone": row["undone_at"]} if row["undone_at"] else {})
        for act, row in holdings.acts(tx, person)
    ]


def _handles(tx: Transaction) -> Callable[[str], str]:
    known = {person.id: person.handle for person in people.everybody(tx)}
    return lambda id: known.get(id, streams.FORGOTTEN)


def _answer(row: Mapping[str, Any]) -> Json:
    return {"request": row["id"], "at": row["at"], "answer": reply.plain(reply.load(row["answer"]))}


def _found_by(tx: Transaction, person: str) -> Json:
    """The words by which each act that stands finds them."""
    stand = [act for act, row in holdings.acts(tx, person) if not row["undone_at"]]
    lasting = standing.of(tx, standing.groups(tx, stand))
    current = evidence.skill_sources_of(tx, person) | {act.id for act in lasting}
    said = [act for act in stand if act.kind not in ("skill", *standing.KINDS) or act.id in current]
    speak = [*people.titles(tx, [person]), *said]
    found = {act.id: evidence.terms(act) for act in speak if any(one.person == person for one in evidence.speaks(act))}
    return {id: words for id, words in sorted(found.items()) if words}


def _without(rows: Iterable[Json], column: str) -> list[Json]:
    return [{name: value for name, value in row.items() if name != column} for row in rows]


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): _plain(each) for key, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case tuple():
            return reply.plain_spans(value)
        case _:
            return value
