"""`ristretto read`: what is understood of each line, without doing it."""

import json
import sys
from pathlib import Path

from bot.commands.opening import Opening, opened
from bot.commands.rows import Json, lines, read_object
from bot.commands.stop import warn
from bot.core import Core
from bot.errors import Refused
from bot.request import MENTION, Account, Place, Request, Slots
from bot.understanding import UNCLEAR
from store import people


class _Bad(Exception):
    """The line cannot be read; the message says why."""


async def read(opening: Opening, file: Path) -> bool:
    """Prints one line an input line, in order; says whether every line could be read."""
    sound = True
    async with opened(opening) as core:
        for number, line in lines(file, "surrogateescape"):
            row = read_object(line)
            id = row.get("id") if isinstance(row, dict) else None
            try:
                said = await _understood(core, opening, _asked(row))
            except _Bad as error:
                warn(f"{file}:{number}: {error}")
                said, sound = {"id": id, "error": str(error)}, False
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return sound


def _asked(row: Json | str) -> Json:
    if isinstance(row, str):
        raise _Bad(row)
    if not isinstance(row.get("text"), str):
        raise _Bad('a line needs "id" and "text"')
    if not isinstance(row.get("as", ""), str):
        raise _Bad("as is no handle")
    return row


async def _understood(core: Core, opening: Opening, said: Json) -> Json:
    handle = said.get("as") or "ana"
    known = await core.store.read(opening.tenant, lambda tx: people.of_handles(tx, [handle]))
    if handle not in known and "as" in said:
        raise _Bad(f"nobody here is called {handle}")
    account = Account("console", handle, handle=handle)
    request = Request(
        opening.tenant, "read", opening.now(), account, Place("console", handle), said["text"].replace(MENTION, "")
    )
    try:
        request = await core.understand(request, known.get(handle))
    except Refused:
        return {"id": said.get("id"), "action": UNCLEAR, "slots": {}}
    confirm = {"confirm": True} if request.confirm else {}
    return {"id": said.get("id"), "action": request.action, "slots": as_json(request.slots)} | confirm


def as_json(slots: Slots) -> Json:
    """What was said; a slot that was not is left out."""
    said: Json = {
        "people": [person.handle for person in slots.people],
        "topics": list(slots.topics),
        "without": list(slots.wanted.without),
        "levels": dict(slots.levels),
        "project": slots.project,
        "tags": list(slots.tags),
        "date": slots.date.isoformat() if slots.date else "",
        "url": slots.url,
        "text": slots.text,
        "rhythm": slots.rhythm,
        "what": slots.what,
    }
    return {name: value for name, value in said.items() if value}
