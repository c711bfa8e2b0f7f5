"""Who knows X: people, best first, each with reasons, and nothing that the asker may not see."""

from dataclasses import replace

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks, update

from bot.request import Place
from store import people, places
from store.activities import Activity
from store.record import retract

BOTH = (
    "Who knows kubernetes and terraform\n"
    "- @sam\n"
    "  declared Kubernetes, expert, 3 March\n"
    "  declared Terraform, 22 February\n"
    "  ask about Kubernetes and Terraform, in English, 09:00 to 20:00 your time\n"
    "These people know a part of it:\n"
    "- @lea\n"
    "  declared Kubernetes, good level, 3 March\n"
    "  missing: terraform\n"
    "  ask about Kubernetes, in French, 08:00 to 19:00\n"
    "[Ask them] [Introduce me to Sam Carter]"
)


async def kubernetes(talk) -> None:
    await tell(
        talk,
        skill("sam", "Kubernetes", "expert"),
        skill("sam", "Terraform", days=10),
        skill("lea", "Kubernetes", "good"),
        skill("newt", "Rust"),
    )


@pytest.mark.parametrize(
    "said",
    [
        "who knows kubernetes and terraform?",
        "WHO KNOWS kubernetes AND terraform",
        "  who   knows  kubernetes  and  terraform ?",
        "who can help with kubernetes and terraform",
        "Who can help me with kubernetes and terraform?",
        "who is good at kubernetes and terraform",
        "who knows about kubernetes and terraform",
        "who has experience with kubernetes and terraform?",
        "whoknows kubernetes and terraform",
        "whoknows who knows kubernetes and terraform?",
        "please who knows kubernetes and terraform?",
        "does anyone know kubernetes and terraform?",
    ],
)
async def test_the_question_can_be_asked_in_many_ways(talk, said):
    await kubernetes(talk)

    assert await talk("ana", said) == BOTH


@pytest.mark.parametrize(
    "said",
    [
        "qui connaît kubernetes ?",
        "QUI CONNAIT  kubernetes",
        "qui s'y connaît en kubernetes ?",
        "qui s’y connait en kubernetes",
        "qui sait utiliser kubernetes ?",
        "qui peut m'aider avec kubernetes ?",
        "qui peut m’aider sur kubernetes",
        "qui maîtrise kubernetes ?",
        "qui maitrise Kubernetes",
        "est-ce que quelqu'un connaît kubernetes ?",
    ],
)
async def test_the_question_can_be_asked_in_french(talk, said):
    await kubernetes(talk)

    reply = await talk("ana", said)

    assert reply.splitlines()[1:] == [
        "- @sam",
        "  a déclaré Kubernetes, expert, le 3 mars",
        "  à solliciter sur Kubernetes et Terraform, en anglais, de 9\u00a0h à 20\u00a0h pour vous",
        "- @lea",
        "  a déclaré Kubernetes, bon niveau, le 3 mars",
        "  à solliciter sur Kubernetes, en français, de 8\u00a0h à 19\u00a0h",
        "[Leur demander] [Me présenter à Sam Carter]",
    ]


@pytest.mark.parametrize(
    "said", ["thanks for asking who knows Rust", "merci, je sais qui connaît Rust", "who thanked Sam?"]
)
async def test_a_neighbour_is_no_question(talk, said):
    await kubernetes(talk)

    assert "@newt" not in await talk("ana", said)


async def test_each_kind_of_evidence_is_told_with_its_day(talk):
    await tell(
        talk,
        thanks("lea", ["sam"], "the Terraform workshop", days=400),
        update("sam", "Terraform state moved", "apollo", days=2),
        update("sam", "a Terraform book club", days=3),
    )

    assert await talk("ana", "who knows terraform?") == (
        "Who knows terraform\n"
        "- @sam\n"
        "  posted, 1 March: a Terraform book club\n"
        "  posted on #apollo, 2 March: Terraform state moved\n"
        "  thanked by @lea, 28 January 2025: the Terraform workshop\n"
        "  ask in English, 09:00 to 20:00 your time\n"
        "[Ask them]"
    )


async def test_an_answer_to_a_question_is_a_reason(talk):
    facts = {"question": "q1", "topics": ["SAP exports"]}
    act = Activity("a1", NOON, "sam", "Create", "answer", name="SAP exports need a role", facts=facts)
    await tell(talk, act)

    assert "  answered a question, 4 March: SAP exports need a role" in await talk("ana", "who knows SAP exports?")
    assert "  a répondu à une question, le 4 mars\u00a0: SAP" in await talk("lea", "qui connaît les exports SAP ?")


async def test_the_asker_is_left_out_and_told_when_nobody_else_knows(talk):
    await kubernetes(talk)

    assert await talk("sam", "who knows terraform?") == "The only person I found for terraform is you."


async def test_leavers_and_bots_are_not_named(talk):
    await kubernetes(talk)
    await tell(talk, skill("robot", "Kubernetes", "expert"))
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))

    reply = await talk("ana", "who knows kubernetes?")

    assert [line for line in reply.splitlines() if line.startswith("- ")] == ["- @lea"]


async def test_what_was_said_in_a_private_place_is_for_its_members(talk):
    await tell(talk, thanks("lea", ["sam"], "the Terraform workshop", audience="place:slack:G1"))
    await talk.core.store.write(TENANT, lambda tx: places.see(tx, "slack", "G1", ["paul"], NOON))
    nobody = await talk("ana", "who knows terraform?")
    unheard = await talk("ana", "who knows haskell?")

    assert await talk("paul", "who knows terraform?") == (
        "Who knows terraform\n- @sam\n  thanked by @lea, 3 March: the Terraform workshop\n"
        "  ask in English, 03:00 to 14:00 your time\n[Ask them]"
    )
    assert nobody == unheard.replace("haskell", "terraform")


