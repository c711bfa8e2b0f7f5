"""The sample company: people and eight weeks of what they said, dated back from now."""

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import streams
from store import participants, people
from store.base import Transaction
from store.participants import Participant
from store.people import PROFILE, Person
from store.record import record

_FOLDER = Path(__file__).parent
SATURDAY = 5
MEETING = ("chloe", "david", "lea", "mathilde", "priya", "sam", "siobhan", "wei", "yasmine")
"""Those who said yes to introductions."""
Json = dict[str, Any]


def load(tx: Transaction, now: datetime, new_id: Callable[[], str]) -> int:
    """Writes the company into an empty tenant and says how many acts it has. Everyone in it has started."""
    zones, ids = {}, {}
    for row in _people():
        person = replace(Person(new_id(), row["handle"], "", started_at=now), **_profile(row))
        people.add(tx, person, now)
        zones[person.handle], ids[person.handle] = ZoneInfo(person.timezone), person.id
    acts = [streams.read(said, ids.__getitem__) for said in _dated(now, zones)]
    record(tx, *acts)
    for handle in MEETING:
        participants.keep(tx, Participant(ids[handle], now - timedelta(weeks=6)))
    return len(acts)


def _profile(row: dict[str, str]) -> Json:
    return {field: row[field] for field in PROFILE}


def _people() -> Iterator[dict[str, str]]:
    with (_FOLDER / "people.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _dated(now: datetime, zones: dict[str, ZoneInfo]) -> Iterator[Json]:
    with (_FOLDER / "activity.jsonl").open(encoding="utf-8") as file:
        for line in file:
            said: Json = json.loads(line)
            zone = zones[said["actor"].removeprefix(streams.PERSON)]
            workdays, clock = said.pop("ago").split()
            day = work_day(now.astimezone(zone).date(), -int(workdays))
            said["published"] = datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC).isoformat()
            _date_facts(said["object"], now)
            yield said


def _date_facts(thing: Json, now: datetime) -> None:
    for field in ("startTime", "endTime"):
        if field in thing:
            thing[field] = work_day(now.date(), int(thing[field].removeprefix("in "))).isoformat()


def work_day(day: date, offset: int) -> date:
    """The day so many working days after `day`, or before it where `offset` is negative."""
    step = timedelta(days=1 if offset > 0 else -1)
    for _ in range(abs(offset)):
        day += step
        while day.weekday() >= SATURDAY:
            day += step
    return day
