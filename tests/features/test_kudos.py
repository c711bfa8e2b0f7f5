"""Thanks: what is recorded, what is refused, who is told, and what does not count as thanks."""

from dataclasses import replace
from datetime import timedelta

import pytest
from company import TENANT

from bot.request import MENTION, Account, Place
from store import activities, outbox
from store.activities import Activity
from store.names import fold
from store.record import record

DONE = (
    "You thanked @sam: the demo #teamwork\n"
    "Everyone in the company can see it. You can thank 19 more times this week.\n"
    "[Undo]"
)
CHANNEL = Place("slack", "C1", "public", "general")


async def thanks(talk) -> list[Activity]:
    found: list[Activity] = await talk.core.store.read(
        TENANT, lambda tx: activities.of_actor(tx, "ana", ["thanks"], ["public", "place:slack:G1"])
    )
    return found


async def test_thanks_are_recorded_and_their_receiver_is_told(talk):
    reply = await talk("ana", "kudos @sam for the demo #teamwork")

    [act] = await thanks(talk)
    assert reply == DONE
    assert (act.verb, act.to, act.name, act.facts, act.audience) == (
        *("Offer", ("sam",), "the demo"),
        *({"tags": ["teamwork"]}, "public"),
    )
    assert await talk.sent() == [("sam", "@ana thanked you: the demo #teamwork")]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("KUDOS @sam FOR the demo", "the demo"),
        ("kudos   @Sam   for   the demo", "the demo"),
        ("kudos @sam for the demo?", "the demo"),
        ("kudos to @sam for the demo", "the demo"),
        ("kudos sam for the demo", "the demo"),
        ("kudos @sam the demo", "the demo"),
        ("kudos @sam #teamwork for the demo", "the demo"),
        ("thanks @sam for the demo", "the demo"),
        ("Thank you @sam for the demo", "the demo"),
        ("please kudos @sam for the demo", "the demo"),
        ("@sam++ for the demo", "the demo"),
        ("@sam++ the demo", "the demo"),
        ("merci @sam pour la démo", "la démo"),
        ("MERCI à @sam POUR la démo", "la démo"),
        ("merci a @sam pour la démo", "la démo"),
        ("kudos @sam pour la démo", "la démo"),
        ("bravo @sam pour la démo", "la démo"),
        ("mille mercis @sam pour la démo !", "la démo !"),
        ("merci @sam d’avoir relu le contrat", "relu le contrat"),
        ("@sam++ pour la démo", "la démo"),
    ],
)
async def test_thanks_can_be_said_in_many_ways(talk, said, reason):
    await talk("ana", said)

    assert [(act.to, act.name) for act in await thanks(talk)] == [(("sam",), reason)]


@pytest.mark.parametrize(
    "said",
    [
        "thanks for asking who knows Rust",
        "merci d'avoir demandé qui connaît Rust",
        "thanks!",
        "merci beaucoup",
        "ok, see you",
        "how many kudos @sam for the demo",
        "I said kudos @sam for the demo",
    ],
)
async def test_what_only_sounds_like_thanks_records_nothing(talk, said):
    await talk("ana", said)

    assert await thanks(talk) == []


@pytest.mark.parametrize(("said", "answer"), [("thanks!", ""), ("ok, see you", ""), ("merci, à demain", "")])
async def test_small_talk_is_met_with_silence(talk, said, answer):
    assert await talk("ana", said) == answer


async def test_many_receivers_are_named_up_to_three_then_counted(talk):
    reply = await talk("ana", "merci @sam, @lea, @jean-marc et @paul pour la démo")

    assert reply.splitlines()[0] == "Vous avez remercié @sam, @lea, @jean-marc et 1 autre personne\u00a0: la démo"
    assert await talk.sent() == [
        ("sam", "@ana thanked you: la démo"),
        ("lea", "@ana vous remercie\u00a0: la démo"),
        ("jean-marc", "@ana vous remercie\u00a0: la démo"),
        ("paul", "@ana vous remercie\u00a0: la démo"),
    ]


