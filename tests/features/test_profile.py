"""The profile: what others say waits for the person's yes, and the person's own word always wins."""

from dataclasses import replace
from datetime import timedelta

import pytest
from company import NOON, TENANT
from evidence import skill, tell, update
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import links
from bot.offering import offer
from bot.reply import plain
from bot.request import Account, Place
from store import contacts, holdings, people, profile, skills, suggestions
from store.profile import PROPERTIES
from store.suggestions import Suggestion

PYTHON = Suggestion("skill", "Python", "linkedin", NOON - timedelta(days=1), "good")
TERRAFORM = Suggestion("skill", "Terraform", "git", NOON - timedelta(days=150), amount=48)
DESIGNER = Suggestion("title", "Designer", "directory", NOON - timedelta(days=2))
POSITION = Suggestion("position", "Designer, Studio (2019 – 2022)", "linkedin", NOON - timedelta(days=3))
CHANNEL = Place("slack", "C1", "public")


async def suggest(talk, *lines: Suggestion, to: str = "ana") -> int:
    return await talk.core.store.write(TENANT, lambda tx: offer(tx, to, lines, talk.now))


async def states(talk, of: str = "ana") -> dict[str, str]:
    rows = await talk.core.store.read(TENANT, lambda tx: holdings.rows(tx, suggestions.suggestions, of))
    return {row["text"]: row["state"] for row in rows}


async def test_lines_wait_with_where_they_came_from_and_when(talk_anywhere):
    talk = talk_anywhere
    await suggest(talk, PYTHON, TERRAFORM, DESIGNER, POSITION)

    assert await talk("ana", "suggestions") == (
        "4 lines about you wait for your yes\n"
        "- Python (good level)\n"
        "  from your LinkedIn export, 3 March\n"
        "[Yes: Python] [No: Python]\n"
        "- Title: Designer\n"
        "  from the company directory, 2 March\n"
        "[Yes: Designer] [No: Designer]\n"
        "- Position: Designer, Studio (2019 – 2022)\n"
        "  from your LinkedIn export, 1 March\n"
        "[Yes: Designer, Studio (2019 – 2022)] [No: Designer, Studio (2019 – 2022)]\n"
        "- Terraform\n"
        "  from git: 48 commits of yours, the last in October 2025\n"
        "[Yes: Terraform] [No: Terraform]\n"
        "Nobody else sees these. Nothing enters your profile without your yes, and a no is for good.\n"
        "[Yes to all of these]"
    )


async def test_lines_wait_in_french(talk):
    await suggest(talk, replace(TERRAFORM, amount=1), to="lea")

    assert await talk("lea", "propositions") == (
        "1 ligne à votre sujet attend votre oui\n"
        "- Terraform\n"
        "  d’après git\u00a0: 1 commit de vous, en octobre 2025\n"
        "[Oui\u00a0: Terraform] [Non\u00a0: Terraform]\n"
        "Personne d’autre ne les voit. Rien n’entre dans votre profil sans votre oui, et un non est définitif."
    )


async def test_five_are_shown_and_all_of_them_taken_at_once(talk):
    lines = [Suggestion("skill", f"Skill {n}", "cv", NOON - timedelta(days=n)) for n in range(7)]
    await suggest(talk, *lines)
    shown = await talk.reply("ana", "suggestions")
    everything = shown.blocks[-1].buttons[0]

    said = await talk.click("ana", everything.action, everything.value)

    assert everything.label == "Yes to all of these"
    assert said.startswith(
        "On your profile now: Skill 0, Skill 1, Skill 2, Skill 3 and Skill 4.\n"
        "Changed your mind? Say skills remove Skill 0.\n2 lines about you wait for your yes"
    )
    assert list((await states(talk)).values()).count("waiting") == 2


async def test_the_title_a_platform_shows_waits_too_and_is_offered_once(talk):
    account = Account("slack", "U1", "ana", "Ana", title="Data engineer")
    await talk.core.store.write(TENANT, lambda tx: people.join_account(tx, "ana", "slack", "U1", NOON))

    for said in ("Data engineer", "data  engineer", "=1+1", "x" * 200, ""):
        await talk.core.learn(TENANT, replace(account, title=said))

    assert await states(talk) == {"Data engineer": "waiting"}
    assert "- Title: Data engineer\n  from your Slack profile, 4 March\n" in await talk("ana", "suggestions")


