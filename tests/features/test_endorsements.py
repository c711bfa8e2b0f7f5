"""Endorsements: a colleague's word stands on a profile by that person's yes alone, and is gone when either says so."""

import pytest
from company import NOON, TENANT
from evidence import skill, tell

from bot import streams
from bot.features.privacy.record import acts
from bot.reply import buttons
from store import history, people
from store.endorsements import KIND

OFFERED = (
    "@sam endorses you for Terraform.\n"
    "Nobody else sees this. It stands on your profile only if you say yes.\n"
    "[Yes, add Terraform] [No, thanks: Terraform]"
)


async def offered(talk, label: str = "Yes") -> tuple[str, str]:
    """Action and value of a button that Ana is shown."""
    await talk("ana", "skills")
    [*rows] = [block.buttons for block in talk.replies[-1].blocks if block.kind == "buttons"]
    return next((one.action, one.value) for row in rows for one in row if one.label.startswith(label))


async def test_it_is_offered_to_the_person_alone(talk):
    said = await talk("sam", "endorse @ana for Terraform")

    assert said == (
        "Your word goes to @ana: Terraform.\n"
        "It stands on a profile only after that person's yes; until then nobody else sees it.\n"
        "[Undo]"
    )
    assert await talk.sent() == [("ana", OFFERED)]
    assert await talk("ana", "skills") == OFFERED
    for reader in ("sam", "lea"):
        assert "Terraform" not in await talk(reader, "skills of Ana") + await talk(reader, "who is Ana?")
        assert "ana" not in await talk(reader, "who knows Terraform?")


async def test_it_is_offered_in_french(talk):
    said = await talk("jean-marc", "recommander @lea pour Terraform")

    assert said.startswith("Votre recommandation part chez @lea\u00a0: Terraform.")
    assert await talk("lea", "compétences") == (
        "@jean-marc vous recommande pour Terraform.\n"
        "Personne d’autre ne le voit. Cela n’entre dans votre profil que si vous dites oui.\n"
        "[Oui, ajouter Terraform] [Non merci\u00a0: Terraform]"
    )


async def test_after_the_yes_it_stands_beside_the_skill_with_who_and_when(talk):
    await talk("sam", "endorse @ana for Terraform")

    said = await talk.click("ana", *await offered(talk))

    assert said == (
        "Added to your skills: Terraform. It shows that @sam endorses you.\n"
        "Whoever can see the skill can see this too. To take it away later: remove endorsement of @sam for Terraform\n"
        "[Undo]"
    )
    assert await talk("lea", "compétences de Ana") == (
        "Les compétences de @ana\n"
        "- Terraform\n"
        "  dit le mercredi 4 mars 2026\n"
        "  recommandation de @sam, le mercredi 4 mars 2026"
    )


async def test_it_joins_a_skill_that_is_there_whatever_its_name_and_is_seen_by_those_who_see_that(talk):
    await tell(talk, skill("ana", "Kubernetes", "good", audience="place:slack:G1"))
    await talk("sam", "endorse @ana for k8s")

    said = await talk.click("ana", *await offered(talk, "Yes, show it"))

    assert said.startswith("Done: Kubernetes now shows that @sam endorses you.")
    assert "endorsed by @sam" in await talk("ana", "skills")
    assert "sam" not in await talk("lea", "skills of Ana")


async def test_a_no_is_for_good_and_not_told(talk):
    await talk("sam", "endorse @ana for Terraform")

    said = await talk.click("ana", *await offered(talk, "No"))
    again = await talk("sam", "endorse @ana for terraform")

    assert said == "Put aside: Terraform. Nobody is told."
    assert again == "You have said that already, and once is enough. What becomes of it is for @ana to decide."
    assert await talk("ana", "skills") == (
        "You have told me no skill yet. Start with the one colleagues ask you about: "
        "skills add Python, Kubernetes (expert)"
    )


async def test_an_offer_is_decided_once_and_by_nobody_else(talk):
    await talk("sam", "endorse @ana for Terraform")
    action, value = await offered(talk)

    stolen = await talk.click("lea", action, value)
    first = await talk.click("ana", action, value)
    second = await talk.click("ana", action, value)

    assert stolen == "C’est déjà décidé. Pour revoir vos compétences\u00a0: compétences"
    assert first.startswith("Added to your skills")
    assert second == "That is decided already. All of your skills: skills"


async def test_whoever_gave_it_takes_it_back_with_what_was_told_and_answered(talk):
    await talk("sam", "endorse @ana @lea for Terraform")
    await talk.click("ana", *await offered(talk))

    said = await talk("sam", "undo")

    assert said == "Taken back: your endorsement for Terraform."
    assert await talk.sent() == []
    assert "sam" not in await talk("lea", "skills of Ana")
    assert await talk("sam", "endorse @ana for Terraform") != said


async def test_a_yes_is_taken_back_with_the_skill_it_added(talk):
    await talk("sam", "endorse @ana for Terraform")
    await talk.click("ana", *await offered(talk))

    said = await talk("ana", "undo")

    assert said == "Taken back: what you said about Terraform."
    assert await talk("ana", "skills") == OFFERED


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("ana", "remove endorsement of @sam for Terraform"),
        ("sam", "withdraw my endorsement of @ana for terraform"),
    ],
)
async def test_either_of_the_two_ends_it_at_any_time_and_the_skill_stays(talk, who, said):
    await talk("sam", "endorse @ana for Terraform")
    await talk.click("ana", *await offered(talk))
    talk.later(days=40)

    answer = await talk(who, said)

    assert answer.startswith("Gone: the endorsement between you and")
    assert await talk("lea", "compétences de Ana") == (
        "Les compétences de @ana\n- Terraform\n  dit le mercredi 4 mars 2026"
    )


