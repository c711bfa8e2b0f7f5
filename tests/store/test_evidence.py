"""The index of evidence: in step with the acts, alike on each database, and never beyond a reader's rights."""

import pytest
from company import NOON, TENANT
from evidence import found, skill, thanks, update
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from store import Store, evidence, postings, record
from store.activities import fingerprint
from store.evidence import Tally
from store.postings import FULL, SIZE, Posting
from store.terms import index_terms, read_terms

PUBLIC, MEMBERS = ("public",), ("public", "place:slack:G1")


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    yield store
    await store.close()


def tally(tx, person, audiences):
    known = evidence.tallies_of(tx, [fingerprint(person)], audiences)
    return known.get(fingerprint(person), Tally(person))


async def test_each_kind_of_act_speaks_for_its_people(store):
    acts = [
        skill("sam", "Rust", "expert", days=1),
        thanks("ana", ["lea", "paul"], "the rust rescue", days=2),
        update("ana", "ported to Rust", "apollo", days=3),
        update("app:ci", "rust build is green", days=4),
    ]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))

    assert await found(store, "rust") == [
        *[("lea", "kudos", ""), ("paul", "kudos", ""), ("ana", "update", ""), ("sam", "skill", "expert")]
    ]
    assert await found(store, "apollo") == [("ana", "update", "")]


async def test_an_act_taken_back_or_erased_leaves_the_index_and_the_tally(store):
    kept, undone, erased = update("sam", "rust one"), update("sam", "rust two"), update("sam", "rust three")
    await store.write(TENANT, lambda tx: record.record(tx, kept, undone, erased))

    await store.write(TENANT, lambda tx: record.retract(tx, undone, NOON))
    await store.write(TENANT, lambda tx: record.forget(tx, [erased.id]))

    assert await found(store, "rust") == [("sam", "update", "")]
    assert await store.read(TENANT, lambda tx: tally(tx, "sam", PUBLIC)) == Tally("sam", 1, 0)


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
        return [(postings.amounts(tx, ["rust", "rescue"], to), tally(tx, "sam", to)) for to in (PUBLIC, MEMBERS)]

    assert await store.read(TENANT, seen) == [
        ({"rust": 1}, Tally("sam", 1, 0)),
        ({"rust": 2, "rescue": 1}, Tally("sam", 2, 1)),
    ]


async def test_a_widened_place_is_found_and_counted_by_everybody(store):
    acts = [thanks("ana", ["sam"], "the rust rescue", audience="place:slack:G1"), thanks("lea", ["sam"], "more rust")]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))

    await store.write(TENANT, lambda tx: record.widen(tx, "place:slack:G1"))

    assert await store.read(TENANT, lambda tx: tally(tx, "sam", PUBLIC)) == Tally("sam", 2, 2)
    assert await found(store, "rescue") == [("sam", "kudos", "")]


async def test_whoever_is_forgotten_has_no_evidence_left(store):
    act = thanks("ana", ["sam", "lea"], "the rust rescue")
    await store.write(TENANT, lambda tx: record.record(tx, act))

    await store.write(TENANT, lambda tx: evidence.forget(tx, "sam", [act]))

    assert await found(store, "rust") == [("lea", "kudos", "")]


async def test_a_list_is_closed_when_it_is_full_and_read_from_its_newest_and_its_oldest_end(store):
    def work(tx):
        for start in range(0, 4 * FULL, FULL // 2):
            record.record(tx, *(update(f"p{n:04}", f"rust {n}") for n in range(start, start + FULL // 2)))
        held = postings.read(tx, ["rust"], PUBLIC, FULL)["rust"]
        keys = [int.from_bytes(held.data[at : at + 8], "little") for at in range(0, len(held.data), SIZE)]
        numbers = [key >> 40 for key in keys]
        return held.amount, [numbers.index(fingerprint(f"p{n:04}")) for n in (0, FULL - 1, 3 * FULL, 4 * FULL - 1)]

    assert await store.write(TENANT, work) == (4 * FULL, [0, FULL - 1, FULL, 2 * FULL - 1])


async def test_what_stands_in_a_closed_block_is_taken_out_too(store):
    acts = [update("sam", f"rust {n}") for n in range(2 * FULL)]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))
    await store.write(TENANT, lambda tx: record.record(tx, update("lea", "rust once more")))

    for act in (acts[0], acts[FULL], acts[-1]):
        await store.write(TENANT, lambda tx, act=act: record.retract(tx, act, NOON))

    assert await store.read(TENANT, lambda tx: postings.amounts(tx, ["rust", "0"], PUBLIC)) == {"rust": 2 * FULL - 2}


async def test_tenants_do_not_see_each_other(store):
    await store.write(TENANT, lambda tx: record.record(tx, skill("sam", "Rust")))

    assert await store.read("other", lambda tx: postings.read(tx, ["rust"], PUBLIC, 10)) == {}
    assert await found(store, "rust") == [("sam", "skill", "")]


async def test_a_text_without_words_leaves_no_row(store):
    await store.write(TENANT, lambda tx: record.record(tx, thanks("ana", ["sam"], "👏👏")))

    count = await store.read(
        TENANT, lambda tx: tx.connection.scalar(select(func.count()).select_from(postings.postings))
    )
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
        ["web", "server", "micro", "wake", "word"],
        ["webserver", "microwakeword"],
    )


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Rust for the web", {"rust": (True, 1, 2), "web": (True, 1, 2)}),
        ("rust and Rust or rust", {"rust": (True, 3, 3)}),
        (
            "one two three four five-six",
            {
                "one": (True, 1, 6),
                "two": (True, 1, 6),
                "three": (True, 1, 6),
                "four": (True, 1, 6),
                "five": (False, 1, 6),
                "six": (False, 1, 6),
                "fivesix": (True, 1, 6),
            },
        ),
    ],
)
def test_a_posting_says_whether_its_term_begins_the_text_how_often_it_is_there_and_how_long_the_text_is(text, marks):
    lists = evidence.no_lists()

    packed = evidence.pack(lists["public"], Posting.of(1, 2, 3, 0, 0), *index_terms(text))

    found = {term: int.from_bytes(data[8:], "little") for term, data in lists["public"].items()}
    assert {term: (bool(mark >> 5 & 1), (mark >> 6 & 3) + 1, mark >> 8) for term, mark in found.items()} == marks
    assert packed == len(marks)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_terms_that_give_themselves(text):
    terms = read_terms(text)

    assert read_terms(" ".join(terms)) == terms
    assert index_terms(text)[0] == terms
