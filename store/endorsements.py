"""Endorsements: what colleagues say of somebody's skills, which stands there only by that person's yes.

A colleague's word is an `Announce` for that person alone; the `Accept` or `Reject` that answers names it in its facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from store import activities as acts
from store import skills
from store.activities import Activity, activities, receivers
from store.base import Transaction

KIND = "endorsement"
OFFER, ACCEPT, REJECT = "Announce", "Accept", "Reject"


@dataclass(frozen=True, slots=True)
class Endorsement:
    """`key`: that of the skill; `by`: whose word it is, said at `at`; `accepted`: the act that let it stand."""

    key: str
    by: str
    at: datetime
    accepted: Activity


_a, _r = activities.c, receivers.c
_alive = (_a.tenant_id == bindparam("tenant"), _a.kind == KIND, _a.undone_at.is_(None))
_of = _a.facts["offer"].as_string()
_SINCE = select(func.count().label("n")).where(
    *_alive, _a.actor == bindparam("actor"), _a.verb == OFFER, _a.published >= bindparam("since")
)
_TO = (
    select(_a.id)
    .select_from(activities.join(receivers, (_r.tenant_id == _a.tenant_id) & (_r.activity == _a.id)))
    .where(*_alive, _a.verb == OFFER, _r.person == bindparam("person"))
    .order_by(_a.published.desc(), _a.id.desc())
)
_BY = select(_a.id).where(*_alive, _a.actor == bindparam("actor"), _a.verb == OFFER).order_by(_a.published, _a.id)
_ANSWERS = select(_a.id, _a.verb, _of.label("offer")).where(
    *_alive, _a.actor == bindparam("person"), _a.verb.in_((ACCEPT, REJECT))
)


def offers(tx: Transaction, person: str) -> list[Activity]:
    """What colleagues said of this person's skills, whatever they answered, the newest first."""
    ids = [row["id"] for row in tx.all(_TO, person=person)]
    found = acts.of_ids(tx, ids)
    return [found[id] for id in ids if id in found]


def given(tx: Transaction, actor: str) -> list[Activity]:
    """What this person said of others' skills, the oldest first."""
    ids = [row["id"] for row in tx.all(_BY, actor=actor)]
    found = acts.of_ids(tx, ids)
    return [found[id] for id in ids if id in found]


def waiting(tx: Transaction, person: str) -> list[Activity]:
    """Those that the person has not answered."""
    answered = {row["offer"] for row in tx.all(_ANSWERS, person=person)}
    return [offer for offer in offers(tx, person) if offer.id not in answered]


def count(tx: Transaction, actor: str, since: datetime) -> int:
    """How many this person gave since then."""
    row = tx.one(_SINCE, actor=actor, since=since)
    return int(row["n"]) if row else 0


def with_answers(tx: Transaction, offer: Activity, person: str) -> list[Activity]:
    """The offer and what the person answered to it, as far as they stand."""
    ids = [offer.id, *(row["id"] for row in tx.all(_ANSWERS, person=person) if row["offer"] == offer.id)]
    return list(acts.of_ids(tx, ids).values())


def of_person(tx: Transaction, person: str, audiences: Iterable[str] | None = None) -> list[Endorsement]:
    """Those that stand beside a skill of this person, the newest first: accepted, not withdrawn, and the skill not
    removed since. Without `audiences` all of them, for the person's own eyes."""
    answers = {row["id"]: row["offer"] for row in tx.all(_ANSWERS, person=person) if row["verb"] == ACCEPT}
    if not answers:
        return []
    found = acts.of_ids(tx, [*answers, *answers.values()])
    seen = None if audiences is None else set(audiences)
    gone = {word.key: word.at for word in skills.history(tx, person) if not word.holds}
    standing = [
        Endorsement(act.key, offer.actor, offer.published, act)
        for id, of in answers.items()
        if (act := found.get(id)) and (offer := found.get(of)) and (seen is None or act.audience in seen)
    ]
    kept = [one for one in standing if one.key not in gone or gone[one.key] < one.accepted.published]
    return sorted(kept, key=lambda one: (one.at, one.accepted.id), reverse=True)
