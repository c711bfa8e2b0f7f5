import pytest
from company import TENANT
from sqlalchemy import select

from bot.reply import plain, plain_spans
from bot.request import Place
from store import activities, projects
from store.outbox import outbox, read

LOBBY = Place("console", "lobby", "public", name="lobby")
TEAM = Place("console", "team", "members", name="team")


async def known(talk, key="apollo"):
    return await talk.core.store.read(TENANT, lambda tx: projects.of_key(tx, key, ["public"]))


def everything(tx):
    return tx.all(select(activities.activities).order_by(activities.activities.c.id))


async def facts(talk, key="apollo"):
    project = await known(talk, key)
    return {fact: project.fact(fact) for fact in project.facts} if project else {}


@pytest.fixture
async def apollo(talk):
    """A talk in which Sam's project is known: owner, start, members and news."""
    await talk("sam", "project apollo starts on 2 March 2026, owner @sam")
    await talk("ana", "join #apollo")
    talk.later(minutes=1)
    await talk("lea", "nouvelle #apollo la maquette est prête ; ensuite : cinq entretiens")
    talk.later(minutes=1)
    await talk("sam", "update #apollo beta is out; next: pricing; blocked: legal review")
    talk.later(minutes=1)
    return talk


async def test_an_update_makes_its_project_known_and_its_parts_are_kept(talk):
    reply = await talk("ana", "update #apollo beta is out; next: pricing; blocked: legal review")

    assert reply == (
        "Noted for #apollo: beta is out\n"
        "Next: pricing\n"
        "Blocked: legal review\n"
        "#apollo is new to me. Say more about it: project #apollo starts on 3 March, owner @sam\n"
        "Everyone in the company can see it.\n"
        "[Undo]"
    )
    [act] = (await known(talk)).updates
    assert (act.actor, act.verb, act.kind, act.key, act.name) == ("ana", "Create", "update", "apollo", "beta is out")
    assert act.facts == {"project": "apollo", "next": "pricing", "blocked": "legal review"}
    assert await talk.sent() == []


@pytest.mark.parametrize(
    ("said", "text", "parts"),
    [
        ("UPDATE   #Apollo beta is out", "beta is out", {}),
        ("update #apollo: beta is out!", "beta is out!", {}),
        ("update on #apollo beta is out", "beta is out", {}),
        ("#apollo: beta is out", "beta is out", {}),
        ("update #apollo beta is out. Next steps: pricing", "beta is out.", {"next": "pricing"}),
        ("update #apollo Next: pricing", "Next: pricing", {"next": "pricing"}),
        ("nouvelle #apollo la bêta est sortie", "la bêta est sortie", {}),
        ("NOUVELLES  #apollo : la bêta est sortie", "la bêta est sortie", {}),
        (
            "nouvelle #apollo bêta sortie ; prochaine étape : les prix ; bloqué : la revue",
            "bêta sortie",
            {"next": "les prix", "blocked": "la revue"},
        ),
        (
            "NOUVELLE #APOLLO beta sortie; ENSUITE: les prix; BLOQUE: la revue",
            "beta sortie",
            {"next": "les prix", "blocked": "la revue"},
        ),
        ("mise à jour #apollo bêta sortie", "bêta sortie", {}),
        ("maj apollo bêta sortie", "bêta sortie", {}),
    ],
)
async def test_news_are_said_in_many_ways(apollo, said, text, parts):
    await apollo("ana", said)

    act = (await known(apollo)).updates[0]
    assert (act.actor, act.name, act.facts) == ("ana", text, {"project": "apollo", **parts})


@pytest.mark.parametrize(
    "said", ["thanks for the update on #apollo", "any news on apollo?", "what is next: pricing?", "update", "nouvelle"]
)
async def test_a_neighbour_sentence_is_no_news(apollo, said):
    await apollo("ana", said)

    assert [act.actor for act in (await known(apollo)).updates] == ["sam", "lea"]


