"""`ristretto export person` and `ristretto erase`: access and erasure, from the operator's side."""

import json
import sys

from bot.commands.opening import Opening, opened
from bot.commands.stop import Stop
from bot.feature import Context
from bot.features import FEATURES
from bot.features.privacy import erase as erase_person
from bot.features.privacy import everything
from bot.request import Account, Place, Request
from bot.words import Words, choose
from store import people
from store.base import Transaction
from store.forgetting import Forgotten
from store.people import Person


async def export_person(opening: Opening, handle: str) -> None:
    """Prints one JSON object with everything there is of a person. Raises Stop."""

    def work(tx: Transaction) -> str:
        person = _person(tx, handle)
        request = Request(opening.tenant, "", opening.now(), Account("", ""), Place("", ""))
        words = Words(choose(person.locale or opening.company.locale))
        ctx = Context(tx, person, words, request.at, opening.new_id(), FEATURES, request, opening.company)
        return json.dumps(everything(ctx, person), ensure_ascii=False)

    async with opened(opening) as core:
        sys.stdout.write(await core.store.read(opening.tenant, work) + "\n")


async def erase(opening: Opening, handle: str) -> None:
    """Erases a person for good and prints what went. Raises Stop."""

    def work(tx: Transaction) -> Forgotten:
        person = _person(tx, handle)
        language = choose(opening.company.locale)
        return erase_person(tx, person, opening.now(), opening.new_id(), FEATURES, language)

    async with opened(opening) as core:
        done: Forgotten = await core.store.write(opening.tenant, work)
    said = {"erased": done.acts + done.rows, "activities": done.acts, "hidden": done.hidden}
    sys.stdout.write(json.dumps(said) + "\n")


def _person(tx: Transaction, handle: str) -> Person:
    wanted = handle.lower().lstrip("@")
    person = people.of_handles(tx, [wanted]).get(wanted)
    if person is None:
        raise Stop(f"Nobody here has the handle {handle}.")
    return person
