"""Who does the same job: those who share skills, projects or the title, each with what is shared, and nobody rated."""

import pytest
from company import NOON, TENANT, company
from evidence import skill, tell, update
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.people import doubles
from store import people

RATED = "In order of what is shared, the rare things first. No one is rated."


async def entitle(talk, **titles: str) -> None:
    def work(tx):
        for id, title in titles.items():
            people.change(tx, id, title=title)

    await talk.core.store.write(TENANT, work)


async def named(talk, who: str = "ana", said: str = "who does the same job as me?") -> list[str]:
    return [line[2:].partition(",")[0] for line in (await talk(who, said)).splitlines() if line.startswith("- ")]


@pytest.mark.parametrize(
    "said",
    [
        "who does the same job as me?",
        "WHO DOES the same work as me",
        "who else does the same job as me?",
        "who has the same role as me?",
        "who does what I do?",
    ],
)
async def test_what_is_shared_is_said(talk, said):
    await entitle(talk, ana="Data engineer", sam="Data engineer")
    await tell(
        talk,
        *(skill("ana", name) for name in ("SQL", "Kubernetes", "dbt")),
        *(skill("sam", name) for name in ("dbt", "k8s")),
        skill("lea", "SQL", "expert"),
        *(update(who, f"{who} moved the tables", "apollo") for who in ("ana", "sam", "lea")),
    )

    assert await talk("ana", said) == (
        "Whose job is like yours\n"
        "- @sam, Data engineer\n"
        "  shared skills: dbt and Kubernetes\n"
        "  shared projects: #apollo\n"
        "  the same title\n"
        "  ask about dbt and k8s, in English, 09:00 to 20:00 your time\n"
        "- @lea\n"
        "  shared skills: SQL\n"
        "  shared projects: #apollo\n"
        "  ask about SQL, in French, 08:00 to 19:00\n"
        f"{RATED}"
    )


@pytest.mark.parametrize(
    "said",
    [
        "qui fait le même métier que moi ?",
        "QUI FAIT le meme travail que moi",
        "qui d'autre fait le même métier que moi ?",
        "qui a le même poste que moi ?",
        "qui fait la même chose que moi ?",
    ],
)
async def test_it_can_be_asked_in_french(talk, said):
    await tell(talk, *(skill(who, name) for who in ("lea", "paul") for name in ("Figma", "Dessin")))

    assert (await talk("lea", said)).replace("\u00a0", " ") == (
        "Qui fait un métier proche du vôtre\n"
        "- @paul\n"
        "  compétences en commun : Dessin et Figma\n"
        "  à solliciter sur Dessin et Figma, en français, de 14 h à 1 h pour vous\n"
        "Dans l’ordre de ce qui est partagé, le plus rare d’abord. Personne n’est noté."
    )


@pytest.mark.parametrize("said", ["who does the same job as Paul Roy?", "qui fait le même métier que Paul Roy ?"])
async def test_it_can_be_asked_of_somebody_else(talk, said):
    await tell(talk, *(skill(who, name) for who in ("lea", "paul") for name in ("Figma", "Drawing")))
    await tell(talk, skill("sam", "Figma"))

    assert await named(talk, said=said) == ["@lea"]


@pytest.mark.parametrize("said", ["who does the demo?", "who does Rust?", "I do the same job as Sam"])
async def test_a_neighbour_asks_for_no_double(talk, said):
    await entitle(talk, ana="Data engineer", sam="Data engineer")

    assert "the same title" not in await talk("ana", said)


async def test_the_rare_says_more_than_the_common_and_levels_say_nothing(talk):
    everybody = ("sam", "lea", "jean-marc", "paul", "paul-b", "tom")
    await tell(talk, *(skill(who, name, "expert") for who in (*everybody, "ana") for name in ("Excel", "English")))
    await tell(talk, skill("ana", "Cobol"), skill("tom", "Cobol", "beginner"))

    assert (await named(talk))[0] == "@thill"


async def test_what_the_asker_may_not_see_is_shared_with_nobody(talk):
    mine = [skill("ana", name) for name in ("SQL", "dbt")]
    await tell(talk, *mine, *(skill("sam", name, audience="place:slack:G1") for name in ("SQL", "dbt")))
    hidden = await talk("ana", "who does the same job as me?")
    asked_of = await talk("ana", "who does the same job as Sam?")

    assert hidden == await talk("ana", "who does the same job as me?")
    assert hidden.startswith("I found nobody who shares a skill, a project or the title with you.")
    assert asked_of.startswith("I know too little about the work of @sam to compare it.")


async def test_wishes_leavers_and_bots_are_no_doubles(talk):
    await tell(talk, *(skill(who, name) for who in ("ana", "lea", "sam", "robot") for name in ("SQL", "dbt")))
    await tell(talk, *(skill("paul", name, wish=True) for name in ("SQL", "dbt")))
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))

    assert await named(talk) == ["@lea"]


async def test_who_shares_little_is_called_the_closest_and_no_double(talk):
    await tell(talk, skill("ana", "SQL"), skill("ana", "dbt"), skill("sam", "SQL"))

    assert (await talk("ana", "who does the same job as me?")).startswith(
        "Nobody I found does quite the same job as you. These people come closest\n- @sam\n"
    )


async def test_who_has_said_nothing_is_told_how_to_begin(talk):
    assert await talk("ana", "who does the same job as me?") == (
        "Tell me first what you do, and I can compare: skills add Python, Kubernetes (expert)"
    )


async def test_in_a_crowd_only_so_many_are_read_and_the_rare_is_not_missed(talk):
    def crowd(tx):
        for n in range(doubles.CROWD + 50):
            people.add(tx, people.Person(f"p{n:03}", f"p{n:03}", f"P {n:03}"), NOON)

    await talk.core.store.write(TENANT, crowd)
    await tell(talk, *(skill(f"p{n:03}", "Excel") for n in range(doubles.CROWD + 50)))
    await tell(talk, *(skill(who, name) for who in ("ana", "sam") for name in ("Excel", "Cobol")))

    assert await named(talk) == ["@sam"]


async def test_the_same_doubles_are_found_on_each_database(talk_anywhere):
    crowd = ("ana", "sam", "lea", "paul")
    await tell(talk_anywhere, *(skill(who, f"Skill {n}") for n in range(4) for who in crowd[: n + 1]))

    assert await named(talk_anywhere) == ["@sam", "@lea"]


PAIRS = st.tuples(st.sampled_from(["sam", "lea", "paul", "tom"]), st.sampled_from("abcdef"))


@settings(deadline=None, max_examples=20)
@given(st.dictionaries(PAIRS, st.booleans(), max_size=16))
async def test_in_any_company_what_is_hidden_is_not_shown_nor_counted_and_moves_nobody(held):
    mine = [skill("ana", f"Skill {letter}") for letter in "abcdef"]
    seen = [skill(who, f"Skill {letter}") for (who, letter), hidden in held.items() if not hidden]
    secret = [
        skill(who, f"Skill {letter}", audience="place:slack:G1") for (who, letter), hidden in held.items() if hidden
    ]

    async with company("sqlite://") as open_one, company("sqlite://") as other:
        await tell(open_one, *mine, *seen)
        await tell(other, *mine, *seen, *secret)
        answers = [await one("ana", "who does the same job as me?") for one in (open_one, other)]

    assert answers[0] == answers[1]
