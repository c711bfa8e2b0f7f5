"""People, and the accounts under which platforms know them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Column, Index, String, Update, and_, bindparam, select, update

from store import evidence, namesakes
from store.activities import Activity
from store.base import Transaction, Utc, table
from store.names import fold
from store.statement import Row

people = table(
    "people",
    Column("id", String),
    Column("handle", String, nullable=False),
    Column("name", String, nullable=False),
    Column("folded", String, nullable=False),
    Column("email", String, nullable=False, default=""),
    Column("title", String, nullable=False, default=""),
    Column("titled_at", Utc),
    Column("team", String, nullable=False, default=""),
    Column("location", String, nullable=False, default=""),
    Column("locale", String, nullable=False, default=""),
    Column("timezone", String, nullable=False, default=""),
    Column("bot", Boolean, nullable=False, default=False),
    Column("joined_at", Utc, nullable=False),
    Column("started_at", Utc),
    Column("left_at", Utc),
    Index("uq_people_handle", "tenant_id", "handle", unique=True),
    Index("ix_people_folded", "tenant_id", "folded"),
    Index("ix_people_email", "tenant_id", "email"),
    Index("ix_people_title", "tenant_id", "title", "id"),
    key=("id",),
)

accounts = table(
    "accounts",
    Column("platform", String),
    Column("id", String),
    Column("person_id", String, nullable=False),
    Column("place", String, nullable=False, default=""),
    Column("context", String, nullable=False, default=""),
    Column("seen_at", Utc, nullable=False),
    Column("reachable", Boolean, nullable=False, default=True),
    Index("ix_accounts_person_id", "tenant_id", "person_id"),
    key=("platform", "id"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the tenant. `accounts`: pairs of platform and account id."""

    id: str
    handle: str
    name: str
    email: str = ""
    title: str = ""
    team: str = ""
    location: str = ""
    locale: str = ""
    timezone: str = ""
    bot: bool = False
    started_at: datetime | None = None
    left_at: datetime | None = None
    accounts: tuple[tuple[str, str], ...] = ()


LONGEST = namesakes.LONGEST
"""No name that is looked for has more characters."""
IN_ONE = 500
PROFILE = ("name", "email", "title", "team", "location", "locale", "timezone")
"""What a person may be described with, in the order of the people file."""

_p, _a = people.c, accounts.c
_columns = (
    *(_p.id, _p.handle, _p.name, _p.email, _p.title, _p.team, _p.location, _p.locale, _p.timezone),
    *(_p.bot, _p.started_at, _p.left_at, _a.platform, _a.id.label("account")),
)
_described = itemgetter(*(field for field in Person.__dataclass_fields__ if field != "accounts"))
_theirs = and_(_a.tenant_id == _p.tenant_id, _a.person_id == _p.id)
_joined = people.outerjoin(accounts, _theirs)
_here = _p.tenant_id == bindparam("tenant")
_select = select(*_columns).select_from(_joined).where(_here)

_OF_ACCOUNT = _select.where(
    _p.id
    == select(_a.person_id)
    .where(_a.tenant_id == bindparam("tenant"), _a.platform == bindparam("platform"), _a.id == bindparam("account"))
    .scalar_subquery()
)
_asked = accounts.alias("asked")
_OF_ACCOUNTS = (
    select(*_columns)
    .select_from(
        _asked.join(people, and_(_p.tenant_id == _asked.c.tenant_id, _p.id == _asked.c.person_id)).outerjoin(
            accounts, _theirs
        )
    )
    .where(
        _asked.c.tenant_id == bindparam("tenant"),
        _asked.c.platform == bindparam("platform"),
        _asked.c.id.in_(bindparam("accounts", expanding=True)),
    )
)
_OF_IDS = _select.where(_p.id.in_(bindparam("ids", expanding=True)))
_OF_HANDLES = _select.where(_p.handle.in_(bindparam("handles", expanding=True)))
_OF_EMAIL = _select.where(_p.email == bindparam("email"), _p.email != "")
_NAMED = _select.where(_p.id.in_(namesakes.HAVING))
_LOCK = select(_p.id).where(_here, _p.id.in_(bindparam("ids", expanding=True))).order_by(_p.id).with_for_update()
_MAILS = select(_p.id, _p.email).where(_here, _p.email != "")
_ALL = _select.order_by(_p.handle)
_CALL = select(_p.handle, _p.folded).where(_here, _p.id == bindparam("person"))
_HANDLES = select(_p.handle, _p.folded).where(_here, _p.left_at.is_(None))
_CALLED = _HANDLES.where(_p.id.in_(namesakes.HAVING_SOME))

