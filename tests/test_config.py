"""The environment is read once, whole, with every mistake named and no secret repeated."""

import base64

import pytest

from bot.config import Misconfigured, Settings, variables
from store.engine import read_url

KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
SLACK = {"SLACK_SIGNING_SECRET": "8f742231b10e8888abcd99yyyzzz85a5", "SLACK_BOT_TOKEN": "xoxb-canary"}
TEAMS = {"MicrosoftAppId": "app", "MicrosoftAppPassword": "canary-password", "MicrosoftAppTenantId": "home"}
CLIENT = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "canary-client"}

LOOPBACK = "http://127.0.0.1:3978"


def wrong(environ):
    """The variables that are reported for this environment."""
    with pytest.raises(Misconfigured) as caught:
        Settings.read(environ)
    return [problem.variable for problem in caught.value.problems]


def test_an_empty_environment_has_the_promised_defaults():
    settings = Settings.read({})

    assert settings.model_dump() == {
        "database_url": "sqlite:///ristretto.db",
        "host": "127.0.0.1",
        "port": 8080,
        "metrics_port": None,
        "log_level": "INFO",
        "secret_keys": (),
        "locale": "en",
        "timezone": "UTC",
        "slack_signing_secret": "",
        "slack_bot_token": "",
        "slack_client_id": "",
        "slack_client_secret": "",
        "slack_app_token": "",
        "slack_api_url": "https://slack.com/api/",
        "slack_rate": 5.0,
        "microsoft_app_id": "",
        "microsoft_app_password": "",
        "microsoft_app_tenant_id": "",
        "microsoft_app_type": "MultiTenant",
        "teams_allowed_tenants": (),
        "teams_openid_metadata_url": "https://login.botframework.com/v1/.well-known/openidconfiguration",
        "teams_token_issuer": "https://api.botframework.com",
        "teams_token_url": "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token",
        "teams_service_urls": (),
        "teams_rate": 20.0,
        "teams_playground": False,
        "openai_api_key": "",
        "openai_base_url": "https://api.openai.com/v1",
        "openai_model": "",
        "tenant": "local",
    }


def test_every_variable_reaches_its_field():
    settings = Settings.read(
        SLACK
        | TEAMS
        | CLIENT
        | {
            "RISTRETTO_DATABASE_URL": "postgresql://bot:word@db/ristretto",
            "HOST": "0.0.0.0",
            "PORT": "9090",
            "METRICS_PORT": "9091",
            "LOG_LEVEL": "debug",
            "RISTRETTO_SECRET_KEY": f"{KEY}, {KEY.rstrip('=')}",
            "RISTRETTO_LOCALE": "fr_FR.UTF-8",
            "RISTRETTO_TIMEZONE": "Europe/Paris",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": "http://localhost:9999/api",
            "SLACK_RATE": "200",
            "MicrosoftAppType": "singletenant",
            "TEAMS_ALLOWED_TENANTS": "home, away",
            "TEAMS_OPENID_METADATA_URL": f"{LOOPBACK}/openid",
            "TEAMS_TOKEN_ISSUER": LOOPBACK,
            "TEAMS_TOKEN_URL": f"{LOOPBACK}/token",
            "TEAMS_SERVICE_URLS": f"{LOOPBACK}/, https://SMBA.example.com/emea/",
            "TEAMS_RATE": "7.5",
            "OPENAI_API_KEY": "sk-canary",
            "OPENAI_BASE_URL": "http://models:11434/v1",
            "OPENAI_MODEL": "small",
        }
    )

    assert settings.model_dump() == {
        "database_url": "postgresql://bot:word@db/ristretto",
        "host": "0.0.0.0",
        "port": 9090,
        "metrics_port": 9091,
        "log_level": "DEBUG",
        "secret_keys": (KEY, KEY.rstrip("=")),
        "locale": "fr",
        "timezone": "Europe/Paris",
        "slack_signing_secret": SLACK["SLACK_SIGNING_SECRET"],
        "slack_bot_token": "xoxb-canary",
        "slack_client_id": "1.2",
        "slack_client_secret": "canary-client",
        "slack_app_token": "xapp-1",
        "slack_api_url": "http://localhost:9999/api/",
        "slack_rate": 200.0,
        "microsoft_app_id": "app",
        "microsoft_app_password": "canary-password",
        "microsoft_app_tenant_id": "home",
        "microsoft_app_type": "SingleTenant",
        "teams_allowed_tenants": ("home", "away"),
        "teams_openid_metadata_url": f"{LOOPBACK}/openid",
        "teams_token_issuer": LOOPBACK,
        "teams_token_url": f"{LOOPBACK}/token",
        "teams_service_urls": (LOOPBACK, "https://smba.example.com"),
        "teams_rate": 7.5,
        "teams_playground": False,
        "openai_api_key": "sk-canary",
        "openai_base_url": "http://models:11434/v1",
        "openai_model": "small",
        "tenant": "local",
    }


def test_an_empty_or_padded_variable_counts_as_absent_or_bare():
    assert Settings.read({"PORT": "", "HOST": " ", "SLACK_BOT_TOKEN": "\n"}) == Settings.read({})
    assert Settings.read({"PORT": " 9090\n"}).port == 9090


