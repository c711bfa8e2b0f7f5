"""`ristretto import`: people and acts from files, line by line, in bounded memory, the good rows without the bad."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypeVar, cast

from bot import streams
from bot.commands.opening import Opening, opened
from bot.commands.progress import Progress
from bot.commands.rows import Json, Row, objects, table
from bot.commands.stop import warn
from bot.fields import Unreadable
from store import activities, erasures, people, profile
from store.activities import Activity
from store.base import Transaction
from store.names import clean, fold
from store.parts import parts
from store.people import PROFILE, Person
from store.record import record, retract

T = TypeVar("T")
CHUNK = 2000
"""Rows in one transaction."""
HANDLE_LIMIT, TEXT_LIMIT = 80, 200
"""Characters of a handle, and of any other field of a person."""
COLUMNS = ("handle", *PROFILE)
FORGOTTEN = "{handle} asked to be forgotten"


@dataclass(slots=True)
class Summary:
    read: int = 0
    added: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(*(a + b for a, b in zip(asdict(self).values(), asdict(other).values(), strict=True)))


@dataclass(slots=True)
class Chunk:
    """The rows of one transaction, what became of them, and the sentences about the bad ones."""

    tx: Transaction
    opening: Opening
    new_id: Callable[[], str]
    summary: Summary
    complaints: list[tuple[int, str]]

    def refuse(self, number: int, reason: str) -> None:
        self.summary.refused += 1
        self.complaints.append((number, reason))


Take = Callable[[Chunk, list[Row]], None]


async def import_people(opening: Opening, file: Path, *, pilot: bool) -> Summary:
    """Adds or completes people by handle. `pilot`: they have started, so that Ristretto may write to them."""
    return await bring_in(
        opening, file, table(file, COLUMNS), lambda chunk, rows: _take_people(chunk, rows, pilot=pilot)
    )


async def import_activity(opening: Opening, file: Path) -> Summary:
    """Records what happened, each act once by its id; whoever is named and not known becomes a person."""
    return await bring_in(opening, file, objects(file), _take_acts)


async def bring_in(opening: Opening, file: Path, rows: Iterator[Row], take: Take) -> Summary:
    """Takes the rows of a file, a transaction for each chunk, and names the bad ones on stderr. Raises Stop."""
    total, progress = Summary(), Progress("{count} rows read, {total} added")
    async with opened(opening) as core:
        new_id = opening.new_id()
        for chunk in parts(rows, CHUNK):

            def work(tx: Transaction, chunk: list[Row] = chunk) -> Chunk:
                done = Chunk(tx, opening, new_id, Summary(read=len(chunk)), [])
                take(done, chunk)
                return done

            done = await core.store.write(opening.tenant, work)
            for number, reason in done.complaints:
                warn(f"{file}:{number}: {reason}")
            total += done.summary
            progress.tell(total.read, total.added)
    progress.end()
    return total


def _take_people(chunk: Chunk, rows: list[Row], *, pilot: bool) -> None:
    read = [(number, row if isinstance(row, str) else _profile(row)) for number, row in rows]
    sound = [said for _, said in read if not isinstance(said, str)]
    known = people.of_handles(chunk.tx, [said["handle"] for said in sound])
    forgotten = erasures.known(chunk.tx, [trace for said in sound for trace in _traces(said, known)])
    own = profile.fields(chunk.tx, [person.id for person in known.values()])
    for number, said in read:
        if isinstance(said, str):
            chunk.refuse(number, said)
        elif forgotten.intersection(_traces(said, known)):
            chunk.refuse(number, FORGOTTEN.format(handle=said["handle"]))
        else:
            handle = said["handle"]
            known[handle] = _take_person(chunk, known.get(handle), said, own)
            if pilot and not known[handle].started_at:
                people.start(chunk.tx, known[handle].id, chunk.opening.now())


def _profile(row: Json) -> dict[str, str] | str:
    """The handle and what is said of the person, or why the row is none."""
    said = {field: row[field] for field in COLUMNS if row.get(field) is not None}
    if wrong := next((field for field, value in said.items() if not isinstance(value, str)), ""):
        return f"{wrong} is not a text"
    found = {field: clean(value) for field, value in said.items() if clean(value)}
    if wrong := next((field for field, value in found.items() if len(value) > TEXT_LIMIT), ""):
        return f"{wrong} is longer than {TEXT_LIMIT} characters"
    handle = as_handle(found.get("handle", "").lstrip("@"))
    mail = {"email": found["email"].lower()} if "email" in found else {}
    return {**found, **mail, "handle": handle} if handle else "handle is missing, or is no handle"


def _traces(said: dict[str, str], known: dict[str, Person]) -> list[str]:
    """By what a row could bring back somebody who is not here; whoever is here has come by themselves."""
    here = known.get(said["handle"])
    handle = [] if here else [erasures.handle_trace(said["handle"])]
    mail = said.get("email", "")
    return [*handle, erasures.mail_trace(mail)] if mail and (here is None or here.email != mail) else handle


def _take_person(chunk: Chunk, known: Person | None, said: dict[str, str], own: set[tuple[str, str]]) -> Person:
    """Adds or completes somebody; what they said of themself stays. `own`: person and field."""
    if known is None:
        chunk.summary.added += 1
        person = replace(Person(chunk.new_id(), said["handle"], said["handle"]), **cast(Json, said))
        return people.add(chunk.tx, person, chunk.opening.now())
    news = {
        field: value for field, value in said.items() if value != getattr(known, field) and (known.id, field) not in own
    }
    if not news:
        chunk.summary.unchanged += 1
        return known
    chunk.summary.added += 1
    people.change(chunk.tx, known.id, chunk.opening.now(), **news)
    return replace(known, **cast(Json, news))


def _take_acts(chunk: Chunk, rows: list[Row]) -> None:
    ids = [str(row["id"]) for _, row in rows if not isinstance(row, str) and row.get("id")]
    taken = activities.known(chunk.tx, ids)
    named = _Directory(chunk, [row for _, row in rows if not isinstance(row, str)])
    fresh: list[Activity] = []
    for number, row in rows:
        act = _fresh(chunk, number, row, named, taken)
        if act is None:
            continue
        taken.add(act.id)
        chunk.summary.added += 1
        if act.verb == "Undo":
            record(chunk.tx, *fresh)
            fresh = []
            if not _take_back(chunk, act):
                chunk.summary.added -= 1
                chunk.refuse(number, "only whoever did an act can take it back")
        else:
            fresh.append(act)
    record(chunk.tx, *fresh)


def _fresh(chunk: Chunk, number: int, row: Json | str, named: "_Directory", taken: set[str]) -> Activity | None:
    """The act of a row that is to be added; whoever it names becomes known. None for any other, which is counted."""
    try:
        act = _act(row, named)
    except Unreadable as error:
        named.drop()
        if isinstance(error, _Forgotten) and isinstance(row, dict) and str(row.get("id")) in taken:
            chunk.summary.unchanged += 1  # it stands, without them
        else:
            chunk.refuse(number, str(error))
        return None
    if act.id in taken:
        named.drop()
        chunk.summary.unchanged += 1
        return None
    named.keep()
    return act


def _act(row: Json | str, named: "_Directory") -> Activity:
    if isinstance(row, str):
        raise Unreadable(row)
    return streams.read(row, named.person)


def _take_back(chunk: Chunk, undo: Activity) -> bool:
    """The undone act goes; the Undo stays only as an id that is taken. False: it is somebody else's act."""
    meant = undo.facts.get("object")
    act = activities.of_id(chunk.tx, str(meant.get("id") if isinstance(meant, dict) else meant))
    if act and act.actor != undo.actor:
        return False
    record(chunk.tx, undo)
    activities.take_back(chunk.tx, undo.id, undo.published)
    if act:
        retract(chunk.tx, act, undo.published)
    return True