async def test_a_bare_word_that_is_no_project_is_asked_about_and_started_by_a_click(apollo):
    reply = await apollo.reply("ana", "update apolo beta is out")
    ask, choices = reply.blocks

    assert plain_spans(ask.spans) == "I know no project called #apolo. Shall I start it with this update?"
    assert [button.label for button in choices.buttons] == ["#apollo", "Start #apolo"]
    assert await known(apollo, "apolo") is None
    await apollo.click("ana", choices.buttons[0].action, choices.buttons[0].value)
    assert (await known(apollo)).updates[0].name == "beta is out"


async def test_a_new_name_that_is_nearly_a_known_one_is_noticed(apollo):
    reply = await apollo("ana", "update #apolo beta is out")

    assert "#apolo is new to me. If you meant #apollo, say undo and write it once more." in reply


async def test_news_said_in_a_place_are_shown_there_and_undone_there(apollo):
    await apollo("ana", "update #apollo all green", place=LOBBY)

    [shown] = [one for one in await drawn(apollo) if one]
    assert shown == "@ana on #apollo: all green"
    await apollo("ana", "undo")
    assert await drawn(apollo) == []


async def drawn(talk):
    """The lines that wait to be said in places."""
    wanted = select(outbox).where(outbox.c.platform != "", outbox.c.state == "ready")
    messages = await talk.core.store.read(TENANT, lambda tx: [read(row) for row in tx.all(wanted)])
    found = [await talk.core.draw(TENANT, message) for message in messages]
    return [plain(one.reply) for one in found if one]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("project hermes starts on 3 April, owner @sam", {"startTime": "2026-04-03", "owner": "sam"}),
        ("PROJECT  #Hermes  STARTS ON 3 april, OWNER @sam?", {"startTime": "2026-04-03", "owner": "sam"}),
        ("project hermes owner Sam and starts on 3 April", {"startTime": "2026-04-03", "owner": "sam"}),
        ("project hermes ends on 30 June", {"endTime": "2026-06-30"}),
        ("project hermes starts on 3 April and ends on 30 June", {"startTime": "2026-04-03", "endTime": "2026-06-30"}),
        (
            "project hermes is at risk, starts on 3 April and its owner is @sam",
            {"state": "at risk", "startTime": "2026-04-03", "owner": "sam"},
        ),
        ("project hermes is on track", {"state": "on track"}),
        ("#hermes is blocked", {"state": "blocked"}),
        ("the project hermes is done", {"state": "done"}),
        ("project hermes is planned", {"state": "planned"}),
        ("projet hermes démarre le 3 avril, responsable @sam", {"startTime": "2026-04-03", "owner": "sam"}),
        ("PROJET  HERMES DEMARRE le 3 avril, responsable @sam ?", {"startTime": "2026-04-03", "owner": "sam"}),
        ("projet hermes se termine fin juin", {"endTime": "2026-06-30"}),
        ("le projet hermes est en retard", {"state": "late"}),
        ("le projet hermes est bloqué", {"state": "blocked"}),
        ("LE PROJET HERMES EST TERMINE", {"state": "done"}),
        ("projet hermes est à risque", {"state": "at risk"}),
        (
            "projet hermes est en retard, responsable @lea, démarre début avril et se termine fin juin",
            {"state": "late", "owner": "lea", "startTime": "2026-04-01", "endTime": "2026-06-30"},
        ),
    ],
)
async def test_facts_are_said_in_many_ways_and_orders(talk, said, expected):
    await talk("ana", said)

    assert await facts(talk, "hermes") == expected


@pytest.mark.parametrize("said", ["the project starts on 3 April they say", "Hermes starts on 3 April", "project work"])
async def test_a_neighbour_sentence_sets_no_fact(apollo, said):
    before = await facts(apollo)

    await apollo("ana", said)

    assert await facts(apollo) == before
    assert await facts(apollo, "hermes") == {}


async def test_the_newest_word_on_each_fact_counts_and_undo_brings_back_the_one_before(apollo):
    await apollo("sam", "project apollo is at risk")
    apollo.later(seconds=10)
    await apollo("sam", "project apollo is blocked, starts on 5 March 2026")

    assert await facts(apollo) == {"state": "blocked", "startTime": "2026-03-05", "owner": "sam"}
    assert await apollo("sam", "undo") == "Taken back: what you noted about #apollo."
    assert await facts(apollo) == {"state": "at risk", "startTime": "2026-03-02", "owner": "sam"}


