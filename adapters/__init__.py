"""One folder a platform: read (pure), draw (pure), send (network), connect (wiring)."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from aiohttp.web import RouteDef

    from bot.config import Settings
    from bot.core import Core
    from bot.delivery import Delivery


class Connected(Protocol):
    """A platform: where it calls us, and how it is written to."""

    @property
    def routes(self) -> "Sequence[RouteDef]": ...

    @property
    def delivery(self) -> "Delivery": ...


@asynccontextmanager
async def connect(
    settings: "Settings", core: "Core", now: Callable[[], datetime], *, listen: bool
) -> AsyncIterator[Mapping[str, Connected]]:
    """The platforms that are set up, by name; the others are not even imported. `listen`: they may call us."""
    platforms: dict[str, Connected] = {}
    async with AsyncExitStack() as stack:
        if settings.slack:
            from adapters import slack  # noqa: PLC0415

            platforms["slack"] = await stack.enter_async_context(slack.connect(settings, core, now, listen=listen))
        if settings.teams:
            from adapters import teams  # noqa: PLC0415

            platforms["teams"] = await stack.enter_async_context(teams.connect(settings, core, now, listen=listen))
        yield platforms
