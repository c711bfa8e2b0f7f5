"""Introductions: asked for, with a reason, never against anybody's will, and told to nobody else."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

import pytest
from company import NOON, TENANT, Talk
from evidence import skill, tell, update

from bot import streams
from bot.delivery import Address, Outcome, Sent
from bot.feature import Context
from bot.features.digest import queue_now
from bot.features.introductions.drawing import SHARE, draw_due
from bot.features.introductions.noun import TOLD
from bot.features.introductions.rounds import due, opening, upcoming
from bot.features.privacy import everything
from bot.reply import Reply, buttons, plain
from bot.request import Account, Place
from bot.words import Words
from jobs.calendar import tick
from jobs.courier import Courier
from jobs.worker import Worker
from store import activities, introductions, outbox, participants, people
from store.activities import Activity
from store.participants import Participant
from store.people import Person
from store.record import record

TUESDAY = datetime(2026, 3, 17, 10, 30, tzinfo=UTC)
"""The first round after NOON, when it is past ten in Paris and London."""
ROUND = timedelta(days=14)
NEXT = "Tuesday 17 March 2026"


@dataclass
class Post:
    """A platform that takes everything: `got` is by handle what came, `at` when."""

    got: dict[str, list[Reply]] = field(default_factory=dict)

    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:  # noqa: ARG002  # theirs
        self.got.setdefault(address.account, []).append(reply)
        return Sent(f"{address.account}:{key}")

    async def remove(self, address: Address, message: str) -> Outcome:
        raise AssertionError(f"{message} is taken away from {address}")


async def at(talk: Talk, now: datetime) -> dict[str, str]:
    """Does everything that is due then, and says what each person got of introductions."""
    talk.now = now
    post = Post()
    await tick(talk.core, now)
    await Worker(Courier(talk.core, {"console": post}, {}, lambda: talk.now), "one").drain()
    return {
        handle: "\n".join(map(plain, wanted))
        for handle, replies in post.got.items()
        if (wanted := [one for one in replies if any("introductions" in b.action for b in buttons(one))])
    }


async def joined(talk: Talk, *handles: str) -> None:
    for handle in handles:
        await talk(handle, "introduce me")


def couples(got: dict[str, str]) -> set[frozenset[str]]:
    """Who was introduced to whom."""
    return {frozenset({handle, *said.splitlines()[0].split("@")[1:]}) for handle, said in got.items()}


@pytest.mark.parametrize(
    ("now", "drawn", "following"),
    [
        (datetime(2026, 3, 2, 11, 59, tzinfo=UTC), None, date(2026, 3, 3)),
        (datetime(2026, 3, 2, 12, tzinfo=UTC), date(2026, 3, 3), date(2026, 3, 17)),
        (datetime(2026, 3, 6, 12, tzinfo=UTC), date(2026, 3, 3), date(2026, 3, 17)),
        (datetime(2026, 3, 6, 12, 1, tzinfo=UTC), None, date(2026, 3, 17)),
        (datetime(2026, 3, 16, 12, tzinfo=UTC), date(2026, 3, 17), date(2026, 3, 31)),
    ],
)
def test_a_round_is_every_second_tuesday_and_one_that_was_missed_is_left_out(now, drawn, following):
    assert (due(now), upcoming(now)) == (drawn, following)
    assert opening(following) > now


async def test_whoever_says_yes_hears_when_the_next_round_is_and_that_nobody_else_did_so_far(talk):
    first = await talk("ana", "introduce me")
    second = await talk("lea", "présente-moi quelqu'un")

    assert first == (
        f"You are in: every two weeks I introduce you to a colleague, and say why. The next round is on {NEXT}.\n"
        "Nobody else has said yes yet, so there may be nobody for you in it. Tell a colleague who might like it too.\n"
        "I write to nobody who has not said yes. Not just now: pause introductions until May. "
        "Rather not somebody: do not introduce me to @sam\n"
        "[Stop introductions]"
    )
    assert "Prochaines rencontres le mardi 17 mars 2026.\n1 collègue a dit oui jusqu’ici." in second.replace(
        "\u00a0", " "
    )
    assert (await talk("ana", "introduce me")).startswith(f"You are in already. The next round is on {NEXT}.")
    assert await at(talk, NOON) == {}


async def test_two_who_said_yes_are_introduced_with_the_reason_each_in_their_language(talk_anywhere):
    talk = talk_anywhere
    await tell(talk, skill("ana", "Rust", wish=True), skill("lea", "Rust", "expert"), skill("lea", "K8s"))
    await tell(talk, skill("ana", "Kubernetes"), update("ana", "beta is out", "Apollo"), update("lea", "go", "Zephyr"))
    await tell(talk, update("sam", "hello", "Apollo"), update("sam", "hello again", "Zephyr"))
    await joined(talk, "ana", "lea")

    got = await at(talk, TUESDAY)

    assert got == {
        "ana": (
            "Meet @lea\n"
            "- @lea\n"
            "  You would like to learn Rust; @lea can help.\n"
            "  Your projects touch: #Apollo and #Zephyr share people.\n"
            "  You have this in common: Kubernetes.\n"
            "Say hello: twenty minutes over a coffee or a call are enough.\n"
            "Both sides said yes to introductions. Whether you met stays between you and me.\n"
            "[We met] [We did not meet] [Stop introductions]"
        ),
        "lea": (
            "Faites connaissance avec @ana\n"
            "- @ana\n"
            "  @ana aimerait apprendre Rust\u00a0; vous pouvez l’aider.\n"
            "  Vos projets se touchent\u00a0: #Zephyr et #Apollo ont des gens en commun.\n"
            "  Vous avez ceci en commun\u00a0: K8s.\n"
            "Faites-vous signe\u00a0: vingt minutes autour d’un café ou d’un appel suffisent.\n"
            "Chacun a dit oui aux rencontres. Que vous vous soyez vus ou non reste entre vous et moi.\n"
            "[On s’est vus] [On ne s’est pas vus] [Arrêter les rencontres]"
        ),
    }


async def test_a_reason_uses_only_what_both_may_see(talk):
    private = "place:slack:G1"
    await tell(talk, skill("ana", "Rust", audience=private), skill("lea", "Rust"), skill("lea", "Go"))
    await tell(talk, skill("ana", "Go", audience="person:ana"), update("ana", "hush", "secret", audience=private))
    await tell(talk, update("lea", "hush too", "secret", audience=private), update("lea", "open", "zephyr"))
    await joined(talk, "ana", "lea")

    got = await at(talk, TUESDAY)

    assert "I know of nothing you have in common" in got["ana"]
    assert "Je ne vous connais rien en commun" in got["lea"]


async def test_the_words_are_drawn_from_what_still_stands_when_they_are_sent(talk):
    await tell(talk, skill("ana", "Rust", wish=True), skill("lea", "Rust"))
    await joined(talk, "ana", "lea")
    await at(talk, opening(date(2026, 3, 17)))

    await talk("lea", "skills remove Rust")
    got = await at(talk, TUESDAY)

    assert "Rust" not in got["ana"]
    assert "I know of nothing you have in common" in got["ana"]


async def test_the_odd_one_makes_a_trio(talk):
    await joined(talk, "ana", "sam", "paul-b")

    got = await at(talk, TUESDAY)

    assert {handle: said.splitlines()[0] for handle, said in got.items()} == {
        "ana": "Meet @paul-b and @sam",
        "sam": "Meet @ana and @paul-b",
        "paul-b": "Meet @ana and @sam",
    }
    assert all("\nYou are three this time, so that nobody is left out.\n" in said for said in got.values())


async def test_nobody_is_written_to_who_did_not_say_yes(talk):
    await joined(talk, "ana", "sam", "lea", "jean-marc")
    await talk("jean-marc", "rencontres stop")
    await talk("lea", "suspendre les rencontres jusqu'au 18 mars")
    await talk("paul-b", "introductions")

    got = await at(talk, TUESDAY)

    assert set(got) == {"ana", "sam"}


@pytest.mark.parametrize("said", ["introductions off", "pause introductions until May", "away until Thursday"])
async def test_whoever_wants_peace_after_the_round_was_drawn_is_left_in_peace_and_so_is_the_other(talk, said):
    await joined(talk, "ana", "sam")
    await at(talk, opening(date(2026, 3, 17)))

    await talk("ana", said)

    assert await at(talk, TUESDAY) == {}
    assert "@ana" not in await talk("sam", "introductions")


async def test_whoever_left_is_away_or_a_bot_is_not_drawn(talk):
    await joined(talk, "ana", "sam", "paul-b", "thill")
    await talk("ana", "away until 20 March")
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))
    await joined(talk, "tford")
    await talk.core.store.write(TENANT, lambda tx: people.mark_bot(tx, "tomf"))

    got = await at(talk, TUESDAY)

    assert set(got) == {"paul-b", "thill"}


async def test_an_introduction_to_somebody_who_left_since_is_not_sent(talk):
    await joined(talk, "ana", "sam")
    await at(talk, opening(date(2026, 3, 17)))

    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "sam", NOON))

    assert await at(talk, TUESDAY) == {}


async def test_each_hears_at_ten_on_their_own_clock(talk):
    await joined(talk, "ana", "paul")
    ten_in_paris = datetime(2026, 3, 17, 9, tzinfo=UTC)

    before = await at(talk, ten_in_paris - timedelta(minutes=1))
    in_paris = await at(talk, ten_in_paris)
    in_toronto = await at(talk, datetime(2026, 3, 17, 14, tzinfo=UTC))

    assert [list(got) for got in (before, in_paris, in_toronto)] == [[], ["ana"], ["paul"]]


async def test_a_round_that_is_drawn_late_reaches_nobody_in_their_quiet_hours(talk):
    await joined(talk, "ana", "sam")
    night = datetime(2026, 3, 18, 22, tzinfo=UTC)

    assert await at(talk, night) == {}
    assert set(await at(talk, night + timedelta(hours=12))) == {"ana", "sam"}


async def test_a_round_is_drawn_once_and_whoever_comes_later_waits_for_the_next(talk_anywhere):
    talk = talk_anywhere
    await joined(talk, "ana", "sam")
    first = await at(talk, TUESDAY)
    await joined(talk, "paul-b", "thill")

    again = await at(talk, TUESDAY + timedelta(hours=1))
    following = await at(talk, TUESDAY + ROUND)

    assert (set(first), again) == ({"ana", "sam"}, {})
    assert set(following) == {"ana", "sam", "paul-b", "thill"}
    assert frozenset({"ana", "sam"}) not in couples(following)


async def test_workers_that_tick_together_draw_one_round(talk_anywhere):
    talk = talk_anywhere
    await joined(talk, "ana", "sam", "paul-b", "thill")
    talk.now = TUESDAY

    def work(tx):
        for feature in talk.core.features:
            for one in feature.ticks:
                one(tx, TUESDAY, talk.core.company, talk.core.new_id, 100)

    for _ in range(3):
        await talk.core.store.write(TENANT, work)
    got = await at(talk, TUESDAY)

    assert {handle: said.count("Meet @") for handle, said in got.items()} == dict.fromkeys(got, 1)
    assert set(got) == {"ana", "sam", "paul-b", "thill"}


async def test_the_same_two_meet_again_after_twelve_weeks_and_not_before(talk):
    await joined(talk, "ana", "sam")

    rounds = [set(await at(talk, TUESDAY + n * ROUND)) for n in range(7)]

    assert rounds == [{"ana", "sam"}, set(), set(), set(), set(), set(), {"ana", "sam"}]


async def test_over_the_rounds_everybody_meets_everybody_before_anybody_twice(talk):
    everybody = ("ana", "paul-b", "sam", "thill")
    await joined(talk, *everybody)

    seen = [couples(await at(talk, TUESDAY + n * ROUND)) for n in range(3)]

    assert [len(some) for some in seen] == [2, 2, 2]
    assert set().union(*seen) == {frozenset(two) for two in combinations(everybody, 2)}


async def test_a_large_round_is_drawn_in_shares_and_nobody_is_left_out(talk):
    size = 2 * SHARE
    await talk.core.store.write(TENANT, lambda tx: crowd(tx, size))
    talk.now = TUESDAY
    core = talk.core

    def step(tx):
        return draw_due(tx, TUESDAY, core.company, core.new_id, 100)

    steps = [await core.store.write(TENANT, step) for _ in range(4)]

    queued = await core.store.read(TENANT, lambda tx: outbox.of_kind(tx, TOLD))
    assert steps == [1, 1, 0, 0]
    assert sorted(message.person for message in queued) == [f"crowd-{n:04}" for n in range(size)]


def crowd(tx, size: int) -> None:
    for n in range(size):
        person = Person(f"crowd-{n:04}", f"crowd-{n:04}", f"Person {n}", started_at=NOON)
        people.add(tx, person, NOON)
        participants.keep(tx, Participant(person.id, NOON))


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("ana", "do not introduce me to @sam"),
        ("ana", "please don't introduce me to Sam Carter"),
        ("ana", "ne me présente pas à @sam"),
        ("sam", "never introduce me to @ana"),
        ("sam", "mute @ana"),
    ],
)
async def test_whoever_one_avoids_is_not_met_either_way_and_nobody_is_told(talk, who, said):
    await joined(talk, "ana", "sam")
    before = {one: await talk(one, "introductions") for one in ("ana", "sam")}

    await talk(who, said)

    other = "sam" if who == "ana" else "ana"
    assert await talk.sent() == []
    assert await talk(other, "introductions") == before[other]
    assert await at(talk, TUESDAY) == {}
    assert json.dumps(await exported(talk, other)).count(who) == 0


async def test_an_introduction_is_not_sent_to_two_of_whom_one_would_rather_not_since(talk):
    await joined(talk, "ana", "sam", "paul-b")
    await at(talk, opening(date(2026, 3, 17)))

    await talk("ana", "do not introduce me to @sam")
    got = await at(talk, TUESDAY)

    assert {handle: said.splitlines()[0] for handle, said in got.items()} == {
        "sam": "Meet @paul-b",
        "paul-b": "Meet @sam",
    }
    assert "@ana" not in await talk("sam", "introductions")


async def test_what_was_said_of_somebody_is_taken_back_by_one_tap(talk):
    await joined(talk, "ana", "sam")
    noted = await talk.reply("ana", "do not introduce me to @sam")
    (back,) = buttons(noted)

    answers = [await talk.click("ana", back.action, back.value) for _ in range(2)]

    assert plain(noted) == (
        "Noted: I will not introduce you to @sam, nor the other way round.\n"
        "Only you can see this, and nobody is told. All of it: introductions\n"
        "[Take it back]"
    )
    assert answers == [
        "Noted: you may be introduced to @sam again.",
        "You had not asked me to keep you and @sam apart.",
    ]
    assert set(await at(talk, TUESDAY)) == {"ana", "sam"}


@pytest.mark.parametrize("said", ["do not introduce me to @sam", "introductions"])
async def test_what_is_private_is_answered_in_private(talk, said):
    await talk("ana", "do not introduce me to @sam")
    reply = await talk("ana", said, place=Place("console", "general", "public", name="general"))

    assert reply == "Noted. I answered you in private."
    assert [(to, "@sam" in words) for to, words in await talk.sent()] == [("ana", True)]


async def test_what_became_of_it_is_asked_kept_and_told_to_nobody(talk):
    await joined(talk, "ana", "sam")
    await at(talk, TUESDAY)

    met = await talk.reply("ana", "we met")
    missed = await talk("sam", "we did not meet")

    assert plain(met) == (
        "Glad to hear it: you met @sam. If it did you good, say so: kudos @sam for the good talk\n[We did not meet]"
    )
    assert missed == "Noted: you have not met @ana. It is not too late, and no harm is done.\n[We met]"
    assert await talk("ana", "introductions") == (
        "Your introductions\n"
        "Introductions are on: every two weeks I introduce you to a colleague. The next round is on "
        "Tuesday 31 March 2026.\n"
        "1 colleague has said yes so far.\n"
        "Whom you were introduced to\n"
        "- @sam, Tuesday 17 March 2026: you met\n"
        "[Stop introductions]"
    )
    assert "17 mars 2026\u00a0: vous ne vous êtes pas vus" in await talk("sam", "mes rencontres")
    assert await talk.sent() == []


async def test_each_button_of_an_introduction_does_what_it_says(talk):
    await joined(talk, "ana", "sam")
    post = Post()
    talk.now = TUESDAY
    await tick(talk.core, TUESDAY)
    await Worker(Courier(talk.core, {"console": post}, {}, lambda: talk.now), "one").drain()
    [reply] = post.got["ana"]

    said = [(await talk.click("ana", one.action, one.value)).splitlines()[0] for one in buttons(reply)]

    assert said == [
        "Glad to hear it: you met @sam. If it did you good, say so: kudos @sam for the good talk",
        "Noted: you have not met @sam. It is not too late, and no harm is done.",
        "Stopped: I introduce you to nobody any more.",
    ]
    assert await at(talk, TUESDAY + 6 * ROUND) == {}


async def test_nobody_answers_for_somebody_else(talk):
    await joined(talk, "ana", "sam")
    await at(talk, TUESDAY)

    said = await talk.click("lea", "introductions.met", "2026-03-17")

    assert said.startswith("Je ne vous ai encore présenté à personne.")
    assert "you met" not in await talk("ana", "introductions")


async def test_two_who_did_not_meet_are_strangers_still(talk):
    everybody = ("ana", "sam", "lea", "paul-b")
    await joined(talk, *everybody)
    for n in range(3):
        await at(talk, TUESDAY + n * ROUND)
    await talk("ana", "no, we did not meet")
    last = (await talk("ana", "introductions")).splitlines()[4]
    await talk.core.store.write(TENANT, lambda tx: missed_by_all(tx, "2026-04-14"))

    got = await at(talk, TUESDAY + 8 * ROUND)

    assert last.endswith("Tuesday 14 April 2026: you did not meet")
    assert got["ana"].splitlines()[0].split("@")[1] in last


def missed_by_all(tx, day: str) -> None:
    for id in ("ana", "sam", "lea", "paul-b"):
        introductions.say(tx, day, id, "missed")


async def test_a_digest_asks_once_what_became_of_it(talk):
    await lively(talk, "ana", TUESDAY)
    await joined(talk, "ana", "sam")
    await at(talk, TUESDAY)
    talk.later(hours=24)
    early = await talk("ana", "digest")
    talk.later(days=3)

    asked = await talk("ana", "digest")
    await talk("ana", "we met")

    assert "Did you meet @sam?\n[We met] [We did not meet]" in asked
    assert "Did you meet" not in early
    assert "Did you meet" not in await talk("ana", "digest")


async def test_a_week_into_a_quarter_a_digest_offers_introductions_to_those_who_said_neither_yes_nor_no(talk):
    talk.now = datetime(2026, 4, 9, 9, tzinfo=UTC)
    for who in ("ana", "sam", "paul-b"):
        await lively(talk, who, talk.now)
    await joined(talk, "sam", "paul-b")
    await talk("paul-b", "introductions off")

    said = {who: "Would you like to meet a colleague" in await talk(who, "digest") for who in ("ana", "sam", "paul-b")}
    talk.later(days=14)
    await lively(talk, "ana", talk.now)

    assert said == {"ana": True, "sam": False, "paul-b": False}
    assert "Would you like to meet" not in await talk("ana", "digest")


async def lively(talk: Talk, who: str, now: datetime) -> None:
    """Something to read in this person's digest."""
    act = Activity(f"t:{who}:{now}", now - timedelta(minutes=1), "lea", "Offer", "thanks", name="the demo", to=(who,))
    await talk.core.store.write(TENANT, lambda tx: record(tx, act))


