"""Takes one message to its receiver: drawn, posted outside any transaction, and marked with what became of it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar, assert_never
from uuid import NAMESPACE_URL, uuid5

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import IntegrityError

from bot.core import Core
from bot.delivery import Address, Delivery, Outcome, Permanent, RetryAt, Sent, Uncertain
from bot.reply import Reply
from jobs.pace import Pace
from jobs.terms import STRANDED, UNREACHED, Terms, backoff, is_late
from store import StoreAway, people, sending
from store.base import Transaction
from store.outbox import REMOVAL
from store.sending import Claim

AWAY = 1.0
"""Seconds between two tries to reach a database."""

log = structlog.get_logger()
T = TypeVar("T")

COUNTED = Counter("ristretto_deliveries", "What became of messages", ["platform", "outcome"])


def nothing(_point: str) -> None:
    """What happens at each point of a message's way, unless a test plants something."""


def key(message: str) -> str:
    """A random name for a message, from its id, which a platform may keep beside it."""
    return str(uuid5(NAMESPACE_URL, message))


@dataclass(slots=True)
class Courier:
    """`rates`: messages a second, by platform, for one tenant; `reached(point)` is told of each step of the way."""

    core: Core
    deliveries: Mapping[str, Delivery]
    rates: Mapping[str, float]
    now: Callable[[], datetime]
    terms: Terms = field(default_factory=Terms)
    reached: Callable[[str], None] = nothing
    _posting: dict[Claim, Address] = field(default_factory=dict)
    _closed: dict[tuple[str, str], datetime] = field(default_factory=dict)
    _paces: dict[tuple[str, str], Pace] = field(default_factory=dict)
    _sharing: int = 1

    def share(self, workers: int) -> None:
        """So many workers send now, and keep the rate together."""
        self._sharing = max(workers, 1)
        for (_, platform), pace in self._paces.items():
            pace.rate = self._rate(platform)

    def is_posting(self, claim: Claim) -> bool:
        """Whether the platform may have it, and it is not known yet what became of it."""
        return claim in self._posting

    def forget(self, claim: Claim) -> None:
        """Nobody is busy with it any more."""
        self._posting.pop(claim, None)

    async def drop(self, claim: Claim, reason: str, *, fault: bool) -> None:
        """Lets go of a message on its way. `fault`: it counts as a try, so that one that always fails ends."""
        address = self._posting.get(claim)
        if address:
            await self.mark(claim, address, Uncertain(reason))
        else:
            await self._again(claim, self.now(), reason, claim.message.attempts + fault)

    async def carry(self, claim: Claim) -> None:
        """Sends one message and marks it. Where this ends early, `drop` it."""
        message = claim.message
        self.reached("claimed")
        if is_late(message, self.now()):
            await self._end(claim, "cancelled", "late")
            return
        drawn = await self.core.draw(claim.tenant, message)
        self.reached("drawn")
        if drawn is None:
            await self._end(claim, "cancelled", "not for this reader any more")
            return
        addresses = [address for address in drawn.addresses if address.platform in self.deliveries]
        if not addresses:
            await self._strand(claim)
            return
        for address in addresses:
            if not await self._begin(claim, address):
                return
            outcome = await self._post(claim, address, drawn.reply)
            if not await self._lost(claim, address, outcome):
                await self.mark(claim, address, outcome)
                return
        await self._end(claim, "dead", "unreachable")

    def is_idle(self, tenant: str, platform: str) -> bool:
        """Whether a post would not have to wait."""
        return platform in self.deliveries and self._pace(tenant, platform).is_idle()

    async def carry_on(self, claim: Claim, reply: Reply) -> None:
        """Sends an answer whose post has begun with its own transaction, and marks it. Where this ends early, `drop`
        it."""
        address = Address.of(claim.tenant, claim.message)
        self.reached("begun")
        await self._pace(claim.tenant, address.platform).turn(claim.message.lane)
        if not await self._is_held_back(claim, address):
            await self.mark(claim, address, await self._post(claim, address, reply))

    async def _begin(self, claim: Claim, address: Address) -> bool:
        """Waits for its turn, then says that it is being posted. False: it has been settled otherwise."""
        tenant, message = claim.tenant, claim.message
        await self._pace(tenant, address.platform).turn(message.lane)
        to = {name: getattr(address, name) for name in ("platform", "account", "place", "context")}

        def work(tx: Transaction) -> bool:
            now = self.now()
            paused = sending.paused(tx, address.platform, now)
            if paused:
                self._closed[tenant, address.platform] = paused
                sending.again(tx, message, paused, "the platform asked to wait", message.attempts)
                return False
            if sending.begin(tx, message, now, now + self.terms.lease, **to):
                return True
            sending.end(tx, message, "cancelled", "taken back")
            return False

        begun = await self.core.store.write(tenant, work)
        self.reached("begun")
        return begun and not await self._is_held_back(claim, address)

    async def _is_held_back(self, claim: Claim, address: Address) -> bool:
        """Whether the platform asked to wait while it was written that this one is being posted."""
        until = self._closed.get((claim.tenant, address.platform))
        if until is None or until <= self.now():
            return False
        await self._again(claim, until, "the platform asked to wait", claim.message.attempts)
        return True

    async def _post(self, claim: Claim, address: Address, reply: Reply) -> Outcome:
        message, delivery = claim.message, self.deliveries[address.platform]
        self._posting[claim] = address
        try:
            async with asyncio.timeout(self.terms.patience):
                if message.kind == REMOVAL:
                    outcome = await delivery.remove(address, message.provider_id)
                else:
                    outcome = await delivery.post(address, reply, message.kind, key(message.id))
        except TimeoutError:
            outcome = Uncertain("no answer in time")
        self.reached("posted")
        return outcome

    async def mark(self, claim: Claim, address: Address, outcome: Outcome) -> None:
        """Keeps what became of a message that was posted."""
        message, now = claim.message, self.now()
        self._count(address.platform, type(outcome).__name__.lower())
        match outcome:
            case Sent():
                await self._sent(claim, address, outcome)
            case RetryAt(at, bucket=True):
                await self._pause(claim.tenant, address.platform, at)
                await self._again(claim, at, "the platform asked to wait", message.attempts)
            case RetryAt(at):
                await self._again(claim, at, "the platform asked to try later", message.attempts + 1)
            case Permanent(reason):
                await self._end(claim, "dead", reason)
            case Uncertain(reason):
                look_at = now + self.terms.lease
                await self._write(claim, lambda tx: sending.doubt(tx, message, now, look_at, reason))
            case _:
                assert_never(outcome)
        self._posting.pop(claim, None)
        self.reached("marked")

    async def _sent(self, claim: Claim, address: Address, outcome: Sent) -> None:
        """Where a person's chat was opened by this very message, it is remembered."""
        now = self.now()

        def work(tx: Transaction) -> bool:
            if address.account and outcome.place and outcome.place != address.place:
                people.reach(tx, address.platform, address.account, outcome.place, address.context, now)
            return sending.sent(tx, claim.message, outcome.id, outcome.place, now, self.core.new_id)

        if not await self._write(claim, work):
            log.warning("sent after it was given to another worker", id=claim.message.id)

    async def _lost(self, claim: Claim, address: Address, outcome: Outcome) -> bool:
        """Whether this account is out of reach, so that the next one is tried."""
        if not (isinstance(outcome, Permanent) and outcome.unreachable and address.account):
            return False
        self._count(address.platform, "unreachable")
        await self._write(claim, lambda tx: people.lose(tx, address.platform, address.account))
        self._posting.pop(claim, None)
        return True

    async def _strand(self, claim: Claim) -> None:
        """Its receiver has no account where we can write: perhaps soon."""
        message, now = claim.message, self.now()
        if now - (message.due_at or message.created_at) > UNREACHED:
            await self._end(claim, "dead", "unreachable")
            return
        at = now + STRANDED
        await self._write(claim, lambda tx: sending.again(tx, message, at, "no address yet", message.attempts))

    async def _again(self, claim: Claim, at: datetime, reason: str, attempts: int) -> None:
        message, now = claim.message, self.now()
        if attempts >= self.terms.attempts:
            await self._end(claim, "dead", reason)
            return
        wait = backoff(attempts - 1) if attempts > message.attempts else timedelta()
        then = max(at, now + wait)
        await self._write(claim, lambda tx: sending.again(tx, message, then, reason, attempts))

    async def _end(self, claim: Claim, state: str, reason: str) -> None:
        await self._write(claim, lambda tx: sending.end(tx, claim.message, state, reason))

    async def _pause(self, tenant: str, platform: str, until: datetime) -> None:
        def work(tx: Transaction) -> None:
            sending.pause(tx, platform, until)

        self._closed[tenant, platform] = until
        try:
            await self.core.store.write(tenant, work)
        except IntegrityError:  # another worker was told the same in these very moments
            await self.core.store.write(tenant, work)

    async def _write(self, claim: Claim, work: Callable[[Transaction], T]) -> T:
        """What is known now must be kept: a database that is away is waited for as long as the message is ours."""
        for _ in range(int(self.terms.lease.total_seconds() / AWAY)):
            try:
                return await self.core.store.write(claim.tenant, work)
            except StoreAway:
                await asyncio.sleep(AWAY)
        return await self.core.store.write(claim.tenant, work)

    def _pace(self, tenant: str, platform: str) -> Pace:
        pace = self._paces.get((tenant, platform))
        if pace is None:
            pace = self._paces[tenant, platform] = Pace(self._rate(platform))
        return pace

    def _rate(self, platform: str) -> float:
        return self.rates.get(platform, 20.0) / self._sharing

    def _count(self, platform: str, outcome: str) -> None:
        COUNTED.labels(platform, outcome).inc()
