import pytest
from company import TENANT

from bot.reply import buttons, plain
from bot.request import Place
from store import activities, skills

PUBLIC_PLACE = Place("console", "lobby", "public", name="lobby")
TEAM = Place("console", "team", "members", name="team")


async def declared(talk, handle="ana"):
    found = await talk.core.store.read(TENANT, lambda tx: skills.of_person(tx, handle))
    return [(skill.name, "wish" if skill.wish else skill.level) for skill in found]


async def test_skills_are_added_with_their_levels_and_the_echo_says_who_sees_them(talk):
    reply = await talk("ana", "skills add Python, Kubernetes (expert)")

    assert reply == (
        "Added to your skills: Python and Kubernetes (expert).\n"
        "Everyone in the company can see it. All of yours: skills\n"
        "[Undo]"
    )
    assert await declared(talk) == [("Kubernetes", "expert"), ("Python", "")]


async def test_an_added_skill_is_one_act_of_its_person(talk):
    await talk("ana", "skills add Kubernetes (expert)")

    [act] = await talk.core.store.read(TENANT, lambda tx: activities.of_actor(tx, "ana", ["skill"], ["public"]))
    assert (act.verb, act.key, act.name, act.facts) == ("Add", "kubernetes", "Kubernetes", {"level": "expert"})


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("SKILLS   ADD Rust", [("Rust", "")]),
        ("skills add rust?", [("rust", "")]),
        ("add skill Rust", [("Rust", "")]),
        ("add Rust to my skills", [("Rust", "")]),
        ("skill add Rust (beginner)", [("Rust", "beginner")]),
        ("Compétences ajouter Rust", [("Rust", "")]),
        ("COMPETENCES  AJOUTER Rust (débutant) ?", [("Rust", "beginner")]),
        ("ajouter compétence Rust", [("Rust", "")]),
        ("ajoute la compétence Rust", [("Rust", "")]),
        ("ajouter Rust à mes compétences", [("Rust", "")]),
        ("skills learn Rust", [("Rust", "wish")]),
        ("Skills  Learn Rust?", [("Rust", "wish")]),
        ("I'd like to learn Rust", [("Rust", "wish")]),
        ("apprendre Rust", [("Rust", "wish")]),
        ("compétences apprendre Rust", [("Rust", "wish")]),
        ("COMPETENCES APPRENDRE Rust ?", [("Rust", "wish")]),
        ("je voudrais apprendre Rust", [("Rust", "wish")]),
        (
            "skills add C#, C++, .NET, Node.js, CI/CD, R and Go",
            [(name, "") for name in (".NET", "C#", "C++", "CI/CD", "Go", "Node.js", "R")],
        ),
    ],
)
async def test_a_skill_is_said_in_many_ways(talk, said, expected):
    await talk("ana", said)

    assert await declared(talk) == expected


@pytest.mark.parametrize(
    "said",
    [
        "skills remove Perl",
        "SKILLS  REMOVE perl?",
        "remove Perl from my skills",
        "remove skill Perl",
        "compétences retirer Perl",
        "COMPETENCES RETIRER perl ?",
        "retirer Perl",
        "retirer Perl de mes compétences",
        "enlever la compétence Perl",
    ],
)
async def test_a_skill_is_removed_in_many_ways(talk, said):
    await talk("ana", "skills add Perl, Python")

    await talk("ana", said)

    assert await declared(talk) == [("Python", "")]


@pytest.mark.parametrize(
    "said",
    [
        "thanks for asking who knows Rust",
        "I know that Rust is hard",
        "je connais le numéro de Paul",
        "adding skills is fun",
        "we should learn from this",
    ],
)
async def test_a_neighbour_sentence_writes_no_skill(talk, said):
    await talk("ana", said)

    assert await declared(talk) == []


