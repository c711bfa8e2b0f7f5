"""`ristretto import linkedin`: LinkedIn's own export of a person's data, as a zip, a folder or one of its files."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

from bot.commands.archives import Archive, Broken
from bot.commands.importing import Chunk, Summary, bring_in
from bot.commands.opening import Opening
from bot.commands.proposing import dated, named_person, propose
from bot.commands.rows import Json, Row, lines, lines_of
from bot.commands.sheets import NoColumns, sheet
from bot.commands.stop import Stop
from store import people
from store.base import Transaction
from store.people import Person
from store.suggestions import Suggestion

COLUMNS = {
    "skills.csv": ("name",),
    "positions.csv": ("company name", "title"),
    "email addresses.csv": ("email address",),
}
"""The files of the export that are read, with the columns that tell them; all others are not even opened."""
SAY_WHOSE = "Say whose export this is, as in: ristretto import linkedin export.zip --as ana"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the export. `read` gives its rows."""

    name: str
    file: Path
    said_at: datetime
    read: Callable[[], Iterator[Row]]


async def import_linkedin(opening: Opening, file: Path, handle: str) -> Summary:
    """Offers the skills and positions of an export to the person whose it is: whoever `handle` names, else the one
    person here with a confirmed mail of the export. Raises Stop."""
    parts = {part.name: part for part in _parts(file, opening.now())}
    if not {"skills.csv", "positions.csv"}.intersection(parts):
        raise Stop(f"{file}: neither Skills.csv nor Positions.csv of a LinkedIn export is in it.")
    mails = [] if handle else _mails(parts.get("email addresses.csv"))
    total = Summary()
    for name, lines_in in (("skills.csv", _skill), ("positions.csv", _position)):
        if part := parts.get(name):
            total += await bring_in(opening, part.file, _guarded(part), _taking(part, lines_in, handle, mails))
    return total


def _taking(
    part: Part, lines_in: Callable[[Json, datetime], list[Suggestion]], handle: str, mails: list[str]
) -> Callable[[Chunk, list[Row]], None]:
    def take(chunk: Chunk, rows: list[Row]) -> None:
        person = _whose(chunk.tx, handle, mails)
        for number, row in rows:
            if isinstance(row, str):
                chunk.refuse(number, row)
            else:
                propose(chunk, number, person, lines_in(row, part.said_at))

    return take


def _whose(tx: Transaction, handle: str, mails: list[str]) -> Person:
    if handle:
        return named_person(tx, handle)
    found = {person.id: person for mail in mails if (person := people.of_email(tx, mail))}
    if len(found) != 1:
        raise Stop(SAY_WHOSE)
    return next(iter(found.values()))


def _skill(row: Json, at: datetime) -> list[Suggestion]:
    return [Suggestion("skill", row["name"], "linkedin", at)] if row.get("name") else []


def _position(row: Json, at: datetime) -> list[Suggestion]:
    """The position, and the title where it is the one held now."""
    title, company = row.get("title", ""), row.get("company name", "")
    started, finished = row.get("started on", ""), row.get("finished on", "")
    held = ", ".join(filter(None, (title, company)))
    years = " – ".join(filter(None, (_year(started), _year(finished) or ("…" if started else ""))))
    lines = [Suggestion("position", f"{held} ({years})" if years else held, "linkedin", at)] if held else []
    return [*lines, Suggestion("title", title, "linkedin", at)] if title and started and not finished else lines


def _year(said: str) -> str:
    """`2019` of `Oct 2019`."""
    last = said.rsplit(maxsplit=1)[-1] if said.split() else ""
    return last if last.isdecimal() and len(last) == 4 else ""


def _mails(part: Part | None) -> list[str]:
    rows = [row for _, row in _guarded(part) if isinstance(row, dict)] if part else []
    return [row["email address"] for row in rows if row.get("confirmed", "yes").lower() in ("yes", "true", "oui")]


def _guarded(part: Part) -> Iterator[Row]:
    """The rows up to where the file breaks off, if it does. Raises Stop where it names no column."""
    number = 0
    try:
        for number, row in part.read():
            yield number, row
    except NoColumns as error:
        raise Stop(f"{part.file}: no line names the columns {', '.join(COLUMNS[part.name])}.") from error
    except (Broken, zipfile.BadZipFile, zlib.error, EOFError) as error:
        yield number + 1, f"the archive is broken here: {error}"


def _parts(file: Path, now: datetime) -> list[Part]:
    if file.is_dir():
        return [_of_file(each, each.name.lower(), now) for each in sorted(file.iterdir()) if _is_wanted(each.name)]
    if zipfile.is_zipfile(file):
        return _of_zip(file, now)
    return [_of_file(file, _told(file), now)]


def _is_wanted(name: str) -> bool:
    return name.lower() in COLUMNS


def _told(file: Path) -> str:
    """Which of the files a single one is: by its name, else by its columns. Raises Stop."""
    if _is_wanted(file.name):
        return file.name.lower()
    head = [line for _, line in zip(range(20), lines(file), strict=False)]
    for name in ("positions.csv", "skills.csv"):
        try:
            next(sheet(head, COLUMNS[name]), None)
        except NoColumns:
            continue
        return name
    raise Stop(f"{file}: neither a LinkedIn export nor its Skills.csv or Positions.csv.")


def _of_file(file: Path, name: str, now: datetime) -> Part:
    return Part(name, file, dated(file, now), lambda: sheet(lines(file, "surrogateescape"), COLUMNS[name]))


def _of_zip(file: Path, now: datetime) -> list[Part]:
    try:
        with Archive(file) as archive:
            wanted = [member for member in archive.members if _is_wanted(_base(member))]
            return [_of_member(file, member, min(archive.date(member, now), now)) for member in wanted]
    except Broken as error:
        raise Stop(f"{file}: {error}") from error


def _of_member(file: Path, member: str, at: datetime) -> Part:
    name = _base(member).lower()

    def read() -> Iterator[Row]:
        with Archive(file) as archive, archive.open(member) as stream:
            yield from sheet(lines_of(TextIOWrapper(stream, "utf-8-sig", "surrogateescape")), COLUMNS[name])

    return Part(name, file / _base(member), at, read)


def _base(member: str) -> str:
    """The name alone: nothing is ever written where a member says it lies."""
    return member.replace("\\", "/").rpartition("/")[2]
