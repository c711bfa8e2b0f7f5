from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from company import NOON, TENANT

from bot.features.digest import queue_due, queue_now
from bot.reply import plain
from store import activities, digests, outbox, people, places, subscriptions
from store.activities import Activity
from store.record import record, retract

SECTIONS = ("Thanks you received", "Your projects", "What you follow", "People and skills")
MONDAY = datetime(2026, 3, 9, 8, 10, tzinfo=UTC)  # 09:10 in Paris, when everybody has their turn behind them
JOINED = timedelta(days=30)


def act(id: str, actor: str, kind: str, name: str = "", **said: Any) -> Activity:
    verb = {"update": "Create", "skill": "Add", "member": "Join", "thanks": "Offer", "project": "Update"}.get(kind, "")
    key = name.lower() if kind in ("skill", "member", "project") else ""
    what: dict[str, Any] = {"verb": verb, "key": key, "name": name, "published": NOON - timedelta(hours=1)} | said
    return Activity(id=id, actor=actor, kind=kind, **what)


def update(id: str, actor: str, text: str, project: str = "apollo", **said: Any) -> Activity:
    return act(id, actor, "update", text, key=project, facts={"project": project}, **said)


MEMBER = act("m", "ana", "member", "apollo", published=NOON - JOINED)
LIVELY = (
    MEMBER,
    act("w", "ana", "skill", "Rust", facts={"wish": True}, published=NOON - JOINED),
    act(
        "f", "ana", "follow", "phoenix", verb="Follow", key="phoenix", facts={"type": "Project"}, audience="person:ana"
    ),
    act("t1", "sam", "thanks", "the demo", to=("ana",)),
    update("u1", "lea", "the beta is out", published=NOON - timedelta(hours=2)),
    act("p1", "sam", "project", "phoenix", facts={"startTime": "2026-03-20", "state": "at risk"}),
    act("s1", "paul", "skill", "Rust", facts={"level": "expert"}),
    act("j1", "jean-marc", "member", "apollo", published=NOON - timedelta(hours=3)),
    act("j2", "paul-b", "member", "apollo", published=NOON - timedelta(hours=4)),
)
FOOT = "This comes every Monday around 09:00. Change it: digest every friday at 9; stop it: digest off.\n[Stop digests]"


async def happen(talk, *acts: Activity) -> None:
    await talk.core.store.write(TENANT, lambda tx: record(tx, *acts))


async def tick(talk, at: datetime) -> int:
    talk.now = at
    core = talk.core
    total = 0
    while n := await core.store.write(TENANT, lambda tx: queue_due(tx, at, core.company, core.new_id, 3)):
        total += n
    return total


async def subscription(talk, person: str = "ana"):
    return (await talk.core.store.read(TENANT, lambda tx: subscriptions.of_people(tx, [person])))[person]


async def queued(talk):
    return await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "digest.due"))


async def drawn(talk, message) -> str:
    sent = await talk.core.draw(TENANT, message)
    return plain(sent.reply) if sent else ""


async def test_a_digest_tells_what_matters_grouped_and_says_why(talk_anywhere):
    await happen(talk_anywhere, *LIVELY)

    assert await talk_anywhere("ana", "digest") == (
        "Around you since Wednesday 25 February 2026\n"
        "Thanks you received\n"
        "- @sam thanked you: the demo\n"
        "  because it is for you\n"
        "Your projects\n"
        "- @lea on #apollo: the beta is out\n"
        "  because you are in #apollo\n"
        "- @jean-marc and @paul-b joined #apollo\n"
        "  because you are in #apollo\n"
        "What you follow\n"
        "- #phoenix is now at risk and starts on Friday 20 March 2026, says @sam\n"
        "  because you follow #phoenix\n"
        "People and skills\n"
        "- @paul knows Rust (expert)\n"
        "  because you want to learn Rust\n"
        "Something to try: tell me what you know, as in skills add Python, and I will tell you who shares it.\n" + FOOT
    )


