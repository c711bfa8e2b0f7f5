"""The calendar's clock: what is due is queued once, whoever looks, and sent."""

import asyncio
from datetime import timedelta

import pytest
from company import NOON, TENANT, company
from outgoing import until

import jobs
from bot.config import Settings
from bot.delivery import Sent
from jobs.calendar import forget, tick
from store import inbox, outbox

MONDAY = NOON + timedelta(days=5)
SETTINGS = Settings.read({})


class Console:
    """A platform on which everybody in the company is."""

    def __init__(self):
        self.posts = []

    async def post(self, address, _reply, kind, _key):
        self.posts.append((kind, address.account))
        return Sent(f"m{len(self.posts)}")

    async def has_written_to_ana(self):
        return ("digest.due", "ana") in self.posts

    async def remove(self, _address, message):
        return Sent(message)


async def digests(talk):
    rows = await talk.core.store.read(TENANT, lambda tx: outbox.page(tx, outbox.STATES, "", 500))
    return sorted(row.person for row in rows if row.kind == "digest.due")


async def chatter(talk):
    """Enough for a digest of Ana's that is not thin."""
    for giver in ("sam", "lea", "jean-marc", "paul"):
        await talk(giver, f"update #apollo {giver} has finished the beta")
        await talk(giver, "skills add Rust")
    await talk("ana", "skills add Rust")
    await talk("ana", "follow #apollo")
    await talk("sam", "kudos @ana for the demo on stage")


async def test_a_digest_is_queued_once_however_often_and_by_whomever_the_clock_is_looked_at(talk_anywhere):
    await chatter(talk_anywhere)

    await asyncio.gather(*(tick(talk_anywhere.core, MONDAY) for _ in range(4)))
    first = await digests(talk_anywhere)
    again = await tick(talk_anywhere.core, MONDAY + timedelta(minutes=1))

    assert "ana" in first
    assert len(first) == len(set(first))
    assert (again, await digests(talk_anywhere)) == (0, first)


async def test_once_queues_what_is_due_and_sends_it(talk):
    await chatter(talk)
    platform = Console()
    talk.now = MONDAY

    await jobs.once(talk.core, {"console": platform}, SETTINGS, lambda: MONDAY)

    assert ("digest.due", "ana") in platform.posts
    assert platform.posts.count(("digest.due", "ana")) == 1


async def test_as_long_as_it_runs_it_queues_and_sends_and_then_ends_at_once(talk):
    await chatter(talk)
    platform = Console()
    talk.now = MONDAY

    async with asyncio.timeout(60):
        async with jobs.start(talk.core, {"console": platform}, SETTINGS, lambda: MONDAY):
            await until(platform.has_written_to_ana)

    counts = await talk.core.store.read(TENANT, outbox.count)
    assert (counts["uncertain"], counts["sending"]) == (0, 0)


async def test_without_jobs_nothing_is_sent_and_a_worker_elsewhere_takes_it_up():
    async with company("sqlite://") as talk:
        await talk("ana", "kudos @sam for the demo on stage")
        left = await talk.core.store.read(TENANT, outbox.count)
        platform = Console()

        await jobs.once(talk.core, {"console": platform}, SETTINGS, lambda: talk.now)

        assert left["ready"] == 1
        assert platform.posts == [("kudos.received", "sam")]


@pytest.mark.parametrize(("days", "kept"), [(6, True), (8, False)])
async def test_answers_are_kept_for_a_week(talk, days, kept):
    await talk("ana", "help")

    await forget(talk.core, NOON + timedelta(days=days))

    answer = await talk.core.store.read(TENANT, lambda tx: inbox.answer(tx, "r0"))
    assert (answer is not None) == kept


async def test_once_lets_a_question_that_nobody_took_go_to_more_people(talk):
    for handle in ("sam", "lea", "paul-b"):
        await talk(handle, "skills add Kubernetes")
    await talk("ana", "ask who knows kubernetes")
    platform, later = Console(), NOON + timedelta(hours=4)
    await jobs.once(talk.core, {"console": platform}, SETTINGS, lambda: NOON)
    first = sorted(platform.posts)
    talk.now = later

    await jobs.once(talk.core, {"console": platform}, SETTINGS, lambda: later)

    assert len(first) == 2
    asked = sorted(account for kind, account in platform.posts if kind == "questions.asked")
    assert asked == ["lea", "paul-b", "sam"]
