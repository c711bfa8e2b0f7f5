"""How an account on a platform becomes a person, the first time it is seen, and what is learnt of it later."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.errors import Refused
from bot.request import Account
from store import erasures, joining, people
from store.base import Transaction
from store.names import clean, fold
from store.people import Person

TOGETHER = 20
"""So many are looked up at once; whoever is mentioned after them one by one."""
_UNFIT = re.compile(r"[^a-z0-9._-]+")


def meet(
    tx: Transaction, account: Account, now: datetime, new_id: Callable[[], str], *, speaks: bool = False
) -> Person:
    """The person behind an account: known, joined by a verified mail, or new from what the payload says.

    Who asked to be forgotten comes back only where it is they who speak; else raises Refused.
    """
    found = people.of_account(tx, account.platform, account.id)
    if found:
        return found
    forgotten = _forgotten(tx, account)
    if forgotten and not speaks:
        raise Refused("privacy.gone")
    for trace in forgotten:
        erasures.lift(tx, trace)
    known = (people.of_account(tx, account.platform, other) for other in account.also)
    person = next(filter(None, known), None) or people.of_email(tx, account.email) or _new(tx, account, now, new_id)
    people.join_account(tx, person.id, account.platform, account.id, now)
    return replace(person, accounts=(*person.accounts, (account.platform, account.id)))


def meet_all(
    tx: Transaction, speaker: Account, others: tuple[Account, ...], now: datetime, new_id: Callable[[], str]
) -> tuple[Person, dict[tuple[str, str], Person]]:
    """Who speaks, and by platform and account those who are known already, all in one look."""
    here = [account.id for account in (speaker, *others[:TOGETHER]) if account.platform == speaker.platform]
    known = people.of_accounts(tx, speaker.platform, here)
    if speaker.id in known:
        return known[speaker.id], {(speaker.platform, id): person for id, person in known.items()}
    return meet(tx, speaker, now, new_id, speaks=True), {}  # which may change what was known of the others


def learn(tx: Transaction, account: Account, now: datetime, new_id: Callable[[], str]) -> Person | None:
    """Takes over what the platform says of an account's holder. What the person already has under a verified mail wins
    over a namesake that was made from a bare account. None, and nothing learnt, where they asked to be forgotten."""
    if is_forgotten(tx, account):
        return None
    person = meet(tx, account, now, new_id)
    for other in account.also:
        if people.of_account(tx, account.platform, other) is None:
            people.join_account(tx, person.id, account.platform, other, now)
    known = people.of_email(tx, account.email)
    if known and known.id != person.id:
        joining.join(tx, person, known)
        person = known
    _mark(tx, person, account, now)
    said = {
        "name": clean(account.name),
        "email": account.email.strip().lower(),
        "locale": account.locale,
        "timezone": account.timezone,
    }
    news = {field: value for field, value in said.items() if value and value != getattr(person, field)}
    if account.handle and person.handle != account.handle and _made_up(person, account):
        news["handle"] = _free(tx, _slug(account.handle))
    if news:
        people.change(tx, person.id, **news)
    return people.of_ids(tx, [person.id])[person.id]


def is_forgotten(tx: Transaction, account: Account) -> bool:
    """Whether its holder asked to be forgotten and has not said anything since."""
    forgotten = _forgotten(tx, account)
    found = people.of_account(tx, account.platform, account.id) if forgotten else None
    if found is None or not found.started_at:
        return bool(forgotten)
    for trace in forgotten:
        erasures.lift(tx, trace)
    return False


def _forgotten(tx: Transaction, account: Account) -> set[str]:
    mail = [erasures.mail_trace(account.email)] if account.email else []
    ids = (erasures.account_trace(account.platform, id) for id in (account.id, *account.also))
    return erasures.known(tx, [*mail, *ids])


def _mark(tx: Transaction, person: Person, account: Account, now: datetime) -> None:
    if (account.status == "left") != bool(person.left_at):
        people.leave(tx, person.id, now if account.status == "left" else None)
    if account.status == "bot" and not person.bot:
        people.mark_bot(tx, person.id)


def _made_up(person: Person, account: Account) -> bool:
    """Whether the handle was made from the bare account id because nothing better was known."""
    return person.handle.startswith(_slug(account.id)) or person.handle.startswith(_slug(account.name) or "?")


def _new(tx: Transaction, account: Account, now: datetime, new_id: Callable[[], str]) -> Person:
    name = clean(account.name) or clean(account.handle)
    handle = _free(tx, _slug(account.handle) or _slug(account.name) or _slug(account.id) or "someone")
    person = Person(
        id=new_id(),
        handle=handle,
        name=name or handle,
        email=account.email.strip().lower(),
        locale=account.locale,
        timezone=account.timezone,
    )
    return people.add(tx, person, now)


def _slug(text: str) -> str:
    return _UNFIT.sub("-", fold(text)).strip("-.")[:60]


def _free(tx: Transaction, handle: str) -> str:
    candidate, n = handle, 1
    while people.of_handles(tx, [candidate]):
        n += 1
        candidate = f"{handle}-{n}"
    return candidate
