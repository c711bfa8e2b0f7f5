"""Draws a round, a share of those who said yes at a time, so that nobody's answer waits long behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import combinations

from bot.company import Company
from bot.curating.matching import Pair, Ties, match, pair
from bot.features.introductions.common import Common
from bot.features.introductions.noun import TOLD, feature, unwanted
from bot.features.introductions.rounds import GAP, due, morning, opening
from bot.features.introductions.silence import quiet
from store import absences, introductions, outbox, participants, people
from store.base import Transaction
from store.introductions import Introduction, Round
from store.outbox import Message
from store.people import Person

SHARE = 300
"""People among whom everybody is looked for a partner, at least; twice as many at most."""


@feature.tick
def draw_due(tx: Transaction, now: datetime, company: Company, new_id: Callable[[], str], limit: int) -> int:  # noqa: ARG001  # a share is drawn whole
    """Draws the next share of the round that is due, and says how many people were looked at; 0 at the end."""
    day = due(now)
    if day is None:
        return 0
    id, before = day.isoformat(), opening(day)
    if not introductions.is_known(tx, id):
        found = participants.count(tx, day, before)
        if found < 2:
            return 0
        introductions.open_round(tx, Round(id, max(found // SHARE, 1)))
    one = introductions.claim(tx, id)
    if one is None:
        return 0
    _Share(tx, now, company, new_id, day).draw(participants.share(tx, one.done, one.shares, day, before))
    introductions.advance(tx, id)
    return 1


@dataclass(frozen=True, slots=True)
class _Share:
    tx: Transaction
    now: datetime
    company: Company
    new_id: Callable[[], str]
    day: date

    def draw(self, ids: list[str]) -> None:
        """Puts these people into circles, and tells each of theirs when the day has come where they are."""
        away, silent = absences.of_people(self.tx, ids), quiet(self.tx, ids, self.now)
        for one in silent:
            participants.keep(self.tx, replace(one, active=False))
        ids = sorted({*ids} - {one.person for one in silent})
        here = [person for person in ids if person not in away or away[person] <= self.day]
        known = people.of_ids(self.tx, here)
        common = Common.of(self.tx, known.values())
        id = self.day.isoformat()
        drawn: list[Introduction] = []
        for group in match(common.profiles.values(), self._ties(here), common.touching, id):
            circle = self.new_id()
            drawn += [Introduction(id, person, circle) for person in group]
        introductions.introduce(self.tx, *drawn)
        outbox.add(self.tx, *(self._message(known[one.person]) for one in drawn))

    def _ties(self, ids: Iterable[str]) -> Ties:
        """Who must not meet, for once or for good, and who met before."""
        listed = list(ids)
        barred = {pair(one, other) for one, some in unwanted(self.tx, listed).items() for other in some}
        met: dict[Pair, str] = {}
        for circle in introductions.together(self.tx, listed):
            for one, other in combinations(circle, 2):
                two = pair(one.person, other.person)
                if one.round > (self.day - GAP).isoformat():
                    barred.add(two)
                elif {one.answer, other.answer} != {"missed"}:
                    met[two] = one.round
        return Ties(frozenset(barred), met)

    def _message(self, person: Person) -> Message:
        at = self.company.open_hour(person, max(morning(self.day, self.company.zone(person)), self.now))
        return Message(self.new_id(), TOLD, self.now, at, about=self.day.isoformat(), person=person.id)
