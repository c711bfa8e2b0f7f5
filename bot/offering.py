"""Lines that others, or files, say of a person: offered to that person, and theirs only after their yes."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from bot.ranking.vocabulary import canonical
from bot.reply import Spans
from bot.request import Account
from bot.words import Words
from store import people, profile, suggestions
from store.base import Transaction
from store.names import clean, fold
from store.people import Person
from store.suggestions import Suggestion, line_id

LIMITS = {"skill": 60, "position": 200, "link": 500}
"""Characters of a line; of a title, team or place 100."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet run a cell; no skill, title or place begins so."""
SOURCES = ("linkedin", "git", "cv", "directory", "slack", "teams")


def unfit(line: Suggestion) -> str:
    """Why a line cannot be one of a profile; empty where it can."""
    limit = LIMITS.get(line.kind, 100)
    if len(line.text) > limit:
        return f"longer than {limit} characters"
    if line.text.startswith(FORMULA):
        return f"begins like a formula: {line.text[:20]}"
    return "" if any(map(str.isalnum, line.text)) else "has no letters"


def offer(tx: Transaction, person: str, lines: Iterable[Suggestion], at: datetime) -> int:
    """Lets lines wait for the person's yes. What they said themselves, whatever it was, is not offered: their own word
    holds. How many lines wait now that did not."""
    keyed = [replace(line, key=canonical(line.text)) if line.kind == "skill" else line for line in lines]
    return suggestions.offer(tx, person, keyed, _taken(tx, person, keyed), at)


def offer_title(tx: Transaction, person: Person, account: Account, at: datetime) -> None:
    """Offers the title that a platform shows of somebody."""
    line = Suggestion("title", clean(account.title), account.platform, at)
    if not unfit(line) and not suggestions.is_full(tx, person.id):
        offer(tx, person.id, [line], at)


def is_said(tx: Transaction, person: str, line: Suggestion) -> bool:
    """Whether the person has said something of it by now."""
    keyed = replace(line, key=canonical(line.text)) if line.kind == "skill" else line
    return keyed.id in _taken(tx, person, [keyed])


def dated(words: Words, day: str, source: str) -> Spans:
    """The day of a line, with where it came from unless it is the person's own word."""
    if source not in SOURCES:
        return (f"{source}, {day}",) if source else (day,)
    return words("core.dated", source=words.text(f"core.source_{source}"), day=day)


def _taken(tx: Transaction, person: str, lines: list[Suggestion]) -> set[str]:
    said = suggestions.said(tx, person)
    taken = {line_id("skill", canonical(key)) for kind, key in said if kind == "skill"}
    keys = {key for kind, key in said if kind == "profile"}
    known = people.of_ids(tx, [person]).get(person)
    return taken | {
        line.id
        for line in lines
        if line.kind != "skill"
        and (
            profile.key(line.kind, line.text) in keys
            or (line.kind in profile.FIELDS and known and fold(getattr(known, line.kind)) == fold(line.text))
        )
    }