async def test_a_yes_stays_with_somebody_who_turns_out_to_be_known_under_their_mail(talk):
    def enrol(tx):
        people.add(tx, Person("nora", "nora", "Nora Lind", email="nora@example.com"), NOON)

    await talk.core.store.write(TENANT, enrol)
    await talk("u77", "introduce me")
    await talk("u77", "do not introduce me to @lea")
    await talk("lea", "ne me présente pas à @u77")
    account = Account("console", "u77", handle="nora.lind", email="nora@example.com")

    await talk.core.learn(TENANT, account)
    await joined(talk, "ana")

    shown = await talk("u77", "introductions")
    assert "Introductions are on" in shown
    assert "tell nobody: @lea" in shown
    assert "@nora" in await talk("lea", "mes rencontres")
    assert couples(await at(talk, TUESDAY)) == {frozenset({"ana", "nora"}), frozenset({"u77", "ana"})}


@pytest.mark.parametrize("said", ["introduce me to Léa", "introduce me to @lea"])
async def test_whoever_names_a_colleague_sees_what_there_is_to_talk_about_and_the_colleague_is_told_nothing(talk, said):
    await tell(talk, skill("ana", "Rust", wish=True), skill("lea", "Rust"), skill("lea", "Go", audience="person:lea"))
    await tell(talk, skill("ana", "Go"))

    reply = await talk("ana", said)

    assert reply == (
        "- @lea\n"
        "  You would like to learn Rust; @lea can help.\n"
        "I bring people together every two weeks if both said yes, and tell @lea nothing of this. Say hello yourself!\n"
        "[Who is this?] [Introduce me]"
    )
    assert await talk.sent() == []
    assert "Introductions are off" in await talk("ana", "introductions")