async def test_the_owner_is_told_what_others_note_and_a_new_owner_that_they_are_one(apollo):
    reply = await apollo("ana", "project apollo is at risk")

    assert reply == "Noted: #apollo is at risk.\nEveryone in the company can see it.\n[Undo]"
    assert await apollo.sent() == [("sam", "@ana noted about your project: #apollo is at risk.")]
    apollo.later(seconds=10)
    await apollo("ana", "project apollo owner @lea")
    assert sorted(await apollo.sent()) == [
        ("lea", "@ana vous a confié la responsabilité de #apollo. Pour changer\u00a0: projet #apollo responsable @sam"),
        ("sam", "@ana noted about your project: #apollo has @lea as owner."),
    ]


async def test_an_owner_who_muted_the_project_is_not_told(apollo):
    await apollo("sam", "mute #apollo")

    await apollo("ana", "project apollo is at risk")

    assert await apollo.sent() == []


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "project apollo starts on 31 June",
            "There is no such day: on 31 June. Say it like this: 3 March, next Monday or end of April",
        ),
        (
            "projet apollo démarre le 31 février, responsable @sam",
            "Ce jour n’existe pas\u00a0: le 31 février. Dites-le ainsi\u00a0: 3 mars, lundi prochain ou fin avril",
        ),
        (
            "project apollo starts soonish",
            "I cannot read “soonish” as a day. Say it like this: 3 March, next Monday or end of April",
        ),
        (
            "project apollo is great",
            (
                "What about #apollo? Say it like this: project #apollo starts on 3 March, owner @sam, "
                "or project #apollo is on track"
            ),
        ),
        (
            "project apollo starts on 3 May and ends on 3 April",
            (
                "That would end before it starts, so I wrote nothing. "
                "Say both: project apollo starts on 3 March and ends on 30 June"
            ),
        ),
        (
            "project apollo owner @robot",
            "@robot cannot own a project: only people who are still here can. Try project apollo owner @sam",
        ),
        ("project apollo owner @nobody", "I know nobody called “nobody”. Try the whole name, or mention them with @."),
        ("update", "Which project, and what is new? Say it like this: update #apollo beta is out; next: pricing"),
        ("update #apollo", "What is new on #apollo? Say it like this: update #apollo beta is out; next: pricing"),
        ("how is apolo doing?", "I know no project called “apolo”. Did you mean #apollo?"),
        (f"update #apollo {'x' * 1301}", "That update has 1301 characters; 1300 is the most. Please say it shorter."),
        (f"update #{'x' * 61} hello", "That is too long for the name of a project; 60 characters is the most."),
        ("leave apollo", "You are not in #apollo. To see who is: who works on #apollo?"),
    ],
)
async def test_what_cannot_be_done_says_what_to_type_and_writes_nothing(apollo, said, answer):
    before = await apollo.core.store.read(TENANT, everything)

    assert await apollo("newt", said) == answer
    assert await apollo.core.store.read(TENANT, everything) == before


async def test_a_start_moved_past_the_end_is_noted_and_pointed_out(apollo):
    await apollo("sam", "project apollo ends on 30 June")

    reply = await apollo("sam", "project apollo starts on 3 July")

    assert reply.splitlines()[:2] == [
        "Noted: #apollo starts on Friday 3 July 2026.",
        "It was to end on Tuesday 30 June 2026, before that start. Say the new end: project #apollo ends on 30 June",
    ]


