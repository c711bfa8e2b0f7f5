"""From an answer to one colleague in particular: asked once, told as little as needed, brought together by a yes."""

from datetime import date, timedelta

import pytest
from company import TENANT
from evidence import skill, tell, update

from bot.reply import buttons
from jobs.calendar import tick
from store import absences, outbox, questions
from store.questions import Question, Route

NOT_NOW = "An introduction to @sam about rust does not fit just now.\n[Ask others]"
REFUSED = "I cannot introduce you to @sam now. Write to them yourself, or ask others.\n[Ask others]"


async def click(talk, person: str, label: str) -> str:
    """Clicks a button of what the person was sent in these moments."""
    sent = await talk.core.store.read(TENANT, lambda tx: _messages(tx, talk.now, person))
    drawn = [await talk.core.draw(TENANT, message) for message in sent]
    found = [button for one in drawn if one for button in buttons(one.reply) if button.label == label]
    return await talk.click(person, found[0].action, found[0].value)


def _messages(tx, at, person):
    return [message for message in outbox.caused_at(tx, at) if message.person == person]


@pytest.fixture
async def asked(talk):
    """Ana has asked to be introduced to Sam, who knows Rust."""
    await tell(talk, skill("sam", "Rust", "expert"), skill("lea", "Rust"))
    assert "I am asking @sam" in await talk("ana", "introduce me to @sam about rust")
    return talk


async def test_one_click_asks_the_first_who_is_here_and_may_be_asked(talk):
    await tell(talk, skill("sam", "Rust", "expert"), skill("lea", "Rust"), skill("newt", "Rust", "expert"))
    await talk("sam", "away until Monday")
    await tell(talk, update("paul-b", "rust rust rust"), update("paul-b", "more rust"))

    [ask, introduce] = buttons(await talk.reply("ana", "who knows rust?"))
    await talk.click("ana", introduce.action, introduce.value)

    assert (ask.label, introduce.label) == ("Ask them", "Introduce me to Léa Martin")
    assert [handle for handle, _ in await talk.sent()] == ["lea"]


async def test_where_nobody_can_be_asked_now_there_is_no_such_button(talk):
    await tell(talk, update("sam", "ported to rust"))

    assert [button.label for button in buttons(await talk.reply("ana", "who knows rust?"))] == ["Ask them"]


async def test_a_yes_gives_both_a_way_to_write(asked):
    said = await click(asked, "sam", "Yes, introduce us")

    assert said == "Done: you and @ana now know of each other. Write to each other!"
    assert asked.replies[-1].blocks[0].contact.person.handle == "ana"
    sent = [(handle, text) for handle, text in await asked.sent() if handle == "ana"]
    assert sent == [("ana", "@sam is glad to talk with you about rust. Write to each other!")]
    assert "sam said yes" in await asked("ana", "my questions")


async def test_a_no_and_silence_are_told_in_the_same_words(asked):
    before = asked.now
    await click(asked, "sam", "Not now")
    declined = [text for handle, text in await asked.sent() if handle == "ana"]
    await asked("lea", "présente-moi à @sam pour rust")
    asked.later(days=5)
    await tick(asked.core, asked.now)
    silent = [text for handle, text in await asked.sent() if handle == "lea"]

    assert asked.now - before == timedelta(days=5)
    assert declined == [NOT_NOW]
    assert silent == [
        "Pour une présentation à @sam sur «\u00a0rust\u00a0», ce n’est pas le moment.\n[Demander à d’autres]"
    ]
    assert "does not fit" not in await asked("ana", "my questions")
    assert "did not fit" in await asked("ana", "my questions")


async def test_it_waits_three_working_days_and_then_ends_for_the_colleague_too(asked):
    asked.later(days=2)
    await tick(asked.core, asked.now)
    waiting = await asked("sam", "questions")
    [yes] = [button for button in buttons(asked.replies[-1]) if button.label == "Yes, introduce us"]
    asked.later(days=3)
    await tick(asked.core, asked.now)

    assert "@ana would like to talk with you about rust." in waiting
    assert await asked.click("sam", yes.action, yes.value) == (
        "This introduction is not waiting for you any more, thank you."
    )
    assert "rust" not in await asked("sam", "my questions")


async def test_only_one_waits_at_a_time(asked):
    assert await asked("ana", "introduce me to @lea about rust") == (
        "You wait for an answer to one introduction already; my questions shows it. One at a time, please."
    )
    await click(asked, "sam", "Not now")
    assert "I am asking @lea" in await asked("ana", "introduce me to @lea about rust")


async def test_it_is_nobody_elses_question(asked):
    for reader in ("lea", "paul"):
        assert "rust" not in await asked(reader, "questions") + await asked(reader, "what's new")
    asked.later(days=40)
    await tick(asked.core, asked.now)
    assert "rust" not in await asked("lea", "I know it")


@pytest.mark.parametrize("said", ["answer yes of course", "suggest @lea"])
async def test_it_wants_no_words_and_nobody_else(asked, said):
    assert "no such question" in await asked("sam", said)


async def test_typed_words_answer_it_as_the_buttons_do(asked):
    assert (await asked("sam", "I'll take it")).startswith("Done: you and @ana")


async def test_undone_it_is_gone_for_both(asked):
    await asked("ana", "undo")

    assert [handle for handle, _ in await asked.sent() if handle == "sam"] == []
    assert "I am asking @lea" in await asked("ana", "introduce me to @lea about rust")


async def _away(talk) -> None:
    await talk.core.store.write(TENANT, lambda tx: absences.leave(tx, "sam", date(2026, 3, 20)))


async def _asked_twice(talk) -> None:
    def route(tx):
        for n in range(2):
            questions.ask(tx, Question(f"q{n}", "lea", False, False, talk.now))
            questions.route(tx, Route(f"q{n}", "sam", talk.now))

    await talk.core.store.write(TENANT, route)


@pytest.mark.parametrize(
    "why", ["away until Monday", "questions off", "mute @ana", "do not introduce me to @ana", _away, _asked_twice]
)
async def test_whoever_may_not_be_asked_now_is_spared_without_a_reason(talk, why):
    await tell(talk, skill("sam", "Rust"))
    await (talk("sam", why) if isinstance(why, str) else why(talk))

    said = await talk("ana", "introduce me to @sam about rust")

    assert (said, await talk.sent()) == (REFUSED, [])


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("introduce me to @ana about rust", "You know yourself already. To whom shall I introduce you?"),
        ("introduce me to @sam about ???", "What do you need help with?"),
    ],
)
async def test_what_cannot_be_asked_is_said_with_what_to_type(talk, said, answer):
    await tell(talk, skill("sam", "Rust"))

    assert (await talk("ana", said)).startswith(answer)


async def test_an_introduction_without_a_subject_stays_what_it_was(talk):
    await tell(talk, skill("sam", "Rust"))

    assert "tell @sam nothing of this" in await talk("ana", "introduce me to @sam")
    assert await talk.sent() == []
