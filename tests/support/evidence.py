"""Skills and updates put into a company of tests, as if people had said them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from company import NOON, TENANT, Talk

from store import Store, evidence, postings
from store.activities import PUBLIC, Activity
from store.base import Transaction
from store.evidence import KINDS, LEVELS
from store.names import fold
from store.postings import SIZE, Held
from store.record import record


def skill(
    person: str, name: str, level: str = "", *, days: int = 1, audience: str = PUBLIC, wish: bool = False
) -> Activity:
    facts = ({"level": level} if level else {}) | ({"wish": True} if wish else {})
    id = f"skill:{person}:{name}:{days}"
    return Activity(id, _ago(days), person, "Add", "skill", fold(name), name, facts, audience)


def update(person: str, text: str, project: str = "", *, days: int = 1, audience: str = PUBLIC) -> Activity:
    facts = {"project": project} if project else {}
    id = f"update:{person}:{text}"
    return Activity(id, _ago(days), person, "Create", "update", fold(project), text, facts, audience)


def thanks(giver: str, receivers: Iterable[str], text: str, *, days: int = 1, audience: str = PUBLIC) -> Activity:
    id = f"thanks:{giver}:{text}"
    return Activity(id, _ago(days), giver, "Offer", "thanks", name=text, audience=audience, to=tuple(receivers))


async def tell(talk: Talk, *acts: Activity) -> None:
    await talk.core.store.write(TENANT, lambda tx: record(tx, *acts))


def _ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


def membership(person: str, project: str, verb: str = "Join", *, days: int = 1, audience: str = PUBLIC) -> Activity:
    id = f"{verb}:{person}:{project}:{days}:{audience}"
    return Activity(id, _ago(days), person, verb, "member", fold(project), project, {}, audience)


def ownership(by: str, project: str, owner: str, *, days: int = 1, audience: str = PUBLIC) -> Activity:
    id = f"owner:{by}:{project}:{owner}:{days}:{audience}"
    return Activity(id, _ago(days), by, "Update", "project", fold(project), project, {"owner": owner}, audience)


def offer(by: str, person: str, name: str, *, days: int = 2) -> Activity:
    """A colleague's word, which only the person it is about can see."""
    id, alone = f"offer:{by}:{person}:{name}", f"person:{person}"
    return Activity(id, _ago(days), by, "Announce", "endorsement", fold(name), name, {}, alone, to=(person,))


def yes(word: Activity, verb: str = "Accept", *, days: int = 1, audience: str = PUBLIC) -> Activity:
    """What the person answers to it."""
    [person], facts = word.to, {"offer": word.id}
    id = f"{verb}:{word.id}"
    to = (word.actor,) if verb == "Accept" else ()
    return Activity(id, _ago(days), person, verb, "endorsement", word.key, word.name, facts, audience, to=to)


async def found(store: Store, term: str, audiences: Iterable[str] = (PUBLIC,)) -> list[tuple[str, str, str]]:
    """For whom a term speaks and as what, in the order it was said."""
    return await store.read(TENANT, lambda tx: _postings_of(tx, term, audiences))


def _postings_of(tx: Transaction, term: str, audiences: Iterable[str]) -> list[tuple[str, str, str]]:
    data = postings.read(tx, [term], audiences, 10).get(term, Held(0, b"")).data
    rows = [data[at : at + SIZE] for at in range(0, len(data), SIZE)]
    whole = [(int.from_bytes(row[:8], "little") >> 40, int.from_bytes(row[8:], "little")) for row in rows]
    people = evidence.tallies_of(tx, [number for number, _ in whole], audiences)
    return [(people[number].person, KINDS[mark & 7], LEVELS[mark >> 3 & 3]) for number, mark in whole]