SHOWN = (
    "#apollo\n"
    "It started on Monday 2 March 2026. The end of #apollo is not known: ask @sam.\n"
    "Owner: @sam\n"
    "With: @lea and @ana\n"
    "Next: pricing (@sam)\n"
    "Next: cinq entretiens (@lea)\n"
    "Blocked: legal review (@sam)\n"
    "- @sam: beta is out\n"
    "  Wednesday 4 March 2026\n"
    "- @lea: la maquette est prête\n"
    "  Wednesday 4 March 2026\n"
    "[Follow]"
)
MONTRE = (
    "#apollo\n"
    "Il a démarré le lundi 2 mars 2026. La fin de #apollo n’est pas connue\u00a0: demandez à @sam.\n"
    "Responsable\u00a0: @sam\n"
    "Avec\u00a0: @lea et @ana\n"
    "Ensuite\u00a0: pricing (@sam)\n"
    "Ensuite\u00a0: cinq entretiens (@lea)\n"
    "Bloqué\u00a0: legal review (@sam)\n"
    "- @sam\u00a0: beta is out\n"
    "  mercredi 4 mars 2026\n"
    "- @lea\u00a0: la maquette est prête\n"
    "  mercredi 4 mars 2026\n"
    "[Suivre]"
)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("how is apollo doing?", SHOWN),
        ("HOW IS  #Apollo   doing", SHOWN),
        ("status of apollo", SHOWN),
        ("#apollo ?", MONTRE),
        ("any news on apollo?", SHOWN),
        ("où en est apollo ?", MONTRE),
        ("OU EN  EST APOLLO ?", MONTRE),
        ("où en est le projet #apollo", MONTRE),
        ("comment avance apollo ?", MONTRE),
        ("des nouvelles d’apollo ?", MONTRE),
    ],
)
async def test_everything_known_of_a_project_is_shown(apollo, said, expected):
    assert await apollo("paul", said) == expected


async def test_who_writes_again_has_the_earlier_next_and_blocked_behind(apollo):
    await apollo("sam", "update #apollo legal said yes")

    reply = await apollo("paul", "how is apollo doing?")

    assert "Blocked" not in reply
    assert "pricing" not in reply


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("when does apollo start?", "#apollo started on Monday 2 March 2026.\nSaid by @sam on Wednesday 4 March 2026."),
        ("WHEN  did Apollo begin", "#apollo started on Monday 2 March 2026.\nSaid by @sam on Wednesday 4 March 2026."),
        ("when will apollo end?", "The end of #apollo is not known: ask @sam."),
        ("quand démarre apollo ?", "#apollo a démarré le lundi 2 mars 2026.\nDit par @sam le mercredi 4 mars 2026."),
        ("QUAND  DEMARRE APOLLO ?", "#apollo a démarré le lundi 2 mars 2026.\nDit par @sam le mercredi 4 mars 2026."),
        ("quand se termine apollo ?", "La fin de #apollo n’est pas connue\u00a0: demandez à @sam."),
        (
            "date de début d'apollo",
            "#apollo a démarré le lundi 2 mars 2026.\nDit par @sam le mercredi 4 mars 2026.",
        ),
    ],
)
async def test_dates_are_answered_in_one_sentence_with_their_source(apollo, said, expected):
    assert await apollo("ana", said) == expected


@pytest.mark.parametrize("said", ["who works on apollo?", "WHO  works on #APOLLO", "who is on the project apollo?"])
async def test_members_are_shown_with_what_shows_it(apollo, said):
    assert await apollo("paul", said) == (
        "Who works on #apollo\n"
        "- @sam\n  owner\n"
        "- @lea\n  last update on Wednesday 4 March 2026\n"
        "- @ana\n  joined on Wednesday 4 March 2026"
    )


