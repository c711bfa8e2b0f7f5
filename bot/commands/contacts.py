"""`ristretto import contacts`: whom a person knows already, from a vCard or CSV of their own, kept for them alone."""

import re
from collections.abc import Iterator
from pathlib import Path

from bot.commands.importing import Chunk, Summary, bring_in
from bot.commands.opening import Opening
from bot.commands.proposing import named_person
from bot.commands.rows import Row, lines
from bot.commands.sheets import NoColumns, sheet
from bot.commands.stop import Stop
from store import contacts, erasures, holdings

MOST = 10_000
"""Contacts of one person."""
MAILS = 20
"""Addresses of one contact that are read."""
FOLDED = 2000
"""Characters of a line that are looked at."""
MAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_MAIL_COLUMNS = (
    *("email", "e-mail", "mail", "email address", "e-mail address", "adresse e-mail", "adresse mail", "courriel"),
    *(f"e-mail {n} - value" for n in range(1, 6)),
    *("e-mail 2 address", "e-mail 3 address"),
)
_EMAIL = re.compile(r"(?:[\w-]+\.)?EMAIL(?:;[^:]*)?:(?:mailto:)?(?P<mail>.*)", re.IGNORECASE)


async def import_contacts(opening: Opening, file: Path, handle: str) -> Summary:
    """Keeps a trace of each mail address and nothing else. Raises Stop."""

    def take(chunk: Chunk, rows: list[Row]) -> None:
        person = named_person(chunk.tx, handle)
        room = MOST - len(holdings.rows(chunk.tx, contacts.contacts, person.id))
        for number, row in rows:
            mails = [] if isinstance(row, str) else _others(chunk, row["mails"], person.email)
            if isinstance(row, str) or not mails:
                chunk.refuse(number, row if isinstance(row, str) else "has no mail address of somebody else")
            elif room <= 0:
                chunk.refuse(number, f"more than {MOST:,} contacts")
            elif added := contacts.add(chunk.tx, person.id, mails, chunk.opening.now()):
                chunk.summary.added += 1
                room -= added
            else:
                chunk.summary.unchanged += 1

    try:
        return await bring_in(opening, file, _cards(file) if _is_vcard(file) else _records(file), take)
    except NoColumns as error:
        raise Stop(f"{file}: neither a vCard nor a CSV with a column such as email.") from error


def _others(chunk: Chunk, mails: list[str], own: str) -> list[str]:
    """Without one's own, and without those of people who asked to be forgotten."""
    forgotten = erasures.known(chunk.tx, map(erasures.mail_trace, mails))
    return [mail for mail in mails if mail != own and erasures.mail_trace(mail) not in forgotten]


def _is_vcard(file: Path) -> bool:
    first = next(lines(file), (0, ""))[1]
    return first.strip().upper() == "BEGIN:VCARD"


def _cards(file: Path) -> Iterator[Row]:
    """One row a card, at the number of its first line."""
    start, mails = 0, list[str]()
    for number, line in _unfolded(lines(file, "surrogateescape")):
        said = line.strip()
        if said.upper() == "BEGIN:VCARD":
            if start:
                yield start, "a card begins before the last one ended"
            start, mails = number, []
        elif said.upper() == "END:VCARD":
            if start:
                yield start, {"mails": mails}
            start = 0
        elif (match := _EMAIL.fullmatch(said)) and len(mails) < MAILS:
            mails += _mails(match["mail"])
    if start:
        yield start, "a card that does not end"


def _unfolded(numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Lines put together again where the file broke them: the next one begins with a space."""
    held: tuple[int, str] | None = None
    for number, line in numbered:
        if held and line[:1] in (" ", "\t"):
            held = (held[0], (held[1].rstrip("\r\n") + line[1:FOLDED])[:FOLDED])
        else:
            if held:
                yield held
            held = (number, line[:FOLDED])
    if held:
        yield held


def _records(file: Path) -> Iterator[Row]:
    for number, row in sheet(lines(file, "surrogateescape"), _MAIL_COLUMNS):
        if isinstance(row, str):
            yield number, row
        else:
            yield number, {"mails": [mail for name in _MAIL_COLUMNS if row.get(name) for mail in _mails(row[name])]}


def _mails(said: str) -> list[str]:
    return [
        mail.lower() for part in said.split(":::")[:MAILS] if len(mail := part.strip()) <= 254 and MAIL.fullmatch(mail)
    ]
