"""Queues digests: those that are due, or those that an operator asks for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from bot.company import Company
from bot.curating import calendar
from bot.curating.calendar import Due
from bot.features.digest.composing import compose, span
from store import digests, outbox, people, subscriptions
from store.base import Transaction
from store.digests import Digest
from store.outbox import Message
from store.people import Person
from store.subscriptions import Subscription

KIND, LANE = "digest.due", 2
REMEMBERED = timedelta(days=62)
"""No period is longer: older digests cannot be of the same one."""


@dataclass(frozen=True, slots=True)
class Queue:
    """Writes digests and their messages. `asked`: an operator wants them, whatever the hour."""

    tx: Transaction
    now: datetime
    company: Company
    new_id: Callable[[], str]
    asked: bool = False

    def put(self, wanted: Mapping[str, Due], who: Mapping[str, Person], rhythms: Mapping[str, Subscription]) -> int:
        """Queues what is not thin and not there yet; says how many."""
        taken = digests.taken(self.tx, wanted, self.now - REMEMBERED)
        new = {id: due for id, due in wanted.items() if (id, due.period) not in taken}
        composed = compose(self.tx, [who[id] for id in new], rhythms, self.now, self.now)
        chosen = [composed[id].digest(id, due.period) for id, due in new.items()]
        digests.keep(self.tx, *chosen)
        queued = [one for one in chosen if one.state == "queued"]
        outbox.add(self.tx, *(self._message(one, who[one.person], rhythms[one.person]) for one in queued))
        return len(queued)

    def skip(self, late: Iterable[Subscription], who: Mapping[str, Person]) -> None:
        """Keeps that these were not sent in time; what they would have told is carried over."""
        missed = {one.person: one for one in late}
        last = digests.last(self.tx, missed, self.now)
        taken = digests.taken(self.tx, missed, self.now - REMEMBERED)
        for id, one in missed.items():
            period = calendar.period(one.rhythm, self.company.local(who[id], one.next_at or self.now).date())
            since = span(last.get(id), one, self.now).since
            if (id, period) not in taken:
                digests.keep(self.tx, Digest(id, period, "skipped", since, self.now, []))

    def _message(self, digest: Digest, person: Person, rhythm: Subscription) -> Message:
        about = f"digest:{digest.person}:{digest.period}"
        anytime = self.asked or rhythm.chosen
        at = self.now if anytime else self.company.open_hour(person, self.now)
        return Message(self.new_id(), KIND, self.now, at, about=about, person=person.id, lane=LANE)


def queue_due(tx: Transaction, now: datetime, company: Company, new_id: Callable[[], str], limit: int) -> int:
    """Looks after `limit` subscriptions at most and says how many: 0 when there is nothing more to do. What is due and
    not thin goes to the outbox, in this transaction; what is too late is skipped."""
    settled = settle(tx, company, limit)
    claimed = {one.person: one for one in subscriptions.due(tx, now, limit)}
    who = {id: person for id, person in people.of_ids(tx, claimed).items() if not person.left_at}
    fallen = {id: calendar.last_due(claimed[id], company.zone(person), now) for id, person in who.items()}
    queue = Queue(tx, now, company, new_id)
    queue.put({id: due for id, due in fallen.items() if due}, who, claimed)
    queue.skip([claimed[id] for id, due in fallen.items() if due is None], who)
    subscriptions.keep(tx, *(_moved_on(one, company, who.get(one.person), now) for one in claimed.values()))
    return settled + len(claimed)


def queue_now(tx: Transaction, now: datetime, company: Company, new_id: Callable[[], str], ids: Iterable[str]) -> int:
    """Queues the digests of those of these people who want any, whatever the hour, once a period; says how many."""
    rhythms = {id: one for id, one in subscriptions.lock(tx, ids).items() if one.next_at}
    who = {id: person for id, person in people.of_ids(tx, rhythms).items() if not person.left_at}
    today = {id: company.local(person, now).date() for id, person in who.items()}
    wanted = {id: Due(now, calendar.period(rhythms[id].rhythm, day)) for id, day in today.items()}
    return Queue(tx, now, company, new_id, asked=True).put(wanted, who, rhythms)


def settle(tx: Transaction, company: Company, limit: int) -> int:
    """Gives a subscription to those who have started, and reckons anew for those who moved; says how many."""
    found = subscriptions.unsettled(tx, limit)
    who = people.of_ids(tx, [one.person for one in found])
    new = [one for one in found if one.subscription is None]
    subscriptions.add(tx, *(default(who[one.person], company, one.started_at) for one in new))
    subscriptions.keep(tx, *(_moved(one.subscription, who[one.person], company) for one in found if one.subscription))
    return len(found)


def default(person: Person, company: Company, after: datetime) -> Subscription:
    """What everybody has who chose nothing: weekly, the first time after `after`."""
    zone = company.zone(person)
    one = Subscription(person.id, anchor=after.astimezone(zone).date(), zone=person.timezone)
    return replace(one, next_at=calendar.first_after(one, zone, after))


def _moved(kept: Subscription, person: Person, company: Company) -> Subscription:
    """The same day as before, at the hour of the zone where they are now."""
    if kept.next_at is None:
        return replace(kept, zone=person.timezone)
    zone = company.zone(person)
    day = company.local(replace(person, timezone=kept.zone), kept.next_at).date()
    start = datetime.combine(day, time(0), zone) - timedelta(seconds=1)
    return replace(kept, zone=person.timezone, next_at=calendar.first_after(kept, zone, start))


def _moved_on(one: Subscription, company: Company, person: Person | None, now: datetime) -> Subscription:
    zone = company.zone(person or Person(one.person, "", "", timezone=one.zone))
    return replace(one, next_at=calendar.first_after(one, zone, now))