@pytest.mark.parametrize(
    "said",
    [
        f"kudos {MENTION} {MENTION} for the demo",
        f"kudos {MENTION} and {MENTION} for the demo",
        f"thanks to {MENTION}, and {MENTION} for the demo",
        f"merci à {MENTION} et {MENTION} pour la démo",
        f"peux-tu remercier {MENTION} et {MENTION} pour la démo ?",
    ],
)
async def test_each_of_those_mentioned_is_thanked_however_they_are_listed(talk, said):
    sam, lea = Account("console", "sam"), Account("console", "lea")

    await talk("ana", said, mentions=(sam, lea))

    assert [act.to for act in await thanks(talk)] == [("sam", "lea")]


async def test_a_mention_from_a_platform_is_who_it_names(talk):
    sam = Account("console", "sam")

    await talk("ana", f"kudos {MENTION} for helping {MENTION} with the demo", mentions=(sam, Account("console", "lea")))

    assert [act.to for act in await thanks(talk)] == [("sam",)]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ("kudos @ana for being nice", "You cannot thank yourself. Whoever helped you would be glad to hear it"),
        ("kudos @robot for the demo", "@robot is a bot and would not enjoy it."),
        ("kudos @sam", "What for? A reason of two words or more makes the thanks worth reading"),
        ("kudos @sam for demo", "What for? A reason of two words or more makes the thanks worth reading"),
        ("kudos", "Whom do you want to thank? Say it like this: kudos @sam for the demo"),
        ("merci @sam", "Pour quoi\u00a0? Une raison de deux mots ou plus"),
        ("kudos @sma for the demo", "I know nobody called “sma”. Did you mean @sam"),
        ("kudos @sam for " + "a " * 700, "That reason has"),
    ],
)
async def test_a_refusal_says_why_and_writes_nothing(talk, said, refusal):
    assert (await talk("ana", said)).startswith(refusal)
    assert (await thanks(talk), await talk.sent()) == ([], [])


async def test_a_name_that_fits_several_is_asked_back(talk):
    assert await talk("ana", "who thanked Tom?") == "“Tom” could be @tford, @thill. Please say which one."
    assert await talk("ana", "who thanked Bell?") == (
        "There are no thanks to or from @paul-b that you can see. Be the first: kudos @paul-b for the demo"
    )


async def test_the_weekly_limit_refuses_the_whole_act_and_says_what_is_left(talk):
    for n in range(19):
        await talk("ana", f"kudos @sam for demo number {n}")

    over = await talk("ana", "kudos @sam @lea for the demo")
    last = await talk("ana", "kudos @sam for the demo")
    talk.later(days=5)
    fresh = await talk("ana", "kudos @lea for the demo")

    assert over.startswith("You have 1 of your 20 thanks left this week, so I wrote nothing.")
    assert "You can thank 0 more times this week." in last
    assert "You can thank 19 more times this week." in fresh


async def test_the_week_begins_on_monday_in_the_givers_zone(talk):
    talk.later(days=4, hours=11, minutes=-1)  # Sunday 23:59 in Paris

    before = await talk("ana", "kudos @sam for the demo")
    talk.later(minutes=2)
    after = await talk("ana", "kudos @sam for the other demo")

    assert "19 more times" in before and "19 more times" in after


async def test_the_same_thanks_within_a_minute_count_once(talk):
    await talk("ana", "kudos @sam for the demo")

    again = await talk("ana", "kudos @sam for the  DEMO")
    talk.later(seconds=61)
    later = await talk("ana", "kudos @sam for the demo")

    assert again == "You said the same thanks a moment ago; it counts once."
    assert later.startswith("You thanked @sam")


async def test_a_redelivery_has_no_second_effect_and_hears_the_first_answer(talk):
    request = talk.request("ana", "kudos @sam for the demo #teamwork")

    first, second = await talk.core.handle(request), await talk.core.handle(request)

    assert first == second
    assert len(await thanks(talk)) == 1
    assert len(await talk.sent()) == 1