async def test_nobody_finds_or_sees_a_line_before_the_yes(talk):
    await suggest(talk, PYTHON, DESIGNER, POSITION)
    before = [await talk("sam", said) for said in ("who knows Python?", "who is Ana?", "skills of Ana")]

    await talk.click("ana", "profile.accept", "skill:python\ntitle:designer")

    assert "ana" not in before[0] and "Designer" not in before[1] and "Python" not in before[2]
    assert await talk("sam", "who knows Python?") == (
        "Who knows Python\n- @ana, Designer\n  said yes to Python, from LinkedIn, 3 March\n"
        "  ask about Python, in English, 07:00 to 18:00 your time\n[Ask them] [Introduce me to Ana Silva]"
    )
    assert await talk("sam", "who is Ana?") == (
        "@ana\n"
        "Ana Silva, Designer\n"
        "Speaks English, reachable 07:00 to 18:00 your time\n"
        "It is 13:00 there now.\n"
        "Knows, in their own word:\n"
        "- Python, good level (from LinkedIn, 3 March)\n"
        "On the profile:\n"
        "- Title: Designer (from the directory, 2 March)\n"
        "[Follow]"
    )
    assert "  from LinkedIn, Tuesday 3 March 2026" in await talk("sam", "skills of Ana")


async def test_a_declined_line_is_never_offered_again_whoever_says_it(talk):
    await suggest(talk, PYTHON)
    await talk.click("ana", "profile.decline", "skill:python")

    added = await suggest(talk, replace(PYTHON, source="git"), replace(PYTHON, text="PYTHON"), TERRAFORM)

    assert added == 1
    assert await states(talk) == {"Python": "declined", "Terraform": "waiting"}


async def test_the_same_lines_again_add_nothing_and_newer_news_of_them_are_shown(talk):
    await suggest(talk, TERRAFORM)

    added = await suggest(talk, replace(TERRAFORM, said_at=NOON, amount=50))

    assert added == 0
    assert "50 commits of yours, the last in March 2026" in await talk("ana", "suggestions")


@pytest.mark.parametrize(
    "said", ["skills add python", "skills add Python (expert)", "skills learn Python", "skills remove Python"]
)
async def test_what_the_person_said_is_not_offered(talk, said):
    await tell(talk, skill("ana", "Python", days=9)) if "remove" in said else None
    await talk("ana", said)

    assert await suggest(talk, PYTHON) == 0


async def test_another_name_of_the_same_skill_is_not_offered(talk):
    await talk("ana", "skills add Kubernetes")

    assert await suggest(talk, replace(PYTHON, text="k8s"), PYTHON) == 1


async def test_a_title_that_stands_already_is_not_offered(talk):
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, "ana", title="designer"))

    assert await suggest(talk, DESIGNER, replace(DESIGNER, text="Lead designer")) == 1


@pytest.mark.parametrize("days", [-400, 0, 1])
async def test_the_own_word_wins_whenever_it_was_said(talk_anywhere, days):
    talk = talk_anywhere
    await suggest(talk, PYTHON)
    await tell(talk, skill("ana", "Python", "expert", days=1 - days)) if days <= 0 else None
    said = await talk.click("ana", "profile.accept", "skill:python")
    await tell(talk, skill("ana", "Python", "expert", days=400)) if days > 0 else None

    [known] = await talk.core.store.read(TENANT, lambda tx: skills.of_person(tx, "ana"))
    assert known.level == "expert"
    assert ("your own word stays" in said) == (days <= 0)


async def test_an_own_edit_beats_what_was_accepted_even_of_tomorrow(talk_anywhere):
    talk = talk_anywhere
    await suggest(talk, replace(PYTHON, said_at=NOON + timedelta(days=400)), replace(DESIGNER, said_at=NOON))
    await talk.click("ana", "profile.accept", "skill:python\ntitle:designer")

    await talk("ana", "skills add Python (beginner)")
    await talk("ana", "profile title Head of Design")

    card = await talk("ana", "profile")
    assert "- Python, beginner (4 March)" in card
    assert "Ana Silva, Head of Design\n" in card and "- Title: Head of Design (4 March)" in card
    assert await suggest(talk, DESIGNER, replace(DESIGNER, text="Intern")) == 0


