"""Questions: who is asked and who is not, how a question is taken, passed on, answered and closed."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from company import NOON, TENANT
from evidence import skill, tell, update

from bot.reply import buttons
from jobs.calendar import tick
from store import absences, activities, outbox, people, questions
from store.activities import PUBLIC

SENT = (
    "I am asking 2 colleagues who are likely to know about kubernetes, in their working hours. "
    "The answer comes to you here.\n"
    "Nobody else sees your question, and the answer is for you alone. You can also ask anonymously …, "
    "or ask publicly … so that everyone can find the answer.\n"
    "[Undo]"
)
CARD = (
    "A question from @ana: who can help with kubernetes?\n"
    "[I’ll take it] [Pass] [Suggest somebody]\n"
    "You are asked because of what you know. You get two questions a week at most.\n"
    "[No more questions]"
)
EXPERTS = ("sam", "lea", "jean-marc", "paul-b", "thill", "tford")
IDS = {"thill": "tom", "tford": "tomf"}


async def knowing(talk, *handles: str, topic: str = "Kubernetes") -> None:
    """These people declared it, the first one last, and so are the likelier the earlier they stand."""
    await tell(talk, *(skill(IDS.get(one, one), topic, days=n + 1) for n, one in enumerate(handles)))


async def asked(talk) -> list[str]:
    """Whom the messages of this moment ask."""
    return [handle for handle, text in await talk.sent() if "[I’ll take it]" in text or "[Je m’en charge]" in text]


async def state(talk, person: str = "ana"):
    found = await talk.core.store.read(TENANT, lambda tx: questions.of_asker(tx, person))
    return [(one.state, one.helper) for one in found]


async def passes(talk, **delta: float) -> None:
    talk.later(**delta)
    await tick(talk.core, talk.now)


@pytest.mark.parametrize(
    "said",
    [
        "ask who can help me with kubernetes",
        "Ask who could help with kubernetes?",
        "please ask who knows kubernetes",
        "could you ask who can help me out with kubernetes?",
        "ask who is good at kubernetes",
        "ask around for help with kubernetes",
        "ask for help with kubernetes please",
        "ask somebody about kubernetes",
    ],
)
async def test_a_question_goes_to_the_two_who_are_likeliest_to_know(talk, said):
    await knowing(talk, *EXPERTS)

    reply = await talk("ana", said)

    assert reply == SENT
    assert sorted(await asked(talk)) == ["lea", "sam"]
    assert ("sam", CARD) in await talk.sent()


@pytest.mark.parametrize(
    "said",
    [
        "demande qui peut m'aider avec kubernetes",
        "Demandez qui pourrait m’aider sur kubernetes ?",
        "demande qui connaît kubernetes",
        "peux-tu demander qui s'y connaît en kubernetes ?",
        "s'il te plaît, demande de l'aide sur kubernetes",
    ],
)
async def test_a_question_can_be_asked_in_french(talk, said):
    await knowing(talk, *EXPERTS)

    assert (await talk("ana", said)).startswith("Je demande à 2 collègues qui doivent s’y connaître")
    assert sorted(await asked(talk)) == ["lea", "sam"]


@pytest.mark.parametrize(
    "said", ["who can help with kubernetes?", "thanks for asking who knows kubernetes", "I asked who knows kubernetes"]
)
async def test_a_neighbour_asks_nobody(talk, said):
    await knowing(talk, *EXPERTS)

    await talk("ana", said)

    assert await asked(talk) == []


@pytest.mark.parametrize(
    ("said", "details"),
    [
        ("ask who can help with kubernetes: how do I drain a node? #ops", "how do I drain a node? #ops"),
        ("demande qui peut m'aider avec kubernetes : comment vider un nœud ?", "comment vider un nœud ?"),
    ],
)
async def test_details_after_a_colon_go_along(talk, said, details):
    await knowing(talk, "sam")

    await talk("ana", said)

    [(_, card)] = await talk.sent()
    assert card.splitlines()[:2] == ["A question from @ana: who can help with kubernetes?", details]


async def test_the_answer_to_who_knows_leads_to_a_question(talk):
    await knowing(talk, "sam")
    [button, _] = buttons(await talk.reply("ana", "who knows kubernetes and helm?"))

    await talk.click("ana", button.action, button.value)

    [(handle, card)] = await talk.sent()
    assert (button.label, handle, card.splitlines()[0]) == (
        *("Ask them", "sam"),
        "A question from @ana: who can help with kubernetes and helm?",
    )


@pytest.mark.parametrize("said", ["ask who can help", "ask for help", "demande qui peut m'aider", "ask them"])
async def test_without_a_subject_it_asks_for_one(talk, said):
    assert "SAP" in await talk("ana", said)


async def spare_sam(talk, how: str) -> None:
    store = talk.core.store
    match how:
        case "left":
            await store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))
        case "a bot":
            await store.write(TENANT, lambda tx: people.mark_bot(tx, "sam"))
        case "no skill":
            await talk("sam", "skills remove Kubernetes")
            await tell(talk, update("sam", "Kubernetes is done", "apollo"))
        case said:
            await talk("sam", said)


@pytest.mark.parametrize(
    "how",
    [
        *("left", "a bot", "no skill", "away until Friday", "absent jusqu'à vendredi", "back on Friday"),
        *("questions off", "questions stop", "stop asking me questions", "mute questions", "mute @ana"),
        "ne me pose plus de questions",
    ],
)
async def test_who_cannot_or_does_not_want_to_is_not_asked(talk, how):
    await knowing(talk, *EXPERTS)
    await spare_sam(talk, how)

    await talk("ana", "ask who knows kubernetes")

    assert sorted(await asked(talk)) == ["jean-marc", "lea"]


@pytest.mark.parametrize(
    ("off", "on"),
    [
        ("away until Friday", "back"),
        ("absent jusqu'à vendredi", "je suis de retour"),
        ("questions off", "questions on"),
        ("mute questions", "unmute questions"),
        ("questions stop", "undo"),
    ],
)
async def test_and_is_asked_again_once_they_say_so(talk, off, on):
    await knowing(talk, *EXPERTS)
    await talk("sam", off)
    await talk("sam", on)

    await talk("ana", "ask who knows kubernetes")

    assert sorted(await asked(talk)) == ["lea", "sam"]


async def test_whoever_is_away_is_asked_again_from_the_day_they_said(talk):
    await knowing(talk, "sam")
    await talk("sam", "away until Friday")
    await talk("ana", "ask who knows kubernetes")
    talk.later(days=2)

    await talk("ana", "ask who knows kubernetes")

    assert [one for one, _ in await state(talk)] == ["open", "unanswered"]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("away", "Until when? Say it like this: away until Monday"),
        ("je suis absente", "Jusqu’à quand"),
        ("away until yesterday", "That day is not ahead of you."),
        ("away until 3 March 2031", "That is more than a year ahead."),
        ("back", "You were not away."),
    ],
)
async def test_an_absence_without_a_day_ahead_is_not_noted(talk, said, answer):
    reply = await talk("sam", said)

    kept = await talk.core.store.read(TENANT, lambda tx: absences.of_people(tx, ["sam"]))
    assert (reply.startswith(answer), kept) == (True, {})


async def test_an_absence_is_noted_in_days_of_the_person(talk):
    assert await talk("sam", "I'm on holiday until 16 March") == (
        "Noted: you are back on Monday 16 March 2026.\n"
        "Nobody’s question comes to you before. Sooner? Say back.\n"
        "[I am back]"
    )
    kept = await talk.core.store.read(TENANT, lambda tx: absences.of_people(tx, ["sam"]))
    assert kept == {"sam": date(2026, 3, 16)}


async def test_nobody_is_asked_a_third_time_in_a_week_that_begins_on_monday(talk):
    await knowing(talk, "sam")
    for topic in ("kubernetes", "kubernetes pods", "kubernetes nodes"):
        await talk("ana", f"ask who knows {topic}")
    this_week = await state(talk)
    talk.now = datetime.fromisoformat("2026-03-09T09:00:00+00:00")

    await talk("lea", "ask who knows kubernetes")

    assert [one for one, _ in this_week] == ["unanswered", "open", "open"]
    assert await asked(talk) == ["sam"]


async def test_a_question_asked_at_night_counts_for_the_week_in_which_it_arrives(talk):
    await knowing(talk, "sam")
    talk.now = datetime.fromisoformat("2026-03-06T20:00:00+00:00")  # Friday evening
    for topic in ("kubernetes", "kubernetes pods"):
        await talk("ana", f"ask who knows {topic}")
    [first, _] = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "questions.asked"))
    talk.now = datetime.fromisoformat("2026-03-10T09:00:00+00:00")

    await talk("lea", "ask who knows kubernetes")

    assert first.not_before.isoformat() == "2026-03-09T08:00:00+00:00"
    assert await state(talk, "lea") == [("unanswered", "")]


async def test_who_was_asked_lately_goes_down_so_that_others_get_their_turn(talk):
    await knowing(talk, *EXPERTS[:4])
    turns = []
    for n, topic in enumerate(("kubernetes", "kubernetes pods", "kubernetes nodes")):
        talk.later(seconds=n)
        await talk("ana", f"ask who knows {topic}")
        turns.append(sorted(await asked(talk)))

    assert turns[0] == ["lea", "sam"]
    assert "jean-marc" in turns[1] + turns[2] and "paul-b" in turns[1] + turns[2]


async def test_the_asker_is_told_at_once_where_nobody_can_be_asked(talk):
    assert await talk("ana", "ask who knows Haskell") == (
        "I found nobody whom I could ask about Haskell now.\n"
        "Try other words (who knows Haskell?), or ask in a channel where the subject is at home.\n"
        "Next month’s digest names the subject, without you, to colleagues who may know it."
    )
    assert await state(talk) == [("unanswered", "")]


async def test_after_four_working_hours_it_goes_to_the_next_two_until_nobody_is_left(talk):
    await knowing(talk, *EXPERTS)
    await talk("ana", "ask who knows kubernetes")
    await passes(talk, hours=3, minutes=59)
    early = await asked(talk)
    await passes(talk, minutes=1)
    second = sorted(await asked(talk))
    await passes(talk, hours=4)  # 20:00 in London: three of the hours were at work
    night = await asked(talk)
    await passes(talk, hours=13)
    third = sorted(await asked(talk))
    await passes(talk, days=1)

    assert (early, second, night, third) == ([], ["jean-marc", "paul-b"], [], ["tford", "thill"])
    assert [text for handle, text in await talk.sent() if handle == "ana"] == [
        (
            "Nobody could take your question about kubernetes this time.\n"
            "Try other words (who knows kubernetes?), or ask in a channel where the subject is at home.\n"
            "Next month’s digest names the subject, without you, to colleagues who may know it."
        )
    ]
    assert await state(talk) == [("unanswered", "")]


async def test_the_question_of_somebody_who_left_goes_no_further(talk):
    await knowing(talk, *EXPERTS)
    await talk("ana", "ask who knows kubernetes")
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "ana", talk.now))

    await passes(talk, hours=4)

    assert (await asked(talk), await state(talk)) == ([], [("withdrawn", "")])


async def test_a_weekend_is_no_working_time(talk):
    await knowing(talk, *EXPERTS)
    talk.now = datetime.fromisoformat("2026-03-06T17:00:00+00:00")
    await talk("ana", "ask who knows kubernetes")

    await passes(talk, days=2, hours=15)  # Monday, 08:00
    monday = await asked(talk)
    await passes(talk, hours=3)

    assert (monday, sorted(await asked(talk))) == ([], ["jean-marc", "paul-b"])


@pytest.mark.parametrize(("handle", "said"), [("sam", "I'll take it"), ("sam", "take it"), ("lea", "je m'en charge")])
async def test_whoever_takes_it_has_it_and_the_asker_is_told(talk, handle, said):
    await knowing(talk, "sam", "lea")
    await talk("ana", "ask who knows kubernetes")
    talk.later(minutes=1)

    reply = await talk(handle, said)

    assert "@ana" in reply
    assert await state(talk) == [("taken", handle)]
    assert await talk.sent() == [
        ("ana", f"@{handle} has taken your question about kubernetes. The answer comes to you here.")
    ]


async def test_the_others_are_told_on_a_click_that_nothing_more_is_needed(talk):
    await knowing(talk, "sam", "lea")
    await talk("ana", "ask who knows kubernetes")
    [card] = [text for handle, text in await talk.sent() if handle == "lea"]
    id = await question_id(talk)
    await talk("sam", "take it")

    replies = {await talk.click("lea", f"questions.{verb}", id) for verb in ("take", "pass", "suggest")}

    assert "@ana" in card
    assert replies == {"Merci, il n’y a plus rien à faire\u00a0: quelqu’un s’en occupe."}
    assert await state(talk) == [("taken", "sam")]


async def question_id(talk, n: int = 0) -> str:
    return (await talk.core.store.read(TENANT, lambda tx: questions.of_asker(tx, "ana")))[n].id


@pytest.mark.parametrize("said", ["pass", "je passe"])
async def test_a_pass_goes_to_the_next_person_at_once(talk, said):
    await knowing(talk, *EXPERTS)
    await talk("ana", "ask who knows kubernetes")
    talk.later(minutes=1)

    await talk("sam", said)

    assert await asked(talk) == ["jean-marc"]


async def test_when_the_last_one_passes_the_asker_is_told(talk):
    await knowing(talk, "sam", "lea")
    await talk("ana", "ask who knows kubernetes")
    talk.later(minutes=1)
    await talk("sam", "pass")
    between = await talk.sent()
    talk.later(minutes=1)

    await talk("lea", "je passe")

    assert (between, [handle for handle, _ in await talk.sent()]) == ([], ["ana"])
    assert await state(talk) == [("unanswered", "")]


async def test_what_was_taken_can_be_passed_on(talk):
    await knowing(talk, *EXPERTS)
    await talk("ana", "ask who knows kubernetes")
    await talk("sam", "take it")
    talk.later(minutes=1)

    await talk("sam", "pass")

    assert await asked(talk) == ["jean-marc"]
    assert await state(talk) == [("open", "")]


async def test_somebody_else_can_be_suggested_and_is_told_by_whom(talk):
    await knowing(talk, "sam")
    await knowing(talk, "tford", topic="Docker")
    await talk("ana", "ask who knows kubernetes")
    talk.later(minutes=1)

    how = await talk.click("sam", "questions.suggest", await question_id(talk))
    reply = await talk("sam", "suggest @tford")

    [(handle, card)] = await talk.sent()
    assert how == "Whom do you think of? Say suggest @lea."
    assert (reply, handle) == ("Thank you, I am asking @tford.", "tford")
    assert "@sam thought of you. You get two questions a week at most." in card


@pytest.mark.parametrize("person", ["ana", "sam", "newt", "robot", "lea", "paul"])
async def test_whoever_may_not_be_asked_cannot_be_suggested_and_no_reason_is_given(talk, person):
    await knowing(talk, "sam", "lea")
    await talk("lea", "questions off")
    await talk("ana", "ask anonymously who knows kubernetes")
    talk.later(minutes=1)

    reply = await talk("sam", f"suggest @{person}")

    assert reply == f"I cannot ask @{person} now. Suggest somebody else, take it yourself, or pass."
    assert (await talk.sent(), await state(talk)) == ([], [("open", "")])


@pytest.mark.parametrize("said", ["answer drain it first", "answer: drain it first", "réponse : drain it first"])
async def test_the_answer_comes_back_to_the_asker(talk, said):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes")
    await talk("sam", "take it")
    talk.later(minutes=1)

    reply = await talk("sam", said)

    assert "@ana" in reply
    assert await talk.sent() == [
        ("ana", "@sam answers your question about kubernetes:\ndrain it first\n[This helped] [Not quite]")
    ]
    assert await state(talk) == [("answered", "sam")]


@pytest.mark.parametrize("muted", ["mute questions", "questions off", "mute @sam"])
async def test_whoever_asks_gets_the_answer_whatever_they_muted(talk, muted):
    await knowing(talk, "sam")
    await talk("ana", muted)
    await talk("ana", "ask who knows kubernetes")
    talk.later(minutes=1)

    await talk("sam", "answer drain it first")

    assert [handle for handle, text in await talk.sent() if "drain it first" in text] == ["ana"]


async def test_whoever_says_no_before_it_is_sent_does_not_get_it(talk):
    await knowing(talk, *EXPERTS[:3])
    await talk("ana", "ask who knows kubernetes")
    await talk("sam", "questions off")
    await talk("lea", "absente jusqu'à lundi")

    assert await asked(talk) == []


async def test_an_answer_takes_the_question_by_itself_and_one_of_several_is_chosen(talk):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes")
    await talk("lea", "ask who knows kubernetes pods")
    talk.later(minutes=1)

    which = await talk.reply("sam", "answer drain it first")
    [_, second] = buttons(which)
    await talk.click("sam", second.action, second.value)

    assert [one.label for one in buttons(which)] == ["kubernetes pods", "kubernetes"]
    assert await state(talk) == [("answered", "sam")]
    assert await state(talk, "lea") == [("open", "")]


@pytest.mark.parametrize(
    ("who", "said", "start"),
    [
        ("sam", "answer", "What is your answer?"),
        ("sam", f"answer {'x' * 1301}", "This answer has 1301 characters; 1300 is the most."),
        ("lea", "answer drain it", "There is no such question now."),
        ("lea", "take it", "There is no such question now."),
        ("lea", "pass", "There is no such question now."),
        ("ana", "this helped", "There is no such question now."),
    ],
)
async def test_what_has_no_question_or_no_words_is_refused(talk, who, said, start):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes")
    await talk("sam", "take it")

    reply = await talk(who, said)

    assert reply.startswith(start) or "telle question" in reply
    assert await state(talk) == [("taken", "sam")]


@pytest.mark.parametrize("verb", ["take", "pass", "suggest", "helped", "missed", "answer"])
async def test_a_click_of_somebody_who_was_not_asked_changes_nothing(talk, verb):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes")
    before = await state(talk)

    reply = await talk.click("paul-b", f"questions.{verb}", f"{await question_id(talk)}\nmine")

    assert reply.startswith("This question is not there any more.")
    assert await state(talk) == before


async def answered(talk, ask: str = "ask who knows kubernetes") -> None:
    await knowing(talk, "sam", "lea")
    await talk("ana", ask)
    await talk("sam", "answer drain it first")
    talk.later(minutes=1)


async def test_this_helped_becomes_thanks_and_offers_the_skill_in_private(talk):
    await answered(talk, "ask who knows kubernetes and helm")

    reply = await talk("ana", "this helped")

    [(handle, told)] = await talk.sent()
    assert reply == ("You thanked @sam: an answer that helped\nEveryone in the company can see the thanks.\n[Undo]")
    assert (handle, told) == (
        "sam",
        (
            "Your answer about kubernetes and helm helped @ana. Thank you!\n"
            "Would you like others to find you for it? It becomes a skill of yours by your yes alone.\n"
            "[Add to my skills: helm]"
        ),
    )
    assert "- @ana: an answer that helped" in await talk("sam", "my thanks")
    await talk.click("sam", "skills.add", "helm")
    assert "helm" in await talk("sam", "skills")


async def test_thanks_name_the_subject_where_the_question_was_everybodys(talk):
    await answered(talk, "ask publicly who knows kubernetes")

    assert (await talk("ana", "ça m'a aidé")).startswith(
        "Vous avez remercié @sam\u00a0: la réponse sur «\u00a0kubernetes\u00a0»"
    )


async def test_thanks_obey_the_limit_of_the_week_and_say_so(talk):
    await answered(talk)
    for n in range(20):
        await talk("ana", f"kudos @lea for help number {n}")
    talk.later(minutes=1)

    reply = await talk("ana", "this helped")

    assert "No thanks are written: the 20 of this week are given" in reply
    assert [text.splitlines()[0] for handle, text in await talk.sent() if handle == "sam"] == [
        "Your answer about kubernetes helped @ana. Thank you!"
    ]
    assert "an answer that helped" not in await talk("sam", "who thanked Sam?")


async def test_saying_it_twice_thanks_once(talk):
    await answered(talk)
    id = await question_id(talk)
    await talk.click("ana", "questions.helped", id)

    again = await talk.click("ana", "questions.helped", id)

    given = await talk.core.store.read(TENANT, lambda tx: activities.to_person(tx, "sam", "thanks", [PUBLIC]))
    assert (again, len(given)) == ("You have said so already, thank you.", 1)


@pytest.mark.parametrize("said", ["not quite", "pas tout à fait"])
async def test_not_quite_asks_the_next_people(talk, said):
    await answered(talk)
    await knowing(talk, *EXPERTS[2:], topic="Kubernetes nodes")
    await talk("ana", said)

    assert len(await asked(talk)) == 2 and "sam" not in await asked(talk)
    assert await state(talk) == [("open", "")]


async def test_a_redelivery_has_no_second_effect(talk):
    await knowing(talk, *EXPERTS)
    request = talk.request("ana", "ask who knows kubernetes")

    replies = [await talk.core.handle(request) for _ in range(2)]
    taking = replace(talk.request("sam", ""), action="questions.take", value=await question_id(talk))
    taken = [await talk.core.handle(taking) for _ in range(2)]

    told = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "questions.taken"))
    assert (replies[0], taken[0], len(told), len(await state(talk))) == (replies[1], taken[1], 1, 1)


async def test_undo_takes_a_question_back_and_those_asked_need_not_answer(talk):
    await knowing(talk, "sam")
    await talk("ana", "ask who knows kubernetes")
    id = await question_id(talk)

    reply = await talk("ana", "undo")

    assert reply.startswith("Taken back: your question about kubernetes.")
    assert (await talk.sent(), await state(talk)) == ([], [("withdrawn", "")])
    assert "This question is not there any more." in await talk.click("sam", "questions.take", id)


async def test_undo_takes_an_answer_back_and_the_question_waits_again(talk):
    await answered(talk)

    reply = await talk("sam", "undo")

    assert reply.startswith("Taken back: your answer.")
    assert await state(talk) == [("taken", "sam")]
    assert "answers your question" not in str(await talk.sent())


async def test_five_questions_may_be_on_their_way_and_none_twice(talk):
    await knowing(talk, *EXPERTS)
    topics = ("kubernetes", "kubernetes a1", "kubernetes b2", "kubernetes c3", "kubernetes d4")
    replies = [await talk("ana", f"ask who knows {topic}") for topic in (topics[0], *topics)]
    one_more = await talk("ana", "ask who knows kubernetes e5")

    assert replies[1].startswith("This question of yours is on its way already.")
    assert one_more.startswith("You have 5 questions on their way")


async def test_my_questions_shows_what_became_of_them(talk):
    await answered(talk)
    await talk("ana", "ask who knows kubernetes pods: which limits?")

    assert await talk("ana", "my questions") == (
        "Questions you asked\n"
        "- kubernetes pods, Wednesday 4 March 2026\n"
        "  which limits?\n"
        "  on its way\n"
        "- kubernetes, Wednesday 4 March 2026\n"
        "  answered by @sam"
    )
    assert "A question from @ana: who can help with kubernetes pods?" not in await talk("paul-b", "my questions")


async def test_a_question_finds_its_way_on_each_database(talk_anywhere):
    talk = talk_anywhere
    await knowing(talk, *EXPERTS)
    await talk("ana", "ask publicly who knows kubernetes")
    await passes(talk, hours=4)
    await talk("paul-b", "pass")
    await talk("thill", "answer drain it first")
    talk.later(minutes=1)

    await talk("ana", "this helped")

    assert await state(talk) == [("helped", "tom")]
    assert [handle for handle, _ in await talk.sent()] == ["thill"]


async def test_time_in_the_middle_of_a_clock_change_is_counted_as_it_passes(talk):
    company, [sam] = talk.core.company, [one for one in await everybody(talk) if one.id == "sam"]
    friday = datetime.fromisoformat("2026-03-27T17:00:00+00:00")  # the clocks change on Sunday

    assert company.open_after(sam, friday, timedelta(hours=4)).isoformat() == "2026-03-30T09:00:00+00:00"


async def everybody(talk):
    return await talk.core.store.read(TENANT, people.everybody)
