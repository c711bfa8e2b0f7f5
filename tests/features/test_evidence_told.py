"""Reasons besides skills, thanks and posts: the title, the projects, and what colleagues endorse."""

from company import NOON, TENANT
from evidence import membership, offer, ownership, skill, tell, yes

from bot.reply import buttons
from store import people


async def entitled(talk, person: str, title: str) -> None:
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, person, NOON, title=title))


def named(answer: str) -> list[str]:
    """Those whom an answer names, in its order."""
    return [line.split()[1].strip(",") for line in answer.splitlines() if line.startswith("- ")]


async def test_a_title_from_the_directory_is_a_reason_and_says_so(talk):
    await entitled(talk, "sam", "Kubernetes platform engineer")

    assert await talk("ana", "who knows kubernetes?") == (
        "Who knows kubernetes\n"
        "- @sam, Kubernetes platform engineer\n"
        "  title: Kubernetes platform engineer (from the directory, 4 March)\n"
        "  ask in English, 09:00 to 20:00 your time\n"
        "[Ask them]"
    )
    assert "  poste\u00a0: Kubernetes platform engineer (d’après l’annuaire, 4 mars)\n" in await talk(
        "jean-marc", "qui connaît kubernetes ?"
    )


async def test_a_title_in_the_persons_own_word_is_told_with_its_day_and_found_by_the_next_question(talk):
    await entitled(talk, "sam", "Designer")
    await talk("sam", "profile title Kubernetes engineer")

    said = await talk("ana", "who knows kubernetes?")

    assert "  title: Kubernetes engineer (4 March)\n" in said
    assert named(await talk("ana", "who knows designer?")) == []
    await talk("sam", "undo")
    assert named(await talk("ana", "who knows kubernetes?")) == []
    assert named(await talk("ana", "who knows designer?")) == ["@sam"]


async def test_whoever_is_on_a_project_or_owns_it_is_found_by_its_name(talk):
    await talk("sam", "join #apollo")
    await talk("ana", "project apollo owner @lea")

    said = await talk("jean-marc", "qui connaît apollo ?")

    assert sorted(named(said)) == ["@lea", "@sam"]
    assert "- @sam\n  travaille sur #apollo depuis le 4 mars\n" in said
    assert "- @lea\n  responsable de #apollo depuis le 4 mars\n" in said
    await talk("sam", "leave apollo")
    assert named(await talk("ana", "who knows apollo?")) == ["@lea"]
    await talk("ana", "project apollo owner @paul-b")
    assert named(await talk("ana", "who knows apollo?")) == ["@paul-b"]


async def test_what_a_project_is_to_its_members_is_no_reason_for_others(talk):
    await tell(talk, membership("sam", "Apollo", audience="place:slack:G1"))

    assert named(await talk("ana", "who knows apollo?")) == []


async def test_an_endorsement_is_told_with_the_skill_and_never_as_a_second_reason(talk):
    word = offer("lea", "sam", "Rust", days=300)
    await tell(talk, skill("sam", "Rust", "good"), word, yes(word, days=290))

    assert await talk("ana", "who knows rust?") == (
        "Who knows rust\n"
        "- @sam\n"
        "  declared Rust, good level, 3 March, endorsed by @lea in May 2025\n"
        "  ask about Rust, in English, 09:00 to 20:00 your time\n"
        "[Ask them] [Introduce me to Sam Carter]"
    )
    assert "recommandation de @lea en mai 2025\n" in await talk("jean-marc", "qui connaît rust ?")


async def test_only_a_colleagues_word_that_was_accepted_counts_and_ten_count_as_one(talk):
    words = [offer(by, "sam", "Rust") for by in ("lea", "jean-marc", "paul", "paul-b", "tom", "tomf")]
    refused = offer("tom", "lea", "Go")
    await tell(talk, skill("sam", "Rust"), skill("lea", "Rust", days=2), skill("ana", "Rust", "expert"))
    await tell(talk, *words, refused, yes(refused, "Reject", audience="person:lea"))
    before = await talk("jean-marc", "who knows rust?")

    await tell(talk, yes(words[0]))
    one = await talk("jean-marc", "who knows rust?")
    await tell(talk, *(yes(word) for word in words[1:]))

    assert "endorsed" not in before
    assert named(one) == named(await talk("jean-marc", "who knows rust?")) == ["@ana", "@sam", "@lea"]
    assert named(await talk("jean-marc", "who knows go?")) == []


async def test_an_endorsement_that_is_withdrawn_is_no_reason_any_more(talk):
    await talk("lea", "recommander @sam pour Rust")
    accept = buttons(await talk.reply("sam", "skills"))[0]
    await talk.click("sam", accept.action, accept.value)
    told = await talk("ana", "who knows rust?")

    await talk("lea", "retirer la recommandation de @sam pour Rust")

    assert ("endorsed by @lea in March" in told, "endorsed" in await talk("ana", "who knows rust?")) == (True, False)


async def test_a_declared_skill_comes_before_a_title_and_that_before_a_project(talk):
    await entitled(talk, "tom", "Apollo lead")

    await tell(talk, skill("sam", "Apollo"), membership("lea", "Apollo"), ownership("ana", "Apollo", "lea"))

    assert named(await talk("ana", "who knows apollo?")) == ["@sam", "@thill", "@lea"]
