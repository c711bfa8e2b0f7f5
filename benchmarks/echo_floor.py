"""A floor: the Bot Framework's echo as it is shipped, without authentication."""

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication

from benchmarks.floor import serve


class Echo(ActivityHandler):
    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(f"Echo: {turn_context.activity.text}")


adapter, bot = CloudAdapter(ConfigurationBotFrameworkAuthentication(object())), Echo()


async def messages(request: web.Request) -> web.StreamResponse:
    return await adapter.process(request, bot) or web.Response()


if __name__ == "__main__":
    serve("/api/messages", messages)
