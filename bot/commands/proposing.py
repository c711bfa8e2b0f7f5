"""How an import that speaks of people offers its lines to them: nothing is theirs before their yes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.importing import Chunk
from bot.commands.stop import Stop
from bot.offering import offer, unfit
from store import people, suggestions
from store.base import Transaction
from store.people import Person
from store.suggestions import Suggestion


def named_person(tx: Transaction, handle: str) -> Person:
    """Raises Stop where nobody is called so."""
    wanted = handle.lower().lstrip("@")
    person = people.of_handles(tx, [wanted]).get(wanted)
    if person is None:
        raise Stop(f"Nobody here has the handle {handle}.")
    return person


def dated(file: Path, now: datetime) -> datetime:
    """When a file was last written, which is when it said so. Raises Stop."""
    try:
        return min(datetime.fromtimestamp(file.stat().st_mtime, UTC), now)
    except (OSError, ValueError, OverflowError) as error:
        raise Stop(f"{file}: {getattr(error, 'strerror', None) or 'has no date that can be read'}") from error


def propose(chunk: Chunk, number: int, person: Person, lines: Iterable[Suggestion]) -> None:
    """Offers what one row says; the row is refused for the first line that is unfit."""
    said = list(lines)
    if reason := next(filter(None, map(unfit, said)), "" if said else "says nothing"):
        chunk.refuse(number, reason)
    elif suggestions.is_full(chunk.tx, person.id):
        chunk.refuse(number, f"@{person.handle} has {suggestions.MOST:,} lines already")
    elif offer(chunk.tx, person.id, said, chunk.opening.now()):
        chunk.summary.added += 1
    else:
        chunk.summary.unchanged += 1