@pytest.mark.parametrize(
    ("handle", "said", "question", "label"),
    [
        (
            "ana",
            "I know Kubernetes",
            "Shall I add Kubernetes to your skills? Everyone in the company can see it.",
            "Add",
        ),
        (
            "ana",
            "I am an expert in Kubernetes",
            "Shall I add Kubernetes (expert) to your skills? Everyone in the company can see it.",
            "Add",
        ),
        (
            "lea",
            "je connais Kubernetes",
            "Voulez-vous ajouter Kubernetes à vos compétences\u00a0? Toute l’entreprise peut le voir.",
            "Ajouter",
        ),
    ],
)
async def test_a_skill_said_in_passing_is_asked_about_first(talk, handle, said, question, label):
    reply = await talk(handle, said)

    assert reply == f"{question}\n[{label}]"
    assert await declared(talk, handle) == []


async def test_the_asked_about_skills_are_added_by_a_click(talk):
    reply = await talk.reply("ana", "I know Kubernetes (expert), C++ and CI/CD")
    [button] = reply.blocks[1].buttons

    await talk.click("ana", button.action, button.value)

    assert await declared(talk) == [("C++", ""), ("CI/CD", ""), ("Kubernetes", "expert")]


async def test_a_skill_said_again_is_confirmed_and_keeps_its_level_and_spelling(talk):
    await talk("ana", "skills add Python (good)")
    talk.later(days=100)

    reply = await talk("ana", "skills add python")

    assert reply.splitlines()[0] == "You had it already; noted as still true today: Python (good)."
    [skill] = await talk.core.store.read(TENANT, lambda tx: skills.of_person(tx, "ana"))
    assert (skill.name, skill.level, skill.confirmed_at) == ("Python", "good", talk.now)


async def test_another_level_is_said(talk):
    await talk("ana", "skills add Python (good)")

    reply = await talk("ana", "skills add Python (expert)")

    assert reply.splitlines()[0] == "Your level is now: Python (expert)."
    assert await declared(talk) == [("Python", "expert")]


async def test_a_wish_that_came_true_is_said(talk):
    await talk("ana", "skills learn Rust")

    reply = await talk("ana", "skills add Rust")

    assert reply.splitlines()[0] == "You wanted to learn it, now you know it: Rust."
    assert await declared(talk) == [("Rust", "")]


async def test_wishing_for_what_one_knows_changes_nothing(talk):
    await talk("ana", "skills add Python (expert)")

    reply = await talk("ana", "skills learn Python")

    assert reply == "Already among your skills, so I noted no wish: Python (expert)."
    assert await declared(talk) == [("Python", "expert")]


async def test_removing_what_is_not_there_offers_the_nearest(talk):
    await talk("ana", "skills add Kubernetes, Perl")

    assert (
        await talk("ana", "skills remove Kubernets") == "Kubernets is not among your skills. Did you mean Kubernetes?"
    )
    assert await talk("ana", "retirer Cobol, Perl") == (
        "Retiré de vos compétences\u00a0: Perl.\n"
        "Cobol n’est pas dans vos compétences. Pour toutes les revoir\u00a0: compétences\n[Annuler]"
    )


async def test_one_undo_takes_back_a_whole_sentence_and_the_earlier_word_counts_again(talk):
    await talk("ana", "skills add Python (good)")
    talk.later(seconds=30)
    await talk("ana", "skills add Python (expert), Rust, Go")

    reply = await talk("ana", "undo")

    assert reply == "Taken back: what you said about Rust, Go and Python."
    assert await declared(talk) == [("Python", "good")]


async def test_fifty_skills_are_the_most(talk):
    await talk("ana", "skills add " + ", ".join(f"Skill {n}" for n in range(50)))

    reply = await talk("ana", "skills add One more")

    assert reply == (
        "You have 50 skills and 50 is the most, so I wrote nothing. Make room like this: skills remove Perl"
    )
    assert len(await declared(talk)) == 50


