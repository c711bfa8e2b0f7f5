"""Who asked to be forgotten is: the traces they leave tell nothing, and no table keeps anything of them."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from company import NOON, TENANT
from evidence import skill, tell, thanks, update
from sqlalchemy import JSON, String, Text, create_engine, select, text

from bot.features.privacy import erase
from jobs.calendar import forget
from store import (
    absences,
    aliases,
    contacts,
    digests,
    erasures,
    forgetting,
    holdings,
    introductions,
    outbox,
    participants,
    people,
    places,
    questions,
    subscriptions,
    suggestions,
    teachings,
)
from store.activities import Activity
from store.aliases import Alias
from store.base import Transaction
from store.digests import Digest
from store.engine import read_url
from store.introductions import Introduction
from store.outbox import Message
from store.participants import Participant
from store.people import Person
from store.pseudonyms import Names
from store.questions import Question, Route
from store.subscriptions import Subscription
from store.suggestions import Suggestion
from store.tables import metadata

ZOE = Person("id-zoe", "zvalery", "Zoé Valéry", "zoe.valery@example.com", locale="fr", timezone="Europe/Paris")
ZOE_ACCOUNTS = (("console", "zvalery"), ("slack", "UZOE"))
NEEDLES = ("zvalery", "zoé valéry", "zoe valery", "zoe.valery", "id-zoe", "uzoe", "dzoe")

INVENTORY = {
    "absences": {"person"},
    "accounts": {"context", "id", "person_id", "place"},
    "activities": {"actor", "audience", "facts", "key", "message", "name", "place"},
    "aliases": {"name", "other"},
    "avoidances": {"other", "person"},
    "contacts": {"person"},
    "digests": {"hints", "items", "person"},
    "erasures": set(),
    "holders": {"person"},
    "inbox": {"answer", "person"},
    "introductions": {"answer", "person"},
    "memberships": {"person", "place"},
    "namesakes": {"part", "person"},
    "outbox": {"about", "account", "context", "only_for", "person", "place", "provider_place"},
    "participants": {"person"},
    "pauses": set(),
    "people": {"email", "folded", "handle", "id", "location", "locale", "name", "team", "timezone", "title"},
    "postings": {"audience", "term"},
    "questions": {"answer", "asker", "helper", "thanks"},
    "receivers": {"activity", "person"},
    "rounds": set(),
    "routes": {"person", "question", "suggested_by"},
    "skills": {"activity", "key", "name", "person"},
    "subscriptions": {"person"},
    "suggestions": {"person", "text"},
    "tallies": {"audience", "person"},
    "teachings": {"meant", "person", "said"},
}
"""Every table, with its columns that can hold a person's id or what they or others said of them."""
NOBODYS = {"erasures", "pauses", "rounds"}
"""Tables that hold nothing of a person."""
NEUTRAL = {
    *("id", "kind", "verb", "level", "period", "platform", "provider_id", "reason", "rhythm", "state", "time", "via"),
    *(
        "circle",
        "round",
        "language",
        "lane",
        "owner",
        "thread",
        "tenant_id",
        "together",
        "trace",
        "salt",
        "zone",
        "source",
    ),
}
"""Columns of text that name no person."""


def fill(tx: Transaction) -> None:
    """Something of Zoé in every table there is."""
    people.add(tx, ZOE, NOON)
    people.start(tx, ZOE.id, NOON)
    for platform, account in ZOE_ACCOUNTS:
        people.join_account(tx, ZOE.id, platform, account, NOON)
    people.reach(tx, "slack", "UZOE", "DZOE", '{"user": "UZOE"}', NOON)
    places.see(tx, "slack", "G1", [ZOE.id, "sam"], NOON)
    suggestions.offer(tx, ZOE.id, [Suggestion("position", "Assistant of Zoé Valéry", "linkedin", NOON)], (), NOON)
    contacts.add(tx, ZOE.id, ["sam@example.com"], NOON)
    contacts.add(tx, "sam", [ZOE.email], NOON)
    subscriptions.keep(tx, Subscription(ZOE.id, NOON.date(), next_at=NOON))
    absences.leave(tx, ZOE.id, NOON.date() + timedelta(days=3))
    aliases.keep(tx, Alias("zoé valéry", "data science", "added", NOON))
    teachings.teach(tx, ZOE.id, "pyton", "python", NOON)
    teachings.teach(tx, "sam", "zvalery", "python", NOON)
    participants.keep(tx, Participant(ZOE.id, NOON))
    participants.avoid(tx, ZOE.id, "sam")
    participants.avoid(tx, "sam", ZOE.id)
    introductions.introduce(tx, *(Introduction("2026-03-03", who, "c1") for who in (ZOE.id, "sam")))
    questions.ask(tx, Question("q1", ZOE.id, anonymous=True, public=False, asked_at=NOON))
    questions.ask(tx, Question("q2", "sam", anonymous=False, public=False, asked_at=NOON, state="taken", helper=ZOE.id))
    for question, person, by in (("q1", "sam", ""), ("q2", ZOE.id, ""), ("q2", "lea", ZOE.id)):
        questions.route(tx, Route(question, person, NOON, suggested_by=by))
    newcomer = {"activities": [f"urn:ristretto:person:{ZOE.id}", "kept"], "reasons": ["newcomer"]}
    digests.keep(tx, *(Digest(who, "2026-W10", "queued", NOON, NOON, [newcomer]) for who in (ZOE.id, "sam")))
    outbox.add(
        tx,
        Message("m1", "digest.due", NOON, NOON, about=f"digest:{ZOE.id}:2026-W10", person=ZOE.id, lane=2),
        Message("m2", "kudos.said", NOON, NOON, about="act-1", platform="slack", place="C1"),
        Message("m3", "core.answer", NOON, NOON, about="r1", platform="slack", place="C1", only_for="UZOE"),
        Message(
            "m4", "kudos.said", NOON, NOON, about="other", platform="slack", place="C1", context='{"user": "UZOE"}'
        ),
    )


