"""`serve` in a process of its own: it says what it does, waits for its database, and ends when told."""

import asyncio
import os
import re
import signal
import socket
import sqlite3
import sys
from contextlib import asynccontextmanager, suppress

import aiohttp
import pytest
from databases import new_database
from sqlalchemy import make_url

from bot import server

DRIVER = """
import os, sys
from bot.commands.stop import Stop
from bot.commands.serve import serve
from bot.config import Settings
from bot.main import run
try:
    serve(Settings.read(os.environ), sys.argv[1], run)
except Stop as stop:
    sys.stderr.write(stop.sentence)
    raise SystemExit(stop.code)
"""
NOWHERE = "http://127.0.0.1:9/"
SLACK = {"SLACK_SIGNING_SECRET": "canary-signing", "SLACK_BOT_TOKEN": "xoxb-canary", "SLACK_API_URL": NOWHERE}
PLAYGROUND = {"TEAMS_PLAYGROUND": "1"}


@pytest.fixture
async def http():
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=90)) as session:
        yield session


async def answer(http, url, method="GET"):
    async with http.request(method, url) as response:
        return response.status, await response.text()


async def until(http, url, status):
    """Asks until the status is this one."""
    async with asyncio.timeout(90):
        while True:
            if (await answer(http, url))[0] == status:
                return
            await asyncio.sleep(0.1)


