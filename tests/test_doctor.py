"""The doctor names every variable, says what to do, repeats no secret and asks the platforms only when told to."""

import asyncio
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot import server
from bot.commands.doctor import doctor
from bot.config import variables
from bot.main import opening

SLACK = {"SLACK_SIGNING_SECRET": "canary-signing", "SLACK_BOT_TOKEN": "xoxb-canary"}
TEAMS = {"MicrosoftAppId": "app", "MicrosoftAppPassword": "canary-password", "MicrosoftAppTenantId": "home"}


@pytest.fixture
def examine(tmp_path, capsys):
    """Runs the doctor on an environment whose database is in a folder of its own."""

    def run(environ, **options):
        code = doctor({"RISTRETTO_DATABASE_URL": f"sqlite:///{tmp_path}/r.db"} | environ, opening, **options)
        return code, capsys.readouterr().out

    return run


def states(out):
    """Name to state."""
    return {line.split()[1]: line.split()[0] for line in out.splitlines()}


def advice(out, name):
    return next(line.split(None, 2)[2] for line in out.splitlines() if line.split()[1] == name)


def test_every_variable_is_named(examine):
    _, out = examine({})

    assert list(states(out)) == [*variables(), "slack", "teams", "database", "deliveries"]


def test_a_platform_without_settings_is_off_and_nothing_is_to_be_fixed(examine):
    code, out = examine({})

    found = states(out)
    assert code == 0
    assert (found["slack"], found["teams"], found["database"], found["SLACK_BOT_TOKEN"]) == ("off", "off", "ok", "off")
    assert advice(out, "slack") == (
        "to switch it on, set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET, or with SLACK_APP_TOKEN for Socket Mode"
    )
    assert advice(out, "PORT") == "not set, so it is 8080"


def test_a_platform_with_its_settings_is_on(examine):
    code, out = examine(SLACK | TEAMS)

    found = states(out)
    assert code == 0
    assert (found["slack"], found["teams"], found["SLACK_BOT_TOKEN"], found["MicrosoftAppId"]) == ("ok",) * 4


def test_what_is_wrong_is_to_be_fixed_and_the_rest_is_examined_all_the_same(examine):
    code, out = examine({"PORT": "x", "SLACK_SIGNING_SECRET": "canary"})

    found = states(out)
    assert code == 1
    assert {name for name, state in found.items() if state == "fix"} == {"PORT", "SLACK_BOT_TOKEN", "slack"}
    assert advice(out, "PORT") == "must be a number from 1 to 65535, or 0 for any free port"
    assert found["database"] == "ok"


def test_no_secret_is_repeated(examine):
    _, out = examine(SLACK | TEAMS | {"RISTRETTO_DATABASE_URL": "postgresql://bot:canary@127.0.0.1:9/r", "PORT": "x"})

    assert "canary" not in out
    assert states(out)["database"] == "fix"


def test_a_database_of_another_version_is_to_be_fixed(examine, tmp_path):
    with sqlite3.connect(tmp_path / "r.db") as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES ('9999')")
    database.close()

    code, out = examine({})

    assert (code, states(out)["database"]) == (1, "fix")


def test_json_has_one_object_a_check(examine):
    code, out = examine({"PORT": "x"}, as_json=True)

    checks = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert {tuple(check) for check in checks} == {("state", "name", "advice")}
    assert [check for check in checks if check["state"] == "fix"] == [
        {"state": "fix", "name": "PORT", "advice": "must be a number from 1 to 65535, or 0 for any free port"}
    ]


@asynccontextmanager
async def platforms(answers):
    """Slack and Microsoft on loopback, with one answer a path."""

    async def answer(request):
        body = await request.post()
        secret = body.get("client_secret") or request.headers.get("Authorization", "").removeprefix("Bearer ")
        said = answers[request.path]
        return web.json_response({"error": "refused"} if secret and "canary" not in secret else said)

    application = web.Application()
    application.router.add_route("*", "/{rest:.*}", answer)
    with server.bound("127.0.0.1", 0) as listener:
        async with server.serving(listener, application):
            url = server.url(listener, "127.0.0.1")
            yield (
                SLACK
                | TEAMS
                | {
                    "SLACK_API_URL": f"{url}/api/",
                    "TEAMS_OPENID_METADATA_URL": f"{url}/openid",
                    "TEAMS_TOKEN_URL": f"{url}/token",
                }
            )


async def live(examine, answers):
    async with platforms(answers) as environ:
        return await asyncio.to_thread(examine, environ, live=True)


async def test_platforms_that_answer_are_well(examine):
    answers = {
        "/api/auth.test": {"ok": True, "team": "Café"},
        "/openid": {"jwks_uri": "x"},
        "/token": {"access_token": "x"},
    }

    code, out = await live(examine, answers)

    found = states(out)
    assert code == 0
    assert (found["slack.auth"], found["teams.keys"], found["teams.token"]) == ("ok", "ok", "ok")
    assert advice(out, "slack.auth") == "signed in to Café"


async def test_platforms_that_refuse_are_to_be_fixed(examine):
    answers = {
        "/api/auth.test": {"ok": False, "error": "invalid_auth"},
        "/openid": [],
        "/token": {"error": "bad_client"},
    }

    code, out = await live(examine, answers)

    assert code == 1
    assert advice(out, "slack.auth") == "auth.test: invalid_auth; look at SLACK_BOT_TOKEN"
    assert advice(out, "teams.keys") == "no keys there; look at TEAMS_OPENID_METADATA_URL"
    assert advice(out, "teams.token").startswith("bad_client; look at MicrosoftAppId")


def test_platforms_that_cannot_be_reached_are_to_be_fixed(examine):
    nowhere = "http://127.0.0.1:9/"
    away = {"SLACK_API_URL": nowhere, "TEAMS_OPENID_METADATA_URL": nowhere, "TEAMS_TOKEN_URL": nowhere}

    code, out = examine(SLACK | TEAMS | away, live=True)

    assert code == 1
    assert [states(out)[name] for name in ("slack.auth", "teams.keys", "teams.token")] == ["fix"] * 3


def test_no_platform_sdk_is_loaded_for_it(tmp_path):
    code = """
import sys
from bot.commands.doctor import doctor
from bot.main import opening
doctor({"SLACK_SIGNING_SECRET": "x", "SLACK_BOT_TOKEN": "y"}, opening)
print([name for name in ("slack_bolt", "slack_sdk", "botbuilder", "openai") if name in sys.modules], file=sys.stderr)
"""

    environ = {"PATH": os.environ["PATH"]}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stderr) == (0, "[]\n")