SAID = (
    skill(ZOE.id, "Kubernetes", "expert"),
    thanks(ZOE.id, ["sam"], "the plan"),
    update(ZOE.id, "my words", "apollo"),
    thanks("ana", [ZOE.id], "only for her"),
    thanks("ana", [ZOE.id, "sam"], "the demo with Zoé Valéry"),
    update("sam", "thanks to ZOE VALERY (zoe.valery@example.com) and @zvalery, done", "apollo"),
    Activity("p1", NOON, "sam", "Update", "project", "apollo", "apollo", {"owner": ZOE.id, "state": "on track"}),
    Activity("p2", NOON, "sam", "Update", "project", "apollo", "apollo", {"owner": ZOE.id}),
    Activity("f1", NOON, "sam", "Follow", "follow", ZOE.id, "zvalery", {"type": "Person"}, "person:sam"),
    Activity("n1", NOON, "sam", "Create", "project", "ask zoe valery", "Ask Zoé Valéry"),
    Activity("a1", NOON, "sam", "Travel", "act", facts={"target": "urn:ristretto:person:zvalery"}),
    Activity("a2", NOON, "app:Zoé Valéry", "Create", "update", name="from an app"),
)
ACTS = tuple(replace(act, id=f"act-{n}") for n, act in enumerate(SAID))


@pytest.fixture
async def zoe(talk_anywhere):
    """A talk in a company where every table holds something of Zoé."""
    await talk_anywhere.core.store.write(TENANT, fill)
    await tell(talk_anywhere, *ACTS)
    await talk_anywhere("zvalery", "who is Zoé Valéry?")
    await talk_anywhere("sam", "who is Zoé Valéry?")
    return talk_anywhere


async def forgotten(talk) -> forgetting.Forgotten:
    def work(tx: Transaction) -> forgetting.Forgotten:
        found = people.of_ids(tx, [ZOE.id])[ZOE.id]
        return erase(tx, found, NOON, talk.core.new_id, (), "en")

    return await talk.core.store.write(TENANT, work)


def scan(url: str) -> dict[str, list[str]]:
    """Every cell of every table that holds one of the needles."""
    engine = create_engine(read_url(url))
    found: dict[str, list[str]] = {}
    with engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                cells = [json.dumps(cell, ensure_ascii=False, default=str).lower() for cell in row]
                hits = [cell for cell in cells if any(needle in cell for needle in NEEDLES)]
                if hits:
                    found.setdefault(table.name, []).extend(hits)
    engine.dispose()
    return found


async def test_no_table_keeps_anything_of_a_person_who_is_erased(zoe, database_url):
    before = set(scan(database_url))

    await forgotten(zoe)

    assert before == set(INVENTORY) - NOBODYS  # the scan finds what is there
    assert scan(database_url) == {}


async def test_nobodys_contacts_know_whoever_is_erased(zoe):
    store = zoe.core.store
    before = await store.read(TENANT, lambda tx: contacts.known(tx, "sam", [ZOE]))

    await forgotten(zoe)

    assert before == {ZOE.id}
    assert await store.read(TENANT, lambda tx: contacts.known(tx, "sam", [ZOE])) == set()


async def test_what_others_said_stays_without_the_name(zoe):
    await forgotten(zoe)

    said = await zoe("ana", "my thanks")
    shown = await zoe("ana", "how is apollo doing?")
    assert "the demo with someone" in said and "only for her" not in said
    assert "thanks to someone (someone) and someone, done" in shown and "my words" not in shown


async def test_the_search_forgets_the_name_and_keeps_the_rest(zoe):
    await forgotten(zoe)

    assert "zvalery" not in await zoe("sam", "who knows kubernetes?")
    assert "@sam" in await zoe("ana", "who knows demo?")


async def test_a_question_they_had_taken_goes_on_and_their_own_is_nobodys_any_more(zoe):
    await forgotten(zoe)

    def left(tx: Transaction) -> tuple[object, ...]:
        found = questions.due(tx, NOON, 9)
        asked = questions.routes_of(tx, "q2")
        return [(one.id, one.state, one.helper) for one in found], list(asked), questions.routed_to(tx, "sam")

    assert await zoe.core.store.write(TENANT, left) == ([("q2", "open", "")], ["lea"], [])


