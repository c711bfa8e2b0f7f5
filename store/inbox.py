"""The inbox: which requests were answered, and with what, so that a redelivery hears the first answer again."""

from datetime import datetime

from sqlalchemy import Column, Index, String, Text, bindparam, delete, func, insert, select

from store.base import Transaction, Utc, table
from store.people import accounts

inbox = table(
    "inbox",
    Column("id", String),
    Column("at", Utc, nullable=False),
    Column("answer", Text, nullable=False),
    Column("person", String, nullable=False, default=""),
    Index("ix_inbox_at", "tenant_id", "at"),
    key=("id",),
)

_here = inbox.c.tenant_id == bindparam("tenant")
_ANSWER = select(inbox.c.answer).where(_here, inbox.c.id == bindparam("id"))
_holder = select(accounts.c.person_id).where(
    accounts.c.tenant_id == bindparam("tenant"),
    accounts.c.platform == bindparam("on"),
    accounts.c.id == bindparam("account"),
)
_KEEP = insert(inbox).values(
    tenant_id=bindparam("tenant"),
    id=bindparam("request"),
    at=bindparam("moment"),
    answer=bindparam("said"),
    person=func.coalesce(_holder.scalar_subquery(), ""),
)
_FORGET = delete(inbox).where(_here, inbox.c.at < bindparam("before"))


def answer(tx: Transaction, id: str) -> str | None:
    """The answer given before, or None for a request not seen yet."""
    row = tx.one(_ANSWER, id=id)
    return row["answer"] if row else None


def keep(tx: Transaction, id: str, at: datetime, answer: str, who: tuple[str, str] = ("", "")) -> None:
    """`who`: platform and id of the account that asked; nobody's where it was erased by this very request.

    Raises IntegrityError where another replica has answered the same request meanwhile.
    """
    tx.run(_KEEP, request=id, moment=at, said=answer, on=who[0], account=who[1])


def forget(tx: Transaction, before: datetime) -> int:
    return tx.run(_FORGET, before=before)
