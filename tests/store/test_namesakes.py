"""Names are looked up by an index, and found as if everybody were looked at."""

import random

from company import NOON, TENANT
from rapidfuzz import fuzz, process

from bot.nearest import SEVERAL, SIMILAR, nearest_people
from store import Store, people
from store.names import fold
from store.people import Person

WORDS = (
    "ana Ana léa LÉA sam Samuel Sam's Smith smyth O'Neill O’Neill de la Tour 100% a_b a\\b ÅSA Straße Jean-Marc".split()
)
LETTERS = "abé'- "


def word(dice):
    return dice.choice(WORDS) if dice.random() < 0.7 else "".join(dice.choices(LETTERS, k=dice.randint(1, 6)))


def name(dice):
    return " ".join(word(dice) for _ in range(dice.randint(1, 4)))


def somebody(dice, n):
    handle = dice.choice((fold(word(dice)).replace(" ", "."), "".join(dice.choices("abs-.", k=3))))
    return Person(f"id-{n}", handle or "x", name(dice), left_at=dice.choice((None, None, NOON)))


def company(dice):
    found = [somebody(dice, n) for n in range(dice.randint(0, 14))]
    return list({person.handle: person for person in found}.values())


def named(everybody, said):
    """Whom a name means, by a look at everybody."""
    wanted = fold(said)
    if known := [person for person in everybody if person.handle == wanted]:
        return known
    if exact := [person for person in everybody if fold(person.name) == wanted]:
        return exact
    here = [(fold(person.name), person) for person in everybody if person.left_at is None]
    return [person for whole, person in here if whole.startswith(f"{wanted} ") or whole.endswith(f" {wanted}")]


def nearest(everybody, said):
    """Who is called nearly so, by a look at everybody."""
    here = sorted((person.handle, fold(person.name)) for person in everybody if person.left_at is None)
    known = [(part, handle) for handle, whole in here for part in (handle, whole, *whole.split())]
    parts = [part for part, _ in known]
    close = process.extract(fold(said), parts, scorer=fuzz.ratio, limit=SEVERAL, score_cutoff=SIMILAR)
    likeness = {known[place][1]: score for _, score, place in reversed(close)}
    return ", ".join(f"@{handle}" for handle in sorted(likeness, key=lambda one: (-likeness[one], one))[:3])


async def test_a_name_means_whom_it_would_mean_if_everybody_were_looked_at(database_url):
    store = Store(database_url)
    met = 0
    for seed in range(40):
        dice = random.Random(seed)
        everybody = company(dice)
        asked = [*(name(dice) for _ in range(4)), *(word(dice) for _ in range(4)), *(one.name for one in everybody[:2])]

        def fill(tx, everybody=everybody):
            for person in everybody:
                people.add(tx, person, NOON)

        def look(tx, asked=asked):
            return [({one.id for one in people.named(tx, said)}, nearest_people(tx, said)) for said in asked]

        await store.write(f"t{seed}", fill)
        found = await store.read(f"t{seed}", look)

        expected = [({one.id for one in named(everybody, said)}, nearest(everybody, said)) for said in asked]
        assert dict(zip(asked, found, strict=True)) == dict(zip(asked, expected, strict=True))
        met += sum(bool(ids) and bool(near) for ids, near in found)
    await store.close()
    assert met > 40  # the companies are not all strangers


async def test_a_new_name_is_found_by_and_an_old_one_is_not(database_url):
    store = Store(database_url)
    await store.write(TENANT, lambda tx: people.add(tx, Person("p1", "sam", "Sam Carter"), NOON))

    await store.write(TENANT, lambda tx: people.change(tx, "p1", name="Samira de la Tour"))
    asked = ("carter", "samira", "samira de", "de la tour", "la", "sam")
    found = await store.read(TENANT, lambda tx: [len(people.named(tx, said)) for said in asked])

    await store.close()
    assert found == [0, 1, 1, 1, 0, 1]