async def test_a_round_that_is_drawn_and_not_told_yet_is_the_next_one(talk):
    await joined(talk, "ana", "sam")
    await at(talk, opening(date(2026, 3, 17)))

    before = await talk("ana", "introductions")
    await at(talk, TUESDAY)

    assert f"The next round is on {NEXT}." in before
    assert "The next round is on Tuesday 31 March 2026." in await talk("ana", "introductions")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("pause introductions until May", "You have not said yes to introductions, so there is nothing to pause."),
        ("suspendre les rencontres jusqu'en mai", "Vous n’avez pas dit oui aux rencontres"),
        ("introduce me; pause introductions until 3 March 2026", "That day is not ahead of us."),
        ("introduce me; pause introductions until 3 March 2031", "That is more than a year away."),
        ("introduce me; pause introductions until May", "Introductions are paused until Friday 1 May 2026. The next"),
        ("we met", "I have not introduced you to anybody yet."),
        ("do not introduce me to @ana", "You know yourself already."),
        ("do not introduce me to @zork", "I know nobody called “zork”."),
        ("introduce me to @ana", "You know yourself already. To meet somebody else"),
        ("introduce me to @sam again", "You had not asked me to keep you and @sam apart."),
        ("pause introductions", "Stopped: I introduce you to nobody any more."),
    ],
)
async def test_what_cannot_be_is_answered_with_what_to_say_instead(talk, said, answer):
    *before, last = said.split("; ")
    for one in before:
        await talk("ana", one)

    assert (await talk("ana", last)).startswith(answer)


