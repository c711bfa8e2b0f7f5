"""Composes the digests of one person or of many from topics that are read once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.curating.calendar import BACK, CARRIED, LATE
from bot.curating.choice import Choice, choose
from bot.curating.item import dump
from store import digests, news, readers
from store.activities import Activity
from store.base import Transaction
from store.digests import Digest
from store.news import Span, Topic
from store.people import Person
from store.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Composed:
    """What somebody would be sent at the end of `span`, and the digest that they were sent (or not) before."""

    span: Span
    choice: Choice
    last: Digest | None = None

    def digest(self, person: str, period: str) -> Digest:
        state = "thin" if self.choice.thin else "queued"
        items = [dump(item) for item in self.choice.items]
        return Digest(person, period, state, self.span.since, self.span.until, items, self.choice.left_out)


@dataclass(frozen=True, slots=True)
class _Shared:
    """The topics of all these readers, each read once."""

    tx: Transaction
    span: Span
    _lists: dict[tuple[Topic, int], list[Activity]] = field(default_factory=dict)

    def __call__(self, topic: Topic, limit: int) -> list[Activity]:
        if (topic, limit) not in self._lists:
            self._lists[topic, limit] = news.recent(self.tx, topic, self.span, limit)
        return self._lists[topic, limit]


def compose(
    tx: Transaction, people: Iterable[Person], rhythms: Mapping[str, Subscription], now: datetime, until: datetime
) -> dict[str, Composed]:
    """By person, what happened up to `until`; who may see what is as of `now`."""
    wanted = readers.of_people(tx, people, now)
    if not wanted:
        return {}
    last = digests.last(tx, wanted, until)
    told = {id: span(last.get(id), rhythms[id], until) for id in wanted}
    shared = _Shared(tx, Span(min(one.since for one in told.values()), until))
    return {id: Composed(told[id], choose(reader, told[id], shared), last.get(id)) for id, reader in wanted.items()}


def span(last: Digest | None, rhythm: Subscription, until: datetime) -> Span:
    """From where the last digest ended, one rhythm back at most; what was not sent is carried over."""
    back = BACK[rhythm.rhythm]
    if last is None:
        return Span(until - back, until)
    if last.state == "queued":
        return Span(max(last.created_at, until - back - LATE), until)
    return Span(max(last.since, until - CARRIED * back), until)
