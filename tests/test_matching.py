"""Who is introduced to whom: everybody once, nobody against their will, strangers first, at no quadratic cost."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

import pytest

from bot.curating.matching import Ties, match, pair
from bot.curating.profile import Profile, Reason, reasons, touching

WORLDS = range(200)
SKILLS = ("rust", "go", "sql", "design", "law", "sales", "python", "cad")


def person(name: str, skills: str = "", wishes: str = "", projects: str = "", team: str = "") -> Profile:
    return Profile(name, frozenset(skills.split()), frozenset(wishes.split()), frozenset(projects.split()), team)


def world(seed: int, size: int, ties: float) -> tuple[list[Profile], Ties]:
    """People with random interests; `ties`: the share of pairs that are barred, and of those that met."""
    chance = random.Random(seed)
    some = lambda names, n: " ".join(chance.sample(names, chance.randint(0, n)))  # noqa: E731
    people = [
        person(f"p{n:03}", some(SKILLS, 3), some(SKILLS, 2), some(("a", "b", "c", "d"), 2), some(("x", "y"), 1))
        for n in range(size)
    ]
    pairs = list(combinations([one.person for one in people], 2))
    barred = frozenset(two for two in pairs if chance.random() < ties)
    met = {two: f"2026-0{chance.randint(1, 9)}-01" for two in pairs if two not in barred and chance.random() < ties}
    return people, Ties(barred, met)


def groupings(people: tuple[str, ...], ties: Ties) -> Iterator[list[tuple[str, ...]]]:
    """Every way to put people into allowed groups of two or three, some perhaps into none."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    yield from groupings(rest, ties)
    for size in (1, 2):
        for others in combinations(rest, size):
            group = (first, *others)
            if not any(ties.bars(*two) for two in combinations(group, 2)):
                left = tuple(one for one in rest if one not in others)
                yield from ([group, *more] for more in groupings(left, ties))


@pytest.mark.parametrize("seed", WORLDS)
def test_nobody_is_twice_in_a_round_nor_with_somebody_they_must_not_meet(seed):
    people, ties = world(seed, 2 + seed % 40, (seed % 5) / 10)

    groups = match(people, ties, {"a": frozenset("b"), "b": frozenset("a")}, f"round {seed}")

    placed = [one for group in groups for one in group]
    assert sorted(placed) == sorted(set(placed))
    assert set(placed) <= {one.person for one in people}
    assert {len(group) for group in groups} <= {2, 3}
    assert [two for group in groups for two in combinations(group, 2) if ties.bars(*two)] == []


@pytest.mark.parametrize("seed", WORLDS)
def test_as_many_are_introduced_as_could_be(seed):
    people, ties = world(seed, 2 + seed % 6, (seed % 7) / 10)

    groups = match(people, ties, {}, f"round {seed}")

    best = max(sum(map(len, some)) for some in groupings(tuple(one.person for one in people), ties))
    assert sum(map(len, groups)) == best


@pytest.mark.parametrize("seed", WORLDS)
def test_where_few_ties_stand_in_the_way_everybody_is_in_one_group_and_only_the_odd_one_makes_a_trio(seed):
    people, ties = world(seed, 20 + seed % 21, 0.05)

    groups = match(people, ties, {}, f"round {seed}")

    assert sorted(one for group in groups for one in group) == [one.person for one in people]
    assert [len(group) for group in groups].count(3) == len(people) % 2


@pytest.mark.parametrize("seed", WORLDS)
def test_never_met_goes_first(seed):
    people, ties = world(seed, 4 + seed % 20, (seed % 4) / 10)

    groups = match(people, ties, {}, f"round {seed}")

    again = [two for two in groups if len(two) == 2 and ties.last(*two)]
    assert [(a, b) for two, others in combinations(again, 2) for a in two for b in others if ties.fresh(a, b)] == []
    assert [
        (two, others)
        for two in again
        for others in groups
        if len(others) == 2 and not ties.last(*others)
        for first, second in (others, others[::-1])
        if ties.fresh(two[0], first) and ties.fresh(two[1], second)
    ] == []