async def test_a_pause_ends_by_itself_or_by_one_tap(talk):
    await joined(talk, "ana", "sam")
    paused = await talk.reply("ana", "pause introductions until 31 March")
    missed = await at(talk, TUESDAY)
    ended = await at(talk, TUESDAY + ROUND)
    await talk("ana", "pause introductions until December")

    resumed = await talk.click("ana", buttons(paused)[0].action)

    assert plain(paused).startswith(
        "Introductions are paused until Tuesday 31 March 2026. The next round with you in it is"
    )
    assert (set(missed), set(ended)) == (set(), {"ana", "sam"})
    assert resumed.startswith("You are in: every two weeks")


async def test_what_is_kept_is_shown_to_the_person_and_erased_with_them(talk):
    await joined(talk, "ana", "sam")
    await talk("ana", "do not introduce me to @lea")
    await talk("lea", "ne me présente pas à @ana")
    await at(talk, TUESDAY)

    shown, data = await talk("ana", "export me"), await exported(talk, "ana")
    await talk("ana", "forget me")
    await talk.click("ana", "privacy.forget", "ana")

    assert "Introductions\n- Introduced 1 time. Kept apart from: @lea" in shown
    assert [data[1]["avoided"], data[1]["introductions"]] == [
        ["@lea"],
        [{"round": "2026-03-17", "with": ["sam"], "answer": ""}],
    ]
    assert "- someone, Tuesday 17 March 2026" in await talk("sam", "introductions")
    assert "ana" not in await talk("lea", "mes rencontres")


