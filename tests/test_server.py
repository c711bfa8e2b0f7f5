"""The HTTP server says whether it is alive and ready, and cuts nobody short."""

import asyncio
import socket
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from bot import server


@pytest.fixture
async def http():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as session:
        yield session


async def answer(http, url, method="GET"):
    async with http.request(method, url) as response:
        return response.status, await response.text()


def ready(is_ready):
    async def ask():
        return is_ready

    return ask


@asynccontextmanager
async def serving(application):
    with server.bound("127.0.0.1", 0) as listener:
        async with server.serving(listener, application):
            yield server.url(listener, "127.0.0.1")


async def test_whoever_is_ready_says_so(http):
    async with serving(server.ready_application(ready(True), [])) as url:
        assert await answer(http, f"{url}/healthz") == (200, "alive\n")
        assert await answer(http, f"{url}/readyz") == (200, "ready\n")


async def test_whoever_is_not_ready_is_alive_all_the_same(http):
    async with serving(server.ready_application(ready(False), [])) as url:
        assert await answer(http, f"{url}/healthz") == (200, "alive\n")
        assert await answer(http, f"{url}/readyz") == (503, "not ready\n")


async def test_a_database_that_does_not_answer_is_not_ready(http):
    async with serving(server.ready_application(asyncio.Event().wait, [], patience=0.05)) as url:
        assert await answer(http, f"{url}/readyz") == (503, "not ready\n")


async def test_while_the_database_is_away_platforms_are_asked_to_come_again(http):
    async with serving(server.waiting_application()) as url:
        assert await answer(http, f"{url}/healthz") == (200, "alive\n")
        assert (await answer(http, f"{url}/readyz"))[0] == 503
        assert (await answer(http, f"{url}/slack/events", "POST"))[0] == 503
        assert (await answer(http, f"{url}/api/messages", "POST"))[0] == 503


async def test_a_request_between_two_applications_is_answered_by_the_second(http):
    with server.bound("127.0.0.1", 0) as listener:
        async with server.serving(listener, server.waiting_application()):
            pass
        asked = asyncio.create_task(answer(http, f"{server.url(listener, '127.0.0.1')}/readyz"))
        await asyncio.sleep(0.05)
        async with server.serving(listener, server.ready_application(ready(True), [])):
            assert await asked == (200, "ready\n")


async def test_a_request_under_way_is_answered_before_the_end(http):
    begun = asyncio.Event()

    async def slow(_request):
        begun.set()
        await asyncio.sleep(0.3)
        return web.Response(text="done")

    async with serving(server.ready_application(ready(True), [web.post("/slow", slow)])) as url:
        asked = asyncio.create_task(answer(http, f"{url}/slow", "POST"))
        await begun.wait()

    assert await asked == (200, "done")


async def test_metrics_are_shown_on_their_own_port(http):
    async with serving(server.metrics_application()) as url:
        status, text = await answer(http, f"{url}/metrics")

        assert status == 200
        assert "process_cpu_seconds_total" in text
        assert (await answer(http, f"{url}/healthz"))[0] == 404


def test_a_port_that_is_taken_is_refused_in_a_sentence():
    with server.bound("127.0.0.1", 0) as first:
        port = first.getsockname()[1]

        with (
            pytest.raises(server.Unbound, match=f"cannot listen at 127.0.0.1, port {port}: .+"),
            server.bound("127.0.0.1", port),
        ):
            pass


def test_a_host_that_is_not_ours_is_refused_in_a_sentence():
    with pytest.raises(server.Unbound, match=r"cannot listen at 192\.0\.2\.1"), server.bound("192.0.2.1", 0):
        pass


@pytest.mark.skipif(not socket.has_ipv6, reason="there is no IPv6 here")
def test_an_address_of_six_parts_is_shown_in_brackets():
    with server.bound("::1", 0) as listener:
        assert server.url(listener, "::1") == f"http://[::1]:{listener.getsockname()[1]}"
