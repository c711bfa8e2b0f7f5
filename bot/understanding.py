"""From a request's words to its action and slots, with names looked up under the asker's rights."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import process

from bot.errors import Refused
from bot.meeting import meet
from bot.reading.dates import read_date
from bot.reading.language import guess
from bot.reading.phrase import Phrase
from bot.reading.reader import Reader, Reading
from bot.reading.rhythms import read_rhythm
from bot.reading.smalltalk import is_small_talk
from bot.reading.tags import read_tags
from bot.reading.topics import read_topics
from bot.request import MENTION, Request, Slots
from store import contacts, people, projects, skills
from store.base import Transaction
from store.names import clean, fold
from store.people import Person

NONE = "none"
"""The action of what is not a request: Ristretto keeps silent."""
UNCLEAR = "unclear"
"""The action of what is meant for Ristretto but not understood, or names nobody or several."""
SIMILAR, LIKELY = 60, 12
"""From this likeness (of 100) on a name is offered as the nearest; so many are looked at."""
Audiences = Callable[[], tuple[str, ...]]
"""What the asker may see, looked up where a name needs it."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What names mean to this asker."""

    tx: Transaction
    request: Request
    me: Person
    audiences: Audiences
    new_id: Callable[[], str]

    def people(self, said: str) -> tuple[Person, ...]:
        mentions = iter(self.request.mentions[self.request.text.split(said)[0].count(MENTION) :])
        names = said.replace(",", " ").replace(MENTION, f" {MENTION} ").split()
        found = [
            meet(self.tx, next(mentions), self.request.at, self.new_id) if name == MENTION else self.person(name)
            for name in names
            if name == MENTION or name.startswith("@")
        ]
        return tuple({person.id: person for person in found}.values())

    def person(self, said: str) -> Person:
        """Raises Refused where the name fits nobody or several."""
        if MENTION in said:
            return self.people(said)[0]
        name = clean(said).lstrip("@").removesuffix("'s").removesuffix("’s")
        if fold(name) in ("me", "moi"):
            return self.me
        found = people.named(self.tx, name)
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused("core.several_people", name=name, people=_handles(self._known_first(found)[:5]))
        raise Refused("core.unknown_person", name=name, nearest=self._nearest(name))

    def _nearest(self, name: str) -> str:
        known = {handle: f"{handle} {folded}" for handle, folded in people.handles(self.tx)}
        close = process.extract(fold(name), known, limit=LIKELY, score_cutoff=SIMILAR)
        likeness = {handle: score for _, score, handle in close}
        found = self._known_first(people.of_handles(self.tx, likeness).values())
        return _handles(sorted(found, key=lambda person: -likeness[person.handle])[:3])

    def _known_first(self, found: Iterable[Person]) -> list[Person]:
        """Of names that fit as well, those of people whom the asker brought along as contacts."""
        everybody = sorted(found, key=lambda person: person.handle)
        known = contacts.known(self.tx, self.me.id, everybody)
        return sorted(everybody, key=lambda person: person.id not in known)

    def project(self, said: str) -> str:
        """Raises Refused where the asker knows no such project."""
        key = projects.key(said)
        known = projects.names(self.tx, self.audiences())
        if key in known:
            return key
        close = process.extract(key, known, limit=3, score_cutoff=SIMILAR)
        raise Refused(
            "core.unknown_project", name=clean(said).lstrip("#"), nearest=", ".join(f"#{n}" for n, _, _ in close)
        )


class Understanding:
    """Reads requests by the phrases it was given."""

    def __init__(self, phrases: Iterable[Phrase], new_id: Callable[[], str]) -> None:
        self._reader = Reader(phrases)
        self._new_id = new_id

    def read(self, request: Request, tx: Transaction, me: Person, audiences: Audiences, today: date) -> Request:
        """The request with action, slots and language; NONE and UNCLEAR are actions too. Raises Refused where it is
        understood but for a name."""
        names = _Names(tx, request, me, audiences, self._new_id)
        refused: Refused | None = None
        for reading in self._reader.readings(request.text):
            try:
                slots = _slots(reading, names, today)
            except Refused as error:
                refused = refused or error
                continue
            if slots is not None:
                language = reading.language or guess(request.text)
                return replace(
                    request, action=reading.action, slots=slots, language=language, confirm="confirm" in reading.said
                )
        if refused:
            raise refused
        return replace(request, action=NONE if is_small_talk(request.text) else UNCLEAR)


def _slots(reading: Reading, names: _Names, today: date) -> Slots | None:
    """The slots, or None where a date or rhythm is none."""
    said = reading.said
    when = read_date(said["date"], today) if "date" in said else None
    rhythm = read_rhythm(said["rhythm"]) if "rhythm" in said else ""
    if ("date" in said and when is None) or rhythm is None:
        return None
    topics = read_topics(said["topics"], skills.names(names.tx)) if "topics" in said else None
    text, tags = read_tags(said.get("text", ""), said.get("tags", ""))
    return Slots(
        people=_people(said, names),
        topics=topics.names if topics else (),
        levels=topics.levels if topics else (),
        project=names.project(said["known"]) if "known" in said else projects.key(said.get("project", "")),
        tags=tags,
        date=when,
        url=said.get("url", ""),
        text=text,
        rhythm=rhythm,
        what=said.get("what", ""),
    )


def _people(said: dict[str, str], names: _Names) -> tuple[Person, ...]:
    if "people" in said:
        return names.people(said["people"])
    return (names.person(said["person"]),) if "person" in said else ()


def _handles(found: Iterable[Person]) -> str:
    return ", ".join(f"@{person.handle}" for person in found)
