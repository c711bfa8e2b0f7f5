"""What becomes of a message of which it is not known whether it arrived: looked for where the platform can tell, else
sent once more or left in doubt, by what it is."""

import asyncio
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.delivery import Address, Outcome, RetryAt, Sent, Uncertain
from jobs.courier import Courier, key
from jobs.terms import DIGESTS, is_late
from store import sending
from store.base import Transaction
from store.outbox import REMOVAL, Message
from store.sending import Claim


@runtime_checkable
class Finder(Protocol):
    """A delivery that can look for a message."""

    async def found(self, address: Address, key: str, since: datetime) -> Outcome | None:
        """The message, None where it surely never arrived, or why that cannot be told."""
        ...


async def settle(courier: Courier, claim: Claim) -> None:
    """Looks once for a message in doubt, and decides."""
    message, address = claim.message, _address(claim)
    delivery = courier.deliveries.get(address.platform)
    if delivery is None:
        return  # its platform is off: the next look comes when this one's lease is over
    told: Outcome | bool | None = False
    if message.kind != REMOVAL and isinstance(delivery, Finder):
        async with asyncio.timeout(courier.terms.patience):
            told = await delivery.found(address, key(message.id), message.tried_at or message.created_at)
    courier.reached("looked")
    if isinstance(told, Sent):
        await courier.mark(claim, address, told)
        return

    await courier.core.store.write(claim.tenant, lambda tx: _decide(tx, courier, message, told))


def _decide(tx: Transaction, courier: Courier, message: Message, told: Outcome | bool | None) -> None:
    """`told`: what the platform said of it, None where it surely never arrived, False where it cannot be asked."""
    now = courier.now()
    if told is None:
        sending.again(tx, message, now, "it never arrived", message.attempts)
    elif isinstance(told, RetryAt) and not is_late(message, now):
        sending.doubt(tx, message, now, told.at, message.reason)
    elif _is_sent_once_more(message):
        sending.again(tx, message, now, "sent once more, as it may not have arrived", message.attempts)
    elif isinstance(told, Uncertain) and not is_late(message, now):
        since = message.uncertain_since or now
        sending.doubt(tx, message, now, now + max(courier.terms.lease, now - since), message.reason)
    else:
        sending.doubt(tx, message, now, None, message.reason)


def _is_sent_once_more(message: Message) -> bool:
    """A digest that comes twice is worse than one that may have come; an answer that is missing is worse than two."""
    if message.kind == REMOVAL:
        return not message.was_resent  # taking away twice does no harm
    return message.lane < DIGESTS and not message.was_resent and message.retracted_at is None


def _address(claim: Claim) -> Address:
    """Where the message was sent."""
    message = claim.message
    return Address(
        claim.tenant,
        message.via or message.platform,
        account=message.account,
        place=message.provider_place or message.place,
        thread=message.thread,
        only_for=message.only_for,
        context=message.context,
    )
