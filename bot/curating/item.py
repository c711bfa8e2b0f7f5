"""What may stand in a digest: an act or several alike, why this reader is told, and how much that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from store.activities import Activity

REASONS = {
    "thanked": 40,  # somebody thanked the reader
    "member": 30,  # it is about a project of theirs
    "wish": 28,  # they would like to learn the skill
    "follows_project": 26,
    "follows_person": 24,
    "follows_skill": 22,
    "team": 20,  # somebody new beside them
    "learner": 16,  # somebody would like to learn what they know
    "both_wish": 12,  # somebody would like to learn the same
    "known": 10,  # somebody knows what they know
    "newcomer": 4,
}
"""Why a reader is told, and what each reason adds to an item's score."""
NEWS = {"project": 8, "update": 4, "member": 0, "skill": 0, "thanks": 0, "person": 0}
"""What the kind of news adds: a fact that changed is rarer than an update."""
BLOCKED = 6
"""An update that asks for help."""
FRESH = 10
"""What the newest adds; the oldest adds nothing."""
CROWD, CROWDED = 2, 6
"""What each further person adds where several did the same, and at most."""
SAME_KIND, SAME_ABOUT = 12, 9
"""What an item loses for one chosen before it of the same kind, or about the same thing; twice that more for a second,
and so on: variety first."""

SECTIONS = {
    "thanked": "thanks",
    "member": "projects",
    "follows_project": "follows",
    "follows_person": "follows",
    "follows_skill": "follows",
}
"""Where a reason stands; the others stand under `people`."""
ORDER = ("thanks", "projects", "follows", "people")


@dataclass(frozen=True, slots=True)
class Item:
    """`acts`: the newest first; `reasons`: the weightiest first."""

    acts: tuple[Activity, ...]
    reasons: tuple[str, ...]

    @property
    def first(self) -> Activity:
        return self.acts[0]

    @property
    def kind(self) -> str:
        return self.first.kind

    @property
    def about(self) -> str:
        """The key of the project, skill or team, or else whoever says it."""
        return self.first.key or self.first.actor

    @property
    def section(self) -> str:
        return SECTIONS.get(self.reasons[0], "people")

    def score(self, since: datetime, until: datetime) -> float:
        """What the item is worth to its reader, before what was chosen already."""
        age = (until - self.first.published) / (until - since)
        authors = len({act.actor for act in self.acts})
        return (
            sum(REASONS[reason] for reason in self.reasons)
            + NEWS[self.kind]
            + (BLOCKED if any(act.facts.get("blocked") for act in self.acts) else 0)
            + min(CROWD * (authors - 1), CROWDED)
            + FRESH * (1 - age)
        )


def dump(item: Item) -> dict[str, Any]:
    """Ids and reasons alone: the words are drawn when it is sent."""
    return {"activities": [act.id for act in item.acts], "reasons": list(item.reasons)}


def load(stored: Mapping[str, Any], standing: Mapping[str, Activity]) -> Item | None:
    """The item with those of its acts that still stand; None where none does."""
    acts = tuple(standing[id] for id in stored["activities"] if id in standing)
    return Item(acts, tuple(stored["reasons"])) if acts else None
