"""Who may know what was asked, and by which of their rows."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """A row of somebody: the fingerprint of its act, the day, and as what it speaks."""

    act: int
    day: int
    kind: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """`share`: the most that one of their rows holds of what was asked, 0 to 1; `newest`: a day; `matches`
    gives so many of their rows, the strongest first."""

    person: str
    score: float
    share: float
    newest: int
    matches: Callable[[int], tuple[Match, ...]]


def order(candidate: Candidate) -> tuple[float, int, str]:
    """The best first; ties go to the newest."""
    return (-candidate.score, -candidate.newest, candidate.person)
