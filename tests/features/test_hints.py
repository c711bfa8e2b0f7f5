"""What features add to a digest and to the calendar: one last line, the rarest, and work done when due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks, update

from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.features.digest import queue_now
from bot.reply import SILENCE, Button, plain, say
from jobs.calendar import tick
from store import outbox
from store.outbox import Message


@pytest.fixture
def with_features(talk):
    """The talk, with these features besides."""

    def add(*features: Feature):
        core = Core(talk.core.store, (*FEATURES, *features), now=lambda: talk.now, new_id=talk.core.new_id)
        return replace(talk, core=core)

    return add


def hinting(name: str, words: str, days: int, heard: list[object]) -> Feature:
    feature = Feature(name)

    @feature.hint(days=days)
    def hint(ctx, span):
        heard.append((ctx.me.id, span.since < span.until))
        return say(words, buttons=(Button(f"Yes to {name}", "help"),)) if words else SILENCE

    return feature


async def test_a_digest_ends_with_one_line_of_one_feature_the_rarest(with_features):
    heard: list[object] = []
    talk = with_features(*(hinting(name, name, days, heard) for name, days in (("often", 7), ("rare", 30))))
    await tell(talk, thanks("sam", ["ana"], "the demo"))

    said = await talk("ana", "digest")

    assert "\nrare\n[Yes to rare]\n" in said
    assert (said.splitlines()[-1], "often" in said, heard) == ("[Stop digests]", False, [("ana", True)] * 2)


async def test_where_the_rarest_has_nothing_to_say_the_next_one_speaks_and_then_the_digest_itself(with_features):
    silent = hinting("rare", "", 30, [])
    often, alone = with_features(silent, hinting("often", "often", 7, [])), with_features(silent)
    await tell(alone, update("sam", "beta is out", "apollo"), thanks("sam", ["ana"], "the demo"))

    assert "often\n[Yes to often]" in await often("ana", "digest")
    assert "skills add" in await alone("ana", "digest")


SPRING = datetime(2026, 4, 25, 12, tzinfo=UTC)
WEEK = {"sam": "the calm rescue", "lea": "a clear drawing", "paul": "patience with our invoices"}
"""What Ana is thanked for in a week, and by whom: enough for a digest."""


async def weekly(talk, weeks: int) -> list[str]:
    """The last lines of so many digests of Ana's, a week apart, as they are sent; in spring nobody offers more."""
    talk.now = max(talk.now, SPRING)
    said = []
    for _ in range(weeks):
        talk.later(days=7)
        acts = [thanks(by, ["ana"], f"{what} of {talk.now}") for by, what in WEEK.items()]
        await tell(talk, *(replace(act, published=talk.now - timedelta(hours=1)) for act in acts))
        lines = [line for line in (await sent(talk)).splitlines()[:-2] if not line.startswith("[")]
        said.append(lines[-1])
    return said


async def sent(talk) -> str:
    """Ana's digest of this moment, as a worker draws it."""

    def queue(tx) -> Message:
        queue_now(tx, talk.now, talk.core.company, talk.core.new_id, ["ana"])
        return outbox.of_kind(tx, "digest.due")[-1]

    drawn = await talk.core.draw(TENANT, await talk.core.store.write(TENANT, queue))
    return plain(drawn.reply)


async def test_whoever_had_to_wait_comes_next_and_nobody_starves(with_features):
    days = {"often": 7, "rare": 30, "rarest": 90}
    talk = with_features(*(hinting(name, name, days[name], []) for name in days))
    await talk("ana", "digest every monday")

    said = await weekly(talk, 7)

    assert said == ["rarest", "rare", "often", "rarest", "rare", "often", "rarest"]


async def test_what_had_to_wait_is_asked_of_all_the_time_that_it_waited(with_features):
    spans: list[tuple[datetime, datetime]] = []
    monthly, rarest = Feature("monthly"), hinting("rarest", "rarest", 90, [])

    @monthly.hint(days=28)
    def first_of_may(ctx, span):
        spans.append((span.since, span.until))
        return say("a month is over") if span.since < datetime(2026, 5, 1, tzinfo=UTC) <= span.until else SILENCE

    talk = with_features(monthly, rarest)
    talk.now = SPRING
    await talk("ana", "digest every monday")

    assert await weekly(talk, 3) == ["rarest", "a month is over", "rarest"]
    assert (spans[1][0], spans[1][1] - spans[1][0]) == (spans[0][0], timedelta(days=14))
    assert spans[2][0] == spans[1][1]


async def test_a_digest_that_is_drawn_again_ends_with_the_same_line(with_features):
    talk = with_features(*(hinting(name, name, days, []) for name, days in (("often", 7), ("rare", 30))))
    await talk("ana", "digest every monday")
    [first] = await weekly(talk, 1)
    [message] = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "digest.due"))

    talk.later(hours=1)
    again = await talk.core.draw(TENANT, message)

    assert (first, plain(again.reply).splitlines()[-4:-2]) == ("rare", ["rare", "[Yes to rare]"])


async def test_still_true_is_asked_in_the_next_digest_where_another_line_took_its_place(with_features):
    once: list[object] = []
    rare = Feature("rare")

    @rare.hint(days=90)
    def hint(ctx, span):
        return SILENCE if once else say("rare")

    talk = with_features(rare)
    await tell(talk, skill("ana", "Python", days=100))
    await talk("ana", "digest every monday")

    talk.now = SPRING
    said = await weekly(talk, 1)
    faded = await talk("sam", "who is Ana?")
    once.append("said")
    said += await weekly(talk, 1)

    assert said == ["rare", "Is Python still true? You last said so in November 2025."]
    assert ("not confirmed" in faded, "not confirmed" in await talk("sam", "who is Ana?")) == (False, True)


async def test_the_calendar_calls_a_feature_until_nothing_is_left(with_features):
    due, calls = [NOON] * 3, []
    busy = Feature("busy")

    @busy.tick
    def work(tx, now, company, new_id, limit):
        calls.append((tx.tenant, now, limit > 0))
        return len([due.pop()]) if due else 0

    await tick(with_features(busy).core, NOON)

    assert (due, calls) == ([], [(TENANT, NOON, True)] * 4)