async def test_a_place_found_to_be_open_gives_its_evidence_to_everybody(talk):
    await talk("lea", "kudos @sam for the Terraform workshop", place=Place("slack", "C9", "unknown"))

    await talk.core.widen(TENANT, Place("slack", "C9", "public"))

    assert "- @sam" in await talk("ana", "who knows terraform?")


async def test_when_nobody_knows_all_of_it_the_closest_are_named(talk):
    await kubernetes(talk)

    assert await talk("ana", "who knows rust and cobol?") == (
        "I found nobody who knows all of this: rust and cobol. These people come closest\n"
        "- @newt\n"
        "  declared Rust, 3 March\n"
        "  missing: cobol\n"
        "  ask about Rust, in English, 09:00 to 20:00 your time\n"
        "[Ask them]"
    )


async def test_the_rarer_of_two_words_is_not_all_that_was_asked(talk):
    await kubernetes(talk)
    await tell(talk, *(skill(who, "Terraform", "expert") for who in ("paul", "paul-b", "newt")))
    await tell(talk, thanks("lea", ["jean-marc"], "the trip to Lyon"))

    reply = await talk("ana", "who knows terraform lyon?")

    assert reply.startswith(
        "I found nobody who knows all of this: terraform lyon. These people come closest\n- @newt\n"
    )
    assert "- @jean-marc\n  thanked by @lea, 3 March: the trip to Lyon\n  missing: terraform" in reply


async def test_when_nobody_knows_it_the_nearest_skill_is_offered(talk):
    await kubernetes(talk)

    assert await talk("ana", "who knows terrahome?") == (
        "I found nobody for terrahome.\n"
        "The nearest skills I know of: Terraform. Try who knows Terraform?\n"
        "Try another word for it, or just one of the words. If you know it yourself, say skills add terrahome.\n"
        "[Did you mean Terraform?]"
    )


async def test_a_misspelt_word_is_corrected_and_the_answer_says_so(talk):
    await kubernetes(talk)

    assert await talk("ana", "who knows terrafrom?") == (
        "Who knows terrafrom\n"
        "- @sam\n"
        "  declared Terraform, 22 February\n"
        "  ask about Terraform and Kubernetes, in English, 09:00 to 20:00 your time\n"
        "Nobody here writes “terrafrom”, so I looked for “terraform”.\n"
        "[Ask them] [Introduce me to Sam Carter]"
    )


@pytest.mark.parametrize(
    ("declared", "asked"),
    [
        ("C#", "c#"),
        ("C++", "C++"),
        (".NET", ".net"),
        ("Node.js", "node.js"),
        ("Node.js", "nodejs"),
        ("CI/CD", "ci/cd"),
        ("R", "R"),
        ("Go", "golang"),
        ("Kubernetes", "k8s"),
        ("PostgreSQL", "postgres"),
        ("Machine learning", "l'apprentissage automatique"),
        ("Sécurité réseau", "securite reseau"),
    ],
)
async def test_odd_names_and_other_names_are_found(talk, declared, asked):
    await tell(talk, skill("sam", declared), skill("lea", "C"), skill("paul", "Java"))

    reply = await talk("ana", f"who knows {asked}?")

    assert [line for line in reply.splitlines() if line.startswith("- ")] == ["- @sam"]


async def test_a_wish_is_no_evidence(talk):
    await tell(talk, skill("sam", "Rust", wish=True))

    assert (await talk("ana", "who knows rust?")).startswith("I found nobody for rust.")


async def test_what_is_taken_back_counts_no_more(talk):
    await tell(talk, skill("lea", "Terraform", days=9))
    await talk("ana", "kudos @sam for the Terraform workshop")
    before = await talk("paul", "who knows terraform?")

    await talk("ana", "undo")
    after = await talk("paul", "who knows terraform?")

    assert ("@sam" in before, "@sam" in after, "@lea" in after) == (True, False, True)


async def test_a_skill_taken_back_gives_way_to_what_was_said_before(talk):
    first, second = skill("sam", "Terraform", "good", days=9), skill("sam", "Terraform", "expert")
    await tell(talk, first, second)

    await talk.core.store.write(TENANT, lambda tx: retract(tx, second, NOON))

    assert "declared Terraform, good level, 23 February" in await talk("ana", "who knows terraform?")


async def test_five_people_are_shown_and_equals_stand_in_the_order_of_their_handles(talk):
    everybody = ("sam", "lea", "jean-marc", "paul", "paul-b", "newt")
    await tell(talk, *(skill(person, "Terraform") for person in everybody))

    reply = await talk("ana", "who knows terraform?")

    assert [line for line in reply.splitlines() if line.startswith("- ")] == [
        *("- @jean-marc", "- @lea", "- @newt", "- @paul", "- @paul-b")
    ]


@pytest.mark.parametrize("said", ["whoknows", "who knows?", "who knows the"])
async def test_without_a_topic_it_asks_for_one(talk, said):
    assert (await talk("ana", said)).startswith("Which skill or subject do you need?")


async def test_the_same_words_are_found_on_each_database(talk_anywhere):
    await kubernetes(talk_anywhere)
    await tell(talk_anywhere, replace(thanks("ana", ["lea"], "a Kubernetes evening"), audience="place:slack:G1"))

    assert await talk_anywhere("ana", "who knows kubernetes and terraform?") == BOTH
