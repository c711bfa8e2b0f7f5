"""`ristretto jobs once`: everything that is due at a time, and what became of the messages."""

import json
import sys

import adapters
import jobs
from bot.commands.opening import Opening, opened
from bot.config import Settings
from store import outbox


async def once(opening: Opening, settings: Settings, *, as_json: bool) -> None:
    """Prints how many messages are in each state. Raises Stop."""
    async with opened(opening) as core:
        async with adapters.connect(settings, core, opening.now, listen=False) as platforms:
            deliveries = {name: platform.delivery for name, platform in platforms.items()}
            await jobs.once(core, deliveries, settings, opening.now)
        counts = await core.store.read(opening.tenant, outbox.count)
    lines = [json.dumps(counts)] if as_json else [f"{state}: {n}" for state, n in counts.items()]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