class _Forgotten(Unreadable):
    """The act names somebody who asked to be forgotten."""


class _Directory:
    """Handles to ids; somebody not known becomes a person with the handle as name, once the act is kept."""

    def __init__(self, chunk: Chunk, rows: list[Json]) -> None:
        self._chunk = chunk
        mentioned = {as_handle(said) for row in rows for said in _handles(row)}
        self._known = people.of_handles(chunk.tx, sorted(mentioned))
        self._new: list[Person] = []

    def person(self, said: str) -> str:
        """Raises Unreadable."""
        handle = as_handle(said)
        if not handle:
            raise Unreadable(f"{said!r} is no handle")
        if handle not in self._known:
            self._known[handle] = self._stranger(handle)
        return self._known[handle].id

    def keep(self) -> None:
        for person in self._new:
            people.add(self._chunk.tx, person, self._chunk.opening.now())
        self._new.clear()

    def drop(self) -> None:
        for person in self._new:
            del self._known[person.handle]
        self._new.clear()

    def _stranger(self, handle: str) -> Person:
        found = people.of_handles(self._chunk.tx, [handle]).get(handle)
        if found:
            return found
        if erasures.known(self._chunk.tx, [erasures.handle_trace(handle)]):
            raise _Forgotten(FORGOTTEN.format(handle=handle))
        person = Person(self._chunk.new_id(), handle, handle)
        self._new.append(person)
        return person


def _handles(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.startswith(streams.PERSON):
        yield value.removeprefix(streams.PERSON)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _handles(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _handles(inner)


def as_handle(said: str) -> str:
    """The handle as it is kept, lower case and without accents; empty where it can be none."""
    handle = fold(clean(said))
    return handle if 0 < len(handle) <= HANDLE_LIMIT and not set(handle) & set(" @#:/,") else ""