async def test_thanks_said_in_a_channel_are_said_there_once_more(talk):
    await talk("ana", "kudos @sam for the demo", place=CHANNEL)

    messages = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "kudos.said"))
    drawn = await talk.core.draw(TENANT, messages[0])
    assert [(m.platform, m.place) for m in messages] == [("slack", "C1")]
    assert drawn and drawn.reply.blocks[0].spans[1:] == (" thanked ", drawn.reply.blocks[0].spans[2], ": ", "the demo")


async def test_thanks_in_a_private_place_belong_to_its_members(talk):
    reply = await talk("ana", "kudos @sam for the demo", place=Place("slack", "G1", "members"))

    assert "Only the members of this place can see it." in reply
    assert "- @ana" not in await talk("lea", "who thanked Sam?")
    assert "- @ana: the demo" in await talk("sam", "my thanks", place=Place("slack", "G1", "members"))


async def test_a_place_found_to_be_open_gives_its_thanks_to_everybody(talk):
    said = await talk("ana", "kudos @sam for the demo", place=Place("slack", "C9", "unknown"))
    hidden = await talk("lea", "who thanked Sam?")

    await talk.core.widen(TENANT, Place("slack", "C9", "public"))

    assert "can see it, and everyone in the company once I know that it is a public channel." in said
    assert "- @ana" not in hidden
    assert "- @ana: the demo" in await talk("lea", "who thanked Sam?")


async def test_whoever_has_not_started_hears_of_their_thanks_with_their_first_answer(talk):
    await talk("ana", "kudos @newt for the demo")
    told = await talk.sent()

    first = await talk("newt", "help")
    second = await talk("newt", "help")

    assert told == []
    assert first.endswith("\n@ana thanked you: the demo")
    assert "@ana thanked you" not in second


async def test_a_first_message_that_is_refused_brings_what_waited_too(talk):
    await talk("ana", "kudos @newt for the demo")

    first = await talk("newt", "kudos @newt for being nice")

    assert first.startswith("You cannot thank yourself.")
    assert first.endswith("\n@ana thanked you: the demo")


@pytest.mark.parametrize("said", ["my thanks", "MY  THANKS ?", "show my kudos", "who thanked me?"])
async def test_my_thanks_shows_what_i_received_and_gave(talk, said):
    await talk("sam", "kudos @ana for the review")
    await talk("ana", "kudos @lea for the demo")

    assert await talk("ana", said) == (
        "Thanks you received\n- @sam: the review\n  Wednesday 4 March 2026\n"
        "Thanks you gave\n- @lea: the demo\n  Wednesday 4 March 2026"
    )


@pytest.mark.parametrize(
    "said", ["qui a remercié Léa ?", "QUI A REMERCIE LEA", "qui  a remercié @lea?", "qui a remercié Léa Martin ?"]
)
async def test_who_thanked_somebody_can_be_asked_in_french(talk, said):
    await talk("ana", "kudos @lea for the demo")

    assert await talk("sam", said) == "Les mercis à @lea\n- @ana\u00a0: the demo\n  mercredi 4 mars 2026"


@pytest.mark.parametrize("said", ["undo", "Undo that?", "take it back", "annuler", "ANNULE ÇA"])
async def test_undo_takes_the_last_thanks_back_with_their_traces(talk, said):
    await talk("ana", "kudos @sam for the demo")

    reply = await talk("ana", said)

    assert reply in ("Taken back: your thanks to @sam.", "C’est annulé\u00a0: votre merci à @sam.")
    assert (await thanks(talk), await talk.sent()) == ([], [])
    assert "19 more" in await talk("ana", "kudos @sam for the demo")


async def test_only_the_author_may_undo_and_only_once_and_only_for_five_minutes(talk):
    await talk("ana", "kudos @sam for the demo")
    [act] = await thanks(talk)

    stranger = await talk.click("lea", "undo", act.id)
    talk.later(minutes=6)
    late = await talk.click("ana", "undo", act.id)
    nothing = await talk("ana", "undo")

    assert stranger == "Seule la personne qui l’a dit peut l’annuler."
    assert late == "It is too late to take that back: the time for it is 5 minutes."
    assert nothing == "There is nothing to take back: you said nothing to me in the last five minutes."
    assert len(await thanks(talk)) == 1