@asynccontextmanager
async def process(folder, environ, role="web"):
    """`ristretto serve` in a process of its own."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        DRIVER,
        role,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PORT": "0", "LOG_LEVEL": "DEBUG"} | environ,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield running
    finally:
        with suppress(ProcessLookupError):
            running.kill()
        await running.wait()


async def listening(running):
    line = (await asyncio.wait_for(running.stdout.readline(), 90)).decode()
    assert re.fullmatch(r"listening on http://127\.0\.0\.1:[1-9]\d*\n", line), (line, await running.stderr.read())
    return line.removeprefix("listening on ").strip()


async def metrics(running):
    """Where the log says that they are."""
    async with asyncio.timeout(90):
        while line := (await running.stderr.readline()).decode():
            if found := re.search(r"metrics on (http://127\.0\.0\.1:[1-9]\d*/metrics)", line):
                return found[1]
    raise AssertionError("nothing was said of metrics")


async def ended(running):
    """Exit code, standard output and standard error."""
    out, err = await asyncio.wait_for(running.communicate(), 90)
    assert "canary" not in (out + err).decode()
    return running.returncode, out.decode(), err.decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_serve_is_ready_once_it_says_so_and_ends_when_told(tmp_path, http, number):
    async with process(tmp_path, SLACK | PLAYGROUND) as running:
        url = await listening(running)
        answers = [await answer(http, f"{url}/{path}") for path in ("healthz", "readyz")]
        refused = [(await answer(http, f"{url}/{path}", "POST"))[0] for path in ("slack/events", "api/messages")]
        running.send_signal(number)
        code, out, err = await ended(running)

    assert answers == [(200, "alive\n"), (200, "ready\n")]
    assert all(400 <= status < 500 for status in refused)
    assert (code, out) == (0, "")
    assert "Traceback" not in err
    assert (tmp_path / "ristretto.db").exists()


async def test_a_platform_that_is_off_is_named_and_not_served(tmp_path, http):
    async with process(tmp_path, SLACK) as running:
        url = await listening(running)
        status, _ = await answer(http, f"{url}/api/messages", "POST")
        running.terminate()
        _, _, err = await ended(running)

    assert status == 404
    assert err.startswith("Microsoft Teams is off: it needs MicrosoftAppId, MicrosoftAppPassword and Microsoft")
    assert "Slack is off" not in err


async def test_metrics_have_their_port_beside_the_server(tmp_path, http):
    async with process(tmp_path, SLACK | {"METRICS_PORT": "0"}) as running:
        await listening(running)
        url = await metrics(running)
        status, text = await answer(http, url)
        running.terminate()
        code, _, _ = await ended(running)

    assert (status, code) == (200, 0)
    assert "process_cpu_seconds_total" in text
    assert "canary" not in text


async def test_nothing_to_serve_is_said_and_nothing_is_done(tmp_path):
    async with process(tmp_path, {}) as running:
        code, out, err = await ended(running)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("There is nothing to serve: set up Slack, Microsoft Teams or both.")
    assert list(tmp_path.iterdir()) == []


async def test_a_port_that_is_taken_ends_serve_in_a_sentence(tmp_path):
    with server.bound("127.0.0.1", 0) as first:
        port = str(first.getsockname()[1])
        async with process(tmp_path, SLACK | {"PORT": port}) as running:
            code, out, err = await ended(running)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith(f"cannot listen at 127.0.0.1, port {port}: ")


async def test_a_database_newer_than_the_code_is_refused_in_a_sentence(tmp_path):
    with sqlite3.connect(tmp_path / "ristretto.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()

    async with process(tmp_path, SLACK) as running:
        code, out, err = await ended(running)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("The database was made by a newer Ristretto")


async def test_a_database_file_that_cannot_be_opened_ends_serve_in_a_sentence(tmp_path):
    async with process(tmp_path, SLACK | {"RISTRETTO_DATABASE_URL": "sqlite:///no-folder/ristretto.db"}) as running:
        code, out, err = await ended(running)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1].startswith("The database cannot be reached")


async def test_no_secret_is_printed_at_debug(tmp_path, http):
    environ = SLACK | {"LOG_LEVEL": "DEBUG", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "canary-client"}
    async with process(tmp_path, environ) as running:
        url = await listening(running)
        await answer(http, f"{url}/slack/events", "POST")
        await asyncio.sleep(0.5)
        running.terminate()
        code, out, err = await ended(running)

    assert code == 0
    assert "canary" not in out + err


class Line:
    """The way to a PostgreSQL, over a port of our own that can be cut."""

    def __init__(self, target):
        self._target = target
        self._open: set[asyncio.Task[None]] = set()
        self._is_cut = True
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._carry, sock=self._socket)
        return self

    async def __aexit__(self, *_):
        self._server.close()
        await self.cut()

    def join(self):
        self._is_cut = False

    async def cut(self):
        self._is_cut = True
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _carry(self, reader, writer):
        if self._is_cut:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        there, back = await asyncio.open_unix_connection(self._target)
        with suppress(asyncio.CancelledError, OSError):
            await asyncio.gather(_pump(reader, back), _pump(there, writer))
        for end in (writer, back):
            end.close()
        self._open.discard(task)


async def _pump(reader, writer):
    while chunk := await reader.read(65536):
        writer.write(chunk)
        await writer.drain()
    writer.close()


async def test_serve_waits_for_its_database_and_comes_back_when_it_does(tmp_path, http, postgres_server):
    url = make_url(new_database(postgres_server, f"serve{os.getpid()}"))
    line = Line(f"{url.query['host']}/.s.PGSQL.5432")
    here = url.set(host="127.0.0.1", port=line.port, query={}).render_as_string(hide_password=False)

    async with line, process(tmp_path, SLACK | {"RISTRETTO_DATABASE_URL": here}) as running:
        there = await listening(running)
        before = [(await answer(http, f"{there}/{path}"))[0] for path in ("healthz", "readyz", "slack/events")]
        line.join()
        await until(http, f"{there}/readyz", 200)
        await line.cut()
        await until(http, f"{there}/readyz", 503)
        line.join()
        await until(http, f"{there}/readyz", 200)
        running.terminate()
        code, out, err = await ended(running)

    assert before == [200, 503, 503]
    assert (code, out) == (0, "")
    assert "The database cannot be reached yet" in err


async def test_a_signal_while_the_database_is_awaited_ends_serve(tmp_path):
    async with process(tmp_path, SLACK | {"RISTRETTO_DATABASE_URL": "postgresql://127.0.0.1:9/nobody"}) as running:
        await listening(running)
        running.terminate()
        code, _, err = await ended(running)

    assert code == 0
    assert "Traceback" not in err
