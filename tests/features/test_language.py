"""In which language an answer is: that of the words somebody typed, else their own."""

import pytest

from bot.request import MENTION, Account

ENGLISH, FRENCH = "Everyone in the company can see it.", "Toute l’entreprise peut le voir."
SAM = (Account("console", "sam", handle="sam"),)


async def answer(talk, command, rest, mentions=()):
    """What Léa, who has French, is answered to a slash command, whose word nobody typed."""
    return await talk("lea", f"{command} {rest}".strip(), command=command, mentions=mentions)


@pytest.mark.parametrize("rest", [f"{MENTION} démo client", f"{MENTION} pour la démo du client"])
async def test_the_word_of_a_slash_command_does_not_make_thanks_english(talk, rest):
    assert FRENCH in await answer(talk, "kudos", rest, SAM)


@pytest.mark.parametrize("rest", ["#apollo bêta v2", "#apollo la bêta est sortie"])
async def test_the_word_of_a_slash_command_does_not_make_news_english(talk, rest):
    assert FRENCH in await answer(talk, "update", rest)


@pytest.mark.parametrize("rest", ["stop", "off"])
async def test_the_word_of_a_slash_command_does_not_make_a_digest_english(talk, rest):
    assert (await answer(talk, "digest", rest)).startswith("Votre résumé est arrêté")


@pytest.mark.parametrize(("command", "typed"), [("skills", "mes compétences"), ("help", "aide")])
async def test_a_slash_command_alone_is_answered_in_the_language_of_the_person(talk, command, typed):
    await talk("lea", "compétences ajouter Python")

    assert await answer(talk, command, "") == await talk("lea", typed)


async def test_english_words_after_a_slash_command_are_answered_in_english(talk):
    assert ENGLISH in await answer(talk, "kudos", f"{MENTION} for the demo of the client", SAM)
    assert ENGLISH in await answer(talk, "skills", "add Python")


async def test_french_words_after_a_slash_command_are_answered_in_french_to_anybody(talk):
    assert FRENCH in await talk("ana", "skills ajouter Python", command="skills")
    assert FRENCH in await talk("ana", f"kudos {MENTION} pour la démo", command="kudos", mentions=SAM)
