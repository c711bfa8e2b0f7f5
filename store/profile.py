"""Profile lines besides skills: title, team, place, positions and links, each an act of the person's own."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import bindparam, select

from store import people
from store.activities import PUBLIC, Activity, activities
from store.base import Transaction
from store.names import fold
from store.parts import parts

FIELDS = ("title", "team", "location")
"""Properties of which a person has one; it is the person's own word before it is the company's."""
PROPERTIES = (*FIELDS, "position", "link")
IN_ONE = 500

_a = activities.c
_fields = tuple(name for name in Activity.__dataclass_fields__ if name != "to")
_OF_PEOPLE = (
    select(*(_a[name] for name in _fields))
    .where(
        _a.tenant_id == bindparam("tenant"),
        _a.actor.in_(bindparam("people", expanding=True)),
        _a.kind == "profile",
        _a.undone_at.is_(None),
    )
    .order_by(_a.published.desc(), _a.id.desc())
)


def key(of: str, value: str) -> str:
    """What is the same line: of some properties there is one, of the others one for each value."""
    return of if of in FIELDS else f"{of}:{value if of == 'link' else fold(value)}"


def of_person(tx: Transaction, person: str, audiences: Iterable[str] | None = None) -> list[Activity]:
    """The lines that stand, the newest first; without `audiences` all of them, for the person's own eyes."""
    seen = None if audiences is None else set(audiences)
    return [act for act in _standing(tx, [person]) if act.verb == "Add" and (seen is None or act.audience in seen)]


def fields(tx: Transaction, people: Iterable[str]) -> set[tuple[str, str]]:
    """Person and field where people said of themselves what it is, or that it is nothing."""
    said = (act for some in parts(people, IN_ONE) for act in _standing(tx, some))
    return {(act.actor, act.key) for act in said if act.key in FIELDS}


def titles(tx: Transaction, ids: Iterable[str]) -> list[Activity]:
    """What these people are, as evidence, with where it comes from: their own word, or else the directory."""
    found = people.titles(tx, ids)
    standing = _standing(tx, [act.actor for act in found], (PUBLIC,))
    own = {act.actor: act for act in standing if act.key == "title" and act.verb == "Add"}
    said = {act.actor: own[act.actor].facts if act.actor in own else {"source": "directory"} for act in found}
    return [replace(act, facts={"source": said[act.actor].get("source", "")}) for act in found]


def follow(tx: Transaction, act: Activity) -> None:
    """Brings the card in step with what the person last said for everybody; where they took it all back, with what
    stood there before."""
    if act.key not in FIELDS or act.audience != PUBLIC:
        return
    last = [one for one in _standing(tx, [act.actor], (PUBLIC,)) if one.key == act.key]
    if last:
        people.change(tx, act.actor, last[0].published, **{act.key: last[0].name if last[0].verb == "Add" else ""})
    else:
        people.change(tx, act.actor, **{act.key: str(act.facts.get("was", ""))})


def _standing(tx: Transaction, people: list[str], audiences: Iterable[str] | None = None) -> list[Activity]:
    """The last word on each line, of those that these audiences heard; what somebody said by themselves counts before
    what they said yes to."""
    rows = tx.all(_OF_PEOPLE, people=people) if people else []
    seen = [row for row in rows if audiences is None or row["audience"] in audiences]
    acts = sorted((Activity(**row) for row in seen), key=lambda act: bool(act.facts.get("source")))
    last: dict[tuple[str, str], Activity] = {}
    for act in acts:
        last.setdefault((act.actor, act.key), act)
    return list(last.values())
