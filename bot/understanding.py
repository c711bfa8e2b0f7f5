"""From a request's words to its action and slots, with names looked up under the asker's rights."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.errors import Refused
from bot.meeting import meet
from bot.nearest import handles, known_first, nearest_people, nearest_projects
from bot.reading.dates import is_no_day, read_date
from bot.reading.gist import Gist, gists
from bot.reading.gist import names as possible_names
from bot.reading.heard import read_by
from bot.reading.language import guess
from bot.reading.phrase import Phrase
from bot.reading.reader import Reader, Reading
from bot.reading.rhythms import read_rhythm
from bot.reading.smalltalk import is_small_talk
from bot.reading.tags import read_tags
from bot.reading.topics import Topics, is_clause, read_topics
from bot.reading.wanted import read_wanted
from bot.request import MENTION, Account, Request, Slots, Wanted
from store import people, projects, skills
from store.base import Transaction
from store.names import clean, fold
from store.people import Person

NONE = "none"
"""The action of what is not a request: Ristretto keeps silent."""
UNCLEAR = "unclear"
"""The action of what is meant for Ristretto but not understood, or names nobody or several."""
_UNKNOWN = ("core.unknown_person", "core.unknown_project")
_LIST = re.compile(r"\s*,\s*(?:(?:and|et)\s+)?|\s+(?:and|et|&)\s+", re.IGNORECASE)
_SIGNS = '#"«“”'
"""Before what is surely a name."""
_AFTER_PROJECT = re.compile(r"\s+(?:project|team)$", re.IGNORECASE)
"""As in "the apollo project"."""
Audiences = Callable[[], tuple[str, ...]]
"""What the asker may see, looked up where a name needs it."""
Met = Mapping[tuple[str, str], Person]
"""Those of the mentioned who were met together with the asker, by platform and account."""


@dataclass(frozen=True, slots=True)
class _Names:
    """What names mean to this asker."""

    tx: Transaction
    request: Request
    me: Person
    audiences: Audiences
    new_id: Callable[[], str]
    met: Met

    def people(self, said: str) -> tuple[Person, ...]:
        names = said.replace(",", " ").replace(MENTION, f" {MENTION} ").split()
        return self._each(said, [name for name in names if name == MENTION or name.startswith("@")])

    def listed(self, said: str) -> tuple[Person, ...]:
        """Those of a list of names, with or without `@`."""
        parts = (name.strip() for name in _LIST.split(said))
        return self._each(said, [name for part in parts for name in (MENTION * part.count(MENTION) or [part]) if name])

    def _each(self, said: str, names: list[str]) -> tuple[Person, ...]:
        """The people of these names, which are those of `said` in order."""
        mentions = iter(self.request.mentions[self.request.text.split(said)[0].count(MENTION) :])
        found = [self._mentioned(next(mentions)) if name == MENTION else self.person(name) for name in names]
        return tuple({person.id: person for person in found}.values())

    def _mentioned(self, account: Account) -> Person:
        known = self.met.get((account.platform, account.id))
        return known or meet(self.tx, account, self.request.at, self.new_id)

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
            several = known_first(self.tx, found, self.me.id)
            raise Refused("core.several_people", name=name, people=handles(several[:5]))
        raise Refused("core.unknown_person", name=name, nearest=nearest_people(self.tx, name, self.me.id))

    def spelled_out(self, text: str) -> str:
        """The text with the handles of those it mentions."""
        for account in self.request.mentions:
            text = text.replace(MENTION, f"@{self._mentioned(account).handle}", 1)
        return text

    def project(self, said: str) -> str:
        """Raises Refused where the asker knows no such project."""
        said = _AFTER_PROJECT.sub("", said)
        key = projects.key(said)
        seen = self.audiences()
        if projects.is_known(self.tx, key, seen):
            return key
        near = nearest_projects(self.tx, key, seen)
        raise Refused("core.unknown_project", name=clean(said).lstrip("#"), nearest=near)

    def about(self, slot: str) -> Slots | None:
        """The first name in the request that is surely one of a project (`known`) or a person."""
        if slot == "known":
            keys = (projects.key(said) for said in possible_names(self.request.text))
            key = next((key for key in keys if key and projects.is_known(self.tx, key, self.audiences())), "")
            return Slots(project=key) if key else None
        if self.request.mentions:
            return Slots(people=(self._mentioned(self.request.mentions[0]),))
        for said in possible_names(self.request.text):
            found = people.named(self.tx, clean(said).lstrip("@"))
            if len(found) == 1:
                return Slots(people=(found[0],))
        return None

    def is_doubtful(self, said: str) -> bool:
        """Whether a bare word stands where a project may be named, and the asker knows none of that name."""
        if not said or said[0] in _SIGNS:
            return False
        return not projects.is_known(self.tx, projects.key(said), self.audiences())


class Understanding:
    """Reads requests by the phrases it was given."""

    def __init__(self, phrases: Iterable[Phrase], gists: Iterable[Gist], new_id: Callable[[], str]) -> None:
        self._reader = Reader(phrases)
        self._gists = tuple(gists)
        self._new_id = new_id

    def read(
        self, request: Request, tx: Transaction, me: Person, audiences: Audiences, today: date, met: Met
    ) -> Request:
        """The request with action, slots and language; NONE and UNCLEAR are actions too. Raises Refused where it is
        understood but for a name."""
        request = _sound(request)
        names = _Names(tx, request, me, audiences, self._new_id, met)
        try:
            if read := self._first(self._reader.readings(request.text), request, names, today):
                return read
        except Refused as error:
            if error.key in _UNKNOWN and (asked := self._gist(request, names)):
                return asked  # "where is Léa?" asks for no project
            is_name = str(error.slots.get("name", ""))[:1].isupper()
            if error.key in _UNKNOWN and not is_name and is_small_talk(request.text):
                return replace(request, action=NONE)  # "thanks to everybody for coming" thanks nobody by name
            raise
        if is_small_talk(request.text):
            return replace(request, action=NONE)
        if asked := self._gist(request, names):
            return asked
        near = self._first(self._reader.near(request.text), request, names, today)
        if near is None:
            return replace(request, action=UNCLEAR)
        return replace(near, confirm=True, meant=names.spelled_out(near.text))

    def _gist(self, request: Request, names: _Names) -> Request | None:
        """The question that somebody asks in words of their own about a person or a project."""
        found: dict[str, Slots | None] = {}
        for gist in gists(request.text, self._gists):
            if gist.slot not in found:
                found[gist.slot] = names.about(gist.slot)
            if slots := found[gist.slot]:
                return replace(request, action=gist.action, slots=slots, language=guess(request.text) or gist.language)
        return None

    def _first(self, readings: Iterable[Reading], request: Request, names: _Names, today: date) -> Request | None:
        """The request as the first reading says it whose names and dates are some. Raises Refused where there are
        only such that lack a name."""
        refused: Refused | None = None
        for reading in readings:
            try:
                slots = _slots(reading, names, today)
            except Refused as error:
                refused = refused or error
                continue
            if slots is not None:
                language = _language(request, reading)
                confirm = "confirm" in reading.said or names.is_doubtful(reading.said.get("perhaps", ""))
                action, text = reading.action, reading.text
                return replace(request, action=action, slots=slots, language=language, text=text, confirm=confirm)
        if refused:
            raise refused
        return None


def _sound(request: Request) -> Request:
    """A sign that stands for nobody is none."""
    if request.text.count(MENTION) <= len(request.mentions):
        return request
    parts, n = request.text.split(MENTION), len(request.mentions)
    return replace(request, text=MENTION.join((*parts[:n], " ".join(parts[n:]))))


def _language(request: Request, reading: Reading) -> str:
    """The phrase's own, unless nothing of it was typed but the slots; empty where it is not clear."""
    if not request.command:
        return reading.language or guess(request.text)
    typed = left = request.text.removeprefix(request.command)
    for words in reading.said.values():
        left = left.replace(words, " ", 1)
    return (reading.language if any(map(str.isalpha, left)) else "") or guess(typed)


