"""The index made anew is the one that grew, and nobody ever finds half of one."""

import asyncio
import random
import signal
import sys
from concurrent.futures import Future
from datetime import timedelta
from itertools import count
from subprocess import run

import pytest
from company import NOON, TENANT
from evidence import skill, thanks, update
from hypothesis import given, settings
from hypothesis import strategies as st
from index_tables import index_of

from store import Store, postings, record
from store.activities import Activity, fingerprint
from store.postings import FULL
from store.reindex import reindex

AUDIENCES = ("public", "public", "public", "place:slack:G1", "person:p1")
WORDS = "rust Kubernetes k8s web-server C# CI / CD the l'été déploiement JavaScript rust rust 42".split()


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    yield store
    await store.close()


def a_word(dice, n):
    """Something somebody said in the n-th minute."""
    who, text = f"p{dice.randrange(6)}", " ".join(dice.choices(WORDS, k=dice.randrange(12)))
    audience, at = dice.choice(AUDIENCES), NOON + timedelta(minutes=n)
    match dice.randrange(6):
        case 0:
            to = tuple(dict.fromkeys(f"p{dice.randrange(6)}" for _ in range(3)))
            return Activity(f"a{n}", at, who, "Offer", "thanks", "", text, {"tags": ["team"]}, audience, to=to)
        case 1 | 2:
            name, verb = dice.choice(["Rust", "C#", "web-server"]), dice.choice(["Add", "Add", "Add", "Remove"])
            facts = dice.choice([{}, {"level": "expert"}, {"level": "strange"}, {"wish": True}])
            return Activity(f"a{n}", at, who, verb, "skill", name.lower(), name, facts, audience)
        case 3:
            facts = {"question": "q1", "topics": ["Go"]}
            return Activity(f"a{n}", at, who, "Create", "answer", "", text, facts, audience, to=("p1",))
        case 4:
            return Activity(f"a{n}", at, "app:ci", "Create", "update", "", text, {}, audience)
        case _:
            facts = {"project": "apollo", "next": "pricing", "blocked": ""}
            return Activity(f"a{n}", at, who, "Create", "update", "apollo", text, facts, audience)


def say(tx, acts):
    for act in acts:
        record.record(tx, act)


def twins():
    """Two people who would have the same number."""
    seen: dict[int, str] = {}
    names = (f"p{n}" for n in count())
    return next((other, name) for name in names if (other := seen.setdefault(fingerprint(name), name)) != name)