async def exported(talk: Talk, handle: str) -> list[dict[str, object]]:
    """What the export of a person's data says of introductions."""

    def read(tx):
        [person] = people.of_handles(tx, [handle]).values()
        core, request = talk.core, talk.request(handle, "")
        ctx = Context(tx, person, Words("en"), talk.now, core.new_id, core.features, request, core.company)
        return everything(ctx, person)

    found = await talk.core.store.read(TENANT, read)
    return [one["data"] for one in found.get("more", []) if one["title"] == "Introductions"]


async def settings(talk: Talk, handle: str = "ana") -> Participant | None:
    return (await talk.core.store.read(TENANT, lambda tx: participants.of_people(tx, [handle]))).get(handle)


ON = "Introductions are on: every two weeks I introduce you to a"


@pytest.mark.parametrize(
    ("before", "said", "state"),
    [
        ([], "introduce me", "Introductions are off: I introduce you to nobody."),
        (
            ["introduce me"],
            "pause introductions until May",
            ON,
        ),
        (["introduce me"], "introductions off", ON),
        (["introduce me", "introductions off"], "introduce me", "Introductions are off: I introduce you to nobody."),
        (
            ["introduce me", "pause introductions until May"],
            "introduce me",
            "Introductions are paused until Friday 1 May 2026.",
        ),
    ],
)
async def test_undo_takes_back_what_was_said_of_introductions(talk, before, said, state):
    for one in before:
        await talk("ana", one)
    kept = await settings(talk)
    talk.later(minutes=1)
    await talk("ana", said)

    undone = await talk("ana", "undo")

    assert (undone.splitlines()[0], undone.splitlines()[1].startswith(state)) == ("Taken back.", True)
    assert await settings(talk) == kept