async def test_a_digest_is_in_french_for_those_who_speak_french(talk):
    as_lea = [replace(one, actor="lea") for one in LIVELY[:2]]
    thanks = act("t1", "sam", "thanks", "la démo", to=("lea",))
    await happen(talk, *as_lea, thanks, update("u1", "ana", "la bêta est sortie"), *LIVELY[-3:])

    assert (await talk("lea", "résumé")).replace("\u00a0", " ") == (
        "Autour de vous depuis le mercredi 25 février 2026\n"
        "On vous remercie\n"
        "- @sam vous remercie : la démo\n"
        "  parce que c’est pour vous\n"
        "Vos projets\n"
        "- @ana sur #apollo : la bêta est sortie\n"
        "  parce que vous êtes dans #apollo\n"
        "- @jean-marc et @paul-b ont rejoint #apollo\n"
        "  parce que vous êtes dans #apollo\n"
        "Personnes et compétences\n"
        "- @paul connaît Rust (expert)\n"
        "  parce que vous voulez apprendre Rust\n"
        "À essayer : dites-moi ce que vous connaissez, par exemple `compétences ajouter Python`, "
        "et je vous dirai qui le partage.\n"
        "Il arrive chaque lundi vers 9 h. Changer : résumé chaque vendredi à 9 h ; arrêter : résumé stop.\n"
        "[Arrêter les résumés]"
    ).replace("`", "")


@pytest.mark.parametrize(
    "said",
    [
        "digest",
        "  DIGEST ?",
        "my digest",
        "Preview",
        "preview my digest",
        "résumé",
        "RESUME",
        "Mon  Résumé ?",
        "aperçu",
    ],
)
async def test_the_digest_is_shown_on_demand(talk, said):
    await happen(talk, *LIVELY)

    assert "@lea" in await talk("ana", said)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("digest every friday at 9", "Your digest comes every Friday at 09:00. The next one: Friday 6 March 2026."),
        ("Digest  EVERY friday at 9 ?", "Your digest comes every Friday at 09:00. The next one: Friday 6 March 2026."),
        ("digest daily at 8", "Your digest comes every working day at 08:00. The next one: Thursday 5 March 2026."),
        ("digest weekly", "Your digest comes every Monday around 09:00. The next one: Monday 9 March 2026."),
        (
            "digest monthly",
            "Your digest comes on the first Monday of each month around 09:00. The next one: Monday 6 April 2026.",
        ),
        (
            "digest every two weeks on monday",
            "Your digest comes every other Monday at 09:00. The next one: Monday 9 March 2026.",
        ),
        (
            "résumé chaque vendredi à 9 h",
            "Votre résumé arrive chaque vendredi à 9 h. Le prochain : vendredi 6 mars 2026.",
        ),
        (
            "RESUME chaque  vendredi a 9 h ?",
            "Votre résumé arrive chaque vendredi à 9 h. Le prochain : vendredi 6 mars 2026.",
        ),
        (
            "résumé tous les jours à 8 h",
            "Votre résumé arrive chaque jour ouvré à 8 h. Le prochain : jeudi 5 mars 2026.",
        ),
        ("résumé un lundi sur deux", "Votre résumé arrive un lundi sur deux à 9 h. Le prochain : lundi 9 mars 2026."),
        (
            "résumé chaque mois",
            "Votre résumé arrive le premier lundi du mois vers 9 h. Le prochain : lundi 6 avril 2026.",
        ),
    ],
)
async def test_a_rhythm_is_confirmed_in_words_with_the_next_day(talk, said, answer):
    reply = (await talk("ana", said)).replace("\u00a0", " ").split("\n")

    kept = await subscription(talk)
    assert reply[0] == answer
    assert kept.next_at and kept.next_at > NOON