def _slots(reading: Reading, names: _Names, today: date) -> Slots | None:
    """The slots, or None where a date or rhythm is none, or what is said in passing is no skill."""
    said = reading.said
    when = read_date(said["date"], today) if "date" in said else None
    rhythm = read_rhythm(said["rhythm"]) if "rhythm" in said else ""
    if "date" in said and is_no_day(said["date"], today):
        raise Refused("core.no_such_day", said=said["date"])
    if ("date" in said and when is None) or rhythm is None:
        return None
    look_up = partial(skills.known, names.tx)
    wanted = read_by(read_wanted, said["wanted"], look_up) if "wanted" in said else Wanted()
    listed = said.get("topics") or said.get("wanted")
    topics = read_by(read_topics, listed, look_up) if listed else None
    if topics and "confirm" in said and any(map(is_clause, topics.names)):
        return None
    reason = said.get("reason", "").lstrip(" :,;!-–—").rstrip("?,; \u00a0\u202f")  # nobody asks by thanking
    text, tags = read_tags(said.get("text", "") or said.get("news", "") or reason, said.get("tags", ""))
    return Slots(
        people=_people(said, names),
        topics=wanted.topics or (topics.names if topics else ()),
        wanted=wanted,
        levels=_levels(topics, said.get("level", "")) if topics else (),
        project=names.project(said["known"])
        if "known" in said
        else projects.key(said.get("project", "") or said.get("perhaps", "")),
        tags=tags,
        date=when,
        url=said.get("url", ""),
        text=text,
        rhythm=rhythm,
        what=said.get("what", ""),
    )


def _levels(topics: Topics, everywhere: str) -> tuple[tuple[str, str], ...]:
    """Each topic's own level, else the one that was said of them all: "I am an expert in Kafka"."""
    own = dict(topics.levels)
    return tuple((name, own.get(name, everywhere)) for name in topics.names if own.get(name, everywhere))


def _people(said: dict[str, str], names: _Names) -> tuple[Person, ...]:
    if "names" in said:
        return names.listed(said["names"])
    if "people" in said:
        return names.people(said["people"])
    return (names.person(said["person"]),) if "person" in said else ()
