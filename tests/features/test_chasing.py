"""A question that was taken and never answered: one reminder, then the next colleagues, and never more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from company import NOON, TENANT
from evidence import skill, tell

from bot.reply import buttons
from jobs.calendar import tick
from store import absences, outbox, people, questions

REMINDER = (
    "You took a question from @ana about kubernetes; it still waits for your answer.\n"
    "Say answer … with your words, and I bring them over.\n"
    "[Answer] [Pass it on]"
)
MOVED_ON = "Your question about kubernetes has no answer yet, so I am asking the next colleagues."
FRIDAY, MONDAY = datetime(2026, 3, 6, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
"""Two working days after it was taken at noon on a Wednesday, and three."""


@pytest.fixture
async def taken(talk):
    """Sam has taken what Ana asked; Paul Bell and Tom Hill know it too."""
    await tell(talk, *(skill(one, "Kubernetes", days=n + 1) for n, one in enumerate(("sam", "lea", "paul-b", "tom"))))
    await talk("ana", "ask who can help me with kubernetes")
    assert (await talk("sam", "I'll take it")).startswith("Thank you, it is yours.")
    return talk


async def at(talk, when: datetime) -> list[tuple[str, str]]:
    """What the calendar sends at this time."""
    talk.now = when
    await tick(talk.core, talk.now)
    return await talk.sent()


async def state(talk) -> list[tuple[str, str]]:
    found = await talk.core.store.read(TENANT, lambda tx: questions.of_asker(tx, "ana"))
    return [(one.state, one.helper) for one in found]


async def test_whoever_took_it_is_reminded_once_after_two_working_days(taken):
    early = await at(taken, FRIDAY - timedelta(minutes=5))
    reminded = await at(taken, FRIDAY + timedelta(minutes=5))
    later = await at(taken, MONDAY - timedelta(minutes=5))

    assert (early, reminded, later) == ([], [("sam", REMINDER)], [])


async def test_a_working_day_later_it_goes_to_the_next_and_the_asker_is_told_in_a_sentence(taken):
    await at(taken, FRIDAY)

    sent = await at(taken, MONDAY)

    assert [text for handle, text in sent if handle == "ana"] == [MOVED_ON]
    assert sorted(handle for handle, text in sent if "[I’ll take it]" in text) == ["paul-b", "thill"]
    assert await state(taken) == [("open", "")]


async def test_it_is_never_more_than_one_reminder_each_and_one_sentence_a_move(taken):
    heard: list[tuple[str, str]] = []
    for days in range(1, 41):
        heard += await at(taken, NOON + timedelta(days=days))

    assert [handle for handle, text in heard if text == REMINDER] == ["sam"]
    assert [text.splitlines()[0] for handle, text in heard if handle == "ana"] == [
        MOVED_ON,
        "Nobody could take your question about kubernetes this time.",
    ]


async def test_a_late_answer_still_comes_as_long_as_nobody_else_took_it(taken):
    await at(taken, FRIDAY)
    await at(taken, MONDAY)

    assert "your answer is on its way to @ana" in await taken("sam", "answer scale it down first")


async def test_the_buttons_of_the_reminder_answer_and_pass_on(taken):
    await at(taken, FRIDAY)
    [message] = await taken.core.store.read(TENANT, lambda tx: outbox.caused_at(tx, taken.now))
    answer, pass_on = buttons((await taken.core.draw(TENANT, message)).reply)

    how = await taken.click("sam", answer.action, answer.value)
    passed = await taken.click("sam", pass_on.action, pass_on.value)

    assert how.startswith("What is your answer? Say it like this:")
    assert passed == "All right, somebody else is asked."
    assert [text for handle, text in await at(taken, MONDAY) if handle in ("sam", "ana")] == []


async def test_an_answer_in_time_is_not_chased_and_one_taken_back_waits_again(taken):
    await taken("sam", "answer scale it down")
    answered = await at(taken, FRIDAY)
    taken.now = NOON
    await taken("sam", "undo")

    assert answered == []
    assert await at(taken, FRIDAY + timedelta(minutes=5)) == [("sam", REMINDER)]


async def test_whoever_is_away_is_reminded_two_working_days_after_they_are_back(taken):
    await taken.core.store.write(TENANT, lambda tx: absences.leave(tx, "sam", date(2026, 3, 16)))

    away = await at(taken, FRIDAY)
    still = await at(taken, datetime(2026, 3, 17, 18, tzinfo=UTC))
    back = await at(taken, datetime(2026, 3, 18, 8, 30, tzinfo=UTC))

    assert (away, still, back) == ([], [], [("sam", REMINDER)])


async def test_at_night_the_reminder_waits_for_the_morning(taken):
    taken.now = datetime(2026, 3, 7, 2, tzinfo=UTC)
    await tick(taken.core, taken.now)

    [message] = await taken.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "questions.reminded"))
    assert message.not_before.astimezone(UTC) == datetime(2026, 3, 9, 8, tzinfo=UTC)


async def test_it_goes_on_at_once_where_whoever_took_it_has_left(taken):
    await taken.core.store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))

    sent = await at(taken, FRIDAY)

    assert ("ana", MOVED_ON) in sent
    assert "sam" not in {handle for handle, _ in sent}


async def test_it_is_said_in_french_too_and_without_a_name_where_none_was_given(talk):
    await tell(talk, skill("jean-marc", "Kubernetes"), skill("lea", "Kubernetes", days=2))
    await talk("ana", "ask anonymously who can help me with kubernetes")
    await talk("lea", "je m'en charge")

    [(handle, said)] = await at(talk, FRIDAY)
    assert (handle, said.splitlines()) == (
        "lea",
        [
            (
                "Vous avez pris une question posée par un collègue sur «\u00a0kubernetes\u00a0»\u00a0; "
                "elle attend encore votre réponse."
            ),
            "Dites réponse … suivi de vos mots, et je les transmets.",
            "[Répondre] [Passer la main]",
        ],
    )
