"""Everybody's digest comes once: from two workers of the operating system on one PostgreSQL, with Slack counting, and
through a year in which clocks change all over the world."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from company import TENANT
from digest_round import Count, choose_an_hour_that_is_over, company_in_slack, count, digest_round
from fake_slack import FakeSlack

from bot.company import Company
from bot.curating import calendar
from bot.features.digest import queue_due
from store import digests, outbox, people
from store.activities import Activity
from store.people import Person
from store.record import record
from store.subscriptions import Subscription

N = 200
ONCE = Count(came=N, extra=0)
CLEAN = (0, 0)


@pytest.fixture(scope="module")
def company(postgres_server, tmp_path_factory):
    return asyncio.run(company_in_slack(postgres_server, tmp_path_factory.mktemp("company"), N))


async def test_digests_asked_for_by_an_operator_come_once_and_asking_again_adds_nothing(company, tmp_path):
    async with digest_round(company, tmp_path, N) as here:
        here.slack.hold()
        await here.start(workers=2)

        queued = await here.send_all()
        await here.all_wait()
        here.slack.release()
        found = await here.settled()
        again = await here.send_all()
        ended = await here.end()

        assert (queued, found, again) == (N, {"sent": N}, 0)
        assert here.count() == ONCE
        assert await here.owners() == here.pids
        assert (ended.codes, here.complaints()) == (CLEAN, [])


async def test_digests_that_fall_due_while_two_workers_look_at_the_calendar_at_once_come_once(company, tmp_path):
    async with digest_round(company, tmp_path, N) as here:
        await choose_an_hour_that_is_over(here)
        here.slack.hold()

        await here.start_in_step(workers=2)
        await here.all_wait()
        here.slack.release()
        found = await here.settled()
        ended = await here.end()

        assert found == {"sent": N}
        assert here.count() == ONCE
        assert await here.owners() == here.pids
        assert (ended.codes, here.complaints()) == (CLEAN, [])


async def test_a_worker_killed_amid_digests_loses_none_and_doubles_none_since_slack_can_be_asked(company, tmp_path):
    async with digest_round(company, tmp_path, N) as here:
        await choose_an_hour_that_is_over(here)
        here.slack.hold(after=N // 4)
        await here.start_in_step(workers=2)

        await here.kill(here.workers[0])
        here.slack.release()
        await here.start()
        found = await here.settled(hurry=True)
        ended = await here.end()

        assert found == {"sent": N}
        assert here.count() == ONCE
        assert here.slack.called("conversations.history")
        assert (ended.codes, here.complaints()) == (CLEAN, [])


def test_the_count_sees_what_came_twice_and_what_is_not_the_receivers_own():
    def message(chat: str, id: str, person: int) -> dict[str, Any]:
        text = f"Around you since Monday: {' '.join(f'case {person}-{k}' for k in (1, 2, 3))}"
        metadata = {"event_type": "ristretto_digest", "event_payload": {"id": id}}
        return {"channel": chat, "text": text, "blocks": [{"text": text}], "metadata": metadata}

    slack = FakeSlack()
    slack.messages = [message("D0", "a", 0), message("D2", "b", 2)]
    right = count(slack, 3)
    slack.messages += [message("D0", "a", 0), message("D4", "c", 2)]

    assert right == Count(2, 0)
    assert count(slack, 3) == Count(3, 1, ("D4: cases", "D4"))


SUNDAY = datetime(2026, 1, 4, 12, 0, tzinfo=UTC)
WEEKS = 52
AUTHORS = ("sam", "lea", "paul")


def zones_by_changes() -> dict[tuple[timedelta | None, ...], str]:
    """A zone for each way in which clocks run in this year."""
    days = [SUNDAY + timedelta(days=day) for day in range(7 * WEEKS)]
    return {tuple(day.astimezone(ZoneInfo(name)).utcoffset() for day in days): name for name in available_timezones()}


def news(week: int) -> list[Activity]:
    """Enough for a digest, just before it is Monday anywhere."""
    at = SUNDAY + timedelta(weeks=week)
    said: dict[str, Any] = {"verb": "Create", "kind": "update", "key": "apollo", "facts": {"project": "apollo"}}
    return [Activity(f"u{week}-{who}", at, who, name=f"news {week} of {who}", **said) for who in AUTHORS]


async def a_year_passes(core) -> None:
    """Week by week; somebody looks at the calendar ten minutes past every hour while it is Monday morning somewhere."""
    for week in range(WEEKS):
        await core.store.write(TENANT, lambda tx, week=week: record(tx, *news(week)))
        for hour in range(6, 36):
            at = SUNDAY + timedelta(weeks=week, hours=hour, minutes=10)
            while await core.store.write(TENANT, lambda tx, at=at: queue_due(tx, at, core.company, core.new_id, 500)):
                pass


async def test_one_person_per_zone_gets_a_digest_every_monday_at_nine_through_a_years_clock_changes(talk):
    zones = [name for offsets, name in zones_by_changes().items() if len(set(offsets)) > 1]

    def enrol(tx):
        for name in zones:
            people.add(tx, Person(name, name.lower(), name, timezone=name, started_at=SUNDAY), SUNDAY)
            record(tx, Activity(f"m-{name}", SUNDAY - timedelta(days=9), name, "Join", "member", "apollo", "apollo"))

    await talk.core.store.write(TENANT, enrol)
    await a_year_passes(talk.core)
    queued = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "digest.due"))
    counted = await talk.core.store.read(TENANT, digests.count)

    mondays = [date(2026, 1, 5) + timedelta(weeks=week) for week in range(WEEKS)]
    expected = {f"digest:{name}:{calendar.week(monday)}": 1 for name in zones for monday in mondays}
    assert len(zones) > 20
    assert Counter(message.about for message in queued if message.person in zones) == expected
    local = [theirs.not_before.astimezone(ZoneInfo(theirs.person)) for theirs in queued if theirs.person in zones]
    assert {f"{at:%a}" for at in local} == {"Mon"}
    assert {f"{at:%H:%M}" for at in local} <= {"09:10", "09:25", "09:40", "09:55", "10:10"}
    assert counted["skipped"] == 0


def test_however_late_the_calendar_is_looked_at_within_36_hours_no_week_is_missed_or_doubled_in_any_zone():
    for name in zones_by_changes().values():
        chance, zone, seen = Random(name), ZoneInfo(name), []
        one = Subscription(name, anchor=SUNDAY.date(), zone=name, next_at=None)
        at = calendar.first_after(one, zone, SUNDAY)
        for _ in range(WEEKS):
            now = at + timedelta(seconds=chance.choice((0, 15, 3600, 12 * 3600, 36 * 3600)))
            due = calendar.last_due(Subscription(name, anchor=one.anchor, zone=name, next_at=at), zone, now)
            seen.append((due and due.at, due and due.period))
            assert seen[-1] == (at, calendar.week(at.astimezone(zone).date())), (name, at, now)
            at = calendar.first_after(one, zone, now)
        assert len(set(seen)) == WEEKS, name


def test_whoever_chose_no_hour_is_spread_over_ten_minutes_and_whoever_did_is_on_time():
    paris = ZoneInfo("Europe/Paris")

    def minute(id: str, *, chosen: bool) -> str:
        one = Subscription(id, anchor=SUNDAY.date(), chosen=chosen)
        return f"{calendar.first_after(one, paris, SUNDAY).astimezone(paris):%a %H:%M}"

    spread = Counter(minute(f"person-{n}", chosen=False) for n in range(2000))

    assert set(spread) == {f"Mon 09:{past:02}" for past in range(10)}
    assert max(spread.values()) < 2 * min(spread.values())
    assert {minute(f"person-{n}", chosen=True) for n in range(20)} == {"Mon 09:00"}


@pytest.mark.parametrize(
    ("said", "open_at"),
    [
        ("2026-03-26 18:59", "2026-03-26 18:59"),
        ("2026-03-26 19:00", "2026-03-27 08:00"),
        ("2026-03-27 07:59", "2026-03-27 08:00"),
        ("2026-03-27 08:00", "2026-03-27 08:00"),
        ("2026-03-27 19:00", "2026-03-30 08:00"),  # over a weekend in which the clocks change
        ("2026-10-24 12:00", "2026-10-26 08:00"),
        ("2026-10-25 23:30", "2026-10-26 08:00"),
    ],
)
def test_at_night_and_on_days_off_it_is_quiet_where_the_reader_is(said, open_at):
    reader, zone = Person("ana", "ana", "Ana", timezone="Europe/Paris"), ZoneInfo("Europe/Paris")

    at = Company().open_hour(reader, datetime.fromisoformat(said).replace(tzinfo=zone).astimezone(UTC))

    assert at.astimezone(zone) == datetime.fromisoformat(open_at).replace(tzinfo=zone)
