"""Ten worked questions in each language over the sample company, with their whole answers, on every wire."""

import csv
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest
from brulerie import NOON, Clock, Staff, core_on, give_accounts
from conversations import read
from wires import WIRES, Answer

from bot import sample
from bot.ids import growing
from bot.sample import load
from store import Store, people
from store.activities import Activity
from store.people import Person
from store.record import record

SAID = read(Path(__file__).with_name("worked_questions.txt"))
SPEAKERS = ("ana", "lea", "salome", "nikhil", "wei", "kenji", "camille-roy")
UNBROKEN = str.maketrans("\u00a0\u202f", "  ")


def employees() -> tuple[Person, ...]:
    with (Path(sample.__file__).parent / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["handle"], row["name"], row["locale"], row["timezone"]) for row in csv.DictReader(file)]
    return tuple(Person(handle, handle, name, locale=locale, timezone=zone) for handle, name, locale, zone in rows)


STAFF = Staff(employees(), SPEAKERS)


@asynccontextmanager
async def sample_company(url: str, tenant: str):
    """The sample company, and what Desmond said of Cobol in a private channel."""
    store, clock = Store(url), Clock()

    def move_in(tx):
        load(tx, NOON, growing(clock, Random(7).getrandbits))
        found = people.everybody(tx)
        give_accounts(tx, found)
        desmond = next(person.id for person in found if person.handle == "desmond")
        record(tx, Activity("hidden", NOON, desmond, "Add", "skill", "cobol", "Cobol", audience="place:slack:G1"))

    try:
        await store.write(tenant, move_in)
        yield core_on(store, clock), clock
    finally:
        await store.close()


def test_there_are_ten_in_each_language_and_enough_where_the_first_is_not_the_one_to_ask():
    titles = [one.title for one in SAID]

    for language in ("en", "fr"):
        mine = [title for title in titles if title.endswith(f"({language})")]
        hard = [title for title in mine if title.split(":")[0] in ("nobody", "hidden", "second")]
        assert (len(mine), len(hard) >= 3) == (10, True)


@pytest.mark.parametrize("wire", WIRES)
async def test_every_wire_gives_the_whole_answer(wire, database_url):
    async with sample_company(database_url, wire) as (core, clock), WIRES[wire](core, clock, wire, STAFF) as speaking:
        for conversation in SAID:
            heard, expected = [], []
            for turn in conversation.turns:
                clock.at += turn.later
                heard.append(_plain(await speaking.hear(turn.handle, turn.said)))
                expected.append(_plain(turn.answer))
            assert heard == expected, conversation.title


def _plain(answer: Answer) -> Answer:
    """Without the spaces that hold French signs to their words, and in no order of delivery."""
    sent = sorted((handle, text.translate(UNBROKEN)) for handle, text in answer.sent)
    return Answer(answer.reply.translate(UNBROKEN), tuple(sent))