def test_nothing_but_what_is_handed_in_is_read(monkeypatch):
    monkeypatch.setenv("PORT", "9")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-inherited")

    assert Settings.read({}).port == 8080
    assert Settings.read({}).slack_bot_token == ""


def test_the_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Settings.read({}).port = 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("RISTRETTO_DATABASE_URL", "ristretto.db"),
        ("RISTRETTO_DATABASE_URL", "sqlite://ristretto.db"),
        ("RISTRETTO_DATABASE_URL", "mysql://db/ristretto"),
        ("RISTRETTO_DATABASE_URL", "postgresql://db:port/ristretto"),
        ("RISTRETTO_DATABASE_URL", "postgresql:db"),
        ("HOST", "127.0.0.1:8080"),
        ("HOST", "http://localhost"),
        ("PORT", "eighty"),
        ("PORT", "-1"),
        ("PORT", "65536"),
        ("METRICS_PORT", "8080"),
        ("METRICS_PORT", "x"),
        ("LOG_LEVEL", "LOUD"),
        ("RISTRETTO_SECRET_KEY", "short"),
        ("RISTRETTO_SECRET_KEY", "é" * 43),
        ("RISTRETTO_SECRET_KEY", f"{KEY},{KEY[:-2]}"),
        ("RISTRETTO_LOCALE", "de"),
        ("RISTRETTO_TIMEZONE", "Mars/Olympus"),
        ("RISTRETTO_TIMEZONE", "../etc/passwd"),
        ("RISTRETTO_TIMEZONE", "Europe"),
        ("SLACK_API_URL", "http://slack.com/api/"),
        ("SLACK_API_URL", "https://user:word@slack.com/api/"),
        ("SLACK_RATE", "0"),
        ("SLACK_RATE", "nan"),
        ("TEAMS_RATE", "-5"),
        ("TEAMS_RATE", "inf"),
        ("TEAMS_OPENID_METADATA_URL", "http://login.example.com"),
        ("TEAMS_TOKEN_ISSUER", "ftp://127.0.0.1"),
        ("TEAMS_TOKEN_URL", "https://[::1"),
        ("TEAMS_SERVICE_URLS", "https://a.example.com,http://b.example.com"),
        ("TEAMS_PLAYGROUND", "perhaps"),
        ("OPENAI_BASE_URL", "models:11434"),
    ],
)
def test_a_value_that_breaks_its_rule_is_reported_by_its_variable(name, text):
    assert wrong({name: text}) == [name]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///ristretto.db",
        "sqlite:////var/lib/ristretto.db",
        "sqlite+aiosqlite:///ristretto.db",
        "postgresql://db/ristretto",
        "postgresql+psycopg://bot:p%40ss#w/rd@db:5432/ristretto?sslmode=require",
        "postgresql+asyncpg://bot@[::1]:5432/ristretto",
    ],
)
def test_what_is_accepted_as_a_database_the_store_can_read(url):
    assert Settings.read({"RISTRETTO_DATABASE_URL": url}).database_url == url
    assert read_url(url).database in (None, "ristretto", "ristretto.db", "/var/lib/ristretto.db")


def test_all_mistakes_are_reported_together_and_no_value_is_repeated():
    environ = {name: f"canary {name}" for name in variables()}

    with pytest.raises(Misconfigured) as caught:
        Settings.read(environ)

    assert [problem.variable for problem in caught.value.problems] == [
        "RISTRETTO_DATABASE_URL",
        "HOST",
        "PORT",
        "METRICS_PORT",
        "LOG_LEVEL",
        "RISTRETTO_SECRET_KEY",
        "RISTRETTO_LOCALE",
        "RISTRETTO_TIMEZONE",
        "SLACK_API_URL",
        "SLACK_RATE",
        "MicrosoftAppType",
        "TEAMS_OPENID_METADATA_URL",
        "TEAMS_TOKEN_ISSUER",
        "TEAMS_TOKEN_URL",
        "TEAMS_SERVICE_URLS",
        "TEAMS_RATE",
        "TEAMS_PLAYGROUND",
        "OPENAI_BASE_URL",
    ]
    assert "canary" not in str(caught.value)


def test_a_problem_says_what_to_do():
    with pytest.raises(Misconfigured) as caught:
        Settings.read({"PORT": "x", "SLACK_SIGNING_SECRET": "canary"})

    assert str(caught.value).splitlines() == [
        "PORT must be a number from 1 to 65535, or 0 for any free port",
        "SLACK_BOT_TOKEN is missing: it is the bot token (xoxb-) on the Slack app's page OAuth & Permissions",
    ]


def test_no_secret_is_shown_and_all_are_known():
    environ = SLACK | TEAMS | CLIENT | {"SLACK_APP_TOKEN": "xapp-canary", "OPENAI_API_KEY": "sk-canary"}
    settings = Settings.read(
        environ | {"RISTRETTO_DATABASE_URL": "postgresql://bot:can%40ary@db/r", "RISTRETTO_SECRET_KEY": KEY}
    )

    secrets = [
        "can%40ary",
        "can@ary",
        KEY,
        "xoxb-canary",
        "xapp-canary",
        "sk-canary",
        "canary-password",
        "canary-client",
    ]
    assert set(settings.secrets) == {*secrets, SLACK["SLACK_SIGNING_SECRET"]}
    assert [secret for secret in settings.secrets if secret in repr(settings)] == []