_TITLES = select(_p.id, _p.title, _p.titled_at, _p.joined_at).where(_here, _p.title != "")
_TITLES_OF = _TITLES.where(_p.id.in_(bindparam("ids", expanding=True)))

_START = update(people).where(_here, _p.id == bindparam("person")).values(started_at=bindparam("at"))
_BOT = update(people).where(_here, _p.id == bindparam("person")).values(bot=True)
_LEAVE = update(people).where(_here, _p.id == bindparam("person")).values(left_at=bindparam("at"))


def of_account(tx: Transaction, platform: str, account: str) -> Person | None:
    return _first(tx.all(_OF_ACCOUNT, platform=platform, account=account))


def of_accounts(tx: Transaction, platform: str, accounts: Iterable[str]) -> dict[str, Person]:
    """Those behind these accounts of one platform, by account."""
    wanted = list(dict.fromkeys(accounts))
    found = _people(tx.all(_OF_ACCOUNTS, platform=platform, accounts=wanted))
    holders = {account: person for person in found for on, account in person.accounts if on == platform}
    return {account: holders[account] for account in wanted if account in holders}


def of_ids(tx: Transaction, ids: Iterable[str]) -> dict[str, Person]:
    wanted = list(dict.fromkeys(ids))
    return {person.id: person for person in _people(tx.all(_OF_IDS, ids=wanted))} if wanted else {}


def of_handles(tx: Transaction, handles: Iterable[str]) -> dict[str, Person]:
    wanted = list(dict.fromkeys(handles))
    return {person.handle: person for person in _people(tx.all(_OF_HANDLES, handles=wanted))} if wanted else {}


def of_email(tx: Transaction, email: str) -> Person | None:
    return _first(tx.all(_OF_EMAIL, email=email.strip().lower())) if email else None


def lock(tx: Transaction, ids: Iterable[str]) -> None:
    """Whoever else locks one of these waits until this transaction ends."""
    tx.all(_LOCK, ids=list(ids))


def of_mails(tx: Transaction) -> dict[str, str]:
    """Ids by mail, of all who have one."""
    return {row["email"]: row["id"] for row in tx.all(_MAILS)}


def everybody(tx: Transaction) -> list[Person]:
    return _people(tx.all(_ALL))


def named(tx: Transaction, name: str) -> list[Person]:
    """Those whom a name may mean: the handle or the whole name alone if one fits exactly, else all with that first or
    last name who are still here."""
    wanted = fold(name)
    if len(wanted) > LONGEST:
        return []
    if known := _people(tx.all(_OF_HANDLES, handles=[wanted])):
        return known
    some = sorted(_people(tx.all(_NAMED, part=wanted, size=len(wanted))), key=lambda person: person.handle)
    found = [(fold(person.name), person) for person in some]
    exact = [person for name, person in found if name == wanted]
    ends = (person for name, person in found if name.startswith(f"{wanted} ") or name.endswith(f" {wanted}"))
    return exact or [person for person in ends if person.left_at is None]


def called(tx: Transaction, parts: Iterable[str]) -> list[tuple[str, str]]:
    """Handle and folded name of those here who are found by one of these parts, by handle."""
    wanted = list(parts)
    some = (wanted[start : start + IN_ONE] for start in range(0, len(wanted), IN_ONE))
    found = (tx.all(_CALLED, parts=each, sizes=sorted(set(map(len, each)))) for each in some)
    return sorted({(row["handle"], row["folded"]) for rows in found for row in rows})


def handles(tx: Transaction) -> list[tuple[str, str]]:
    """Handle and folded name of everybody who is here, to look for the nearest."""
    return [(row["handle"], row["folded"]) for row in tx.all(_HANDLES)]