async def test_an_own_title_can_be_taken_back(talk):
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, "lea", title="Designer"))
    await talk("lea", "profil poste Directrice artistique")
    before = await talk("lea", "profil")

    said = await talk("lea", "annuler")

    assert "Léa Martin, Directrice artistique" in before
    assert said == "Annulé. Poste\u00a0: Directrice artistique"
    assert "Léa Martin, Designer" in await talk("lea", "profil")


async def test_a_line_of_somebody_else_cannot_be_decided(talk):
    await suggest(talk, PYTHON)

    said = await talk.click("sam", "profile.accept", "skill:python")

    assert said == "That line does not wait any more. What still does: suggestions"
    assert await states(talk) == {"Python": "waiting"}
    assert (await talk("sam", "suggestions")).startswith("Nothing about you waits for your yes.")


async def test_a_full_profile_lets_lines_wait(talk):
    await tell(talk, *(skill("ana", f"Skill {n}") for n in range(50)))
    await suggest(talk, PYTHON)

    said = await talk.click("ana", "profile.accept", "skill:python")

    assert said.startswith("Your profile is full, so this still waits: Python (good level).")
    assert await states(talk) == {"Python": "waiting"}


async def test_in_a_channel_they_are_shown_in_private(talk):
    await suggest(talk, PYTHON)

    said = await talk("ana", "suggestions", place=CHANNEL)

    assert said == "This is for you alone, so I wrote to you in private."
    assert [(to, text.splitlines()[0]) for to, text in await talk.sent()] == [
        ("ana", "1 line about you waits for your yes")
    ]


async def test_the_next_digest_tells_of_new_lines_and_the_one_after_does_not(talk):
    await tell(talk, *(update("sam", f"note {n}", "apollo") for n in range(3)))
    await talk("ana", "follow @sam")
    await suggest(talk, PYTHON, TERRAFORM)

    first = await talk("ana", "digest")
    talk.later(days=14)
    await tell(talk, *(update("sam", f"more {n}", "apollo", days=-13) for n in range(3)))
    second = await talk("ana", "digest")

    assert "2 lines that others say about you wait for your yes: suggestions\n[See them]" in first
    assert "more 1" in second and "others say about you" not in second


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("profile link https://github.com/ana", "GitHub (https://github.com/ana)"),
        ("add https://www.linkedin.com/in/ana to my profile", "LinkedIn (https://www.linkedin.com/in/ana)"),
        ("profil lien https://ana.example.com", "ana.example.com (https://ana.example.com)"),
        ("my profile link http://fr.linkedin.com/in/ana", "LinkedIn (http://fr.linkedin.com/in/ana)"),
    ],
)
async def test_a_link_is_shown_on_the_card_with_its_name(talk, said, name):
    echo = await talk("ana", said)

    assert name in echo.splitlines()[0]
    assert f"- Link: {name} (4 March)" in await talk("sam", "who is Ana?")


@pytest.mark.parametrize("said", ["profile remove GitHub", "remove https://github.com/ana from my profile"])
async def test_a_link_is_taken_away_and_comes_back(talk, said):
    await talk("ana", "profile link https://github.com/ana")

    removed = await talk("ana", said)
    gone = await talk("sam", "who is Ana?")
    await talk("ana", "undo")

    assert removed == "Taken off your profile: Link: GitHub (https://github.com/ana).\n[Undo]"
    assert "GitHub" not in gone
    assert "GitHub" in await talk("sam", "who is Ana?")


NO_LINKS = (
    "javascript:alert(1)",
    "ftp://example.com/ana",
    "file:///etc/passwd",
    "https://",
    "https://localhost",
    "https://user:secret@example.com",
    "https://[::1",
    "https://example.com:0/",
    "https://example.com:99999999/",
    f"https://example.com/{'x' * 500}",
    "//example.com",
    "",
)


