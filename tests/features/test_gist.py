"""Questions in words of one's own: about whom or what they are, under the asker's rights."""

import pytest
from evidence import skill, tell, update

LIVE = "place:slack:G1"


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("apollo, is it going anywhere?", "#apollo"),
        ("et apollo, ça avance comment ?", "#apollo"),
        ("which people are responsible for apollo?", "Who works on #apollo"),
        ("Léa est forte en quoi ?", "Les compétences de @lea"),
        ("what would you say are Léa's talents?", "Skills of @lea"),
        ("where does @lea sit, and what is her role?", "@lea\nLéa Martin"),
    ],
)
async def test_a_question_is_answered_in_whatever_order_it_is_put(talk, said, begins):
    await tell(talk, update("sam", "the beta is out", "apollo"), skill("lea", "Figma", "expert"))

    assert (await talk("ana", said)).startswith(begins)


@pytest.mark.parametrize(
    "said", ["apollo is going well", "I asked Léa what she knows about tea and biscuits", "is Léa here?", "apollo?"]
)
async def test_a_neighbour_is_no_question_about_it(talk, said):
    await tell(talk, update("sam", "the beta is out", "apollo"), skill("lea", "Figma", "expert"))

    assert "I did not understand" in await talk("ana", said)


async def test_a_project_of_others_is_not_there_for_the_asker(talk):
    await tell(talk, update("sam", "the beta is out", "merger", audience=LIVE))

    seen = await talk("ana", "merger, is it going anywhere?")

    assert seen == await talk("ana", "nothere, is it going anywhere?")
