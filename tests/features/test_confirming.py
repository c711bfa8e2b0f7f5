"""Still true? A digest asks about one skill that was not confirmed for long; two taps answer, and what is left
unanswered fades in plain sight."""

from datetime import timedelta
from itertools import pairwise

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks
from hypothesis import given
from hypothesis import strategies as st

from bot.freshness import AGAIN, APART, LASTING, replay
from bot.reply import buttons
from store import digests
from store.digests import Digest
from store.skills import Word

ASKED = "Is Python still true? You last said so in November 2025.\n[Still true: Python] [No longer: Python]"


async def send_digest(talk, n: int = 0) -> None:
    """Ana got a digest at this time."""
    one = Digest(
        "ana", f"p{talk.now:%m-%d}{n}", "queued", talk.now - timedelta(days=7), talk.now, [], hints=["skills.ask"]
    )
    await talk.core.store.write(TENANT, lambda tx: digests.keep(tx, one))


async def digest(talk) -> str:
    """What Ana's digest says, with something in it."""
    await tell(talk, thanks("sam", ["ana"], f"the demo of {talk.now}", days=(NOON - talk.now).days))
    return await talk("ana", "digest")


@pytest.mark.parametrize(("days", "asks"), [(89, False), (90, True), (300, True)])
async def test_a_digest_asks_after_ninety_days(talk, days, asks):
    await tell(talk, skill("ana", "Python", days=days))

    assert ("[Still true: Python] [No longer: Python]" in await digest(talk)) is asks


async def test_the_longest_unconfirmed_is_asked_about_first_and_then_the_next_one(talk):
    await tell(talk, skill("ana", "SQL", days=99), skill("ana", "Python", days=100), skill("ana", "Rust", wish=True))

    first = await digest(talk)
    again = await talk("ana", "digest")
    await send_digest(talk)
    talk.later(days=7)
    second = await digest(talk)

    assert ASKED in first and ASKED in again
    assert "Is SQL still true?" in second and "Python still" not in second


async def test_nobody_is_asked_twice_a_week_nor_about_the_same_skill_within_four_weeks(talk):
    await tell(talk, skill("ana", "Python", days=100), skill("ana", "SQL", days=99))
    await send_digest(talk)
    talk.later(days=1)

    assert "still true?" not in await digest(talk)
    await send_digest(talk)
    talk.later(days=6)
    await send_digest(talk)
    talk.later(days=7)
    assert "still true?" not in await digest(talk)
    talk.later(days=14)
    assert "Is Python still true?" in await digest(talk)


async def test_what_was_asked_about_in_vain_waits_for_what_was_not_asked_about_yet(talk):
    names = ("Perl", "Python", "Rust", "SAP", "SQL")
    await tell(talk, *(skill("ana", name, days=200 - n) for n, name in enumerate(names)))

    asked = []
    for _ in names:
        asked.append((await digest(talk)).partition("Is ")[2].partition(" still")[0])
        await send_digest(talk)
        talk.later(days=7)

    assert asked == list(names)


async def test_still_true_dates_it_today_and_keeps_level_and_who_may_see_it(talk):
    await tell(talk, skill("ana", "Python", "expert", days=100, audience="place:slack:G1"))
    await talk("ana", "skills")
    [yes, _] = buttons(talk.replies[-1])

    said = await talk.click("ana", yes.action, yes.value)

    assert said == "Noted as still true today: Python.\n[Undo]"
    assert await talk("ana", "skills") == (
        "Your skills\n"
        "- Python (expert)\n"
        "  confirmed on Wednesday 4 March 2026\n"
        "Keep them true: skills add Python (good), skills learn Rust, skills remove Perl"
    )
    assert "Python" not in await talk("sam", "skills of Ana")


async def test_no_longer_takes_it_away_and_can_be_taken_back(talk):
    await tell(talk, skill("ana", "Python", days=100))
    await talk("ana", "skills")
    [_, no] = buttons(talk.replies[-1])

    said = await talk.click("ana", no.action, no.value)
    await talk("ana", "undo")

    assert said == "Removed from your skills: Python.\n[Undo]"
    assert "- Python\n" in await talk("ana", "skills")


async def test_a_confirmation_is_kept_and_can_be_taken_back(talk):
    await tell(talk, skill("ana", "Python", days=100))
    await talk("ana", "Python is still true")
    kept = await talk("ana", "export me")

    await talk("ana", "undo")

    assert "Python" in kept
    assert "- Python\n  said on Monday 24 November 2025" in await talk("ana", "skills")


async def test_confirming_counts_as_news_for_nobody(talk):
    await tell(talk, skill("ana", "Python", days=100))
    await talk("sam", "follow @ana")
    await talk("ana", "Python is still true")
    talk.later(hours=1)

    assert "Python" not in await talk("sam", "digest")


async def test_a_skill_that_was_asked_about_in_vain_fades_and_never_vanishes(talk):
    await tell(talk, skill("ana", "Python", "expert", days=100))
    before = [await talk(*said) for said in (("sam", "skills of Ana"), ("sam", "who is Ana?"))]
    await send_digest(talk)
    talk.later(days=1)

    assert [text.count("not confirmed since") for text in before] == [0, 0]
    assert "  not confirmed since November 2025" in await talk("sam", "skills of Ana")
    assert "- Python, expert (not confirmed since November 2025)" in await talk("sam", "who is Ana?")
    assert "  declared Python, expert, not confirmed since November 2025" in await talk("sam", "who knows Python?")
    assert "  a déclaré Python, expert, non confirmé depuis novembre 2025" in await talk("lea", "qui connaît Python ?")


async def test_a_confirmed_skill_says_since_when(talk):
    await tell(talk, skill("ana", "Python", "expert", days=100))
    await talk("ana", "skills confirm Python")

    assert "- Python, expert (confirmed in March)" in await talk("sam", "who is Ana?")
    assert "  declared Python, expert, confirmed in March" in await talk("sam", "who knows Python?")
    assert "  a déclaré Python, expert, confirmé en mars" in await talk("lea", "qui connaît Python ?")


@pytest.mark.parametrize("said", ["Rust is still true", "confirm Rust"])
async def test_only_ones_own_skill_is_confirmed(talk, said):
    await tell(talk, skill("sam", "Rust"), skill("ana", "Rust", wish=True))

    assert await talk("ana", said) == "That is not among your skills. All of yours: skills"


DAYS = st.integers(0, 600).map(lambda days: NOON + timedelta(days=days))
WORDS = st.lists(st.builds(Word, DAYS, st.sampled_from("abc"), st.booleans()), max_size=20)


@given(WORDS, st.lists(DAYS, max_size=40, unique=True))
def test_in_any_history_nobody_is_pressed_and_nothing_fresh_fades(said, told):
    said, told = sorted(said, key=lambda word: word.at), sorted(told)
    asked = [(at, record.asking) for n, at in enumerate(told) if (record := replay(said, told[: n + 1], at)).asking]

    end = replay(said, told, NOON + timedelta(days=600))

    assert all(later - at >= APART for (at, _), (later, _) in pairwise(asked))
    for key in "abc":
        times = [at for at, of in asked if of == key]
        assert all(later - at >= AGAIN for at, later in pairwise(times))
    assert all(end.confirmed[key] <= end.asked[key] - LASTING for key in end.faded(NOON + timedelta(days=600)))