async def test_the_index_made_anew_is_the_one_that_grew(store):
    dice, (one, other) = random.Random(1), twins()
    acts = [a_word(dice, n) for n in range(300)]
    busy = [update("sam", f"rust {n}", days=-n) for n in range(1, 2 * FULL + 10)]
    both = [thanks("ana", [other, one], "the rust rescue", days=-3000), update(one, "first", days=-3001)]
    await store.write(TENANT, lambda tx: say(tx, acts))
    await store.write(TENANT, lambda tx: record.record(tx, *busy))
    await store.write(TENANT, lambda tx: say(tx, both))
    grown = await store.read(TENANT, index_of)

    done = await store.write(TENANT, reindex)

    made = await store.read(TENANT, index_of)
    assert made.lists() == grown.lists()
    assert (made.tallies, made.holders) == (grown.tallies, grown.holders)
    assert done.postings == sum(len(data) // postings.SIZE for data in made.blocks.values())
    assert done.people == len({person for person, _, _ in made.tallies})


async def test_a_long_list_is_cut_into_blocks_of_equal_size_when_it_is_said_at_once_and_when_it_is_made_anew(store):
    acts = [update("sam", f"rust {n}", days=-n) for n in range(3 * FULL + 7)]
    await store.write(TENANT, lambda tx: record.record(tx, *acts))
    grown = await store.read(TENANT, blocks_of_rust)

    await store.write(TENANT, reindex)

    assert grown == await store.read(TENANT, blocks_of_rust)
    assert [len(data) // postings.SIZE for data in grown] == [FULL, FULL, FULL, 7]


def blocks_of_rust(tx):
    return [data for (term, *_), data in sorted(index_of(tx).blocks.items()) if term == "rust"]


def a_history(tx, dice, length):
    """People say things, out of order too, take them back, are erased or their place becomes public."""
    said: list[Activity] = []
    for n in range(length):
        match dice.randrange(12):
            case 0 if said:
                record.retract(tx, said.pop(dice.randrange(len(said))), NOON)
            case 1 if said:
                record.forget(tx, [said.pop(dice.randrange(len(said))).id])
            case 2 if dice.random() < 0.2:
                record.widen(tx, "place:slack:G1")
                said = [act for act in said if act.audience != "place:slack:G1"]
            case _:
                said.append(a_word(dice, dice.randrange(1000) * 1000 + n))
                record.record(tx, said[-1])


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_whatever_happened_the_index_made_anew_holds_what_the_grown_one_held(seed):
    async def both():
        store = Store("sqlite://")
        await store.write(TENANT, lambda tx: a_history(tx, random.Random(seed), 60))
        grown = await store.read(TENANT, index_of)
        await store.write(TENANT, reindex)
        made = await store.read(TENANT, index_of)
        await store.close()
        return grown, made

    grown, made = asyncio.run(both())

    assert made.lists() == grown.lists()
    assert (made.tallies, made.holders) == (grown.tallies, grown.holders)


async def test_a_long_history_is_alike_on_each_database(store):
    await store.write(TENANT, lambda tx: a_history(tx, random.Random(7), 400))
    grown = await store.read(TENANT, index_of)

    await store.write(TENANT, reindex)

    made = await store.read(TENANT, index_of)
    assert made.lists() == grown.lists()
    assert (made.tallies, made.holders) == (grown.tallies, grown.holders)
    assert len(made.lists()) > 20


async def test_what_is_written_in_between_comes_to_the_same(store, monkeypatch):
    await store.write(TENANT, lambda tx: a_history(tx, random.Random(7), 200))
    await store.write(TENANT, reindex)
    at_once = await store.read(TENANT, index_of)
    monkeypatch.setattr("store.reindex.PAGE", 20)
    monkeypatch.setattr("store.reindex.MOST", 2000)

    await store.write(TENANT, reindex)

    made = await store.read(TENANT, index_of)
    assert (made.lists(), made.tallies, made.holders) == (at_once.lists(), at_once.tallies, at_once.holders)


class Broken(Exception):
    pass


def break_off(read, total):
    raise Broken


async def test_a_run_that_breaks_off_leaves_the_index_as_it_was(store):
    await store.write(TENANT, lambda tx: record.record(tx, skill("sam", "Rust"), update("lea", "rust")))
    before = await store.read(TENANT, index_of)

    with pytest.raises(Broken):
        await store.write(TENANT, lambda tx: reindex(tx, break_off))

    assert await store.read(TENANT, index_of) == before


KILLED = """
import asyncio, os, signal, sys
from store import Store
from store.reindex import reindex

def kill(read, total):
    os.kill(os.getpid(), signal.SIGKILL)

store = Store(sys.argv[1])
asyncio.run(store.write("local", lambda tx: reindex(tx, kill)))
"""


async def test_a_run_that_is_killed_leaves_the_index_as_it_was(store, database_url):
    await store.write(TENANT, lambda tx: a_history(tx, random.Random(5), 100))
    before = await store.read(TENANT, index_of)

    killed = await asyncio.to_thread(run, [sys.executable, "-c", KILLED, database_url], check=False)

    after = await store.read(TENANT, index_of)
    await store.write(TENANT, reindex)
    assert (killed.returncode, after) == (-signal.SIGKILL, before)
    assert (await store.read(TENANT, index_of)).lists() == before.lists()


async def test_whoever_asks_meanwhile_finds_the_old_index_and_whoever_speaks_is_not_forgotten(database_url):
    mine, theirs = Store(database_url), Store(database_url)
    await mine.write(TENANT, lambda tx: record.record(tx, skill("sam", "Rust"), update("lea", "rust")))
    before = await mine.read(TENANT, index_of)
    said: list[Future[None]] = []
    seen, loop = [], asyncio.get_running_loop()

    def meanwhile(read, total):
        if not said:
            speaking = theirs.write(TENANT, lambda tx: record.record(tx, update("paul", "rust too")))
            said.append(asyncio.run_coroutine_threadsafe(speaking, loop))
        seen.append(asyncio.run_coroutine_threadsafe(theirs.read(TENANT, index_of), loop).result())

    await mine.write(TENANT, lambda tx: reindex(tx, meanwhile))
    await asyncio.gather(*map(asyncio.wrap_future, said))

    grown = await mine.read(TENANT, index_of)
    await mine.write(TENANT, reindex)
    made = await mine.read(TENANT, index_of)
    await mine.close()
    await theirs.close()
    assert seen == [before] * len(seen) != []
    assert made.lists() == grown.lists()
    assert ("paul", "public", "update") in grown.tallies