async def test_undo_brings_back_into_a_round_that_was_drawn_and_in_french(talk):
    await joined(talk, "lea", "sam")
    talk.now = datetime(2026, 3, 16, 13, tzinfo=UTC)
    await tick(talk.core, talk.now)
    await talk("lea", "rencontres stop")

    assert (await talk("lea", "annuler")).splitlines()[0] == "C’est annulé."
    assert couples(await at(talk, TUESDAY)) == {frozenset({"lea", "sam"})}


async def test_saying_yes_once_more_changes_nothing_and_is_nothing_to_take_back(talk):
    await joined(talk, "ana")
    talk.later(minutes=6)

    await joined(talk, "ana")

    assert "nothing" in (await talk("ana", "undo")).lower()
    assert "Introductions are on" in await talk("ana", "introductions")


async def test_what_was_said_of_introductions_is_nobody_elses_and_goes_through_export_and_import(talk):
    await joined(talk, "ana")
    told = await talk.core.store.read(TENANT, lambda tx: activities.of_actor(tx, "ana", ["introduction"], ("public",)))
    [act] = await talk.core.store.read(
        TENANT, lambda tx: activities.of_actor(tx, "ana", ["introduction"], ("person:ana",))
    )

    written = streams.write(act, str)

    assert told == []
    assert streams.write(streams.read(written, str), str) == written
    assert written["object"] == {"type": "Service", "name": "introductions"}


