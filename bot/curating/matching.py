"""Matching: who is introduced to whom in a round. Never-met first, then by what they have in common; always the same
for the same facts, and without looking at everybody beside everybody."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import combinations, permutations

from bot.curating.profile import Profile, Touching, worth

NEAR = 6
"""Beside so many of those with the same skill, wish or project a person is looked at."""
TRIES = 2000
"""How often somebody for whom there is no place may ask others to make room."""
LOOK = 8
"""Where nothing is in common, the best of so many is taken."""

Pair = tuple[str, str]
Group = tuple[str, ...]


def pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


@dataclass(frozen=True, slots=True)
class Ties:
    """`barred`: pairs that are not introduced; `met`: when others were last introduced."""

    barred: frozenset[Pair] = frozenset()
    met: Mapping[Pair, str] = field(default_factory=dict)

    def bars(self, one: str, other: str) -> bool:
        return pair(one, other) in self.barred

    def last(self, one: str, other: str) -> str:
        """Empty where they never met."""
        return self.met.get(pair(one, other), "")

    def fresh(self, one: str, other: str) -> bool:
        return not self.bars(one, other) and not self.last(one, other)

    def allows(self, one: str, other: str) -> bool:
        return not self.bars(one, other)


def match(profiles: Iterable[Profile], ties: Ties, touching: Touching, seed: str) -> list[Group]:
    """Pairs, and a trio where somebody would be left over; nobody twice, and nobody alone for whom there is anybody."""
    known = sorted(profiles, key=lambda profile: (_lot(seed, profile.person), profile.person))
    draw = _Draw({profile.person: profile for profile in known}, ties, touching)
    draw.by_interest()
    draw.strangers()
    draw.exchange(ties.fresh)
    draw.again()
    draw.exchange(ties.allows)
    draw.trios()
    draw.make_room()
    return sorted(tuple(sorted(group)) for group in draw.groups)


@dataclass(slots=True)
class _Draw:
    """A draw under way. `profiles` stand in the order of their lots, `free` are those in no group yet: read
    from the front while others go, which a plain dict does not do well."""

    profiles: Mapping[str, Profile]
    ties: Ties
    touching: Touching
    groups: "OrderedDict[Group, None]" = field(default_factory=OrderedDict)
    free: "OrderedDict[str, None]" = field(init=False)

    def __post_init__(self) -> None:
        self.free = OrderedDict.fromkeys(self.profiles)

    def by_interest(self) -> None:
        """Strangers who have most in common."""
        place = {person: at for at, person in enumerate(self.profiles)}
        found = {pair(one, other) for one, other in self._near() if self.ties.fresh(one, other)}
        worths = {two: self._worth(*two) for two in found}
        for one, other in sorted(found, key=lambda two: (-worths[two], *sorted(place[person] for person in two))):
            if worths[one, other] > 0 and one in self.free and other in self.free:
                self._group(one, other)

    def strangers(self) -> None:
        """Strangers with nothing in common that is known."""
        for one in list(self.free):
            if one in self.free and (others := self._first(one, self.free, self.ties.fresh)):
                self._group(one, max(others, key=lambda other: self._worth(one, other)))

    def exchange(self, suits: Callable[[str, str], bool]) -> None:
        """Two who cannot meet take each one of two who were to meet."""
        for one, other in combinations(list(self.free), 2):
            if one in self.free and other in self.free:
                self._exchange(one, other, suits)

    def again(self) -> None:
        """Those who met before, the longest ago first. There are few: all strangers are together by now."""
        allowed = [two for two in combinations(list(self.free), 2) if self.ties.allows(*two)]
        for one, other in sorted(allowed, key=lambda two: (self.ties.last(*two), -self._worth(*two))):
            if one in self.free and other in self.free:
                self._group(one, other)

    def trios(self) -> None:
        """Whoever is left joins two others, strangers if there are any."""
        for one in list(self.free):
            for suits in (self.ties.fresh, self.ties.allows):
                if found := self._hosts(one, suits):
                    hosts = max(found, key=lambda two: sum(self._worth(one, other) for other in two))
                    self._join(one, hosts)
                    break

    def make_room(self) -> None:
        """Whoever is still left takes one out of a group, and the rest of it finds its place in the same way."""
        for one in list(self.free):
            if one in self.free:
                self._settle(one, set(), [TRIES])

    def _settle(self, one: str, closed: set[Group], tries: list[int]) -> bool:
        """Whether a place is found; else all stays as it was. `closed`: groups that gave somebody away already."""
        if hosts := self._hosts(one, self.ties.allows):
            self._join(one, hosts[0])
            return True
        for group in [group for group in self.groups if group not in closed]:
            for taken in (other for other in group if self.ties.allows(one, other)):
                tries[0] -= 1
                if tries[0] < 0 or group not in self.groups:
                    return False
                if self._take(one, taken, group, closed, tries):
                    return True
        return False

    def _take(self, one: str, taken: str, group: Group, closed: set[Group], tries: list[int]) -> bool:
        rest = [other for other in group if other != taken]
        del self.groups[group]
        self._group(one, taken)
        mine = closed | {group, (one, taken)}
        if len(rest) > 1:
            self._group(*rest)
            return True
        if self._settle(rest[0], mine, tries):
            return True
        del self.groups[one, taken]
        self.groups[group] = None
        return False

    def _exchange(self, one: str, other: str, suits: Callable[[str, str], bool]) -> None:
        for group in self.groups:
            for first, second in permutations(group) if len(group) == 2 else ():
                if suits(one, first) and suits(other, second):
                    del self.groups[group]
                    self._group(one, first)
                    self._group(other, second)
                    return

    def _hosts(self, one: str, suits: Callable[[str, str], bool]) -> list[Group]:
        """Pairs that this person may join, LOOK at most."""
        found: list[Group] = []
        for group in self.groups:
            if len(group) == 2 and all(suits(one, other) for other in group):
                found.append(group)
                if len(found) == LOOK:
                    break
        return found

    def _first(self, one: str, others: Iterable[str], suits: Callable[[str, str], bool]) -> list[str]:
        found: list[str] = []
        for other in others:
            if other != one and suits(one, other):
                found.append(other)
                if len(found) == LOOK:
                    break
        return found

    def _join(self, one: str, hosts: Group) -> None:
        del self.groups[hosts]
        self._group(one, *hosts)

    def _group(self, *people: str) -> None:
        self.groups[people] = None
        for person in people:
            self.free.pop(person, None)

    def _worth(self, one: str, other: str) -> float:
        return worth(self.profiles[one], self.profiles[other], self.touching)

    def _near(self) -> Iterator[Pair]:
        """Those who have something in common, each beside a few."""
        skilled, wishing, members = (self._by(name) for name in ("skills", "wishes", "projects"))
        for people in skilled.values():
            yield from _beside(people, people)
        for key, people in wishing.items():
            yield from _beside(people, skilled.get(key, ()))
        for project, people in members.items():
            for other in sorted(self.touching.get(project, ()))[:NEAR]:
                yield from _beside(people, members.get(other, ()))

    def _by(self, name: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for person, profile in self.profiles.items():
            for key in sorted(getattr(profile, name)):
                found[key].append(person)
        return found


def _beside(some: Sequence[str], others: Sequence[str]) -> Iterator[Pair]:
    """Each of some beside NEAR of the others, the next ones each time, so that these are spread as well."""
    for at, one in enumerate(some):
        start = at + 1 if some is others else at * NEAR
        for step in range(min(NEAR, len(others))):
            if (other := others[(start + step) % len(others)]) != one:
                yield one, other


def _lot(seed: str, person: str) -> bytes:
    return blake2b(f"{seed}:{person}".encode(), digest_size=8).digest()
