"""Every noun with a table. Whoever creates or compares tables takes the metadata from here, where it is whole."""

from store import (  # noqa: F401  # each adds its tables to the metadata
    absences,
    activities,
    aliases,
    contacts,
    digests,
    erasures,
    evidence,
    inbox,
    introductions,
    namesakes,
    outbox,
    participants,
    people,
    places,
    postings,
    questions,
    skills,
    subscriptions,
    suggestions,
    teachings,
)
from store.base import metadata

__all__ = ["metadata"]
