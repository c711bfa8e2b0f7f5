"""What holds of who-knows in every company: nothing hidden is inferred, nobody loses by knowing more, nothing raises."""

import asyncio
from random import Random

import pytest
from company import NOON, TENANT, company
from evidence import skill, tell, update
from ranking_worlds import WHO, ask, begin, hidden, holding, place, rows, weights

from bot.errors import Refused
from bot.ranking.finding import Asker, find
from store import Store
from store.activities import PUBLIC, fingerprint
from store.record import record
from store.reindex import reindex

WORLDS = 200


@pytest.fixture(scope="module")
def run():
    """Runs work in a world by itself, on one database for all."""
    with asyncio.Runner() as runner:
        store = Store("sqlite://")
        yield lambda tenant, work: runner.run(store.write(tenant, work))
        runner.run(store.close())


@pytest.mark.parametrize("kind", ["skill", "thanks", "update"])
def test_a_row_more_that_holds_all_that_is_asked_and_is_none_of_the_weakest_never_lowers_its_person(run, kind):
    tried = 0
    for seed in range(WORLDS):
        world, who = rows(seed), WHO[seed % len(WHO)]

        def work(tx, world=world, who=who, seed=seed):
            begin(tx, world.acts)
            before = place(tx, world.topics, who)
            new = holding(seed, world.things, who, kind)
            record(tx, new)
            each = [
                (one.pop(fingerprint(new.id), 0.0), max(one.values(), default=0.0))
                for one in weights(tx, world.topics, who)
            ]
            return before, place(tx, world.topics, who), all(mine >= other for mine, other in each)

        before, after, strong = run(f"{kind} {seed}", work)
        tried += strong
        assert after <= before or not (strong or kind == "skill"), f"world {seed}: {before} -> {after}"
    assert tried > WORLDS / 10
