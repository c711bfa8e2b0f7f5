"""What speaks until a later word takes that away: titles, projects, endorsements; said in turn or made anew."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

import pytest
from company import NOON, TENANT, enrol
from evidence import found, membership, offer, ownership, skill, thanks, update, yes
from sqlalchemy import select

from store import Store, activities, evidence, forgetting, holders, people, postings, profile, record
from store.activities import Activity
from store.base import Transaction
from store.postings import SIZE
from store.reindex import reindex

MEMBERS = ("public", "place:slack:G1")


@pytest.fixture
async def store(database_url):
    store = Store(database_url)
    await store.write(TENANT, enrol)
    yield store
    await store.close()


@pytest.fixture
def say(store):
    async def record_them(*acts: Activity) -> None:
        await store.write(TENANT, lambda tx: record.record(tx, *acts))

    return record_them


@pytest.fixture
def retract(store):
    async def take_back(act: Activity) -> None:
        await store.write(TENANT, lambda tx: record.retract(tx, act, NOON))

    return take_back


async def test_whoever_joined_speaks_for_the_project_until_they_leave(store, say, retract):
    joined, left = membership("sam", "Apollo", days=3), membership("sam", "apollo", "Leave", days=2)
    await say(joined, membership("lea", "Apollo", days=3))
    both = await found(store, "apollo")

    await say(left)
    one = await found(store, "apollo")
    await retract(left)
    again = await found(store, "apollo")

    assert sorted(both) == [("lea", "member", ""), ("sam", "member", "")]
    assert (one, sorted(again)) == ([("lea", "member", "")], sorted(both))


async def test_a_project_speaks_for_its_owner_until_another_is_named(store, say, retract):
    first, second = ownership("ana", "Apollo", "sam", days=3), ownership("ana", "Apollo", "lea", days=2)
    await say(first)
    await say(second)
    named = await found(store, "apollo")

    await retract(second)

    assert (named, await found(store, "apollo")) == ([("lea", "member", "")], [("sam", "member", "")])


async def test_what_few_said_of_a_project_neither_shows_nor_ends_anything_for_others(store, say):
    await say(membership("sam", "Apollo", days=3), membership("lea", "Apollo", audience=MEMBERS[1], days=3))

    await say(membership("sam", "Apollo", "Leave", audience=MEMBERS[1], days=2))
    await say(ownership("ana", "Apollo", "paul", audience=MEMBERS[1], days=2))

    assert await found(store, "apollo") == [("sam", "member", "")]
    assert sorted(person for person, _, _ in await found(store, "apollo", MEMBERS)) == ["lea", "paul", "sam"]


async def test_a_leave_that_everybody_may_know_by_now_ends_it_for_everybody(store, say):
    await say(membership("sam", "Apollo", days=3))
    await say(membership("sam", "Apollo", "Leave", audience=MEMBERS[1], days=2))

    await store.write(TENANT, lambda tx: record.widen(tx, MEMBERS[1]))

    assert await found(store, "apollo") == []


async def test_a_colleagues_word_speaks_only_with_the_persons_yes(store, say, retract):
    word, other = offer("lea", "sam", "Rust"), offer("paul", "sam", "Rust")
    refused = offer("lea", "ana", "Rust")
    await say(word, other, refused)
    await say(yes(refused, "Reject", audience="person:ana"))
    silent = await found(store, "rust", ("public", "person:sam", "person:ana"))

    await say(yes(word))
    accepted = await found(store, "rust")
    await retract(word)

    assert (silent, accepted, await found(store, "rust")) == ([], [("sam", "endorsement", "")], [])


async def test_an_endorsement_is_gone_with_the_skill_and_comes_back_when_that_is_undone(store, say, retract):
    word = offer("lea", "sam", "Rust", days=4)
    removed = replace(skill("sam", "Rust", days=1), verb="Remove", id="removed")
    await say(skill("sam", "Rust", days=3), word, yes(word, days=2))
    await say(removed)
    gone = await found(store, "rust")

    await retract(removed)

    assert (gone, sorted(await found(store, "rust"))) == ([], [("sam", "endorsement", ""), ("sam", "skill", "")])


async def test_a_title_speaks_in_the_place_of_the_one_before(store, say, retract):
    await store.write(TENANT, lambda tx: people.change(tx, "sam", NOON, title="Rust engineer"))
    listed = await found(store, "rust")
    facts = {"property": "title", "was": "Rust engineer"}
    own = Activity("own", NOON, "sam", "Add", "profile", "title", "Go engineer", facts)

    await say(own)
    said = await found(store, "rust"), await found(store, "go")
    told = await store.read(TENANT, lambda tx: profile.titles(tx, ["sam"]))
    await retract(own)

    assert (listed, said) == ([("sam", "title", "")], ([], [("sam", "title", "")]))
    assert [(act.name, act.published, act.facts) for act in told] == [("Go engineer", NOON, {"source": ""})]
    assert (await found(store, "rust"), await found(store, "go")) == ([("sam", "title", "")], [])


async def test_none_of_it_is_counted_as_how_much_somebody_says(store, say):
    word = offer("lea", "sam", "Rust")
    await store.write(TENANT, lambda tx: people.change(tx, "sam", NOON, title="Rust engineer"))

    await say(membership("sam", "Rust"), word, yes(word), update("sam", "rust"))

    number = await store.read(TENANT, lambda tx: evidence.tallies_of(tx, [activities.fingerprint("sam")], MEMBERS))
    assert [(one.rows, one.thanks) for one in number.values()] == [(1, 0)]


async def test_an_index_made_anew_has_the_same_rows(store):
    dice = Random(11)

    def live(tx):
        for step in range(160):
            Scene(tx, dice, step).play()
        return rows(tx)

    said = await store.write(TENANT, live)
    anew = await store.write(TENANT, lambda tx: [reindex(tx), rows(tx)][1])

    kinds = {mark & 7 for *_, mark in said[0]}
    assert (anew, kinds) == (said, set(range(len(evidence.KINDS))) - {evidence.KINDS.index("answer")})


def rows(tx):
    """All postings, each with its person, and all tallies that are not nothing."""
    names = {row["number"]: row["person"] for row in tx.all(select(holders.holders))}
    found = []
    for row in tx.all(select(postings.postings)):
        for at in range(0, len(row["data"]), SIZE):
            key = int.from_bytes(row["data"][at : at + 8], "little")
            mark = int.from_bytes(row["data"][at + 8 : at + SIZE], "little")
            found.append((row["term"], row["audience"], names[key >> 40], key & 0xFFFFFFFFFF, mark))
    counts = tx.all(select(evidence.tallies))
    tallies = sorted(tuple(row.values()) for row in counts if row["amount"])
    return sorted(found), tallies


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that happens in a company, whatever it is."""

    tx: Transaction
    dice: Random
    step: int

    def play(self) -> None:
        scenes = (self.join, self.own, self.endorse, self.declare, self.entitle, self.talk, self.undo, self.end)
        self.dice.choice(scenes)(*self.dice.sample(("ana", "sam", "lea", "paul", "tom"), 2))

    def about(self) -> dict[str, Any]:
        audience = self.dice.choice(("public", "public", "place:slack:G1"))
        return {"days": 200 - self.step, "audience": audience}

    def thing(self) -> str:
        return self.dice.choice(("Apollo", "Rust", "Go engineer"))

    def join(self, person: str, _other: str) -> None:
        verb = self.dice.choice(("Join", "Leave"))
        record.record(self.tx, membership(person, self.thing(), verb, **self.about()))

    def own(self, person: str, other: str) -> None:
        record.record(self.tx, ownership(person, self.thing(), other, **self.about()))

    def endorse(self, person: str, other: str) -> None:
        word = offer(person, other, self.thing(), days=200 - self.step)
        if not activities.known(self.tx, [word.id]):
            verb = self.dice.choice(("Accept", "Accept", "Reject"))
            record.record(self.tx, word, yes(word, verb, days=200 - self.step))

    def declare(self, person: str, _other: str) -> None:
        said = skill(person, self.thing(), **self.about(), wish=self.step % 4 == 0)
        record.record(self.tx, replace(said, verb=self.dice.choice(("Add", "Add", "Remove"))))

    def entitle(self, person: str, _other: str) -> None:
        people.change(self.tx, person, NOON if self.step % 2 else None, title=self.dice.choice((self.thing(), "")))

    def talk(self, person: str, other: str) -> None:
        text = f"{self.thing()} {self.step}"
        record.record(self.tx, thanks(person, [other], text), update(person, text, self.thing()))

    def undo(self, _person: str, _other: str) -> None:
        table = activities.activities
        ids = [row["id"] for row in self.tx.all(select(table.c.id).where(table.c.undone_at.is_(None)))]
        standing = activities.of_ids(self.tx, ids)
        for id in self.dice.sample(sorted(standing), min(3, len(standing))):
            record.retract(self.tx, standing[id], NOON)

    def end(self, _person: str, _other: str) -> None:
        """A place is open by now; later, somebody is forgotten."""
        tom = people.of_ids(self.tx, ["tom"]).get("tom")
        if self.step < 100:
            record.widen(self.tx, "place:slack:G1")
        elif tom:
            forgetting.erase(self.tx, tom, NOON, lambda: f"id{self.step}", lambda _: "someone")
