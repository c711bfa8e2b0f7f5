"""How long a person's word on a skill is fresh: when digests ask whether it still holds, and what fades unconfirmed."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from bot.reply import Spans
from bot.words import Words
from store import digests, skills
from store.activities import Activity
from store.base import Transaction
from store.skills import Word

LASTING = timedelta(days=90)
"""A word is fresh so long."""
AGAIN = timedelta(days=28)
"""A question that was not answered is not asked again before."""
ASKS = "skills.ask"
"""The hint that asks, by its name."""
APART = timedelta(days=6)
"""Between two questions to the same person, a week less the hours by which digests are spread."""
KEPT = timedelta(days=730)
"""Digests before it do not count."""
_NEVER = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(slots=True)
class Record:
    """By key of the skill: when it was said last, and when a digest last asked about it. `asking`: about which one the
    last digest did."""

    confirmed: dict[str, datetime] = field(default_factory=dict)
    asked: dict[str, datetime] = field(default_factory=dict)
    asking: str = ""

    def faded(self, now: datetime) -> frozenset[str]:
        """Those that were asked about and not confirmed since."""
        return frozenset(
            key for key, at in self.confirmed.items() if now - at >= LASTING and self.asked.get(key, _NEVER) > at
        )

    def due(self, at: datetime) -> list[str]:
        """Those to ask about, the longest unconfirmed first; what was asked about in vain waits for the others."""
        old = [key for key, said in self.confirmed.items() if at - said >= LASTING]
        in_vain = {key: last for key in old if (last := self.asked.get(key, _NEVER)) > self.confirmed[key]}
        wanted = (key for key in old if at - in_vain.get(key, _NEVER) >= AGAIN)
        return sorted(wanted, key=lambda key: (in_vain.get(key, _NEVER), self.confirmed[key], key))


def replay(said: Iterable[Word], told: Iterable[datetime], now: datetime) -> Record:
    """What the digests that went out asked about: each the one that was the longest unconfirmed, once a week at most.

    It follows from what is kept anyway, so that a digest asks the same however often it is drawn.
    """
    record, last, words = Record(), _NEVER, deque(said)
    for at in told:
        _hear(record, words, at)
        due = record.due(at) if at - last >= APART else []
        record.asking = due[0] if due else ""
        if due:
            record.asked[due[0]] = last = at
    _hear(record, words, now)
    return record


def asking(tx: Transaction, person: str, until: datetime) -> str:
    """The key of the skill about which this person's digest up to `until` asks; empty for none."""
    said = skills.history(tx, person)
    if not any(word.holds and until - word.at >= LASTING for word in said):
        return ""
    told = _asked(tx, person, until)
    return replay(said, [*told, until], until).asking


def faded(tx: Transaction, person: str, now: datetime) -> frozenset[str]:
    """Keys of this person's skills that they were asked about and have not confirmed."""
    told = _asked(tx, person, now + timedelta(microseconds=1))
    return replay(skills.history(tx, person), told, now).faded(now) if told else frozenset()


def confirmed(words: Words, act: Activity | None, at: date, today: date, *, fades: bool) -> Spans:
    """In which month it was confirmed last, or was not any more; empty where it was said once and is fresh."""
    month = words.short_month(at, today)
    if fades:
        return words("core.unconfirmed", month=month)
    return words("core.confirmed", month=month) if act and act.facts.get("confirms") else ()


def _asked(tx: Transaction, person: str, until: datetime) -> list[datetime]:
    """The digests before then whose last line asked; one in which another line took its place did not."""
    told = digests.hinted(tx, person, until - KEPT, until)
    return [one.created_at for one in told if one.hints and one.hints[0] == ASKS]


def _hear(record: Record, words: deque[Word], until: datetime) -> None:
    while words and words[0].at <= until:
        word = words.popleft()
        if word.holds:
            record.confirmed[word.key] = word.at
        else:
            record.confirmed.pop(word.key, None)
