"""Two rows that turn out to be one person: nothing is lost, nothing counts twice, and only one of them is left."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from company import NOON, TENANT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from store import Store, absences, holdings, joining, people, tables
from store.activities import Activity
from store.people import Person
from store.postings import SIZE
from store.record import record, retract

GHOST, NORA, LEA = "ghost-7", "nora", "lea"
EXAMPLES = count()
WHO = st.sampled_from((GHOST, NORA, LEA))
SKILL = st.sampled_from(("Rust", "Go"))
KINDS = st.sampled_from(("skill", "thanks", "update", "project", "member", "endorsement", "follow", "profile"))
AUDIENCE = st.sampled_from(("public", f"person:{GHOST}", f"person:{NORA}", "place:slack:G1"))


@pytest.fixture
async def memory():
    store = Store("sqlite://")
    yield store
    await store.close()


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    yield store
    await store.close()


def enrol(tx, *, as_two):
    people.add(tx, Person(NORA, NORA, "Nora Lind", email="nora@example.com"), NOON)
    people.add(tx, Person(LEA, LEA, "Léa"), NOON)
    if as_two:
        people.add(tx, Person(GHOST, "u77", "u77", started_at=NOON), NOON)
    people.join_account(tx, GHOST if as_two else NORA, "slack", "U77", NOON)


def meet(tx):
    known = people.of_ids(tx, [GHOST, NORA])
    joining.join(tx, known[GHOST], known[NORA])


def as_nora(act):
    """The same act, had one always known who it was."""
    whose = {GHOST: NORA}
    facts = {name: whose.get(value, value) for name, value in act.facts.items()}
    values = {"id": act.id, "published": act.published, "verb": act.verb, "kind": act.kind, "name": act.name}
    key = whose.get(act.key, act.key) if act.kind == "follow" else act.key
    audience = act.audience.replace(GHOST, NORA)
    to = tuple(dict.fromkeys(whose.get(one, one) for one in act.to))
    return Activity(**values, actor=whose.get(act.actor, act.actor), key=key, facts=facts, audience=audience, to=to)


def tenants_rows(tx, table):
    of = select(*(column for column in table.c if column.name != "tenant_id")).where(table.c.tenant_id == tx.tenant)
    return tx.connection.execute(of).mappings().all()


def state(tx):
    """Everything that acts leave behind, whatever the order in which they came to the index."""
    rows = {one.name: tenants_rows(tx, one) for one in tables.metadata.sorted_tables if "tenant_id" in one.c}
    index: dict[tuple[str, str], list[bytes]] = {}
    for row in rows["postings"]:
        data = [row["data"][at : at + SIZE] for at in range(0, len(row["data"]), SIZE)]
        index.setdefault((row["term"], row["audience"]), []).extend(data)
    tallies = {(row["person"], row["audience"], row["kind"]): row["amount"] for row in rows["tallies"] if row["amount"]}
    return {
        "acts": {row["id"]: dict(row) for row in rows["activities"]},
        "receivers": {(row["activity"], row["person"]) for row in rows["receivers"]},
        "skills": {(row["person"], row["key"]): dict(row) for row in rows["skills"]},
        "index": {key: sorted(data) for key, data in index.items() if data},
        "tallies": tallies,
        "people": {row["id"]: row["title"] for row in rows["people"]},
        "names": {(row["part"], row["person"]) for row in rows["namesakes"]},
    }


@st.composite
def acts(draw):
    """What the three say, each act with whether it is taken back again."""
    made: list[tuple[Activity, bool]] = []
    for n in range(draw(st.integers(1, 12))):
        words = [act for act, _ in made if act.verb == "Announce"]
        stem = Activity(f"a{n}", NOON + timedelta(minutes=n), draw(WHO), "Add", draw(KINDS), audience=draw(AUDIENCE))
        of_projects = stem.kind in ("update", "project", "member")
        act = (_of_project if of_projects else _of_person)(draw, stem, words)
        made.append((act, draw(st.integers(0, 9)) == 0))
    return made


def _of_project(draw, stem: Activity, _words: list[Activity]) -> Activity:
    stem = replace(stem, key="apollo", name="Apollo")
    match stem.kind:
        case "update":
            return replace(stem, verb="Create", name="rust is in", facts={"project": "Apollo"})
        case "project":
            return replace(stem, verb="Update", facts={"owner": draw(WHO)})
        case _:
            return replace(stem, verb=draw(st.sampled_from(("Join", "Join", "Leave"))))


def _of_person(draw, stem: Activity, words: list[Activity]) -> Activity:
    match stem.kind:
        case "skill":
            name, verb = draw(SKILL), draw(st.sampled_from(("Add", "Add", "Remove")))
            facts = draw(st.sampled_from(({}, {"level": "expert"}, {"wish": True}, {"source": "cv"})))
            return replace(stem, verb=verb, key=name.lower(), name=name, facts=facts)
        case "thanks":
            to = tuple(draw(st.lists(WHO, min_size=1, max_size=3, unique=True)))
            return replace(stem, verb="Offer", name="the rust rescue", to=to)
        case "endorsement":
            return _of_endorsement(draw, replace(stem, key="rust", name="Rust"), words)
        case "follow":
            return replace(stem, verb="Follow", key=draw(WHO), name="someone", facts={"type": "Person"})
        case _:
            return replace(stem, key="title", name=f"Captain {stem.id}", facts={"property": "title"})


def _of_endorsement(draw, stem: Activity, words: list[Activity]) -> Activity:
    """A colleague's word, or the yes to one."""
    if words and draw(st.booleans()):
        word = draw(st.sampled_from(words))
        return replace(stem, actor=word.to[0], verb="Accept", facts={"offer": word.id}, to=(word.actor,))
    to = draw(WHO)
    return replace(stem, verb="Announce", audience=f"person:{to}", to=(to,))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts())
