"""Skills and updates put into a company of tests, as if people had said them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from company import NOON, TENANT, Talk

from store.activities import PUBLIC, Activity
from store.names import fold
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