@pytest.mark.parametrize("said", NO_LINKS)
async def test_what_is_no_safe_address_is_refused(talk, said):
    answer = await talk("ana", f"profile link {said}")

    assert answer.startswith("Which link? It must begin with https:// or http://")
    assert await talk.core.store.read(TENANT, lambda tx: profile.of_person(tx, "ana")) == []


def test_safe_addresses_are_taken():
    said = ["https://Example.com/A?b=1#c", "http://example.com.", "https://example.com:8443/x"]

    assert [links.read_url(one) for one in said] == [
        "https://example.com/A?b=1#c",
        "http://example.com",
        "https://example.com:8443/x",
    ]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("profile title " + "x" * 101, "Say it in 100 characters at most"),
        ("profile remove Perl", "There is no such line on your profile yet"),
        ("profile link", "Which link?"),
    ],
)
async def test_a_refusal_says_what_to_type(talk, said, answer):
    assert (await talk("ana", said)).startswith(answer)


@pytest.mark.parametrize("said", ["who has suggestions?", "I have two suggestions for the demo", "profile of Paul Roy"])
async def test_a_neighbour_shows_no_suggestions(talk, said):
    await suggest(talk, PYTHON)

    assert "wait" not in await talk("ana", said)


async def test_all_of_it_is_exported_and_erased(talk):
    await suggest(talk, PYTHON, TERRAFORM)
    await talk.click("ana", "profile.decline", "skill:terraform")
    await talk.core.store.write(TENANT, lambda tx: contacts.add(tx, "ana", ["sam@example.com"], NOON))

    shown = await talk("ana", "export me")
    dropped = await talk("ana", "forget my contacts")
    await talk.click("ana", "privacy.forget", "ana")

    assert "What others say of you\n- 1 line waits for your yes: Python\n" in shown
    assert "What you said yes or no to\n- 1 line, kept so that it is not offered again\n" in shown
    assert "- 1 contact, as a trace of the mail address that tells nothing." in shown
    assert dropped == "I forgot 1 contact of yours."
    assert await states(talk) == {}


async def test_people_one_knows_come_first_where_a_name_fits_several(talk):
    before = await talk("ana", "who is Tom?")
    await talk.core.store.write(TENANT, know_tom_hill)

    assert before == "“Tom” could be @tford, @thill. Please say which one."
    assert await talk("ana", "who is Tom?") == before.replace("@tford, @thill", "@thill, @tford")
    assert await talk("sam", "who is Tom?") == before


async def test_people_one_knows_come_first_among_names_as_near_and_not_before_nearer_ones(talk):
    before = await talk("ana", "who is Tomi?")
    await talk.core.store.write(TENANT, know_tom_hill)
    after = await talk("ana", "who is Tomi?")

    assert before.endswith("Did you mean @tford, @thill?")
    assert after.endswith("Did you mean @thill, @tford?")


def know_tom_hill(tx):
    people.change(tx, "tom", email="tom@example.com")
    contacts.add(tx, "ana", ["Tom@example.com "], NOON)


LINES = st.builds(
    Suggestion,
    kind=st.sampled_from(["skill", *PROPERTIES]),
    text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300).filter(str.strip),
    source=st.sampled_from(["linkedin", "git", "cv", "directory", "slack", "teams", "other"]),
    said_at=st.datetimes(min_value=NOON.replace(tzinfo=None, year=1971)).map(lambda at: at.replace(tzinfo=NOON.tzinfo)),
    level=st.sampled_from(["", "good", "guru"]),
    amount=st.integers(0, 10**6),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=7))
async def test_whatever_is_said_of_somebody_can_be_shown_and_taken(talk, lines):
    before = await talk.core.store.read(TENANT, lambda tx: suggestions.count_waiting(tx, "ana"))

    added = await suggest(talk, *lines)
    again = await suggest(talk, *lines)
    shown = await talk.reply("ana", "suggestions")
    for button in [button for block in shown.blocks for button in getattr(block, "buttons", ())][:1]:
        await talk.click("ana", button.action, button.value)

    waiting = await talk.core.store.read(TENANT, lambda tx: suggestions.count_waiting(tx, "ana"))
    assert again == 0
    assert before + added - 1 <= waiting <= before + added
    assert plain(shown) and await talk("sam", "who is Ana?")
