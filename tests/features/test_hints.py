"""What features add to a digest and to the calendar: one last line, the rarest, and work done when due."""

from dataclasses import replace

import pytest
from company import NOON, TENANT
from evidence import tell, thanks, update

from bot.core import Core
from bot.feature import Feature
from bot.features import FEATURES
from bot.reply import SILENCE, Button, say
from jobs.calendar import tick


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
    assert (said.splitlines()[-1], "often" in said, heard) == ("[Stop digests]", False, [("ana", True)])


async def test_where_the_rarest_has_nothing_to_say_the_next_one_speaks_and_then_the_digest_itself(with_features):
    silent = hinting("rare", "", 30, [])
    often, alone = with_features(silent, hinting("often", "often", 7, [])), with_features(silent)
    await tell(alone, update("sam", "beta is out", "apollo"), thanks("sam", ["ana"], "the demo"))

    assert "often\n[Yes to often]" in await often("ana", "digest")
    assert "skills add" in await alone("ana", "digest")


async def test_the_calendar_calls_a_feature_until_nothing_is_left(with_features):
    due, calls = [NOON] * 3, []
    busy = Feature("busy")

    @busy.tick
    def work(tx, now, company, new_id, limit):
        calls.append((tx.tenant, now, limit > 0))
        return len([due.pop()]) if due else 0

    await tick(with_features(busy).core, NOON)

    assert (due, calls) == ([], [(TENANT, NOON, True)] * 4)
