"""`ristretto import cv`: the skills that a CV names, as far as they are known words, offered to the person."""

from collections.abc import Iterator
from pathlib import Path

from bot.commands.importing import Chunk, Summary, bring_in
from bot.commands.opening import Opening, opened
from bot.commands.proposing import dated, named_person, propose
from bot.commands.rows import LONGEST, Row, fault, lines
from bot.commands.stop import Stop, warn
from bot.ranking.vocabulary import Vocabulary, named, vocabulary
from store import evidence
from store.activities import PUBLIC
from store.suggestions import Suggestion
from store.terms import READ

NO_TEXT = {b"%PDF": "a PDF", b"PK\x03\x04": "a document", b"\xd0\xcf\x11\xe0": "a document", b"{\\rt": "rich text"}


async def import_cv(opening: Opening, file: Path, handle: str) -> Summary:
    """Offers each skill once, by the line that names it first. Raises Stop."""
    _check(file)
    at = dated(file, opening.now())
    words = await known_words(opening)

    def take(chunk: Chunk, rows: list[Row]) -> None:
        person = named_person(chunk.tx, handle)
        for number, row in rows:
            if isinstance(row, str):
                chunk.refuse(number, row)
            else:
                propose(chunk, number, person, [Suggestion("skill", row["name"], "cv", at)])

    done = await bring_in(opening, file, _skills(file, words), take)
    if not done.read:
        warn(f"{file}: no skill that is known here is named in it.")
    return done


async def known_words(opening: Opening) -> Vocabulary:
    """The names of skills that everybody may know of, with those Ristretto knows from the start."""
    async with opened(opening) as core:
        own = await core.store.read(opening.tenant, lambda tx: evidence.skill_names(tx, [PUBLIC]))
    return vocabulary(own.values())


def _skills(file: Path, words: Vocabulary) -> Iterator[Row]:
    found: set[str] = set()
    for number, line in lines(file, "surrogateescape"):
        if wrong := f"longer than {LONGEST:,} characters" if len(line) > LONGEST else fault(line):
            yield number, wrong
            continue
        for start in range(0, len(line), READ):
            for key, name in named(line[start : start + READ], words).items():
                if key not in found:
                    found.add(key)
                    yield number, {"name": name}


def _check(file: Path) -> None:
    """Raises Stop for what is no text."""
    try:
        with file.open("rb") as opened_file:
            start = opened_file.read(4)
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from error
    if what := NO_TEXT.get(start):
        raise Stop(f"{file} is {what}. Save it as plain text first, for instance with: pdftotext {file.name} cv.txt")