@pytest.mark.parametrize("said", ["qui travaille sur apollo ?", "QUI  TRAVAILLE sur #apollo", "l’équipe d’apollo"])
async def test_members_are_shown_in_french(apollo, said):
    reply = await apollo("paul", said)

    assert reply.splitlines()[:3] == ["Qui travaille sur #apollo", "- @sam", "  responsable"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "what is Léa working on?",
            "@lea works on 1 project\n- #apollo\n  Wednesday 4 March 2026: la maquette est prête",
        ),
        (
            "WHAT IS  lea working on",
            "@lea works on 1 project\n- #apollo\n  Wednesday 4 March 2026: la maquette est prête",
        ),
        (
            "sur quoi travaille Léa ?",
            "@lea travaille sur 1 projet\n- #apollo\n  mercredi 4 mars 2026\u00a0: la maquette est prête",
        ),
        (
            "SUR QUOI  TRAVAILLE lea ?",
            "@lea travaille sur 1 projet\n- #apollo\n  mercredi 4 mars 2026\u00a0: la maquette est prête",
        ),
        ("what am I working on?", "You are in 1 project\n- #apollo\n  joined on Wednesday 4 March 2026"),
        (
            "sur quoi je travaille ?",
            "Vous êtes dans 1 projet\n- #apollo\n  dans le projet depuis le mercredi 4 mars 2026",
        ),
        (
            "what is Jean-Marc working on?",
            "I know of no project of @jean-marc that you can see. Ask who works on one: who works on apollo?",
        ),
    ],
)
async def test_the_projects_of_a_person_are_shown(apollo, said, expected):
    assert await apollo("ana", said) == expected


@pytest.mark.parametrize(
    "said", ["what is the meaning of working on things?", "quand est la fête ?", "how are you doing?", "qui est là ?"]
)
async def test_a_neighbour_question_is_not_about_a_project(apollo, said):
    assert "beta is out" not in await apollo("ana", said)


@pytest.mark.parametrize(
    ("joining", "leaving"),
    [
        ("join #apollo", "leave #apollo"),
        ("REJOINDRE  apollo ?", "QUITTER #Apollo ?"),
        ("I work on apollo", "leave apollo"),
    ],
)
async def test_people_join_and_leave(apollo, joining, leaving):
    await apollo("paul", joining)
    assert "paul" in (await known(apollo)).members

    apollo.later(minutes=1)
    await apollo("paul", leaving)
    assert "paul" not in (await known(apollo)).members


async def test_an_author_who_left_is_a_member_no_more_until_they_write_again(apollo):
    await apollo("lea", "quitter apollo")
    assert "lea" not in (await known(apollo)).members

    apollo.later(minutes=1)
    await apollo("lea", "nouvelle #apollo me revoilà")
    assert "lea" in (await known(apollo)).members


async def test_joining_twice_is_said_and_leaving_is_undone(apollo):
    assert (await apollo("ana", "join apollo")).startswith("You are in #apollo already.")
    await apollo("ana", "leave apollo")

    assert await apollo("ana", "undo") == "Taken back: that you left #apollo."
    assert "ana" in (await known(apollo)).members


async def test_an_owner_who_leaves_stays_the_owner_and_is_told_so(apollo):
    reply = await apollo("sam", "leave apollo")

    assert "You are still its owner. To name another: project #apollo owner @sam" in reply
    assert (await known(apollo)).owner == "sam"


async def test_all_projects_are_listed_the_latest_first(apollo):
    await apollo("ana", "project hermes is planned")

    assert await apollo("paul", "projects") == (
        "Projects, the latest news first\n"
        "- #hermes is planned\n  Owner: not known yet. To name one: project #hermes owner @sam\n"
        "- #apollo\n  Owner: @sam\n"
        "More on each: how is #hermes doing?"
    )


async def test_what_is_said_in_a_private_place_is_for_its_members(apollo):
    await apollo("ana", "update #apollo we may stop it", place=TEAM)
    await apollo("ana", "update #secret it begins", place=TEAM)

    assert "we may stop it" not in await apollo("paul", "how is apollo doing?")
    assert await apollo("paul", "how is secret doing?") == "I know no project called “secret”. All there are: projects"
    await apollo("paul", "help", place=TEAM)
    assert "we may stop it" in await apollo("paul", "how is apollo doing?")
    assert "it begins" in await apollo("paul", "how is secret doing?")


async def test_a_name_of_several_words_is_said_in_quotes(talk):
    await talk("ana", 'update "New portal" the wireframe is done')

    reply = await talk("sam", "how is “new portal” doing?")

    assert reply.splitlines()[0] == "“New portal”"
    assert "- @ana: the wireframe is done" in reply
