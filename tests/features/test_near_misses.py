"""A mistyped command is asked about before anything is written."""

import pytest

from bot.request import SAY


@pytest.mark.parametrize(
    ("said", "question"),
    [
        ("kudso @sam for the demo", "Did you mean kudos @sam for the demo?\n[Yes]"),
        ("mercii @sam pour la démo", "Vouliez-vous dire merci @sam pour la démo\u00a0?\n[Oui]"),
        ("could you folow @sam please?", "Did you mean follow @sam?\n[Yes]"),
    ],
)
async def test_a_near_miss_is_asked_about_and_writes_nothing(talk, said, question):
    answer = await talk("ana", said)

    assert answer == question
    assert await talk.sent() == []
    assert (await talk("ana", "undo")).startswith("There is nothing")


async def test_a_yes_says_it_as_it_was_meant(talk):
    question = await talk.reply("ana", "kudso @sam for the demo")
    (yes,) = question.blocks[-1].buttons

    answer = await talk.click("ana", yes.action, yes.value)

    assert yes.action == SAY
    assert answer.startswith("You thanked @sam: the demo")
    assert [to for to, _ in await talk.sent()] == ["sam"]


@pytest.mark.parametrize("said", ["kudos blah", "I like to mute my phone at night", "asdfgh", "thank"])
async def test_what_is_no_near_miss_is_not_asked_about(talk, said):
    assert not (await talk("ana", said)).startswith("Did you mean")