async def test_away_says_that_introductions_wait_too_where_one_takes_part(talk):
    alone = await talk("ana", "away until Monday")
    await joined(talk, "ana", "lea")

    assert "Nobody’s question comes to you before. Sooner? Say back." in alone
    assert "No question and no introduction comes to you before." in await talk("ana", "away until Monday")
    assert "Ni question ni rencontre ne vous arrive d’ici là." in await talk("lea", "absente jusqu'à lundi")


async def rounds(talk: Talk, n: int, *answering: str) -> list[dict[str, str]]:
    """What came in so many rounds, in which only these say that they met."""
    got = []
    for _ in range(n):
        got.append(await at(talk, max(talk.now + ROUND, TUESDAY)))
        for handle in answering:
            await talk(handle, "we met")
    return got


LAST = "I have heard nothing of the last three. One tap on a button is enough"
STILL = "I have introduced you three times and heard nothing of it. Would you still like to meet colleagues?"


async def test_three_silent_rounds_are_asked_about_in_the_next_digest_and_silence_pauses(talk):
    await joined(talk, "ana", "sam", "lea", "paul-b", "jean-marc", "thill")
    others = ("sam", "lea", "paul-b", "jean-marc", "thill")
    await rounds(talk, 3, *others)
    early = await talk("ana", "digest")
    talk.later(days=4)
    asked = await digest(talk, "ana")
    talk.later(days=7)
    again = await digest(talk, "ana")

    talk.now -= timedelta(days=11)
    [fourth] = await rounds(talk, 1, *others)

    assert (STILL in early, STILL in asked, "[Yes, go on] [Stop introductions]" in asked, STILL in again) == (
        *(False, True, True),
        False,
    )
    assert ("ana" in fourth, "sam" in fourth) == (False, True)
    assert "Introductions are off" in await talk("ana", "introductions")
    assert "You are in" in await talk("ana", "introduce me")