async def test_a_digest_queued_before_is_not_sent(zoe):
    waiting = await zoe.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "digest.due"))

    await forgotten(zoe)

    assert [message.id for message in waiting] == ["m1"]
    assert [await zoe.core.draw(TENANT, message) for message in waiting] == [None]
    assert await zoe.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, "digest.due")) == []


async def test_the_way_the_goodbye_went_is_dropped_after_a_week(talk_anywhere):
    store, later = talk_anywhere.core.store, NOON + timedelta(days=8)
    old = [
        Message(f"m{n}", kind, NOON, NOON, platform="slack", place="DZOE", state=state)
        for n, (kind, state) in enumerate([("core.answer", "sent"), ("core.answer", "ready"), ("kudos.said", "sent")])
    ]
    await store.write(TENANT, lambda tx: outbox.add(tx, *old))

    await forget(talk_anywhere.core, later - timedelta(days=2))
    kept = await store.read(TENANT, lambda tx: [one.id for one in outbox.page(tx, outbox.STATES, "", 9)])
    await forget(talk_anywhere.core, later)

    assert kept == ["m0", "m1", "m2"]
    assert await store.read(TENANT, lambda tx: [one.id for one in outbox.page(tx, outbox.STATES, "", 9)]) == [
        "m1",
        "m2",
    ]


async def test_the_file_itself_keeps_no_byte_of_them(tmp_path):
    from company import company

    file = tmp_path / "bytes.db"
    async with company(f"sqlite:///{file}") as talk:
        await talk.core.store.write(TENANT, fill)
        await tell(talk, *ACTS)
        await forgotten(talk)

    kept = file.read_bytes().lower()
    assert b"ana silva" in kept
    assert [needle for needle in NEEDLES if needle.encode() in kept] == []


def test_every_table_is_covered_by_access_and_erasure():
    columns = {
        table.name: {
            column.name
            for column in table.columns
            if isinstance(column.type, String | Text | JSON) and (column.name not in NEUTRAL or named(table, column))
        }
        for table in metadata.tables.values()
    }

    assert columns == INVENTORY
    of_nobody = {"postings", "aliases"}  # which go with the acts that they are of, or where they hold a name
    assert {table.name for table in holdings.COLUMNS} | of_nobody | {"activities"} | NOBODYS == set(metadata.tables)


def named(table, column) -> bool:
    return (table.name, column.name) in {("accounts", "id"), ("people", "id")}


async def test_a_trace_is_known_and_tells_nothing(talk_anywhere, database_url):
    store, traces = talk_anywhere.core.store, erasures.traces(ZOE)
    await store.write(TENANT, lambda tx: erasures.bury(tx, traces, NOON, "random"))

    known = await store.read(TENANT, lambda tx: erasures.known(tx, [*traces, "handle:ana"]))

    assert known == set(traces)
    assert await store.read("other", lambda tx: erasures.known(tx, traces)) == set()
    assert scan(database_url) == {}


async def test_coming_back_lifts_all_traces_of_one_person_alone(talk_anywhere):
    store = talk_anywhere.core.store
    await store.write(TENANT, lambda tx: erasures.bury(tx, ["handle:a", "mail:a"], NOON, "one"))
    await store.write(TENANT, lambda tx: erasures.bury(tx, ["handle:b", "mail:b"], NOON, "two"))

    await store.write(TENANT, lambda tx: erasures.lift(tx, "mail:a"))

    known = await store.read(TENANT, lambda tx: erasures.known(tx, ["handle:a", "mail:a", "handle:b", "mail:b"]))
    assert known == {"handle:b", "mail:b"}


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Léa did it", "X did it"),
        ("LEA, did it", "X, did it"),
        ("ask @lea.", "ask X."),
        ("Léa’s plan, d'Léa", "X’s plan, d'X"),
        ("Lea  Martin and lea.m@example.com", "X and X"),
        ("léa", "X"),
        ("release, lea-anne, lea_1, lea.x, other@lea", "release, lea-anne, lea_1, lea.x, other@lea"),
        ("Martin alone, Léon", "Martin alone, Léon"),
    ],
)
def test_a_name_is_hidden_where_it_stands_as_a_whole_word(said, hidden):
    names = Names(Person("id-1", "lea", "Léa Martin", "lea.m@example.com"))

    assert names.hide(said, lambda _: "X") == hidden


def test_a_word_that_may_mean_somebody_else_stays():
    names = Names(Person("id-1", "paul", "Paul Roy"), bare=False)

    assert names.hide("Paul, Paul Roy and @paul", lambda _: "X") == "Paul, X and X"


def test_deleted_content_is_overwritten(tmp_path):
    from store.engine import open_engine

    engine = open_engine(read_url(f"sqlite:///{tmp_path}/x.db"))
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA secure_delete")).scalar() == 1
    engine.dispose()
