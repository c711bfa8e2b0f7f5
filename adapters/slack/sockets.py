"""Socket Mode: the same deliveries over a connection that we open, for those who cannot be reached from outside."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from slack_bolt import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.front import Envelope, Malformed
from adapters.slack.listeners import QUIET


@asynccontextmanager
async def listening(
    token: str, client: AsyncWebClient, deliver: Callable[[Envelope], Awaitable[BoltResponse]]
) -> AsyncIterator[None]:
    """Connects in the background and again whenever the connection breaks."""

    async def on_request(socket: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        """Acknowledged once it is committed; otherwise Slack delivers it again."""
        try:
            answer = await deliver(Envelope(request.envelope_id, request.payload, request.retry_attempt or 0))
        except Malformed:
            answer = BoltResponse(status=200)
        if answer.status == 200:
            said = json.loads(answer.body) if answer.body else None
            await socket.send_socket_mode_response(SocketModeResponse(request.envelope_id, payload=said))

    socket = SocketModeClient(token, logger=QUIET, web_client=client)
    socket.proxy = client.proxy
    socket.socket_mode_request_listeners.append(on_request)
    connecting = asyncio.create_task(socket.connect())  # type: ignore[no-untyped-call]  # the SDK's
    try:
        yield
    finally:
        connecting.cancel()
        await asyncio.gather(connecting, return_exceptions=True)
        await socket.close()  # type: ignore[no-untyped-call]  # as above
