"""Who knows this or that, and not the other: who is named, who is left out, and that a hidden row has no say."""

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks, update

from bot.reply import buttons
from bot.request import Wanted
from jobs.calendar import tick
from store import activities, places, questions


def named(reply: str) -> list[str]:
    return [line.removeprefix("- @").split(",")[0] for line in reply.splitlines() if line.startswith("- ")]


async def languages(talk) -> None:
    await tell(
        talk,
        *(skill("sam", "Python", "expert"), skill("sam", "Java", "expert")),
        *(skill("lea", "Python", "expert"), skill("lea", "Django")),
        *(skill("paul", "Java", "good"), skill("tom", "Python", "good")),
        thanks("ana", ["tom"], "the Django migration"),
        skill("jean-marc", "Rust"),
    )


@pytest.mark.parametrize(
    "said",
    [
        "who knows python or java?",
        "who knows either Java or Python?",
        "qui connaît python ou java ?",
        "whoknows java or python",
    ],
)
async def test_of_two_either_will_do_and_an_expert_of_both_comes_first(talk, said):
    await languages(talk)

    assert named(await talk("ana", said)) == ["sam", "lea", "paul", "thill"]


async def test_both_are_asked_for_where_both_are_said(talk):
    await languages(talk)

    reply = await talk("ana", "who knows python and java?")

    assert named(reply) == ["sam", "lea", "paul", "thill"]
    assert reply.splitlines()[0] == "Who knows python and java"
    assert "These people know a part of it:\n- @lea" in reply


async def test_the_answer_says_what_was_meant(talk):
    await languages(talk)

    said = [
        (await talk("ana", asked)).splitlines()[0]
        for asked in (
            "who knows python or java?",
            "who knows java and (rust or python)?",
            "qui connaît python ou java ?",
        )
    ]

    assert said == [
        "Who knows python or java",
        "Who knows java and rust or java and python",
        "Qui s’y connaît\u00a0: python ou java",
    ]


@pytest.mark.parametrize(
    "said",
    [
        "who knows python but not django?",
        "who knows python without django?",
        "who knows python except Django",
        "who knows python but doesn't know django?",
        "whoknows python not django",
    ],
)
async def test_whoever_knows_what_is_not_wanted_is_left_out_and_the_answer_says_so(talk, said):
    await languages(talk)

    reply = await talk("ana", said)

    assert named(reply) == ["sam"]
    assert reply.splitlines()[0].casefold() == "who knows python, leaving out those who know django"


@pytest.mark.parametrize(
    "said",
    ["qui connaît python mais pas django ?", "qui connaît python sauf django ?", "qui connaît python sans django ?"],
)
async def test_in_french_too(talk, said):
    await languages(talk)

    reply = await talk("ana", said)

    assert named(reply) == ["sam"]
    assert (
        reply.splitlines()[0]
        == "Qui s’y connaît\u00a0: python, en laissant de côté les personnes qui connaissent django"
    )


async def test_when_all_are_left_out_it_is_told_as_if_nobody_knew_it_with_a_way_on(talk):
    await languages(talk)

    assert await talk("ana", "who knows django but not python?") == (
        "I found nobody for django, leaving out those who know python.\n"
        "The nearest skills I know of: Django. Try who knows Django?\n"
        "Try another word for it, or just one of the words. If you know it yourself, say skills add django."
    )


async def test_another_name_and_a_typo_of_what_is_not_wanted_count_too(talk):
    await tell(talk, skill("sam", "Docker"), skill("lea", "Docker"), update("lea", "our kubernetes cluster grew"))

    other = await talk("ana", "who knows docker but not k8s?")
    mistyped = await talk("ana", "who knows docker but not kubernets?")

    assert (named(other), named(mistyped)) == (["sam"], ["sam"])
    assert "Nobody here writes “kubernets”, so I looked for “kubernetes”." in mistyped


async def test_half_of_a_name_leaves_nobody_out(talk):
    await tell(
        talk, skill("sam", "SQL"), update("sam", "a contract signed"), skill("lea", "SQL"), skill("lea", "Contract law")
    )

    assert named(await talk("ana", "who knows SQL but not contract law?")) == ["sam"]


async def test_a_row_that_the_asker_may_not_see_leaves_nobody_out(talk):
    await tell(talk, skill("sam", "Python"), skill("lea", "Python"))
    before = await talk("ana", "who knows python but not cobol?")

    await tell(talk, thanks("lea", ["sam"], "the cobol secret", audience="place:slack:G1"))
    await talk.core.store.write(TENANT, lambda tx: places.see(tx, "slack", "G1", ["paul"], NOON))

    assert await talk("ana", "who knows python but not cobol?") == before
    assert named(await talk("paul", "who knows python but not cobol?")) == ["lea"]


async def test_those_who_are_asked_are_those_who_were_named(talk):
    await languages(talk)
    reply = await talk.reply("ana", "who knows python or rust but not django?")
    [ask] = [button for button in buttons(reply) if button.action == "questions.ask"]

    said = await talk.click("ana", "questions.ask", ask.value)

    [mine] = await talk.core.store.read(TENANT, lambda tx: questions.of_asker(tx, "ana"))
    act = await talk.core.store.read(TENANT, lambda tx: activities.of_id(tx, mine.id))
    assert Wanted.load(ask.value) == Wanted((("python",), ("rust",)), ("django",))
    assert Wanted.load(act.facts["wanted"]) == Wanted.load(ask.value)
    assert "I am asking 2 colleagues who are likely to know about python or rust" in said
    asked = [handle for handle, text in await talk.sent() if "[I’ll take it]" in text or "[Je m’en charge]" in text]
    assert sorted(asked) == ["jean-marc", "sam"]


async def test_a_question_that_is_asked_in_words_keeps_what_is_left_out(talk):
    await languages(talk)

    await talk("ana", "ask who can help with python but not django")
    talk.later(days=1)
    await tick(talk.core, talk.now)

    routes = await talk.core.store.read(
        TENANT, lambda tx: [list(questions.routes_of(tx, one.id)) for one in questions.of_asker(tx, "ana")]
    )
    assert routes == [["sam"]]


async def test_the_same_people_are_named_on_each_database(talk_anywhere):
    await languages(talk_anywhere)

    assert named(await talk_anywhere("ana", "who knows python or java?")) == ["sam", "lea", "paul", "thill"]
    assert named(await talk_anywhere("ana", "who knows python or java but not django?")) == ["sam", "paul"]
