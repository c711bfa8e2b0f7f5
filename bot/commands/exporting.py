"""`ristretto export activity`: every act there is, for the operator, in an order that is the same every time."""

import json
import sys

from bot import streams
from bot.commands.opening import Opening, opened
from store import history, people
from store.base import Transaction


async def export_activity(opening: Opening) -> None:
    """Prints all acts that were not taken back, private ones included, by time and id."""

    def work(tx: Transaction) -> None:
        handles = {person.id: person.handle for person in people.everybody(tx)}
        for act in history.stream(tx):
            said = streams.write(act, lambda id: handles.get(id, streams.FORGOTTEN))
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")

    async with opened(opening) as core:
        await core.store.read(opening.tenant, work)
