"""Every noun with a table. Whoever creates or compares tables takes the metadata from here, where it is whole."""

from store import (
    absences,
    activities,
    contacts,
    digests,
    erasures,
    evidence,
    inbox,
    introductions,
    outbox,
    participants,
    people,
    places,
    postings,
    questions,
    skills,
    subscriptions,
    suggestions,
)
from store.base import metadata

NOUNS = (
    absences,
    activities,
    contacts,
    digests,
    erasures,
    evidence,
    inbox,
    introductions,
    outbox,
    participants,
    people,
    places,
    postings,
    questions,
    skills,
    subscriptions,
    suggestions,
)

__all__ = ["NOUNS", "metadata"]
