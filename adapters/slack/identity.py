"""Who Ristretto is in the workspace: asked when it connects, and again until Slack tells."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outcomes import attempt

log = structlog.get_logger()

FIRST, LONGEST = 2.0, 300.0
"""Seconds between two tries, doubled up to the second figure."""


class Identity(AsyncAuthorize):
    """Empty until Slack has told; nothing waits for it."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], datetime]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # Bolt's
        self._client = client
        self._now = now
        self.user = ""
        self.bot = ""
        self.team = ""
        self.url = ""

    async def ask(self) -> None:
        wait = FIRST
        while True:
            said = await attempt(self._client.auth_test(), self._now)
            if isinstance(said, dict):
                told = (str(said.get(key) or "") for key in ("user_id", "bot_id", "team_id", "url"))
                self.user, self.bot, self.team, self.url = told
                return
            log.warning("Slack has not said who we are", outcome=said)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST)

    async def __call__(self, **_: object) -> AuthorizeResult:
        """What Bolt asks at each request; it never costs a call, so that none is lost to a Slack that is away."""
        return AuthorizeResult(
            enterprise_id=None,
            team_id=self.team or None,
            bot_user_id=self.user or None,
            bot_id=self.bot or None,
            bot_token=self._client.token,
        )
