"""What an adapter does for the delivery worker: post a reply at an address, and say honestly what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.reply import Reply


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