@pytest.mark.parametrize("said", ["digest at 4", "digest every day at 23:30", "digest every friday at 4:59"])
async def test_an_hour_at_night_is_refused_and_nothing_changes(talk, said):
    assert await talk("ana", said) == (
        "A digest comes between 05:00 and 22:00. Pick an hour in the day, such as digest every friday at 9."
    )
    assert await talk.core.store.read(TENANT, lambda tx: subscriptions.of_people(tx, ["ana"])) == {}


async def test_an_hour_at_night_is_refused_in_french_too(talk):
    assert (await talk("lea", "résumé chaque jour à 23 h")).startswith("Un résumé arrive entre 5\u00a0h et 22\u00a0h.")


@pytest.mark.parametrize(
    "off", ["digest off", "Digest  OFF?", "stop digest", "stop my digest", "digest never", "résumé stop", "RESUME stop"]
)
@pytest.mark.parametrize("on", ["digest on", "résumé reprendre", "resume reprendre ?", "digest every monday"])
async def test_a_digest_is_stopped_and_taken_up_again(talk, off, on):
    stopped = await talk("ana", off)
    after = await subscription(talk)
    again = await talk("ana", on)

    assert after.next_at is None
    assert "digest on" in stopped or "résumé reprendre" in stopped
    assert "9 March 2026" in again or "9 mars 2026" in again
    assert (await subscription(talk)).next_at


@pytest.mark.parametrize(
    "neighbour",
    ["digest the report for me", "digestion", "I wrote a digest every friday", "un résumé de la réunion", "stop"],
)
async def test_a_neighbour_sentence_changes_nothing(talk, neighbour):
    reply = await talk("ana", neighbour)

    assert "since" not in reply and "depuis" not in reply
    assert await talk.core.store.read(TENANT, lambda tx: subscriptions.of_people(tx, ["ana"])) == {}


async def test_buttons_stop_it_and_start_it_again(talk):
    await happen(talk, *LIVELY)
    await talk("ana", "digest")

    await talk.click("ana", "digest.off")
    off = await subscription(talk)
    await talk.click("ana", "digest.rhythm")

    assert (off.next_at, (await subscription(talk)).next_at is None) == (None, False)


async def test_a_new_rhythm_keeps_what_was_not_said_of_it(talk):
    await talk("ana", "digest every friday at 15")

    assert (await talk("ana", "digest monthly")).startswith(
        "Your digest comes on the first Friday of each month at 15:00. The next one: Friday 6 March 2026."
    )


async def test_too_little_is_shown_and_said_that_it_would_wait(talk):
    await happen(talk, MEMBER, LIVELY[4])

    reply = await talk("ana", "digest")

    assert "- @lea on #apollo: the beta is out" in reply
    assert "This is little for a digest: on its day it would wait for the next one." in reply


async def test_where_there_is_nothing_it_says_what_to_type(talk):
    assert await talk("ana", "digest") == (
        "Nothing new for you yet. Follow a project or a colleague, such as follow #apollo, "
        "or say what you want to learn, such as skills learn Rust.\n" + FOOT
    )


async def test_whoever_is_muted_is_never_told(talk):
    await happen(talk, *LIVELY)
    await talk("ana", "mute @sam")
    await talk("ana", "mute #apollo")

    reply = await talk("ana", "digest")

    assert "@sam" not in reply and "#apollo" not in reply.replace("follow #apollo", "")
    assert "@paul knows Rust" in reply


async def test_what_is_said_among_members_reaches_only_members(talk):
    secret = update("x", "sam", "a secret plan", audience="place:slack:G1")
    await happen(talk, MEMBER, replace(MEMBER, id="m2", actor="lea"), secret)
    await talk.core.store.write(TENANT, lambda tx: places.see(tx, "slack", "G1", ["lea"], NOON))

    assert "secret" not in await talk("ana", "digest")
    assert "a secret plan" in await talk("lea", "digest")


