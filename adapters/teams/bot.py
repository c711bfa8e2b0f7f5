"""What the bot does with each kind of activity."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from botbuilder.core import Bot, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes

from adapters.teams.drawing import CARD, draw
from adapters.teams.fields import Json, text
from adapters.teams.incoming import Reader
from adapters.teams.roster import Roster
from bot.core import Core
from bot.reply import Reply


class TeamsBot(Bot):
    def __init__(self, core: Core, reader: Reader, roster: Roster, now: Callable[[], datetime]) -> None:
        self._core = core
        self._reader = reader
        self._roster = roster
        self._now = now
        self._turns: dict[str, Callable[[TurnContext, Json], Awaitable[None]]] = {
            "message": self._hear,
            "invoke": self._invoke,
            "installationUpdate": self._install,
            "conversationUpdate": self._install,
        }

    async def on_turn(self, context: TurnContext) -> None:
        turn = self._turns.get(context.activity.type)
        if turn:
            await turn(context, context.activity.additional_properties)

    async def _hear(self, _context: TurnContext, activity: Json) -> None:
        """The answer is in the outbox when this returns, and the delivery worker posts it."""
        request = self._reader.message(activity, self._now())
        if request:
            await self._core.handle(request)
            self._roster.meet(self._reader.contacts(activity, request))

    async def _invoke(self, context: TurnContext, activity: Json) -> None:
        body: Json = {}
        if text(activity, "name") == "adaptiveCard/action":
            request = self._reader.click(activity, self._now())
            body = _answer(await self._core.handle(request))
            self._roster.meet(self._reader.contacts(activity, request))
        answer = InvokeResponse(status=200, body=body)
        await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=answer))

    async def _install(self, _context: TurnContext, activity: Json) -> None:
        """Whoever opened a chat with the bot can be written to there once they have started."""
        found = self._reader.installer(activity)
        if found:
            contact, place = found
            await self._core.reach(self._reader.tenant, contact.account, place)
            self._roster.meet((contact,))


def _answer(reply: Reply) -> Json:
    """Puts the answer in the place of the card, for whoever clicked."""
    if not reply:
        return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": ""}
    return {"statusCode": 200, "type": CARD, "value": draw(reply)}
