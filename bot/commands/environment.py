"""From the environment and a command's options to what the command needs."""

import asyncio
import secrets
import sys
from collections.abc import Coroutine, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bot.commands.stop import Stop

if TYPE_CHECKING:
    from bot.commands.opening import Opening
    from bot.config import Settings

T = TypeVar("T")
FRESH = {"RISTRETTO_DATABASE_URL": "sqlite://"}
"""For a command that makes a database of its own: whatever is set does not count."""


def settings(environ: Mapping[str, str]) -> "Settings":
    """Raises Stop with all that is wrong."""
    from bot.config import Misconfigured, Settings

    try:
        return Settings.read(environ)
    except Misconfigured as wrong:
        raise Stop("\n".join(map(str, wrong.problems))) from wrong


def opening(environ: Mapping[str, str], now: str, tenant: str, *, fresh: bool = False) -> "Opening":
    """How to open the core. `now`: the time it shall be, empty for the clock's; `tenant`: empty for the only one."""
    from bot import logs
    from bot.commands.opening import Opening
    from bot.company import Company
    from store import tenants

    chosen = settings({**environ, **FRESH} if fresh else environ)
    logs.configure(chosen.log_level, sys.stderr, chosen.secrets)
    at = _time(now) if now else None
    return Opening(
        url=chosen.database_url,
        tenant=tenant or tenants.only(chosen.database_url) or chosen.tenant,
        company=Company(chosen.locale, chosen.timezone),
        now=lambda: at or datetime.now(UTC),
        random_bits=secrets.randbits,
    )


def wait(work: Coroutine[Any, Any, T]) -> T:
    """Runs a command to its end."""
    return asyncio.run(work)


def _time(said: str) -> datetime:
    try:
        at = datetime.fromisoformat(said)
    except ValueError as error:
        raise Stop(f"{said} is not a time. Try 2026-03-02T09:00:00+01:00") from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)