def add(tx: Transaction, person: Person, at: datetime) -> Person:
    row = {field: getattr(person, field) for field in ("id", "handle", "bot", "started_at", "left_at", *PROFILE)}
    folded = fold(person.name)
    tx.insert(people, {**row, "folded": folded, "joined_at": at, "titled_at": at if person.title else None})
    namesakes.keep(tx, person.id, person.handle, folded)
    evidence.add(tx, *([_titled(person.id, person.title, at)] if person.title else []))
    return person


def change(tx: Transaction, person: str, at: datetime | None = None, /, **values: str) -> None:
    """Sets some of PROFILE, or the handle. `at`: since when a title is theirs, if not since they are here."""
    new: dict[str, Any] = values | ({"folded": fold(values["name"])} if "name" in values else {})
    if "title" in values:
        new["titled_at"] = at
        evidence.remove(tx, *titles(tx, [person]))
    tx.run(_changing(*new), person=person, **{f"new_{name}": value for name, value in new.items()})
    evidence.add(tx, *(titles(tx, [person]) if "title" in values else ()))
    if values.keys() & {"name", "handle"} and (row := tx.one(_CALL, person=person)):
        namesakes.change(tx, person, row["handle"], row["folded"])


def titles(tx: Transaction, ids: Iterable[str] | None = None) -> list[Activity]:
    """What these people are, or everybody is, as if each had said so when it became theirs."""
    found = tx.all(_TITLES) if ids is None else tx.all(_TITLES_OF, ids=list(ids))
    return [_titled(row["id"], row["title"], row["titled_at"] or row["joined_at"]) for row in found]


def _titled(person: str, title: str, at: datetime) -> Activity:
    return Activity(f"urn:ristretto:title:{person}", at, person, "Add", "title", "title", title)


@cache
def _changing(*names: str) -> Update:
    return update(people).where(_here, _p.id == bindparam("person")).values({n: bindparam(f"new_{n}") for n in names})


def start(tx: Transaction, person: str, at: datetime) -> None:
    """From now on Ristretto may write to this person."""
    tx.run(_START, person=person, at=at)


def mark_bot(tx: Transaction, person: str) -> None:
    tx.run(_BOT, person=person)


def leave(tx: Transaction, person: str, at: datetime | None) -> None:
    tx.run(_LEAVE, person=person, at=at)


def join_account(tx: Transaction, person: str, platform: str, account: str, at: datetime) -> None:
    tx.insert(accounts, {"platform": platform, "id": account, "person_id": person, "seen_at": at})


def _people(rows: list[Row]) -> list[Person]:
    described = {row["id"]: row for row in rows}
    pairs: dict[str, set[tuple[str, str]]] = {id: set() for id in described}
    for row in rows:
        if row["account"] is not None:
            pairs[row["id"]].add((row["platform"], row["account"]))
    return [_person(row, tuple(sorted(pairs[id]))) for id, row in described.items()]


def _first(rows: list[Row]) -> Person | None:
    return next(iter(_people(rows)), None)


def _person(row: Row, known: tuple[tuple[str, str], ...]) -> Person:
    return Person(*(*_described(row), known))


_REACH = (
    update(accounts)
    .where(_a.tenant_id == bindparam("tenant"), _a.platform == bindparam("on"), _a.id == bindparam("account"))
    .values(place=bindparam("chat"), context=bindparam("kept"), seen_at=bindparam("at"), reachable=True)
)
_CHATS = (
    select(accounts)
    .where(_a.tenant_id == bindparam("tenant"), _a.person_id == bindparam("person"), _a.reachable)
    .order_by(_a.seen_at.desc(), _a.platform)
)


def reach(tx: Transaction, platform: str, account: str, place: str, context: str, at: datetime) -> None:
    """Keeps the one-to-one chat in which this account was just heard."""
    tx.run(_REACH, on=platform, account=account, chat=place, kept=context, at=at)


def chats(tx: Transaction, person: str) -> list[Row]:
    """The person's reachable accounts, the one used last first: platform, id, place, context."""
    return tx.all(_CHATS, person=person)


_LOSE = (
    update(accounts)
    .where(_a.tenant_id == bindparam("tenant"), _a.platform == bindparam("on"), _a.id == bindparam("account"))
    .values(reachable=False)
)


def lose(tx: Transaction, platform: str, account: str) -> None:
    """Nothing reaches this account any more, until it is heard again."""
    tx.run(_LOSE, on=platform, account=account)
