"""The SDK's cloud adapter with its HTTP side put right: honest status codes, bodies for invokes, no 5xx of its own."""

from typing import Any

from aiohttp import web
from botbuilder.core import Bot, InvokeResponse
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ConversationAccount

from adapters.teams import body
from adapters.teams.auth import Forbidden, TeamsAuth
from adapters.teams.fields import Json, encode, text
from adapters.teams.incoming import Unreadable
from store import StoreAway


class TeamsAdapter(CloudAdapter):
    def __init__(self, auth: TeamsAuth) -> None:
        super().__init__(auth)
        self._auth = auth

    async def process(self, request: web.Request, bot: Bot, ws_response: Any = None) -> web.Response:  # noqa: ARG002
        activity = envelope(await body.read(request))
        if not activity.type:
            raise web.HTTPBadRequest
        try:
            caller = await self._auth.authenticate_request(activity, request.headers.get("Authorization", ""))
        except Forbidden as error:
            raise web.HTTPForbidden from error
        except PermissionError as error:
            raise web.HTTPUnauthorized from error
        try:
            return _response(await self.process_activity(caller, activity, bot.on_turn))
        except Unreadable as error:
            raise web.HTTPBadRequest from error
        except StoreAway as error:
            raise web.HTTPServiceUnavailable from error  # so that Teams tries again


def envelope(posted: Json) -> Activity:
    """As much of the activity as the SDK looks at, and the whole of it as it was posted. The SDK's own reading fails on
    what it does not know, and loses the fields of entities."""
    activity = Activity(
        type=text(posted, "type"),
        id=text(posted, "id"),
        name=text(posted, "name"),
        channel_id=text(posted, "channelId"),
        service_url=text(posted, "serviceUrl"),
        conversation=ConversationAccount(id=text(posted, "conversation", "id")),
    )
    activity.additional_properties = posted
    return activity


def _response(result: InvokeResponse | None) -> web.Response:
    if result is None:
        return web.Response()
    return web.json_response(text=encode(result.body).decode(), status=result.status)