async def test_the_answer_is_in_the_language_of_the_message_else_the_persons(talk):
    english = await talk("lea", "kudos @sam for the demo")
    french = await talk("ana", "merci @sam pour la revue")
    neutral = await talk("lea", "@sam++")

    assert english.startswith("You thanked @sam")
    assert french.startswith("Vous avez remercié @sam")
    assert neutral.startswith("Pour quoi")


async def test_an_answer_that_does_not_fit_the_response_goes_through_the_outbox(talk):
    request = replace(talk.request("ana", "kudos @sam for the demo"), place=CHANNEL, inline=False)

    reply = await talk.core.handle(request)

    [message] = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "core.answer"))
    drawn = await talk.core.draw(TENANT, message)
    assert drawn and drawn.reply == reply
    assert (message.place, message.only_for, message.lane) == ("C1", "ana", 0)


CLAP = {
    "place": CHANNEL,
    "message": "171.5",
    "link": "https://acme.example/p1",
    "mentions": (Account("console", "sam"),),
}


async def test_a_clap_under_a_message_thanks_its_author_once(talk):
    first = await talk("ana", "", action="reaction:clap", **CLAP)
    told = await talk.sent()
    await talk("ana", "", action="reaction:clap", **CLAP)

    [act] = await thanks(talk)
    assert (first, act.to, act.message, act.facts) == ("", ("sam",), "171.5", {"link": "https://acme.example/p1"})
    assert told == [("sam", "@ana thanked you: applause for a message (https://acme.example/p1)")]


async def test_a_clap_taken_away_is_taken_back(talk):
    await talk("ana", "", action="reaction:clap", **CLAP)

    await talk("ana", "", action="unreaction:clap", **CLAP)

    assert (await thanks(talk), await talk.sent()) == ([], [])


async def test_other_reactions_are_nobodys_business(talk):
    assert await talk("newt", "", action="reaction:eyes", **CLAP) == ""
    assert await thanks(talk) == []


async def test_what_cannot_be_seen_is_not_kept(talk):
    await talk("ana", "kudos @sam for the \x1b[31mred\x00 and \u202eblue demo")

    assert [act.name for act in await thanks(talk)] == ["the [31mred and blue demo"]


@pytest.mark.parametrize("said", ["who thanked " + "a" * 60_000, "kudos @" + "a" * 60_000 + " for the demo"])
async def test_a_name_without_end_is_a_refusal_and_no_failure(talk, said):
    assert (await talk("ana", said)).startswith(("I know nobody called", "I did not understand"))


def test_a_curly_apostrophe_is_an_apostrophe():
    assert fold("Siobhán O’Rourke") == fold("siobhan o'rourke") == "siobhan o'rourke"


@pytest.mark.parametrize(("mine", "title"), [("my thanks", "Thanks you received"), ("mes mercis", "mercis que vous")])
async def test_ones_own_thanks_are_there_wherever_they_were_said_and_no_others(talk, mine, title):
    await talk("ana", "kudos @sam for the hidden plan", place=Place("slack", "G1", "members"))
    talk.later(hours=1)

    own = [await talk(who, mine) for who in ("ana", "sam")]
    others = await talk("lea", "who thanked Sam?")

    assert ["the hidden plan" in said for said in own] == [True, True]
    assert title in own[1]
    assert "hidden" not in others


@pytest.mark.parametrize(("late", "said"), [({"minutes": 5}, "Taken back"), ({"minutes": 5, "seconds": 1}, "nothing")])
async def test_thanks_can_be_taken_back_for_five_minutes(talk, late, said):
    await talk("ana", "kudos @sam for the demo")
    talk.later(**late)

    assert said in await talk("ana", "undo")


async def test_what_was_imported_with_a_later_time_is_not_the_last_that_was_said(talk):
    later = Activity("later", talk.now + timedelta(days=1), "ana", "Offer", "thanks", name="the party", to=("lea",))
    await talk.core.store.write(TENANT, lambda tx: record(tx, later))
    await talk("ana", "kudos @sam for the demo")

    assert await talk("ana", "undo") == "Taken back: your thanks to @sam."
