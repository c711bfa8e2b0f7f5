"""Did you mean …? Two colleagues teach another name, one alone teaches nothing, and hidden words stay hidden."""

import pytest
from company import NOON, TENANT
from evidence import skill, tell

from bot.reply import buttons
from jobs.calendar import tick
from store import aliases, places, teachings
from store.aliases import Alias

WAITS = "I take “{said}” for {meant}. Once a second colleague says so too, I know it for everybody."
LEARNED = "From now on I know for everybody that “{said}” means {meant}."


@pytest.fixture(autouse=True)
async def _terraform_is_known_here(talk):
    await tell(talk, skill("jean-marc", "Terraform"), skill("jean-marc", "Machine learning"))


async def clicks(talk, person: str, said: str = "who knows terrahome?", label: str = "Did you mean Terraform?") -> str:
    reply = await talk.reply(person, said)
    [offered] = [button for button in buttons(reply) if button.label == label]
    return await talk.click(person, offered.action, offered.value)


async def own(talk) -> list[tuple[str, str, str]]:
    found = await talk.core.store.read(TENANT, aliases.every)
    return [(alias.name, alias.other, alias.state) for alias in found]


async def test_the_button_answers_with_what_was_meant(talk):
    reply = await clicks(talk, "ana")

    assert reply == (
        "Who knows Terraform\n"
        "- @jean-marc\n"
        "  declared Terraform, 3 March\n"
        "  ask about Terraform and Machine learning, in French, 08:00 to 19:00\n"
        "[Ask them] [Introduce me to Jean-Marc Dubois]\n"
        "I take “terrahome” for Terraform. Once a second colleague says so too, I know it for everybody.\n"
        "[Not what I meant]"
    )


async def test_in_french_too(talk):
    reply = await clicks(talk, "lea", "qui connaît terrahome ?", "Vouliez-vous dire Terraform\u00a0?")

    assert "Je prends «\u00a0terrahome\u00a0» pour Terraform." in reply


async def test_one_person_teaches_nothing_however_often_they_say_it(talk):
    for _ in range(3):
        await clicks(talk, "ana")

    assert await own(talk) == []
    assert (await talk("sam", "who knows terrahome?")).startswith("I found nobody for terrahome.")


async def test_two_people_teach_everybody(talk):
    await clicks(talk, "ana")

    second = await clicks(talk, "sam")

    assert LEARNED.format(said="terrahome", meant="Terraform") in second
    assert await own(talk) == [("terrahome", "terraform", "learned")]
    assert (await talk("paul", "qui connaît terrahome ?")).splitlines()[1] == "- @jean-marc"


@pytest.mark.parametrize(
    ("said", "meant"),
    [("tf", "terraform"), ("t7m", "terraform"), ("terrahorn", "terraform"), ("mlrn", "machine learning")],
)
async def test_the_right_word_said_right_after_teaches_too(talk, said, meant):
    await talk("ana", f"who knows {said}?")

    reply = await talk("ana", f"who knows {meant}?")

    assert WAITS.format(said=said, meant=meant) in reply


async def test_a_typo_that_was_corrected_needs_no_teaching(talk):
    reply = await talk("ana", "who knows terrafrom?")

    assert "[Did you mean" not in reply
    assert await talk.core.store.read(TENANT, teachings.waiting) == []


@pytest.mark.parametrize("other", ["machine learning", "java"])
async def test_another_question_is_no_explanation(talk, other):
    await talk("ana", "who knows tf?")

    assert "I take" not in await talk("ana", f"who knows {other}?")


async def test_what_is_asked_later_is_no_explanation(talk):
    await talk("ana", "who knows tf?")
    talk.later(minutes=6)

    assert "I take" not in await talk("ana", "who knows terraform?")


async def test_whoever_was_understood_wrongly_says_so(talk):
    await clicks(talk, "sam")
    await talk("ana", "who knows terrahome?")
    reply = await talk.reply("ana", "who knows terraform?")
    before = await own(talk)

    *_, back = buttons(reply)
    said = await talk.click("ana", back.action, back.value)

    assert (before, await own(talk)) == ([("terrahome", "terraform", "learned")], [])
    assert said == "Forgotten: “terrahome” is not terraform."


async def test_nobody_takes_back_what_others_taught(talk):
    await clicks(talk, "ana")
    await clicks(talk, "sam")

    await talk.click("paul", "people.not_meant", "terrahome\tterraform")

    assert await own(talk) == [("terrahome", "terraform", "learned")]


@pytest.mark.parametrize(
    "value",
    ["", "x", "terrahome\tHaskell\tterrahome", "terraform\tMachine learning\tterraform", "terrahome\tTerraform\tx"],
)
async def test_a_click_that_was_never_offered_teaches_nothing(talk, value):
    for person in ("ana", "sam"):
        await talk.click(person, "people.meant", value)

    assert await own(talk) == []


async def test_what_an_operator_removed_is_not_learned_again(talk):
    await talk.core.store.write(TENANT, lambda tx: aliases.keep(tx, Alias("terrahome", "terraform", "removed", NOON)))

    for person in ("ana", "sam"):
        await clicks(talk, person)

    assert await own(talk) == [("terrahome", "terraform", "removed")]


async def test_a_word_that_only_some_may_see_is_not_taught_to_everybody(talk):
    await tell(talk, skill("jean-marc", "Terrarium", audience="place:slack:G1"))
    await talk.core.store.write(TENANT, lambda tx: places.see(tx, "slack", "G1", ["ana", "sam"], NOON))

    for person in ("ana", "sam"):
        await clicks(talk, person, "who knows terrarihorn?", "Did you mean Terrarium?")

    assert await own(talk) == []


async def test_a_learned_word_is_never_offered_as_a_correction(talk):
    await clicks(talk, "ana")
    await clicks(talk, "sam")

    assert "terrahome" not in (await talk("paul", "who knows terrahomes?")).replace("terrahomes", "")


async def test_what_one_explained_is_shown_and_goes_with_them(talk):
    await clicks(talk, "ana")
    await talk("ana", "who knows tf?")

    assert "“tf”" in await talk("ana", "export me")
    await talk("ana", "forget me")
    [yes, *_] = buttons(talk.replies[-1])
    await talk.click("ana", yes.action, yes.value)

    assert await talk.core.store.read(TENANT, teachings.waiting) == []


async def test_what_was_asked_in_vain_is_not_kept(talk):
    await talk("ana", "who knows tf?")
    talk.later(hours=1)

    await tick(talk.core, talk.now)

    assert await talk.core.store.read(TENANT, lambda tx: teachings.asked_in_vain(tx, "ana", NOON)) == []


async def test_bots_teach_nothing(talk):
    for person in ("robot", "ana"):
        await clicks(talk, person)

    assert await own(talk) == []


async def test_it_is_the_same_on_each_database(talk_anywhere):
    await tell(talk_anywhere, skill("jean-marc", "Terraform"))

    for person in ("ana", "sam"):
        await clicks(talk_anywhere, person)

    assert await own(talk_anywhere) == [("terrahome", "terraform", "learned")]
    assert (await talk_anywhere("lea", "who knows terrahome?")).splitlines()[1] == "- @jean-marc"
