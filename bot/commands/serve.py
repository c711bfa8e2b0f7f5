"""`ristretto serve`: answers Slack and Teams and sends what is due, until it is told to stop."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Literal

from bot import logs
from bot.commands.stop import Stop, warn
from bot.config import Settings
from bot.server import Unbound

Role = Literal["all", "web", "worker"]
Run = Callable[[Settings, Role], Coroutine[Any, Any, None]]

SLACK_OFF = "Slack is off: it needs SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET, or with SLACK_APP_TOKEN for Socket Mode."
TEAMS_OFF = "Microsoft Teams is off: it needs MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId."
NO_PLATFORM = (
    "There is nothing to serve: set up Slack, Microsoft Teams or both. `ristretto doctor` checks the settings."
)


def serve(settings: Settings, role: Role, run: Run) -> None:
    """Returns after SIGTERM or SIGINT. `run` is the composition root. Raises Stop where it cannot start."""
    for is_on, sentence in ((settings.slack, SLACK_OFF), (settings.teams, TEAMS_OFF)):
        if not is_on:
            warn(sentence)
    if not (settings.slack or settings.teams):
        raise Stop(NO_PLATFORM)
    logs.configure(settings.log_level, sys.stderr, settings.secrets)
    try:
        with suppress(asyncio.CancelledError), asyncio.Runner(loop_factory=_new_loop) as runner:
            runner.run(run(settings, role))
    except Unbound as error:
        raise Stop(f"{error}. Choose another HOST or PORT.") from error


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415  # not to be had everywhere, and never needed
    except ImportError:
        return asyncio.new_event_loop()
    return uvloop.new_event_loop()
