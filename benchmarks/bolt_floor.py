"""A floor: a bare Bolt that acknowledges a command and does nothing."""

import os
import re

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.floor import serve

# what is left out here, Bolt would read from the environment
client = AsyncWebClient(os.environ.pop("SLACK_BOT_TOKEN"), os.environ["SLACK_API_URL"])
app = AsyncApp(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], process_before_response=True)


@app.command(re.compile("/(kudos|whoknows)"))
async def acknowledge(ack: AsyncAck) -> None:
    await ack()


async def events(request: web.Request) -> web.StreamResponse:
    return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))


if __name__ == "__main__":
    serve("/slack/events", events)
