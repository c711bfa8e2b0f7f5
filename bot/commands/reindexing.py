"""`ristretto db reindex`: the index of who knows what, made anew from what was said."""

import json
import sys
from functools import partial

from bot.commands.opening import Opening, opened
from bot.commands.progress import Progress
from store.reindex import reindex as run
from store.tenants import tenants

SUMMARY = "The index is made anew. Acts read: {read:,}; words in it: {postings:,}; people: {people:,}."
PROGRESS = "{count} of {total} acts read"


async def reindex(opening: Opening, *, everybody: bool, as_json: bool) -> None:
    """Prints a line a tenant. `everybody`: all tenants there are, not only the one of `opening`."""
    async with opened(opening) as core:
        for tenant in await core.store.read("", tenants) if everybody else [opening.tenant]:
            progress = Progress(PROGRESS)
            done = await core.store.write(tenant, partial(run, told=progress.tell))
            progress.end()
            row = {"tenant": tenant, "read": done.read, "postings": done.postings, "people": done.people}
            sys.stdout.write((json.dumps(row) if as_json else SUMMARY.format_map(row)) + "\n")
