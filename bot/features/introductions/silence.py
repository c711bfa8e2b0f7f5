"""Silence: who says of three rounds in a row nothing is asked once whether to go on, and then left in peace."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from bot.features.introductions.noun import TOLD
from store import digests, introductions, outbox, participants
from store.base import Transaction
from store.introductions import Introduction
from store.participants import Participant

ROUNDS = 3
STILL = "introductions.still"
"""The hint that asks, by its name."""


def silent(kept: Participant, heard: Iterable[Introduction]) -> list[Introduction]:
    """The last introductions, the newest first, of which somebody said nothing since they said yes."""
    found: list[Introduction] = []
    for part in heard:
        if part.answer or date.fromisoformat(part.round) <= kept.since.date():
            break
        found.append(part)
    return found


def was_asked(tx: Transaction, person: str, rounds: list[Introduction], until: datetime) -> bool:
    """Whether a digest asked since the round that was one in silence too many."""
    since = datetime.combine(date.fromisoformat(rounds[-ROUNDS].round), time(), UTC)
    return any(one.hints and one.hints[0] == STILL for one in digests.hinted(tx, person, since, until))


def quiet(tx: Transaction, ids: Iterable[str], now: datetime) -> list[Participant]:
    """Those of these people who were asked, by a digest or with one introduction more, and said nothing."""
    known = participants.of_people(tx, ids)
    found = []
    for person, parts in introductions.of_people(tx, known).items():
        rounds = silent(known[person], parts)
        if len(rounds) >= ROUNDS:
            heard = outbox.heard(tx, person, TOLD)
            rounds = silent(known[person], (part for part in parts if part.round in heard))
        if len(rounds) > ROUNDS or (len(rounds) == ROUNDS and was_asked(tx, person, rounds, now)):
            found.append(known[person])
    return found
