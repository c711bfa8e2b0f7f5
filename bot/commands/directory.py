"""`ristretto import directory`: what the company's directory says of people, offered to each of them."""

from datetime import datetime
from pathlib import Path

from bot.commands.importing import Chunk, Summary, as_handle, bring_in
from bot.commands.opening import Opening
from bot.commands.proposing import dated, propose
from bot.commands.rows import Json, Row, lines
from bot.commands.sheets import NoColumns, sheet
from bot.commands.stop import Stop, warn
from bot.reading.topics import read_topics
from store import people
from store.people import Person
from store.suggestions import Suggestion

WHO = ("handle", "email")
SAID = {
    "title": "title",
    "job title": "title",
    "team": "team",
    "department": "team",
    "location": "location",
    "place": "location",
    "office": "location",
    "city": "location",
}
"""Columns, by what they say of a person; `skills` is a list of them."""


async def import_directory(opening: Opening, file: Path) -> Summary:
    """Rows are joined by handle, else by mail; nobody is added. Raises Stop."""
    at = dated(file, opening.now())
    rows = sheet(lines(file, "surrogateescape"), WHO)
    ignored: set[str] = set()

    def take(chunk: Chunk, some: list[Row]) -> None:
        for number, row in some:
            if isinstance(row, str):
                chunk.refuse(number, row)
            elif person := _person(chunk, row):
                propose(chunk, number, person, _lines(row, at))
                ignored.update(name for name in row if name not in (*WHO, *SAID, "skills", ""))
            else:
                chunk.refuse(number, f"nobody here is {row.get('handle') or row.get('email') or 'without a name'}")

    try:
        done = await bring_in(opening, file, rows, take)
    except NoColumns as error:
        raise Stop(f"{file}: a directory needs a column named handle or email.") from error
    if ignored:
        warn(f"{file}: ignored columns: {', '.join(sorted(ignored))}")
    return done


def _person(chunk: Chunk, row: Json) -> Person | None:
    handle = as_handle(row.get("handle", "").lstrip("@"))
    known = people.of_handles(chunk.tx, [handle]).get(handle) if handle else None
    return known or people.of_email(chunk.tx, row.get("email", ""))


def _lines(row: Json, at: datetime) -> list[Suggestion]:
    fields = {SAID[name]: value for name, value in row.items() if name in SAID and value}
    topics = read_topics(row.get("skills", ""))
    levels = dict(topics.levels)
    return [
        *(Suggestion(kind, text, "directory", at) for kind, text in fields.items()),
        *(Suggestion("skill", name, "directory", at, levels.get(name, "")) for name in topics.names),
    ]
