"""A platform is on with its settings, off without, and half of them is a mistake."""

import pytest

from bot.config import Misconfigured, Settings

SLACK = {"SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5", "SLACK_BOT_TOKEN": "xoxb-canary"}
TEAMS = {"MicrosoftAppId": "app", "MicrosoftAppPassword": "canary-password", "MicrosoftAppTenantId": "home"}
CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "canary-client"}


def wrong(environ):
    """The variables that are reported for this environment."""
    with pytest.raises(Misconfigured) as caught:
        Settings.read(environ)
    return [problem.variable for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, ["SLACK_SIGNING_SECRET"]),
        ({"SLACK_SIGNING_SECRET": "x"}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_APP_TOKEN": "xapp-1"}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xapp-1", "SLACK_SIGNING_SECRET": "x"}, ["SLACK_BOT_TOKEN"]),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xoxb-1"}, ["SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"]),
        (CLIENT, ["RISTRETTO_SECRET_KEY", "SLACK_SIGNING_SECRET"]),
        (SLACK | {"SLACK_CLIENT_ID": "1.2"}, ["SLACK_CLIENT_SECRET"]),
        (SLACK | {"SLACK_CLIENT_SECRET": "x"}, ["SLACK_CLIENT_ID"]),
        ({"MicrosoftAppId": "app"}, ["MicrosoftAppPassword", "MicrosoftAppTenantId"]),
        ({"MicrosoftAppPassword": "x", "MicrosoftAppTenantId": "home"}, ["MicrosoftAppId"]),
        (TEAMS | {"MicrosoftAppType": "SingleTenant", "MicrosoftAppTenantId": ""}, ["MicrosoftAppTenantId"]),
        (TEAMS | {"MicrosoftAppType": "MultiTenant", "MicrosoftAppTenantId": ""}, ["MicrosoftAppTenantId"]),
        ({"MicrosoftAppId": "app", "MicrosoftAppType": "UserAssignedMSI"}, ["MicrosoftAppTenantId"]),
        ({"TEAMS_PLAYGROUND": "1", "HOST": "0.0.0.0"}, ["TEAMS_PLAYGROUND"]),
    ],
)
def test_half_a_platform_is_reported_by_what_it_lacks(environ, missing):
    assert wrong(environ) == missing


@pytest.mark.parametrize(
    ("environ", "on"),
    [
        ({}, (False, False)),
        (SLACK, (True, False)),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, (True, False)),
        (SLACK | CLIENT, (True, False)),
        (TEAMS, (False, True)),
        (TEAMS | {"MicrosoftAppTenantId": "", "TEAMS_ALLOWED_TENANTS": "home"}, (False, True)),
        ({"MicrosoftAppId": "a", "MicrosoftAppTenantId": "t", "MicrosoftAppType": "userassignedmsi"}, (False, True)),
        ({"TEAMS_PLAYGROUND": "1"}, (False, True)),
        ({"TEAMS_PLAYGROUND": "1", "HOST": "::1"}, (False, True)),
        (SLACK | TEAMS, (True, True)),
    ],
)
def test_a_platform_with_its_settings_is_on(environ, on):
    settings = Settings.read(environ)

    assert (settings.slack, settings.teams) == on


def test_the_type_of_the_app_follows_from_its_tenant_and_gives_the_token_address():
    settings = Settings.read(TEAMS)

    assert settings.microsoft_app_type == "SingleTenant"
    assert settings.teams_token_url == "https://login.microsoftonline.com/home/oauth2/v2.0/token"
