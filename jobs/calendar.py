"""The calendar: what is due by the clock, without anybody asking."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.features.digest.queueing import queue_due
from store import StoreAway, forgetting, inbox
from store.base import Transaction
from store.tenants import tenants

log = structlog.get_logger()

BATCH = 100
"""Digests queued in one transaction, so that nobody's answer waits long behind them."""
REMEMBERED = timedelta(days=7)
"""How long an answer is kept for a redelivery."""


async def tick(core: Core, now: datetime) -> int:
    """Queues every digest that is due, in every tenant; says how many. Raises StoreAway."""

    def queue(tx: Transaction) -> int:
        return queue_due(tx, now, core.company, core.new_id, BATCH)

    total = 0
    for tenant in await core.store.read("", tenants):
        while queued := await core.store.write(tenant, queue):
            total += queued
    return total


async def forget(core: Core, now: datetime) -> None:
    """Drops answers that no platform will ask for again. Raises StoreAway."""

    def drop(tx: Transaction) -> None:
        inbox.forget(tx, now - REMEMBERED)
        forgetting.drop_answers(tx, now - REMEMBERED)

    for tenant in await core.store.read("", tenants):
        await core.store.write(tenant, drop)


async def attend(core: Core, now: Callable[[], datetime]) -> None:
    """A tick by the clock; what a database that is away makes it miss, the next one does."""
    try:
        await tick(core, now())
    except StoreAway:
        log.warning("the database is away")


async def tidy(core: Core, now: Callable[[], datetime]) -> None:
    try:
        await forget(core, now())
    except StoreAway:
        log.warning("the database is away")
