"""The order of people: what counts, what does not, and that it never depends on chance."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from company import CAST, NOON, TENANT
from evidence import skill, thanks, update
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ranking.concepts import Concept, read_aliases, read_concepts, seed, with_own
from bot.ranking.finding import Asker, find
from bot.ranking.spelling import correct, neighbours
from bot.request import Wanted
from store import Store, activities, aliases, people
from store.aliases import Alias
from store.record import record

PUBLIC = Asker(("public",))


@pytest.fixture
async def store():
    store = Store("sqlite://")
    await store.write(TENANT, lambda tx: [people.add(tx, person, NOON) for person in CAST])
    yield store
    await store.close()


async def ranked(store, *topics, wanted=None, now=NOON, top=10):
    answer = await store.read(TENANT, lambda tx: find(tx, wanted or topics, PUBLIC, now, top))
    return [expert.person.handle for expert in answer.experts]


async def say(store, *acts):
    await store.write(TENANT, lambda tx: record(tx, *acts))


async def test_a_declared_skill_counts_more_than_a_word_in_passing(store):
    await say(store, update("sam", "rust rust rust"), skill("lea", "Rust"), thanks("ana", ["paul"], "the rust rescue"))

    assert await ranked(store, "rust") == ["lea", "sam", "paul"]


async def test_the_level_counts(store):
    await say(store, skill("sam", "Rust", "beginner"), skill("lea", "Rust", "expert"), skill("paul", "Rust", "good"))

    assert await ranked(store, "rust") == ["lea", "paul", "sam"]


async def test_a_row_that_holds_all_of_it_counts_more_than_many_that_hold_a_part(store):
    parts = [update("sam", f"the load number {n}") for n in range(9)]
    await say(store, *parts, update("lea", "a load test today"))

    assert await ranked(store, "load test") == ["lea", "sam"]


async def test_of_several_skills_whoever_has_all_comes_first(store):
    await say(
        store,
        *(skill("sam", "Rust", "expert"), *(update("sam", f"rust again {n}") for n in range(9))),
        *(skill("lea", "Rust", "beginner"), skill("lea", "Go", "beginner")),
    )

    assert await ranked(store, "rust", "go") == ["lea", "sam"]


async def test_of_two_choices_the_best_of_each_stand_before_those_who_know_a_little_of_both(store):
    await say(store, skill("sam", "Rust", "expert"), skill("lea", "Go", "expert"))
    await say(store, *(skill("paul", name, "beginner") for name in ("Rust", "Go")))
    await say(store, *(skill("ana", name, "expert") for name in ("Rust", "Go")))

    assert await ranked(store, wanted=Wanted((("rust",), ("go",)))) == ["ana", "lea", "sam", "paul"]


async def test_a_choice_of_several_is_known_by_whoever_knows_all_of_it(store):
    await say(store, skill("sam", "Rust", "expert"), skill("lea", "Rust"), skill("lea", "Go"), skill("paul", "SQL"))

    assert await ranked(store, wanted=Wanted((("rust", "go"), ("sql",)))) == ["lea", "paul", "sam"]


async def test_whoever_knows_what_is_not_wanted_is_left_out_however_many_they_are(store):
    await say(store, skill("sam", "Rust"), *(update("lea", f"rust and go {n}", days=n) for n in range(9)))
    await say(store, update("paul", "go on the first day", days=3000), skill("paul", "Rust"))

    assert await ranked(store, wanted=Wanted((("rust",),), ("go",))) == ["sam"]


async def test_a_row_more_never_lowers_its_person_among_choices(store):
    await say(store, skill("sam", "Rust"), skill("lea", "Rust", "expert"), skill("paul", "Go"))
    either = Wanted((("rust",), ("go",)))
    before = await ranked(store, wanted=either)

    await say(store, skill("sam", "Go", "beginner"))
    after = await ranked(store, wanted=either)

    assert after.index("sam") <= before.index("sam")


async def test_whoever_speaks_of_everything_stands_behind_whoever_speaks_of_this(store):
    await say(store, update("paul", "rust begins", days=9))
    await say(store, update("sam", "rust shipped"), *(update("sam", f"story {n}") for n in range(40)))
    await say(store, update("lea", "rust shipped"))

    assert await ranked(store, "rust") == ["paul", "lea", "sam"]


async def test_whoever_first_said_it_in_their_own_words_stands_before_whoever_said_it_since(store):
    await say(store, thanks("ana", ["paul"], "the rust start", days=9))
    await say(store, update("sam", "rust started", days=8), update("lea", "rust went on", days=2))

    assert await ranked(store, "rust") == ["sam", "lea", "paul"]


async def test_the_newer_of_equals_stands_first_and_then_the_handle(store):
    await say(store, skill("sam", "Rust"), skill("paul", "Rust"), skill("lea", "Rust", days=2))

    assert await ranked(store, "rust") == ["paul", "sam", "lea"]


async def test_an_old_declaration_still_counts(store):
    await say(store, skill("sam", "Rust", days=3000), update("lea", "rust is on the agenda of tomorrow's meeting"))

    assert await ranked(store, "rust", now=NOON + timedelta(days=3000)) == ["sam", "lea"]


async def test_two_names_of_one_thing_never_count_twice(store):
    await say(store, update("lea", "our kubernetes cluster upgrade"), update("sam", "k8s kubernetes kube cluster"))

    answers = [
        await store.read(TENANT, lambda tx, said=said: find(tx, [said], PUBLIC, NOON, 5))
        for said in ("k8s", "kubernetes", "k8s kubernetes")
    ]

    assert answers[0] == answers[1] == answers[2]
    assert [expert.person.handle for expert in answers[0].experts] == ["lea", "sam"]


async def test_what_an_asker_may_not_see_changes_neither_order_nor_score(store):
    await say(store, skill("sam", "Rust"), update("lea", "rust shipped"))
    before = await store.read(TENANT, lambda tx: find(tx, ["rust"], PUBLIC, NOON, 5))

    hidden = [update("lea", f"secret rust {n}", audience="place:slack:G1") for n in range(20)]
    await say(store, *hidden)

    assert await store.read(TENANT, lambda tx: find(tx, ["rust"], PUBLIC, NOON, 5)) == before


async def test_a_row_more_that_holds_all_of_it_never_lowers_its_person(store):
    await say(
        store, *(update("sam", f"rust part {n}") for n in range(3)), *(update("sam", f"tea {n}") for n in range(9))
    )
    await say(store, *(update("lea", f"rust part {n}") for n in range(4)))
    before = await ranked(store, "rust")

    await say(store, skill("sam", "Rust", "expert"))
    after = await ranked(store, "rust")

    assert after.index("sam") <= before.index("sam")


async def test_any_question_gets_an_answer(store):
    await say(store, skill("sam", "C++"), update("lea", "rust & go"))

    answers: list[list[str]] = []

    @given(st.lists(st.text(max_size=40), max_size=3))
    def ask(topics):
        answers.append(topics)

    ask()

    def work(tx):
        return [find(tx, topics, PUBLIC, NOON, 5) for topics in answers]

    assert len(await store.read(TENANT, work)) == len(answers) > 0


def test_the_longest_name_that_fits_is_meant():
    aliases = read_aliases(["# names", "machine learning, ml, apprentissage automatique", "learning, training"])

    assert read_concepts(["machine", "learning", "ml", "learning"], aliases) == (
        Concept((("machine", "learning"), ("ml",), ("apprentissage", "automatique"))),
        Concept((("learning",), ("training",))),
    )


def test_three_hundred_other_names_are_known_from_the_start():
    others = sum(len(same) - 1 for same in set(seed().ways.values()))

    assert others >= 300
    for one, other in (("k8s", "kubernetes"), ("apprentissage automatique", "machine learning"), ("cao", "cad")):
        assert read_concepts(one.split(), seed()) == read_concepts(other.split(), seed())


def test_each_seeded_name_leads_to_all_the_others():
    ways = seed().ways

    assert [name for name, same in ways.items() if name not in same or len(same) < 2] == []


NAMES = st.sampled_from(["rust", "go", "sql", "k8s"])
CHOICES = st.lists(st.lists(NAMES, min_size=1, max_size=2).map(tuple), min_size=1, max_size=3).map(tuple)
ROWS = st.lists(st.tuples(st.sampled_from(["sam", "lea", "paul"]), NAMES, NAMES, st.booleans()), min_size=3, max_size=8)


async def test_nothing_hidden_is_inferred_by_and_or_and_not(store):
    """Whatever is hidden is added to a tenant of its own; the answers are those of the tenant without it."""
    worlds: list[tuple[list[tuple[str, str, str, bool]], Wanted]] = []

    @settings(max_examples=60)
    @given(ROWS, CHOICES, st.lists(NAMES, max_size=2).map(tuple))
    def think_of(rows, choices, without):
        worlds.append((rows, Wanted(choices, without)))

    think_of()

    for n, (rows, wanted) in enumerate(worlds):
        acts = [
            replace(
                update(person, f"{one} and {two}", audience="place:slack:G1" if hidden else activities.PUBLIC),
                id=f"{n}-{at}",
            )
            for at, (person, one, two, hidden) in enumerate(rows)
        ]
        told = []
        for tenant, some in (
            (f"all-{n}", acts),
            (f"open-{n}", [act for act in acts if act.audience == activities.PUBLIC]),
        ):

            def fill(tx, some=some):
                for person in CAST:
                    people.add(tx, person, NOON)
                record(tx, *some)

            await store.write(tenant, fill)
            told.append(await store.read(tenant, lambda tx, wanted=wanted: find(tx, wanted, PUBLIC, NOON, 10)))
        assert told[0] == told[1], (rows, wanted)


WORDS = "alpha beta gamma delta kubernetes postgres".split()


@given(st.lists(st.tuples(*([st.sampled_from(WORDS)] * 2), st.sampled_from(["added", "learned"])), max_size=8))
def test_however_names_are_tied_together_all_that_mean_the_same_are_one_concept(pairs):
    names = with_own("\n".join(map(",".join, pairs)))

    for one, other, _ in pairs:
        same = {terms[0] for terms in names.ways.get((one,), ((one,),)) if len(terms) == 1}
        [concept] = read_concepts([*sorted(same), other, one], names)
        assert read_concepts([one], names) == read_concepts([other], names) == (concept,)
        assert len(set(concept.ways)) == len(concept.ways)


async def test_names_of_ones_own_never_count_twice(store):
    await say(store, update("lea", "our alpha cluster upgrade"), update("sam", "alpha beta gamma cluster again"))
    for pair in (("gamma", "alpha"), ("beta", "gamma")):
        await store.write(TENANT, partial(aliases.keep, alias=Alias(*pair, "added", NOON)))

    answers = [
        await store.read(TENANT, lambda tx, said=said: find(tx, [said], PUBLIC, NOON, 5))
        for said in ("alpha", "beta", "gamma alpha", "beta alpha gamma")
    ]

    assert answers[0] == answers[1] == answers[2] == answers[3]
    assert [expert.person.handle for expert in answers[0].experts] == ["lea", "sam"]


@pytest.mark.parametrize("typed", ["kubernets", "kuberntes", "kubernetees", "kuberbetes", "kubernetse"])
def test_a_word_one_letter_away_is_near(typed):
    assert "kubernetes" in neighbours(typed)


def test_the_most_frequent_neighbour_is_meant_and_short_words_stay():
    used = {"rust": 3, "just": 9, "go": 1}

    assert correct(["rusd", "jost", "g0"], {"rusd", "jost", "g0"}, lambda _: used) == {
        "rusd": "rust",
        "jost": "just",
    }
