"""Every noun with a table. Whoever creates or compares tables takes the metadata from here, where it is whole."""

from store import (
    activities,
    digests,
    erasures,
    evidence,
    inbox,
    outbox,
    people,
    places,
    postings,
    skills,
    subscriptions,
)
from store.base import metadata

NOUNS = (activities, digests, erasures, evidence, inbox, outbox, people, places, postings, skills, subscriptions)

__all__ = ["NOUNS", "metadata"]
