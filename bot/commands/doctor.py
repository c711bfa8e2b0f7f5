"""`ristretto doctor`: one line a check, and what to do."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import aiohttp

from bot.commands.opening import Opening, opened
from bot.commands.stop import Stop
from bot.config import Misconfigured, Problem, Settings, variables
from store import outbox
from store.version import HEAD

TIMEOUT = aiohttp.ClientTimeout(total=10)


@dataclass(frozen=True, slots=True)
class Check:
    state: Literal["ok", "off", "fix"]
    name: str
    advice: str


def doctor(
    environ: Mapping[str, str], opening: Callable[[Settings], Opening], *, live: bool = False, as_json: bool = False
) -> int:
    """Prints every check; the exit code is 1 where something is to be fixed. `live`: the platforms are asked too."""
    problems: tuple[Problem, ...] = ()
    try:
        settings = Settings.read(environ)
    except Misconfigured as error:
        settings, problems = error.settings, error.problems
    checks = [
        *_variables(environ, problems),
        *_platforms(settings, problems),
        *asyncio.run(_database(opening(settings))),
    ]
    if live:
        checks += asyncio.run(_ask(settings))
    for check in checks:
        sys.stdout.write(f"{_line(check, as_json=as_json)}\n")
    return int(any(check.state == "fix" for check in checks))


def _line(check: Check, *, as_json: bool) -> str:
    return json.dumps(asdict(check)) if as_json else f"{check.state:<3}  {check.name}  {check.advice}"


def _variables(environ: Mapping[str, str], problems: tuple[Problem, ...]) -> Iterator[Check]:
    wrong = {problem.variable: problem.advice for problem in problems}
    usual = {
        str(field.validation_alias): None if field.default_factory else field.get_default()
        for field in Settings.model_fields.values()
    }
    for name, meaning in variables().items():
        if name in wrong:
            yield Check("fix", name, wrong[name])
        elif environ.get(name, "").strip():
            yield Check("ok", name, "set")
        elif usual[name]:
            yield Check("ok", name, f"not set, so it is {usual[name]}")
        else:
            yield Check("off", name, f"not set: {meaning}")


def _platforms(settings: Settings, problems: tuple[Problem, ...]) -> Iterator[Check]:
    slack = "SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET, or with SLACK_APP_TOKEN for Socket Mode"
    yield _platform("slack", ("SLACK_",), slack, settings.slack, problems)
    teams = "MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId"
    yield _platform("teams", ("Microsoft", "TEAMS_"), teams, settings.teams, problems)


def _platform(name: str, own: tuple[str, ...], needs: str, is_on: bool, problems: tuple[Problem, ...]) -> Check:
    if any(problem.variable.startswith(own) for problem in problems):
        return Check("fix", name, "its settings are wrong, see above")
    return Check("ok", name, "on") if is_on else Check("off", name, f"to switch it on, set {needs}")


async def _database(opening: Opening) -> list[Check]:
    try:
        async with opened(opening) as core:
            counts = await core.store.read(opening.tenant, outbox.count)
            kind = core.store.url.get_backend_name()
    except Stop as stop:
        return [Check("fix", "database", stop.sentence)]
    said = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    return [
        Check("ok", "database", f"{kind}, at version {HEAD}"),
        Check("ok", "deliveries", said or "none yet"),
    ]


async def _ask(settings: Settings) -> list[Check]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        checks = []
        if settings.slack:
            checks.append(await _ask_slack(session, settings))
        if settings.teams and not settings.teams_playground:
            checks.append(await _ask_keys(session, settings))
            if settings.microsoft_app_password:
                checks.append(await _ask_token(session, settings))
        return checks


async def _ask_slack(session: aiohttp.ClientSession, settings: Settings) -> Check:
    bearer = {"Authorization": f"Bearer {settings.slack_bot_token}"}
    said = await _call(session, "POST", f"{settings.slack_api_url}auth.test", headers=bearer)
    if said.get("ok"):
        return Check("ok", "slack.auth", f"signed in to {said.get('team', 'the workspace')}")
    return Check("fix", "slack.auth", f"auth.test: {said.get('error', 'no answer')}; look at SLACK_BOT_TOKEN")


async def _ask_keys(session: aiohttp.ClientSession, settings: Settings) -> Check:
    said = await _call(session, "GET", settings.teams_openid_metadata_url)
    if said.get("jwks_uri"):
        return Check("ok", "teams.keys", "the keys that sign requests are to be had")
    return Check("fix", "teams.keys", f"{said.get('error', 'no keys there')}; look at TEAMS_OPENID_METADATA_URL")


async def _ask_token(session: aiohttp.ClientSession, settings: Settings) -> Check:
    form = {
        "grant_type": "client_credentials",
        "client_id": settings.microsoft_app_id,
        "client_secret": settings.microsoft_app_password,
        "scope": f"{settings.teams_token_issuer}/.default",
    }
    said = await _call(session, "POST", settings.teams_token_url, data=form)
    if said.get("access_token"):
        return Check("ok", "teams.token", "the app may speak")
    advice = "look at MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId"
    return Check("fix", "teams.token", f"{said.get('error', 'no token')}; {advice}")


async def _call(session: aiohttp.ClientSession, method: str, url: str, **sent: Any) -> dict[str, Any]:
    try:
        async with session.request(method, url, allow_redirects=False, **sent) as response:
            said = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return {"error": f"no answer ({type(error).__name__})"}
    return said if isinstance(said, dict) else {}
