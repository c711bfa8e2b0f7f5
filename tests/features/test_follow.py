import pytest
from company import TENANT

from store import activities, follows, outbox
from store.follows import Preferences


async def preferences(talk, handle="ana"):
    return await talk.core.store.read(TENANT, lambda tx: follows.of_person(tx, handle))


@pytest.fixture
async def known(talk):
    """A talk in which a project and a skill are known."""
    await talk("sam", "update #apollo beta is out")
    await talk("sam", "skills add Kubernetes")
    return talk


async def test_following_is_said_to_be_private_and_is_one_private_act(known):
    reply = await known("ana", "follow #apollo")

    assert reply == (
        "You now follow #apollo: what is new there comes in your digest.\n"
        "Only you can see this. All you follow and mute: my follows\n"
        "[Undo]"
    )
    [act] = await known.core.store.read(TENANT, lambda tx: activities.of_actor(tx, "ana", ["follow"], ["person:ana"]))
    assert (act.verb, act.key, act.name, act.facts) == ("Follow", "apollo", "apollo", {"type": "Project"})


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("FOLLOW   #Apollo?", ("Project", "apollo")),
        ("follow apollo", ("Project", "apollo")),
        ("follow the project apollo", ("Project", "apollo")),
        ("follow @lea", ("Person", "lea")),
        ("follow Léa", ("Person", "lea")),
        ("follow kubernetes", ("Skill", "kubernetes")),
        ("suivre #apollo", ("Project", "apollo")),
        ("SUIVRE  @lea ?", ("Person", "lea")),
        ("suivre la compétence Kubernetes", ("Skill", "kubernetes")),
        ("SUIVRE LA COMPETENCE kubernetes", ("Skill", "kubernetes")),
    ],
)
async def test_projects_people_and_skills_are_followed(known, said, thing):
    await known("ana", said)

    assert await preferences(known) == Preferences(following=frozenset({thing}))


@pytest.mark.parametrize(
    ("said", "thing"),
    [
        ("mute kudos", ("Kind", "kudos")),
        ("MUTE  Thanks?", ("Kind", "kudos")),
        ("mute @paul", ("Person", "paul")),
        ("mute #apollo", ("Project", "apollo")),
        ("mute updates", ("Kind", "projects")),
        ("ignorer les mercis", ("Kind", "kudos")),
        ("IGNORER  kudos ?", ("Kind", "kudos")),
        ("ignorer @paul", ("Person", "paul")),
        ("ignorer le projet apollo", ("Project", "apollo")),
        ("ignorer les compétences", ("Kind", "skills")),
        ("IGNORER LES COMPETENCES", ("Kind", "skills")),
    ],
)
async def test_projects_people_and_kinds_are_muted(known, said, thing):
    await known("ana", said)

    assert await preferences(known) == Preferences(muted=frozenset({thing}))


@pytest.mark.parametrize(
    ("before", "said", "answer"),
    [
        ("follow @lea", "unfollow @lea", "You no longer follow @lea."),
        ("follow @lea", "UNFOLLOW  Léa?", "You no longer follow @lea."),
        ("follow #apollo", "stop following apollo", "You no longer follow #apollo."),
        ("mute kudos", "unmute kudos", "No longer muted: thanks."),
        ("follow kubernetes", "ne plus suivre kubernetes", "Vous ne suivez plus kubernetes."),
        ("mute kudos", "ne plus ignorer les mercis", "Vous n’ignorez plus les mercis."),
        ("mute @paul", "NE PLUS  IGNORER @paul ?", "Vous n’ignorez plus @paul."),
    ],
)
async def test_what_was_followed_or_muted_is_let_go_without_a_trace(known, before, said, answer):
    await known("ana", before)

    assert await known("ana", said) == answer
    assert await preferences(known) == Preferences()
    assert await known.core.store.read(TENANT, lambda tx: follows.said_by(tx, "ana")) == []


@pytest.mark.parametrize(
    "said", ["I follow your advice", "do not mute me please", "je suis en retard", "the following points matter"]
)
async def test_a_neighbour_sentence_changes_no_preference(known, said):
    await known("ana", said)

    assert await preferences(known) == Preferences()


async def test_the_last_word_on_a_thing_counts(known):
    await known("ana", "follow @lea")
    await known("ana", "mute @lea")

    assert await preferences(known) == Preferences(muted=frozenset({("Person", "lea")}))


async def test_saying_it_twice_changes_nothing(known):
    await known("ana", "follow @lea")

    assert await known("ana", "suivre @lea") == "Vous suivez déjà @lea."


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("follow #apolo", "I know no project called “apolo”. Did you mean #apollo?"),
        ("follow @nobody", "I know nobody called “nobody”. Try the whole name, or mention them with @."),
        ("follow paul roy", "You now follow @paul: what is new there comes in your digest."),
        ("follow @ana", "You hear about yourself anyway. Try a colleague or a project: follow #apollo"),
        ("unfollow @lea", "You neither follow nor mute @lea. See what you do: my follows"),
        (
            "follow",
            "What shall I look out for? Say it like this: follow #apollo, follow @lea, mute kudos",
        ),
        (
            "my follows",
            "You follow and mute nothing yet. Start with a project you care about: follow #apollo",
        ),
    ],
)
async def test_what_cannot_be_done_says_what_to_type(known, said, answer):
    assert (await known("ana", said)).splitlines()[0] == answer