async def test_who_removes_the_skill_removes_the_word_on_it(talk):
    await talk("sam", "endorse @ana for Terraform")
    await talk.click("ana", *await offered(talk))

    await talk("ana", "skills remove Terraform")
    talk.later(minutes=1)
    await talk("ana", "skills add Terraform")

    assert "sam" not in await talk("lea", "compétences de Ana")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("endorse @sam for Terraform", "You cannot endorse yourself."),
        ("endorse @robot for Terraform", "@robot is a bot and has no profile."),
        ("endorse @paul-b for Terraform", "@paul-b has left, so your word would reach nobody."),
        ("endorse @ana", "Whom do you want to endorse, and for which skill?"),
        ("endorse", "Whom do you want to endorse, and for which skill?"),
        ("endorse @zork for Terraform", "I know nobody called “zork”."),
        ("endorse @ana @lea for A1, B2, C3, D4, E5, F6", "That is too much at once; 10 endorsements is the most."),
        ("remove endorsement of @ana for Terraform", "There is no such endorsement between you and @ana."),
    ],
)
async def test_what_cannot_be_endorsed_is_said_and_nothing_is_written(talk, said, answer):
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "paul-b", NOON))

    assert (await talk("sam", said)).startswith(answer)
    assert await talk.sent() == []


async def test_twenty_a_week_are_the_most(talk):
    for n in range(20):
        await talk("sam", f"endorse @ana for Skill{n}")

    refused = await talk("sam", "endorse @lea for Terraform")
    talk.later(days=7)

    assert refused.startswith("You have 0 of your 20 endorsements left this week, so I wrote nothing.")
    assert (await talk("sam", "endorse @lea for Terraform")).startswith("Your word goes to @lea: Terraform.")


async def test_who_has_not_started_hears_of_it_with_their_first_answer(talk):
    await talk("sam", "endorse @newt for Terraform")

    waiting = await talk.sent()
    first = await talk("newt", "help")

    assert waiting == []
    assert "@sam endorses you for Terraform." in first


async def test_both_find_it_in_what_is_kept_of_them_and_a_no_is_told_to_its_owner_alone(talk):
    for topic in ("Terraform", "Ansible"):
        await talk("sam", f"endorse @ana for {topic}")
        await talk.click("ana", *await offered(talk, "Yes" if topic == "Terraform" else "No"))

    mine, theirs = await talk("ana", "export me"), await talk("sam", "export me")

    assert [line for line in mine.splitlines() if "Terraform" in line or "Ansible" in line] == [
        "- Terraform",
        "- 4 March, you said no for Ansible",
        "- 4 March, by @sam for Ansible",
        "- 4 March, you said yes to @sam for Terraform",
        "- 4 March, by @sam for Terraform",
    ]
    assert [line for line in theirs.splitlines() if "Terraform" in line or "Ansible" in line] == [
        "- 4 March, of @ana for Ansible",
        "- 4 March, @ana said yes to yours for Terraform",
        "- 4 March, of @ana for Terraform",
    ]
    kept = await talk.core.store.read(TENANT, lambda tx: str(acts(tx, "sam")))
    assert "Reject" not in kept and "Accept" in kept


@pytest.mark.parametrize("gone", ["sam", "ana"])
async def test_who_is_forgotten_is_in_nobodys_endorsement(talk, gone):
    await talk("sam", "endorse @ana for Terraform")
    await talk.click("ana", *await offered(talk))

    await talk(gone, "forget me")
    [*_, sure] = [one for one in buttons(talk.replies[-1]) if one.action.startswith("privacy.")]
    await talk.click(gone, sure.action, sure.value)

    rows = await talk.core.store.read(TENANT, lambda tx: [act for act in history.stream(tx) if act.kind == KIND])
    assert rows == []


async def test_what_is_exported_and_imported_again_is_the_same():
    sam, ana = "urn:ristretto:person:sam", "urn:ristretto:person:ana"
    head = {"@context": "https://www.w3.org/ns/activitystreams", "published": "2026-03-04T12:00:00Z"}
    said = [
        {**head, "id": "a1", "type": "Announce", "actor": sam, "object": SKILL, "target": ana, "audience": ana},
        {**head, "id": "a2", "type": "Accept", "actor": ana, "object": {**SKILL, "id": "a1"}, "target": sam},
        {**head, "id": "a3", "type": "Reject", "actor": ana, "object": {**SKILL, "id": "a1"}, "audience": ana},
        {**head, "id": "a4", "type": "Add", "actor": ana, "object": {**SKILL, "confirms": True}, "target": own(ana)},
        {**head, "id": "a5", "type": "Reject", "actor": ana, "object": SKILL, "origin": own(ana), "audience": ana},
    ]

    read = [streams.read(one, lambda handle: handle) for one in said]

    assert [act.kind for act in read] == ["endorsement", "endorsement", "endorsement", "skill", "skill"]
    assert [streams.write(act, lambda id: id) for act in read] == said


SKILL = {"type": "Skill", "name": "Terraform"}


def own(urn: str) -> dict[str, str]:
    return {"type": "Profile", "describes": urn}
