"""The index of evidence: in step with the acts, alike on each database, and never beyond a reader's rights."""

import pytest
from company import NOON, TENANT
from evidence import skill, thanks, update
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from store import Store, evidence, record
from store.evidence import Tally, postings
from store.terms import index_terms, read_terms

PUBLIC, MEMBERS = ("public",), ("public", "place:slack:G1")


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    yield store
    await store.close()


async def found(store, term, audiences=PUBLIC):
    rows = await store.read(TENANT, lambda tx: evidence.of_term(tx, term, audiences, 10))
    return [(row.person, row.kind, row.level) for row in rows]


async def test_each_kind_of_act_speaks_for_its_people(store):
    acts = [
        skill("sam", "Rust", "expert", days=1),
        thanks("ana", ["lea", "paul"], "the rust rescue", days=2),
        update("ana", "ported to Rust", "apollo", days=3),
        update("app:ci", "rust build is green", days=4),
    ]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))

    assert await found(store, "rust") == [
        *[("sam", "skill", "expert"), ("paul", "kudos", ""), ("lea", "kudos", ""), ("ana", "update", "")]
    ]
    assert await found(store, "apollo") == [("ana", "update", "")]


async def test_an_act_taken_back_or_erased_leaves_the_index_and_the_tally(store):
    kept, undone, erased = update("sam", "rust one"), update("sam", "rust two"), update("sam", "rust three")
    await store.write(TENANT, lambda tx: record.record(tx, kept, undone, erased))

    await store.write(TENANT, lambda tx: record.retract(tx, undone, NOON))
    await store.write(TENANT, lambda tx: record.forget(tx, [erased.id]))

    tallies = await store.read(TENANT, lambda tx: evidence.tallies_of(tx, ["sam", "lea"], PUBLIC))
    assert await found(store, "rust") == [("sam", "update", "")]
    assert tallies == {"sam": Tally(1, 0), "lea": Tally(0, 0)}


async def test_only_the_last_word_on_a_skill_counts(store):
    acts = [skill("sam", "Rust", "good", days=3), skill("sam", "rust", "expert", days=2)]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))
    last = await found(store, "rust")

    await store.write(TENANT, lambda tx: record.record(tx, skill("sam", "Rust", wish=True)))

    assert (last, await found(store, "rust")) == ([("sam", "skill", "expert")], [])


async def test_what_belongs_to_members_is_neither_found_nor_counted_by_others(store):
    acts = [thanks("ana", ["sam"], "the rust rescue", audience="place:slack:G1"), update("sam", "rust and go")]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))

    def seen(tx):
        return [
            (evidence.frequencies(tx, ["rust", "rescue"], to), evidence.tallies_of(tx, ["sam"], to)["sam"])
            for to in (PUBLIC, MEMBERS)
        ]

    assert await store.read(TENANT, seen) == [({"rust": 1}, Tally(1, 0)), ({"rust": 2, "rescue": 1}, Tally(2, 1))]


async def test_a_widened_place_is_found_and_counted_by_everybody(store):
    acts = [thanks("ana", ["sam"], "the rust rescue", audience="place:slack:G1"), thanks("lea", ["sam"], "more rust")]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))

    await store.write(TENANT, lambda tx: record.widen(tx, "place:slack:G1"))

    tallies = await store.read(TENANT, lambda tx: evidence.tallies_of(tx, ["sam"], PUBLIC))
    assert tallies == {"sam": Tally(2, 2)}
    assert await found(store, "rescue") == [("sam", "kudos", "")]


async def test_whoever_is_forgotten_has_no_evidence_left(store):
    await store.write(TENANT, lambda tx: record.record(tx, thanks("ana", ["sam", "lea"], "the rust rescue")))

    await store.write(TENANT, lambda tx: evidence.forget(tx, "sam"))

    assert await found(store, "rust") == [("lea", "kudos", "")]


async def test_tenants_do_not_see_each_other(store):
    await store.write(TENANT, lambda tx: record.record(tx, skill("sam", "Rust")))

    assert await store.read("other", lambda tx: evidence.of_term(tx, "rust", PUBLIC, 10)) == []
    assert await found(store, "rust") == [("sam", "skill", "")]


async def test_a_text_without_words_leaves_no_row(store):
    await store.write(TENANT, lambda tx: record.record(tx, thanks("ana", ["sam"], "👏👏")))

    count = await store.read(TENANT, lambda tx: tx.connection.scalar(select(func.count()).select_from(postings)))
    assert count == 0


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("C++, C# and .NET", ["cplusplus", "csharp", "dotnet"]),
        ("Node.js / CI/CD", ["nodejs", "cicd"]),
        ("ASP.NET Core", ["asp", "dotnet", "core"]),
        ("R, Go, C", ["r", "go", "c"]),
        ("R&D", ["rd"]),
        ("JavaScript n'est pas Java", ["javascript", "java"]),
        ("web_server-idf.py", ["web", "server", "idf", "py"]),
        ("ESP32BLETracker camelCase HTTPServer", ["esp32ble", "tracker", "camel", "case", "http", "server"]),
        ("L’été à l'École", ["ete", "ecole"]),
        ("Léa's design d’interface", ["lea", "design", "interface"]),
        ("👏 !!", []),
    ],
)
def test_a_text_is_found_by_its_words(text, terms):
    assert read_terms(text) == terms


def test_a_compound_is_found_as_one_word_too():
    assert index_terms("webServer and micro-wake_word") == (
        frozenset({"web", "server", "webserver", "micro", "wake", "word", "microwakeword"}),
        5,
    )


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_terms_that_give_themselves(text):
    terms = read_terms(text)

    assert read_terms(" ".join(terms)) == terms
    assert set(terms) <= index_terms(text)[0]