async def test_a_skill_is_news_once_and_only_while_it_is_true(talk):
    before = NOON - timedelta(days=60)
    await happen(
        talk,
        LIVELY[1],
        act("old", "sam", "skill", "Rust", published=before),
        act("again", "sam", "skill", "Rust"),
        act("wish", "lea", "skill", "Rust", facts={"wish": True}, published=before),
        act("learnt", "lea", "skill", "Rust"),
        act("add", "paul", "skill", "Rust", published=NOON - timedelta(hours=2)),
        act("gone", "paul", "skill", "Rust", verb="Remove"),
    )

    reply = await talk("ana", "digest")

    assert "- @lea knows Rust\n" in reply
    assert "@sam" not in reply and "@paul" not in reply


async def test_a_colleague_who_starts_later_is_news_in_their_team(talk):
    def arrive(tx):
        people.change(tx, "ana", team="Software")
        people.change(tx, "newt", team="Software")
        people.start(tx, "newt", NOON + timedelta(days=20))

    await talk.core.store.write(TENANT, arrive)
    talk.later(days=21)

    assert "- @newt has joined us here\n  because you are in the Software team too" in await talk("ana", "digest")


async def test_a_due_digest_is_queued_once_a_period_and_says_it_all(talk_anywhere):
    talk = talk_anywhere
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)
    await tick(talk, MONDAY + timedelta(minutes=5))

    (message,) = await queued(talk)

    assert (message.person, message.about, message.lane) == ("ana", "digest:ana:2026-W11", 2)
    assert "- @lea on #apollo: the beta is out" in await drawn(talk, message)
    assert (await drawn(talk, message)).endswith(FOOT)
    assert (await subscription(talk)).next_at.date() == MONDAY.date() + timedelta(days=7)


async def test_what_was_taken_back_meanwhile_drops_out_and_an_empty_digest_is_not_sent(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)
    (message,) = await queued(talk)

    await talk.core.store.write(TENANT, lambda tx: retract(tx, LIVELY[4], MONDAY))
    one_less = await drawn(talk, message)
    for one in LIVELY[3:]:
        await talk.core.store.write(TENANT, partial(retract, act=one, at=MONDAY))

    assert "@lea" not in one_less and "@sam thanked you" in one_less
    assert await drawn(talk, message) == ""


async def test_rights_are_checked_again_when_it_is_sent(talk):
    secret = update("x", "tom", "a secret plan", audience="place:slack:G1")
    await happen(talk, *LIVELY, secret)
    await talk.core.store.write(TENANT, lambda tx: places.see(tx, "slack", "G1", ["ana"], MONDAY))
    await tick(talk, MONDAY)
    (message,) = await queued(talk)

    inside = await drawn(talk, message)
    await talk.core.store.write(TENANT, lambda tx: places.leave(tx, "slack", "G1", ["ana"]))

    assert "a secret plan" in inside
    assert "a secret plan" not in await drawn(talk, message)


async def test_whoever_says_stop_in_between_is_not_written_to(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)
    await talk("ana", "digest off")

    (message,) = await queued(talk)

    assert await drawn(talk, message) == ""


async def test_too_little_waits_and_comes_with_the_next_one(talk):
    await happen(talk, MEMBER, LIVELY[4], LIVELY[7])
    await tick(talk, MONDAY)
    thin = await queued(talk)
    await happen(talk, update("u2", "sam", "the price is set", published=MONDAY + timedelta(days=1)))
    await tick(talk, MONDAY + timedelta(days=7))

    (message,) = await queued(talk)

    assert thin == []
    assert "the beta is out" in await drawn(talk, message) and "the price is set" in await drawn(talk, message)


async def test_the_next_digest_begins_where_the_last_one_ended(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)
    await happen(
        talk, *(update(f"n{n}", who, f"news {n}", published=MONDAY) for n, who in enumerate(("sam", "lea", "paul")))
    )
    await happen(talk, update("n9", "sam", "fresh news", published=MONDAY + timedelta(days=1)))
    talk.now = MONDAY + timedelta(days=2)

    reply = await talk("ana", "digest")

    assert "fresh news" in reply
    assert "the beta is out" not in reply


