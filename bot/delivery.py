"""What an adapter does for the delivery worker: post a reply at an address, and say honestly what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from bot.reply import Reply
from store.outbox import Message
from store.sending import Claim, Lease


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes. `place` is empty for a person whose one-to-one chat is not known yet; `only_for` is the one
    account that may see it there (empty: everybody in the place); `context` is what the platform asked us to keep."""

    tenant: str
    platform: str
    account: str = ""
    place: str = ""
    thread: str = ""
    only_for: str = ""
    context: str = ""

    @classmethod
    def of(cls, tenant: str, message: Message) -> Self:
        """The place that a message names."""
        where = {"place": message.place, "thread": message.thread, "only_for": message.only_for}
        return cls(tenant, message.platform, context=message.context, **where)


@dataclass(frozen=True, slots=True)
class Sent:
    """`id` is the platform's name of the message; `place` is where it landed, to be remembered."""

    id: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class RetryAt:
    """Surely not delivered; `bucket` tells the worker that everything for this tenant and platform must wait."""

    at: datetime
    bucket: bool = False


@dataclass(frozen=True, slots=True)
class Permanent:
    """Never deliverable; `unreachable`: nothing else will reach this receiver either."""

    reason: str
    unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Uncertain:
    """The platform may or may not have it."""

    reason: str


Outcome = Sent | RetryAt | Permanent | Uncertain


class Delivery(Protocol):
    async def post(self, address: Address, reply: Reply, kind: str, key: str) -> Outcome:
        """`kind` names the message (`kudos.received`), `key` is a random id that the platform may keep beside it."""
        ...

    async def remove(self, address: Address, message: str) -> Outcome:
        """Takes a message of ours away."""
        ...


class Dispatcher(Protocol):
    """The delivery worker of this very process. It posts an answer as soon as that is committed, so that nobody has to
    look for it."""

    def reserve(self, tenant: str, platform: str) -> Lease | None:
        """Room for one answer, until `dispatch`; None where it must wait to be claimed."""
        ...

    def dispatch(self, claim: Claim | None, reply: Reply) -> None:
        """Posts what was written under a lease and is committed now. None: nothing was."""
        ...
