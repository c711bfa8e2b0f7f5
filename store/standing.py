"""Acts that speak until a later one takes that from them: who is in a project, who owns it, what colleagues endorse."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, or_, select

from store import activities as acts
from store import endorsements
from store.activities import PUBLIC, Activity, activities, read
from store.base import Transaction
from store.endorsements import ACCEPT, OFFER
from store.parts import parts

KINDS = ("member", "project", "endorsement")
"""Kinds of activity of which only what stands is evidence."""
IN_ONE = 500
"""Names in one list at most."""


class Group(NamedTuple):
    """Acts of which some stand, by the kind of evidence they are: a person's in a project (`member`), those that say
    who owns it (`project`), those on somebody's skill (`endorsement`)."""

    kind: str
    person: str
    key: str


_a = activities.c
_of_keys = (
    _a.tenant_id == bindparam("tenant"),
    _a.undone_at.is_(None),
    _a.key.in_(bindparam("keys", expanding=True)),
)
_of_people = _a.actor.in_(bindparam("people", expanding=True))
_owner = _a.facts["owner"].as_string()
_is_word = or_(
    and_(_a.kind == endorsements.KIND, _a.verb == ACCEPT),
    and_(_a.kind == "skill", or_(_a.verb != "Add", _a.facts["wish"].as_boolean())),
)
_WHICH = {
    "member": _a.kind == "member",
    "project": and_(_a.kind == "project", _owner.is_not(None)),
    "endorsement": and_(_a.kind.in_((endorsements.KIND, "skill")), _is_word),
}
_ALL = {kind: select(activities).where(*_of_keys, which) for kind, which in _WHICH.items()}
_OF_PEOPLE = {kind: statement.where(_of_people) for kind, statement in _ALL.items()}
_KEYS = {
    kind: select(_a.key)
    .distinct()
    .where(_a.tenant_id == bindparam("tenant"), _a.undone_at.is_(None), _a.key != "", which)
    .order_by(_a.key)
    for kind, which in (_WHICH | {"endorsement": and_(_a.kind == endorsements.KIND, _a.verb == ACCEPT)}).items()
}
_ACCEPTED = select(_a.actor, _a.key).where(
    _a.tenant_id == bindparam("tenant"),
    _a.actor.in_(bindparam("people", expanding=True)),
    _a.kind == endorsements.KIND,
    _a.verb == ACCEPT,
    _a.facts["offer"].as_string() == bindparam("offer"),
)


def groups(tx: Transaction, said: Iterable[Activity]) -> set[Group]:
    """The groups in which these acts have a say, now or if they were taken back."""
    found: set[Group] = set()
    for act in said:
        match act.kind:
            case "member":
                found.add(Group("member", act.actor, act.key))
            case "project" if act.facts.get("owner"):
                found.add(Group("project", "", act.key))
            case "skill" if act.verb != "Add" or act.facts.get("wish"):
                found.add(Group("endorsement", act.actor, act.key))
            case "endorsement" if act.verb == ACCEPT:
                found.add(Group("endorsement", act.actor, act.key))
            case "endorsement" if act.verb == OFFER and act.to:
                rows = tx.all(_ACCEPTED, people=list(act.to), offer=act.id)
                found |= {Group("endorsement", row["actor"], row["key"]) for row in rows}
    return found


def of(tx: Transaction, wanted: Iterable[Group]) -> list[Activity]:
    """The acts of these groups that stand."""
    by_kind: dict[str, set[Group]] = {}
    for group in wanted:
        by_kind.setdefault(group.kind, set()).add(group)
    found: list[Activity] = []
    for kind, some in by_kind.items():
        keys, people = sorted({one.key for one in some}), sorted({one.person for one in some} - {""})
        rows = tx.all(_OF_PEOPLE[kind], keys=keys, people=people) if people else tx.all(_ALL[kind], keys=keys)
        found += (act for group, said in _grouped(kind, read(tx, rows)).items() if group in some for act in said)
    return _offered(tx, found)


def sources(tx: Transaction) -> Iterator[str]:
    """The ids of all acts that stand, some hundred projects or skills at a time."""
    for kind, statement in _KEYS.items():
        keys = [row["key"] for row in tx.all(statement)]
        for some_keys in parts(keys, IN_ONE):
            said = read(tx, tx.all(_ALL[kind], keys=some_keys))
            standing = (act for some in _grouped(kind, said).values() for act in some)
            yield from (act.id for act in _offered(tx, list(standing)))


def _grouped(kind: str, said: Iterable[Activity]) -> dict[Group, list[Activity]]:
    """What stands of each group."""
    found: dict[Group, list[Activity]] = {}
    for act in sorted(said, key=lambda act: (act.published, act.id)):
        found.setdefault(Group(kind, "" if kind == "project" else act.actor, act.key), []).append(act)
    stands = {"member": _joined, "project": _owning, "endorsement": _accepted}[kind]
    return {group: list(stands(some)) for group, some in found.items()}


def _joined(said: list[Activity]) -> Iterable[Activity]:
    """Of each audience the act since which a person is in it; what was said among few ends nothing for others."""
    standing: dict[str, Activity] = {}
    for act in said:
        if act.verb != "Leave":
            standing.setdefault(act.audience, act)
        elif act.audience == PUBLIC:
            standing.clear()
        else:
            standing.pop(act.audience, None)
    return standing.values()


def _owning(said: list[Activity]) -> Iterable[Activity]:
    """Of each audience the act since which somebody owns it; what everybody may know ends what few said before."""
    standing: dict[str, Activity] = {}
    for act in said:
        known = standing.get(act.audience)
        if act.audience == PUBLIC:
            standing.clear()
        same = known and known.facts["owner"] == act.facts["owner"]
        standing[act.audience] = known if known and same else act
    return standing.values()


def _accepted(said: list[Activity]) -> Iterable[Activity]:
    """Those accepted after the skill was removed last."""
    gone: datetime | None = max((act.published for act in said if act.kind == "skill"), default=None)
    return [act for act in said if act.kind != "skill" and (gone is None or act.published > gone)]


def _offered(tx: Transaction, found: list[Activity]) -> list[Activity]:
    """Without the endorsements whose offer was taken back."""
    offers = [str(act.facts.get("offer", "")) for act in found if act.kind == endorsements.KIND]
    known = {id for some in parts(offers, IN_ONE) for id in acts.of_ids(tx, some)}
    return [act for act in found if act.kind != endorsements.KIND or act.facts.get("offer") in known]