async def test_one_tap_and_introductions_go_on(talk):
    others = ("sam", "lea", "paul-b", "jean-marc", "thill", "tford", "paul")
    await joined(talk, "ana", *others)
    await rounds(talk, 3, *others)
    talk.later(days=4)
    await digest(talk, "ana")
    await talk.click("ana", "people.meet")
    talk.now -= timedelta(days=4)

    got = await rounds(talk, 4, *others)

    assert [("ana" in one) for one in got] == [True, True, True, True]
    assert [LAST in one["ana"] for one in got] == [False, False, False, True]


async def test_whoever_gets_no_digest_is_told_with_the_fourth_introduction(talk):
    await joined(talk, "ana", "sam", "lea", "paul-b", "jean-marc", "thill")

    got = await rounds(talk, 5, "sam", "lea", "paul-b", "jean-marc", "thill")

    assert [("ana" in one, LAST in one.get("ana", "")) for one in got] == [
        *[(True, False)] * 3,
        *((True, True), (False, False)),
    ]
    assert [LAST in one["sam"] for one in got] == [False] * 5


async def test_one_answer_in_three_is_no_silence(talk):
    await joined(talk, "ana", "sam", "lea", "paul-b", "jean-marc", "thill")
    others = ("sam", "lea", "paul-b", "jean-marc", "thill")
    await rounds(talk, 2, *others)
    await talk("ana", "we did not meet")

    got = await rounds(talk, 3, *others)

    assert [("ana" in one, LAST in one["ana"]) for one in got] == [(True, False)] * 3


async def digest(talk: Talk, who: str) -> str:
    """Their digest of this moment, as a worker draws it."""
    await tell(talk, *(update(by, f"news {n} of {talk.now}", f"p{n}") for n, by in enumerate(("sam", "lea", "thill"))))
    acts = [
        Activity(f"d:{by}:{talk.now}", talk.now - timedelta(minutes=1), by, "Offer", "thanks", name=what, to=(who,))
        for by, what in (("sam", "the calm rescue"), ("lea", "a clear drawing"), ("paul-b", "patience with invoices"))
    ]
    await tell(talk, *acts)

    def queue(tx):
        queue_now(tx, talk.now, talk.core.company, talk.core.new_id, [who])
        return outbox.of_kind(tx, "digest.due")[-1]

    drawn = await talk.core.draw(TENANT, await talk.core.store.write(TENANT, queue))
    return plain(drawn.reply) if drawn else ""
