"""What two people have in common, by what everybody may see of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

BUSY = 12
"""Whoever is in more projects than this does not make them touch: else everything touches."""

Kind = Literal["learns", "teaches", "touches", "shares"]
WEIGHTS: Mapping[Kind, int] = {"learns": 5, "teaches": 5, "touches": 4, "shares": 2}
FURTHER = 0.5
"""What each further skill or project adds to its kind, and up to so many do."""
COUNTED = 3
TEAM, PROJECT = 2, 3
"""What counts against two of one team or project: they know each other."""

Touching = Mapping[str, frozenset[str]]
"""By project, those that share people with it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Of one person, by key: `skills` they have, `wishes` they would like to learn, `projects` they are in."""

    person: str
    skills: frozenset[str] = field(default_factory=frozenset)
    wishes: frozenset[str] = field(default_factory=frozenset)
    projects: frozenset[str] = field(default_factory=frozenset)
    team: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """`learns`: one would like to learn what the other knows; `teaches`: the other way round; `touches`: their projects
    share people, as `keys` the one's and the other's; `shares`: both know it."""

    kind: Kind
    keys: tuple[str, ...]

    @property
    def weight(self) -> float:
        return WEIGHTS[self.kind] + FURTHER * (min(len(self.keys), COUNTED) - 1)


def reasons(one: Profile, other: Profile, touching: Touching) -> tuple[Reason, ...]:
    """Why the one should meet the other, the weightiest first; of projects that touch, the first two."""
    found: list[Reason] = []
    if learns := one.wishes & other.skills:
        found.append(Reason("learns", tuple(sorted(learns))))
    if teaches := one.skills & other.wishes:
        found.append(Reason("teaches", tuple(sorted(teaches))))
    if touch := _touching(one, other, touching):
        found.append(Reason("touches", touch))
    if shared := one.skills & other.skills:
        found.append(Reason("shares", tuple(sorted(shared))))
    return tuple(sorted(found, key=lambda reason: -WEIGHTS[reason.kind]))


def worth(one: Profile, other: Profile, touching: Touching) -> float:
    """How much it is worth that these two meet, the same from either side; below zero where they know each other."""
    known = TEAM * (one.team != "" and one.team == other.team) + PROJECT * bool(one.projects & other.projects)
    return sum(reason.weight for reason in reasons(one, other, touching)) - known


def touching(members: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Which projects share people, by the people in each."""
    projects: dict[str, set[str]] = defaultdict(set)
    for project, people in members.items():
        for person in people:
            projects[person].add(project)
    found: dict[str, set[str]] = defaultdict(set)
    for some in projects.values():
        if len(some) <= BUSY:
            for one, other in combinations(some, 2):
                found[one].add(other)
                found[other].add(one)
    return {project: frozenset(others) for project, others in found.items()}


def _touching(one: Profile, other: Profile, touching: Touching) -> tuple[str, ...]:
    """A project of each that touch; none where they are in one together."""
    if one.projects & other.projects:
        return ()
    for project in sorted(one.projects):
        if theirs := touching.get(project, frozenset()) & other.projects:
            return project, min(theirs)
    return ()