async def test_a_skill_nobody_has_can_be_followed_and_that_is_said(known):
    reply = await known("ana", "follow Fortran")

    assert reply.splitlines()[1] == "Nobody has told me about Fortran yet; you will hear when somebody does."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "My  Follows?",
            (
                "You follow\n- @lea\n- #apollo\nYou muted\n- thanks\n"
                "Only you can see this. Change it like this: follow #apollo, unfollow @lea, mute kudos, unmute kudos"
            ),
        ),
        (
            "mes suivis",
            (
                "Vous suivez\n- @lea\n- #apollo\nVous ignorez\n- les mercis\n"
                "Cela reste entre nous. Pour changer\u00a0: suivre #apollo, ne plus suivre @lea, ignorer les mercis, "
                "ne plus ignorer les mercis"
            ),
        ),
    ],
)
async def test_all_preferences_are_shown(known, said, expected):
    for one in ("follow #apollo", "follow @lea", "mute kudos"):
        await known("ana", one)

    assert await known("ana", said) == expected


async def test_a_follow_is_undone(known):
    await known("ana", "follow #apollo")

    assert await known("ana", "undo") == "You no longer follow #apollo."
    assert await preferences(known) == Preferences()


@pytest.mark.parametrize(("said", "told"), [("mute kudos", []), ("mute @ana", []), ("mute @paul", ["sam"])])
async def test_whoever_muted_a_kind_or_a_person_is_not_told(known, said, told):
    await known("sam", said)

    await known("ana", "kudos @sam for the demo")

    assert [handle for handle, _ in await known.sent()] == told


@pytest.mark.parametrize(("said", "told"), [("mute kudos", []), ("mute @ana", []), ("mute @paul", ["sam"])])
async def test_what_is_muted_after_it_was_queued_is_not_told_either(known, said, told):
    await known("ana", "kudos @sam for the demo")
    at = known.now

    known.later(hours=1)
    await known("sam", said)

    known.now = at
    assert [handle for handle, _ in await known.sent()] == told


async def test_a_project_that_its_owner_mutes_after_it_was_queued_is_not_told_of(known):
    await known("sam", "project apollo owner @sam")
    known.later(hours=1)
    await known("ana", "project apollo starts on 3 May")
    at, before = known.now, await known.sent()

    known.later(hours=1)
    await known("sam", "mute #apollo")

    known.now = at
    assert ([handle for handle, _ in before], await known.sent()) == (["sam"], [])


async def test_whoever_mutes_thanks_with_their_first_words_hears_of_none_that_waited(known):
    await known("ana", "kudos @newt for the demo")

    assert "thanked you" not in await known("newt", "mute kudos")


async def test_preferences_of_many_people_come_in_one_read(talk_anywhere):
    talk = talk_anywhere
    await talk("sam", "update #apollo beta is out")
    await talk("ana", "follow #apollo")
    await talk("lea", "ignorer les mercis")

    found = await talk.core.store.read(TENANT, lambda tx: follows.of_people(tx, ["ana", "lea", "sam"]))

    assert found == {
        "ana": Preferences(following=frozenset({("Project", "apollo")})),
        "lea": Preferences(muted=frozenset({("Kind", "kudos")})),
        "sam": Preferences(),
    }


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("follow project apolo", "I know no project called “apolo”. Did you mean #apollo?"),
        ("suivre le projet apolo", "Je ne connais aucun projet qui s’appelle « apolo ». Vouliez-vous dire #apollo ?"),
    ],
)
async def test_a_project_that_is_none_is_not_followed_as_a_skill(known, said, answer):
    assert (await known("ana", said)).replace("\u00a0", " ") == answer
    assert await preferences(known) == Preferences()


async def test_undo_takes_back_all_that_one_sentence_followed(known):
    await known("ana", "follow @lea @sam")

    assert await known("ana", "undo") == "You no longer follow @lea and @sam."
    assert await preferences(known) == Preferences()


async def test_undo_brings_back_what_was_said_before(known):
    await known("ana", "mute #apollo")
    known.later(minutes=1)
    await known("ana", "follow #apollo")

    assert await known("ana", "undo") == "You no longer follow #apollo."
    assert await preferences(known) == Preferences(muted=frozenset({("Project", "apollo")}))


async def test_of_several_who_are_thanked_a_message_is_queued_for_each_who_did_not_mute_it(known):
    for handle, said in (("lea", "mute kudos"), ("paul", "mute @sam"), ("sam", "mute kudos"), ("sam", "unmute kudos")):
        await known(handle, said)

    await known("ana", "kudos @sam @lea @paul for the long and patient review")

    queued = await known.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "kudos.received"))
    assert [message.person for message in queued] == ["sam", "paul"]