async def test_right_after_a_digest_the_last_one_is_shown_again(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)

    reply = await talk("ana", "digest")

    assert reply.startswith("Nothing new since your last digest, on Monday 9 March 2026. Here it is again\n")
    assert "- @lea on #apollo: the beta is out" in reply


async def test_a_digest_missed_by_a_day_and_a_half_is_skipped_counted_and_carried_over(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY + timedelta(hours=40))
    late = await queued(talk)
    counted = await talk.core.store.read(TENANT, digests.count)
    await tick(talk, MONDAY + timedelta(days=7))

    assert (late, counted["queued"], counted["skipped"]) == ([], 0, 7)  # for Paul in Toronto it is still soon enough
    assert "the beta is out" in await drawn(talk, (await queued(talk))[0])


async def test_a_late_digest_waits_for_the_morning_unless_the_hour_was_chosen(talk):
    await happen(talk, *LIVELY, *(replace(one, id=f"{one.id}-l", actor="lea") for one in LIVELY[:3]))
    await happen(talk, act("t2", "ana", "thanks", "the tests", to=("lea",)))
    await talk("lea", "digest every monday at 21")
    night = MONDAY.replace(hour=21, minute=30)
    await tick(talk, night)

    assert {message.person: message.not_before for message in await queued(talk)} == {
        "ana": datetime(2026, 3, 10, 7, 0, tzinfo=UTC),
        "lea": night,
    }


async def test_changing_the_day_after_this_weeks_digest_leads_to_next_week(talk):
    await happen(talk, *LIVELY)
    await tick(talk, MONDAY)

    assert "The next one: Friday 20 March 2026." in await talk("ana", "digest every friday at 9")


async def test_whoever_moves_gets_it_at_nine_where_they_are_now_and_once_a_week(talk):
    await happen(talk, *LIVELY)
    await tick(talk, NOON)
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, "ana", timezone="America/New_York"))
    await tick(talk, MONDAY)
    early = await queued(talk)
    await tick(talk, datetime(2026, 3, 9, 13, 10, tzinfo=UTC))
    await talk.core.store.write(TENANT, lambda tx: people.change(tx, "ana", timezone="Pacific/Honolulu"))
    await tick(talk, datetime(2026, 3, 9, 19, 10, tzinfo=UTC))

    assert (early, [message.person for message in await queued(talk)]) == ([], ["ana"])


async def test_an_operator_queues_a_digest_now_and_a_second_time_adds_nothing(talk_anywhere):
    talk = talk_anywhere
    await happen(talk, *LIVELY)
    await tick(talk, NOON)
    core = talk.core

    def send(tx):
        return queue_now(tx, NOON, core.company, core.new_id, ["ana", "sam", "newt", "robot"])

    counts = [await core.store.write(TENANT, send) for _ in range(2)]
    await tick(talk, NOON + timedelta(hours=1))

    assert counts == [1, 0]
    assert [message.about for message in await queued(talk)] == ["digest:ana:2026-W10"]


async def test_a_person_who_left_gets_none(talk):
    await happen(talk, *LIVELY)
    await tick(talk, NOON)
    await talk.core.store.write(TENANT, lambda tx: people.leave(tx, "ana", NOON))

    await tick(talk, MONDAY)

    assert await queued(talk) == []


async def test_what_several_said_alike_is_told_once_with_a_count(talk):
    who = ("sam", "lea", "paul", "paul-b", "tom")
    await happen(talk, *(act(f"t{id}", id, "thanks", "the demo", to=("ana",)) for id in who))

    assert "2 others thanked you: the demo" in await talk("ana", "digest")
    assert (
        len(await talk.core.store.read(TENANT, lambda tx: activities.to_person(tx, "ana", "thanks", ["public"]))) == 5
    )