async def test_a_name_that_is_too_long_is_refused_or_left_out_and_said(talk):
    long = "x" * 61

    assert await talk("ana", f"skills add {long}") == (
        "That is too long for the name of a skill; 60 characters is the most. "
        "Say it like this: skills add Python, Kubernetes (expert)"
    )
    assert "I left out what was longer than 60 characters." in await talk("ana", f"skills add Go, {long}")
    assert await declared(talk) == [("Go", "")]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("skills add", "Which skill? Say it like this: skills add Python, Kubernetes (expert)"),
        ("skills learn", "What would you like to learn? Say it like this: skills learn Rust"),
        ("skills remove", "Which skill shall I remove? Say it like this: skills remove Perl"),
        (
            "skills of @newt",
            "@newt has told me no skill that you can see. Somebody else may know: who knows kubernetes?",
        ),
        (
            "skills",
            (
                "You have told me no skill yet. Start with the one colleagues ask you about: "
                "skills add Python, Kubernetes (expert)"
            ),
        ),
    ],
)
async def test_a_refusal_says_what_to_type(talk, said, answer):
    assert await talk("ana", said) == answer


@pytest.mark.parametrize(
    "said",
    [
        "skills of Léa",
        "SKILLS  OF lea?",
        "skills @lea",
        "Léa's skills",
        "what are Lea’s skills?",
        "what does Léa know?",
    ],
)
async def test_the_skills_of_somebody_are_shown(talk, said):
    await talk("lea", "compétences ajouter Figma (expert), SQL")
    await talk("lea", "apprendre Rust")

    assert await talk("ana", said) == (
        "Skills of @lea\n"
        "- Figma (expert)\n  said on Wednesday 4 March 2026\n"
        "- SQL\n  said on Wednesday 4 March 2026\n"
        "What @lea wants to learn\n"
        "- Rust\n  said on Wednesday 4 March 2026"
    )


@pytest.mark.parametrize("said", ["compétences de Léa", "COMPETENCES  DE lea ?", "que sait faire Léa ?"])
async def test_the_skills_of_somebody_are_shown_in_french(talk, said):
    await talk("lea", "compétences ajouter Figma (expert)")

    reply = await talk("ana", said)

    assert reply == "Les compétences de @lea\n- Figma (expert)\n  dit le mercredi 4 mars 2026"


@pytest.mark.parametrize("said", ["skills", "My  Skills?", "show my skills"])
async def test_own_skills_are_shown_with_what_to_type_next(talk, said):
    await talk("ana", "skills add Go (good)")

    assert await talk("ana", said) == (
        "Your skills\n- Go (good)\n  said on Wednesday 4 March 2026\n"
        "Keep them true: skills add Python (good), skills learn Rust, skills remove Perl"
    )


@pytest.mark.parametrize("said", ["compétences", "MES  COMPETENCES ?", "quelles sont mes compétences ?"])
async def test_own_skills_are_shown_in_french(talk, said):
    await talk("lea", "skills add Go")

    assert (await talk("lea", said)).startswith("Vos compétences\n- Go\n  dit le mercredi 4 mars 2026\n")


async def test_what_was_said_in_a_private_place_stays_there(talk_anywhere):
    talk = talk_anywhere
    reply = await talk("ana", "skills add Negotiation", place=TEAM)
    await talk("ana", "skills add Go", place=PUBLIC_PLACE)

    assert reply.splitlines()[1].startswith("Only the members of this place can see it.")
    assert await talk("sam", "skills of ana") == "Skills of @ana\n- Go\n  said on Wednesday 4 March 2026"
    assert "Negotiation" in await talk("ana", "skills")
    await talk("sam", "help", place=TEAM)
    assert "Negotiation" in await talk("sam", "skills of ana")


@pytest.mark.parametrize(
    ("said", "question", "label"),
    [
        ("I no longer know Perl", "Shall I remove Perl from your skills?", "Remove"),
        ("je ne connais plus Perl", "Voulez-vous retirer Perl de vos compétences\u00a0?", "Retirer"),
    ],
)
async def test_what_somebody_knows_no_longer_is_asked_about_before_it_goes(talk, said, question, label):
    await talk("ana", "skills add Perl, Python")

    reply = await talk.reply("ana", said)

    [button] = buttons(reply)
    assert (plain(reply), button.label) == (f"{question}\n[{label}]", label)
    assert await declared(talk) == [("Perl", ""), ("Python", "")]
    await talk.click("ana", button.action, button.value)
    assert await declared(talk) == [("Python", "")]
