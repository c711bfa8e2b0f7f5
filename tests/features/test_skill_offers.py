"""Thanks that name a skill offer it to the receiver, who alone decides."""

import re

import pytest
from company import NOON, TENANT
from evidence import skill, tell

from bot.offering import offer
from store import suggestions
from store.suggestions import Suggestion

OFFER = (
    "@sam thanked you: the Terraform workshop\n"
    "Would you like to be found for this? It becomes your skill only if you say yes.\n"
    "[Add Terraform to my skills] [No, thanks]"
)
PLAIN = "@sam thanked you: the Terraform workshop"


@pytest.fixture(autouse=True)
async def _terraform_is_known_here(talk):
    await tell(talk, skill("paul", "Terraform"))


async def told(talk, reason: str = "the Terraform workshop", to: str = "ana") -> str:
    await talk("sam", f"thanks @{to} for {reason}")
    return dict(await talk.sent())[to]


async def test_the_private_message_offers_the_skill_and_nothing_is_added_without_the_yes(talk):
    assert await told(talk) == OFFER
    assert "Terraform" not in await talk("lea", "skills of Ana")

    said = await talk.click("ana", "skills.add", "Terraform")

    assert said.startswith("Added to your skills: Terraform.")
    assert "- Terraform" in await talk("lea", "compétences de Ana")


async def test_it_is_offered_in_the_receivers_words(talk):
    assert await told(talk, to="lea") == (
        "@sam vous remercie\u00a0: the Terraform workshop\n"
        "Voulez-vous qu’on vous trouve pour cela\u00a0? Cela ne devient votre compétence que si vous dites oui.\n"
        "[Ajouter Terraform à mes compétences] [Non merci]"
    )


@pytest.mark.parametrize(
    ("reason", "skills"),
    [
        ("explaining k8s to all of us", ["Kubernetes"]),
        ("the Glass Blowing course", ["Glass blowing"]),
        ("the C++ and the PostgreSQL review", ["C++", "PostgreSQL"]),
        ("the launch demo", []),
        ("the go live on Monday", []),
        ("hosting the Poker night", []),
        ("the lunch with the excel lent team", []),
    ],
)
async def test_a_reason_names_what_the_company_or_ristretto_know_as_a_skill(talk, reason, skills):
    await tell(talk, skill("lea", "Glass blowing"), skill("lea", "Poker", audience="place:slack:G1"))

    said = await told(talk, reason)

    assert re.findall(r"\[Add (.+?) to my skills\]", said) == skills


@pytest.mark.parametrize("name", ["Terraform", "terraform"])
async def test_it_is_not_offered_to_who_has_it(talk, name):
    await tell(talk, skill("ana", name))

    assert await told(talk) == PLAIN


async def test_it_is_not_offered_again_to_who_declined_or_removed_it(talk):
    await told(talk)
    said = await talk.click("ana", "skills.decline", "Terraform")
    talk.later(minutes=2)
    after_no = await told(talk, "one more Terraform workshop")
    await talk("lea", "compétences ajouter Terraform")
    await talk("lea", "retirer Terraform")

    assert said == (
        "All right, I will not offer Terraform again. If you change your mind: skills add Terraform\n[Undo]"
    )
    assert after_no == "@sam thanked you: one more Terraform workshop"
    assert "[" not in await told(talk, "the great Terraform help", "lea")


async def test_a_no_to_the_same_line_of_a_file_counts_too_and_the_other_way_round(talk):
    line = Suggestion("skill", "Terraform", "linkedin", NOON)
    await talk.core.store.write(TENANT, lambda tx: offer(tx, "ana", [line], NOON))
    await talk.core.store.write(TENANT, lambda tx: suggestions.decide(tx, "ana", line.id, "declined", NOON))
    await talk.click("lea", "skills.decline", "Terraform")

    assert await told(talk) == PLAIN
    assert await talk.core.store.write(TENANT, lambda tx: offer(tx, "lea", [line], NOON)) == 0


async def test_a_late_no_takes_nothing_away(talk):
    await told(talk)
    await talk.click("ana", "skills.add", "Terraform")

    said = await talk.click("ana", "skills.decline", "Terraform")

    assert said == "That is decided already. All of your skills: skills"
    assert "- Terraform" in await talk("ana", "skills")


async def test_a_no_is_nobody_elses_business(talk):
    await talk("lea", "suivre @ana")
    await talk.click("ana", "skills.decline", "Terraform")
    talk.later(hours=1)

    said = [await talk("lea", text) for text in ("qui connaît Terraform ?", "résumé", "qui est Ana ?")]

    assert [text for text in said if "ana" in text and "Terraform" in text] == []
