"""What somebody of a random company follows and mutes, and what their digest owes to it."""

from collections import Counter
from datetime import datetime

from world_marks import Marks

from bot.curating.choice import MUTED_KINDS
from bot.reply import Item, Reply, plain
from store.activities import PUBLIC, Activity
from store.digests import Digest
from store.people import Person

SIZE, PER_AUTHOR = 7, 2
Things = set[tuple[str, str]]


def prefers(acts: dict[str, Activity], person: str, verb: str, until: datetime | None = None) -> Things:
    """`verb`: Follow or Ignore. Things of which this is the last word that stands."""
    last: dict[tuple[str, str], str] = {}
    for act in acts.values():
        if act.kind == "follow" and act.actor == person and (until is None or act.published <= until):
            last[str(act.facts.get("type")), act.key] = act.verb
    return {thing for thing, said in last.items() if said == verb}


def about(act: Activity) -> Things:
    """What may be muted of it."""
    return {("Kind", MUTED_KINDS.get(act.kind, "")), ("Person", act.actor), ("Project", act.key)}


def check_digest(marks: Marks, reader: Person, kept: Digest, reply: Reply, acts: dict[str, Activity]) -> int:
    """Short, of others, without what is muted, and with all that is followed unless there was too much: how much that
    was."""
    items = [[acts[id] for id in item["activities"] if id in acts] for item in kept.items]
    told = [act for item in items for act in item]
    alone = Counter(item[0].actor for item in items if len(item) == 1)
    assert 0 < sum(isinstance(block, Item) for block in reply.blocks) <= SIZE, "too long"
    assert max(alone.values(), default=0) <= PER_AUTHOR, "more than two of one author"
    assert reader.id not in {act.actor for act in told}, "own doings"
    muted = prefers(acts, reader.id, "Ignore", kept.created_at)
    assert not [act for act in told if about(act) & muted], f"{reader.handle} muted {muted}"
    since, shown = prefers(acts, reader.id, "Ignore"), marks.within(plain(reply))
    assert not [act for act in told if about(act) & since and marks.of(act) & shown], f"{reader.handle} muted {since}"
    news = _news(reader, kept, acts)
    missing = news - {act.id for act in told}
    assert kept.left_out or not missing, f"{reader.handle} is not told {missing}"
    return len(news - missing)


def _news(reader: Person, kept: Digest, acts: dict[str, Activity]) -> set[str]:
    """Updates that everybody may see of projects that this reader follows."""
    follows = prefers(acts, reader.id, "Follow", kept.created_at)
    muted = prefers(acts, reader.id, "Ignore", kept.created_at)
    return {
        act.id
        for act in acts.values()
        if act.kind == "update" and act.audience == PUBLIC and act.actor != reader.id
        if kept.since < act.published <= kept.created_at and ("Project", act.key) in follows and not about(act) & muted
    }
