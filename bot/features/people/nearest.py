"""Where nobody knows all that was asked: what the nearest lack, and the skills that are spelled like it."""

from collections.abc import Iterable
from itertools import islice

from rapidfuzz import fuzz, process

from bot.feature import Context
from bot.ranking.concepts import Aliases, read_concepts, with_own
from bot.ranking.finding import Expert
from store import aliases, evidence
from store.activities import Activity
from store.base import Transaction
from store.names import fold
from store.skills import Skill
from store.terms import read_terms

SIMILAR = 60
"""From this likeness (of 100) on a skill is offered."""
OFFERED = 3


def nearest_skills(tx: Transaction, topics: Iterable[str], audiences: Iterable[str]) -> dict[str, str]:
    """As people spell them, the nearest first, each with the topic that it is near to."""
    known = evidence.skill_names(tx, audiences)
    found: dict[str, str] = {}
    for topic in topics:
        for key in _close(fold(topic), list(known)):
            found.setdefault(known[key], topic)
    return dict(islice(found.items(), OFFERED))


def _close(topic: str, keys: list[str]) -> list[str]:
    return [key for key, _, _ in process.extract(topic, keys, scorer=fuzz.ratio, limit=OFFERED, score_cutoff=SIMILAR)]


def missing(ctx: Context, expert: Expert, own: Iterable[Skill], topics: Iterable[str]) -> tuple[str, ...]:
    """The topics, or words of them, that neither the reasons nor the skills of this person hold, as they were asked."""
    texts = [*(_text(reason.act) for reason in expert.reasons), *(skill.name for skill in own if not skill.wish)]
    held, names = set(read_terms("\n".join(texts))), with_own(aliases.lines(ctx.tx))
    return tuple(word for topic in topics for word in _lacking(topic, held, names))


def _lacking(topic: str, held: set[str], names: Aliases) -> list[str]:
    if _holds(held, topic, names):
        return []
    words = [word for word in topic.split() if read_terms(word)]
    lacking = [word for word in words if not _holds(held, word, names)]
    return [topic] if len(lacking) == len(words) else lacking


def _holds(held: set[str], name: str, names: Aliases) -> bool:
    """Whether all of it is there, by any of its names."""
    concepts = read_concepts(read_terms(name), names)
    return all(any(held.issuperset(way) for way in concept.ways) for concept in concepts)


def _text(act: Activity) -> str:
    more = (act.facts.get(name, "") for name in ("project", "next", "blocked"))
    return " ".join(map(str, (act.name, *more, *act.facts.get("tags", ()))))
