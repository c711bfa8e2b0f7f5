"""What people have in common by what everybody may see, with the names it goes by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.curating.profile import Profile, Reason, Touching, reasons, touching
from bot.ranking.concepts import read_concepts, seed
from store import interests
from store.base import Transaction
from store.people import Person
from store.terms import read_terms


@dataclass(frozen=True, slots=True)
class Common:
    """`names`: by person, how they spell each skill and wish."""

    profiles: Mapping[str, Profile]
    touching: Touching
    names: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, tx: Transaction, people: Iterable[Person]) -> "Common":
        teams = {person.id: person.team for person in people}
        profiles: dict[str, Profile] = {}
        names: dict[str, dict[str, str]] = {}
        for id, known in interests.of_people(tx, teams).items():
            skills, wishes = ({_concept(name): name for name in some.values()} for some in (known.skills, known.wishes))
            profiles[id] = Profile(id, frozenset(skills), frozenset(wishes), frozenset(known.projects), teams[id])
            names[id] = {**wishes, **skills}
        projects = sorted({project for profile in profiles.values() for project in profile.projects})
        return cls(profiles, touching(interests.members(tx, projects)), names)

    def reasons(self, one: str, other: str) -> tuple[Reason, ...]:
        return reasons(self.profiles[one], self.profiles[other], self.touching)


@lru_cache(4096)
def _concept(name: str) -> str:
    """The same for all names that mean it: `K8s` and `Kubernetes`."""
    concepts = read_concepts(read_terms(name), seed())
    return ", ".join(sorted(min(" ".join(way) for way in concept.ways) for concept in concepts)) or name