@pytest.mark.parametrize("seed", range(0, 200, 10))
def test_a_round_is_the_same_for_the_same_facts_in_whatever_order_they_come(seed):
    people, ties = world(seed, 30, 0.1)
    shuffled = random.Random(seed + 1).sample(people, len(people))

    groups = match(people, ties, {}, "2026-11-24")

    assert match(shuffled, ties, {}, "2026-11-24") == groups
    assert match(people, ties, {}, "2026-12-08") != groups


def test_two_who_have_something_in_common_meet_rather_than_two_who_have_not():
    people = [
        person("learner", wishes="rust"),
        person("teacher", skills="rust"),
        person("lawyer", skills="law"),
        person("jurist", skills="law"),
        person("here", projects="apollo"),
        person("there", projects="zephyr"),
    ]

    groups = match(people, Ties(), touching({"apollo": ["here", "x"], "zephyr": ["there", "x"]}), "a round")

    assert groups == [("here", "there"), ("jurist", "lawyer"), ("learner", "teacher")]


def test_two_of_one_team_meet_only_where_there_is_nobody_else():
    people = [person(name, team=team) for name, team in (("a", "x"), ("b", "x"), ("c", "y"), ("d", "y"))]

    groups = match(people, Ties(), {}, "a round")

    assert ("a", "b") not in groups
    assert match(people[:2], Ties(), {}, "a round") == [("a", "b")]


def test_of_those_who_met_before_the_longest_ago_meet_again():
    people = [person(name) for name in "abcd"]
    met = {pair("a", "b"): "1", pair("c", "d"): "1"} | {pair(a, b): "2" for a in "ab" for b in "cd"}

    assert match(people, Ties(met=met), {}, "a round") == [("a", "b"), ("c", "d")]


def test_why_two_should_meet_is_told_from_each_side_the_weightiest_first():
    ana = person("ana", "go law", "rust", "apollo")
    lea = person("lea", "rust law", "go", "zephyr")
    near = touching({"apollo": ["ana", "x"], "zephyr": ["lea", "x"], "alone": ["y"]})

    assert reasons(ana, lea, near) == (
        Reason("learns", ("rust",)),
        Reason("teaches", ("go",)),
        Reason("touches", ("apollo", "zephyr")),
        Reason("shares", ("law",)),
    )
    assert [reason.kind for reason in reasons(lea, ana, near)] == ["learns", "teaches", "touches", "shares"]
    assert reasons(ana, person("sam", "sql", projects="apollo"), near) == ()


def test_somebody_who_is_in_very_many_projects_does_not_make_them_touch():
    assert touching({f"project {n}": ["everywhere", f"only in {n}"] for n in range(20)}) == {}


@dataclass(frozen=True)
class Counted(Ties):
    """Counts how often two people are looked at together."""

    looks: list[int] = field(default_factory=lambda: [0])

    def bars(self, one: str, other: str) -> bool:
        self.looks[0] += 1
        return super().bars(one, other)


def looks_at(size: int, skilled: int) -> int:
    """`skilled`: how many people share a skill."""
    skills = [f"skill {n}" for n in range(2 * size // skilled)]
    chance = random.Random(size)
    people = [
        Profile(f"p{n:05}", frozenset(chance.sample(skills, 2)), frozenset({chance.choice(skills)}))
        for n in range(size)
    ]
    met = {pair(one.person, other.person): "1" for one in people for other in chance.sample(people, 3) if one != other}
    ties = Counted(met=met)
    groups = match(people, ties, {}, "a round")
    assert sum(map(len, groups)) == size
    return ties.looks[0]


@pytest.mark.parametrize("skilled", [2, 20, 500])
def test_twice_as_many_people_take_about_twice_as_many_looks(skilled):
    small, large = looks_at(1000, skilled), looks_at(2000, skilled)

    assert large < 2.5 * small
    assert large < 60 * 2000
