"""The choice: from the lists of a reader's topics to a few items, the same for the same lists."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.curating.item import ORDER, REASONS, SAME_ABOUT, SAME_KIND, Item
from store.activities import Activity
from store.names import fold
from store.news import Span, Topic
from store.readers import Reader

SIZE, PER_AUTHOR, THIN = 7, 2, 3
LISTED, ENOUGH, DEEP = 40, 12, 1000
"""So much of a topic is read; where fewer than ENOUGH of a full list are the reader's, it is read deeper."""
MUTED_KINDS = {"thanks": "kudos", "update": "projects", "project": "projects", "member": "projects", "skill": "skills"}
"""What a kind of news is called by those who mute it."""

Read = Callable[[Topic, int], Sequence[Activity]]
"""Gives the newest acts of a topic, so many at most, the newest first."""


@dataclass(frozen=True, slots=True)
class Choice:
    items: tuple[Item, ...]
    left_out: int = 0

    @property
    def thin(self) -> bool:
        return len(self.items) < THIN


def choose(reader: Reader, span: Span, read: Read) -> Choice:
    """At most SIZE items in the order in which they are told, and how many more there were."""
    found = _merged(_gathered(reader, span, read))
    best = sorted(found, key=lambda item: _rank(item, item.score(span.since, span.until)))
    chosen = _chosen(best, span)
    return Choice(tuple(sorted(chosen, key=lambda item: _place(item, span))), len(found) - len(chosen))


def topics(reader: Reader) -> Iterator[tuple[Topic, str]]:
    """What is news to this reader, and why."""
    yield Topic("thanks", reader.person), "thanked"
    followed = [(_FOLLOWED[of], key) for of, key in reader.preferences.following if of in _FOLLOWED]
    subjects: list[tuple[_Kind, str, str]] = [
        *(("project", key, "member") for key in reader.projects),
        *((kind, key, f"follows_{kind}") for kind, key in followed),
        *(("skill", key, "wish") for key in reader.wishes),
        *(("skill", key, "known") for key in reader.skills),
    ]
    for kind, key, reason in sorted(subjects):
        for audience in reader.audiences:
            yield Topic(kind, key, audience), reason
    yield Topic("team", reader.team), "team" if reader.team else "newcomer"


_Kind = Literal["project", "person", "skill"]
_FOLLOWED: dict[str, _Kind] = {"Project": "project", "Person": "person", "Skill": "skill"}


def _gathered(reader: Reader, span: Span, read: Read) -> Iterator[tuple[Activity, str]]:
    for topic, reason in topics(reader):
        listed = read(topic, LISTED)
        theirs = [act for act in listed if _wanted(act, reader, span)]
        if len(listed) == LISTED and len(theirs) < ENOUGH:
            theirs = [act for act in read(topic, DEEP) if _wanted(act, reader, span)]
        for act in theirs:
            if why := _reason(act, topic, reason):
                yield act, why


def _wanted(act: Activity, reader: Reader, span: Span) -> bool:
    if act.actor == reader.person or not span.since < act.published <= span.until:
        return False
    if act.verb == "Leave" or (act.kind == "project" and act.verb == "Update" and not act.facts):
        return False
    muted = reader.preferences.muted
    subject = {"skill": "Skill", "person": "Team"}.get(act.kind, "Project")
    things = {("Person", act.actor), (subject, act.key), ("Kind", MUTED_KINDS.get(act.kind, ""))}
    return muted.isdisjoint(things)


def _reason(act: Activity, topic: Topic, reason: str) -> str:
    """Why the reader is told of this act of the topic; empty where it is no news there."""
    if act.kind == "project" and act.verb == "Create" and topic.kind == "project":
        return ""
    if topic.kind == "skill" and act.facts.get("wish"):
        return {"known": "learner", "wish": "both_wish"}.get(reason, reason)
    return reason


def _merged(gathered: Iterator[tuple[Activity, str]]) -> list[Item]:
    """Acts with the same verb and object are one item, with all their reasons."""
    acts: dict[tuple[str, ...], dict[str, Activity]] = {}
    reasons: dict[tuple[str, ...], set[str]] = {}
    for act, reason in gathered:
        acts.setdefault(_object(act), {})[act.id] = act
        reasons.setdefault(_object(act), set()).add(reason)
    return [
        Item(
            tuple(sorted(same.values(), key=lambda act: (act.published, act.id), reverse=True)),
            tuple(sorted(reasons[done], key=lambda reason: (-REASONS[reason], reason))),
        )
        for done, same in acts.items()
    ]


def _object(act: Activity) -> tuple[str, ...]:
    said = fold(act.name) if act.kind in ("update", "thanks") else ""
    return act.kind, act.verb, act.key, str(bool(act.facts.get("wish"))), said


def _chosen(best: list[Item], span: Span) -> list[Item]:
    """The best, then the best beside it, and so on; nobody speaks more than PER_AUTHOR times."""
    chosen: list[Item] = []
    authors: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    abouts: Counter[str] = Counter()
    left = best
    while left and len(chosen) < SIZE:
        left = [allowed for item in left if (allowed := _allowed(item, authors))]
        if not left:
            break
        item = min(left, key=lambda item: _rank(item, _beside(item, span, kinds, abouts)))
        left.remove(item)
        chosen.append(item)
        authors.update({act.actor for act in item.acts})
        kinds[item.kind] += 1
        abouts[item.about] += 1
    return chosen


def _allowed(item: Item, authors: Counter[str]) -> Item | None:
    """The item without the acts of those who spoke enough."""
    acts = tuple(act for act in item.acts if authors[act.actor] < PER_AUTHOR)
    return replace(item, acts=acts) if acts else None


def _beside(item: Item, span: Span, kinds: Counter[str], abouts: Counter[str]) -> float:
    """The score beside what is chosen already."""
    score = item.score(span.since, span.until)
    return score - SAME_KIND * _growing(kinds[item.kind]) - SAME_ABOUT * _growing(abouts[item.about])


def _growing(n: int) -> int:
    """1, 3, 6: each one weighs more than the one before."""
    return n * (n + 1) // 2


def _rank(item: Item, score: float) -> tuple[float, float, str]:
    """Best first; among equals the newest, then by id."""
    return -round(score, 6), -item.first.published.timestamp(), item.first.id


def _place(item: Item, span: Span) -> tuple[int, tuple[float, float, str]]:
    return ORDER.index(item.section), _rank(item, item.score(span.since, span.until))