async def test_whatever_was_said_as_two_is_as_if_it_had_been_said_as_one(memory, said):
    n = next(EXAMPLES)

    def tell(tx):
        enrol(tx, as_two=tx.tenant.startswith("two"))
        for act, taken_back in said:
            mine = act if tx.tenant.startswith("two") else as_nora(act)
            record(tx, mine)
            if taken_back:
                retract(tx, mine, NOON)

    for tenant in (f"two{n}", f"one{n}"):
        await memory.write(tenant, tell)
    await memory.write(f"two{n}", meet)

    assert await memory.read(f"two{n}", state) == await memory.read(f"one{n}", state)


async def test_nothing_names_the_row_that_is_gone(store):
    def work(tx):
        enrol(tx, as_two=True)
        absences.leave(tx, GHOST, NOON.date())
        record(tx, Activity("a", NOON, GHOST, "Add", "skill", "rust", "Rust", audience=f"person:{GHOST}"))
        record(tx, Activity("b", NOON, LEA, "Offer", "thanks", name="the demo", to=(NORA, GHOST)))
        meet(tx)
        return [
            (table.name, dict(row))
            for table in tables.metadata.sorted_tables
            for row in tx.connection.execute(select(table)).mappings()
            if GHOST in str(dict(row))
        ]

    assert await store.write(TENANT, work) == []


async def test_the_word_of_whoever_stays_wins_over_that_of_the_other(store):
    def work(tx):
        enrol(tx, as_two=True)
        absences.leave(tx, GHOST, NOON.date())
        absences.leave(tx, NORA, NOON.date() + timedelta(days=7))
        meet(tx)
        nora = people.of_account(tx, "slack", "U77")
        return holdings.rows(tx, absences.absences, NORA), nora

    kept, nora = await store.write(TENANT, work)

    assert kept == [{"person": NORA, "until": NOON.date() + timedelta(days=7)}]
    assert (nora.id, nora.handle, nora.started_at) == (NORA, "nora", NOON)
