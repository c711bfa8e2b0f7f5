"""The calendar: what is due by the clock, without anybody asking."""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from bot.core import Core
from bot.feature import Tick
from store import StoreAway, forgetting, inbox
from store.base import Transaction
from store.tenants import tenants

log = structlog.get_logger()

BATCH = 100
"""Things done in one transaction, so that nobody's answer waits long behind them."""
REMEMBERED = timedelta(days=7)
"""How long an answer is kept for a redelivery."""


async def tick(core: Core, now: datetime) -> int:
    """Does everything that is due by the clock, in every tenant; says how many things. Raises StoreAway."""
    ticks = [work for feature in core.features for work in feature.ticks]
    return sum([await _exhaust(core, now, tenant, work) for tenant in await _tenants(core) for work in ticks])


async def _exhaust(core: Core, now: datetime, tenant: str, work: Tick) -> int:
    total = 0
    while done := await core.store.write(tenant, lambda tx: work(tx, now, core.company, core.new_id, BATCH)):
        total += done
    return total


async def _tenants(core: Core) -> list[str]:
    return await core.store.read("", tenants)


async def forget(core: Core, now: datetime) -> None:
    """Drops answers that no platform will ask for again. Raises StoreAway."""

    def drop(tx: Transaction) -> None:
        inbox.forget(tx, now - REMEMBERED)
        forgetting.drop_answers(tx, now - REMEMBERED)

    for tenant in await _tenants(core):
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
