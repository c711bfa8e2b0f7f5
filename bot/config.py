"""Settings: the environment read once into a frozen value, with every mistake reported together."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self, TypeVar
from urllib.parse import unquote

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot import rules
from bot.rules import loopback

__all__ = ("Misconfigured", "Problem", "Settings", "loopback", "variables")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """A variable that is wrong or missing, and what to do about it; never its value."""

    variable: str
    advice: str

    def __str__(self) -> str:
        return f"{self.variable} {self.advice}"


class Misconfigured(Exception):
    """The environment cannot be used as it is; `settings` is what is left without the variables that are wrong."""

    def __init__(self, problems: tuple[Problem, ...], settings: "Settings") -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
        self.settings = settings


def _usual_type(known: dict[str, str]) -> rules.AppType:
    return "SingleTenant" if known.get("microsoft_app_tenant_id") else "MultiTenant"


def _usual_token_url(known: dict[str, str]) -> str:
    home = known.get("microsoft_app_tenant_id") if known.get("microsoft_app_type") != "MultiTenant" else ""
    return f"https://login.microsoftonline.com/{home or 'botframework.com'}/oauth2/v2.0/token"


SAFE = "an https:// address (http:// only on the loopback interface)"


def _variable(name: str, default: T, meaning: str, *, secret: bool = False) -> T:
    return Field(default, validation_alias=name, description=meaning, repr=not secret)


class Settings(BaseSettings):
    """One field a variable: its rule, its name outside, its default and, said where the rule is broken, its meaning."""

    model_config = SettingsConfigDict(frozen=True, populate_by_name=True, extra="ignore", validate_default=False)

    database_url: rules.Database = _variable(
        "RISTRETTO_DATABASE_URL",
        "sqlite:///ristretto.db",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        secret=True,
    )
    host: rules.Host = _variable("HOST", "127.0.0.1", "the address or host name to listen at, without a port")
    port: rules.Port = _variable("PORT", 8080, "a number from 1 to 65535, or 0 for any free port")
    metrics_port: rules.Port | None = _variable(
        "METRICS_PORT", None, "a number from 0 to 65535 that is not the one of PORT"
    )
    log_level: rules.Level = _variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING, ERROR or CRITICAL")
    secret_keys: rules.Keys = _variable(
        "RISTRETTO_SECRET_KEY",
        (),
        "32 random bytes in URL-safe base64 (openssl rand -base64 32 | tr +/ -_), or several such keys, newest first, "
        "separated by commas",
        secret=True,
    )
    locale: rules.Language = _variable("RISTRETTO_LOCALE", "en", "en or fr")
    timezone: rules.Zone = _variable("RISTRETTO_TIMEZONE", "UTC", "a zone of the IANA list, as in Europe/Paris")

    slack_signing_secret: str = _variable(
        "SLACK_SIGNING_SECRET", "", "the signing secret on the Slack app's page Basic Information", secret=True
    )
    slack_bot_token: rules.BotToken = _variable(
        "SLACK_BOT_TOKEN", "", "the bot token (xoxb-) on the Slack app's page OAuth & Permissions", secret=True
    )
    slack_client_id: str = _variable("SLACK_CLIENT_ID", "", "the client id on the Slack app's page Basic Information")
    slack_client_secret: str = _variable(
        "SLACK_CLIENT_SECRET", "", "the client secret on the Slack app's page Basic Information", secret=True
    )
    slack_app_token: rules.AppToken = _variable(
        "SLACK_APP_TOKEN", "", "an app-level token (xapp-) with connections:write, for Socket Mode", secret=True
    )
    slack_api_url: rules.Folder = _variable("SLACK_API_URL", "https://slack.com/api/", SAFE)
    slack_rate: rules.Rate = _variable("SLACK_RATE", 5.0, "the messages a second for one workspace, more than 0")

    microsoft_app_id: str = _variable("MicrosoftAppId", "", "the application (client) id of the bot's registration")
    microsoft_app_password: str = _variable(
        "MicrosoftAppPassword", "", "a client secret of the bot's registration", secret=True
    )
    microsoft_app_tenant_id: str = _variable(
        "MicrosoftAppTenantId", "", "the directory (tenant) id of the bot's registration"
    )
    microsoft_app_type: rules.AppType = Field(
        default_factory=_usual_type,
        validation_alias="MicrosoftAppType",
        description="SingleTenant, UserAssignedMSI or MultiTenant",
    )
    teams_allowed_tenants: rules.Names = _variable(
        "TEAMS_ALLOWED_TENANTS", (), "tenant ids separated by commas; without it the app's own tenant alone"
    )
    teams_openid_metadata_url: rules.Safe = _variable(
        "TEAMS_OPENID_METADATA_URL", "https://login.botframework.com/v1/.well-known/openidconfiguration", SAFE
    )
    teams_token_issuer: rules.Safe = _variable("TEAMS_TOKEN_ISSUER", "https://api.botframework.com", SAFE)
    teams_token_url: rules.Safe = Field(
        default_factory=_usual_token_url, validation_alias="TEAMS_TOKEN_URL", description=SAFE
    )
    teams_service_urls: rules.Origins = _variable("TEAMS_SERVICE_URLS", (), f"{SAFE}, or several separated by commas")
    teams_rate: rules.Rate = _variable("TEAMS_RATE", 20.0, "the messages a second for one tenant, more than 0")
    teams_playground: bool = _variable("TEAMS_PLAYGROUND", False, "1 for development on this machine, else absent")
    openai_api_key: str = _variable("OPENAI_API_KEY", "", "the key of a language model, which is optional", secret=True)
    openai_base_url: rules.Web = _variable(
        "OPENAI_BASE_URL", "https://api.openai.com/v1", "the address of any endpoint that speaks OpenAI's protocol"
    )
    openai_model: str = _variable("OPENAI_MODEL", "", "the name of a model at that endpoint")

    tenant: str = "local"

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Self:
        """An empty variable counts as absent. Raises Misconfigured."""
        given = {name: environ[name].strip() for name in variables() if environ.get(name, "").strip()}
        wrong: dict[str, Problem] = {}
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            wrong = {problem.variable: problem for problem in _broken(error)}
            settings = cls.model_validate({name: text for name, text in given.items() if name not in wrong})
        wrong = {problem.variable: problem for problem in _unfit(settings)} | wrong
        if wrong:
            raise Misconfigured(tuple(wrong[name] for name in variables() if name in wrong), settings)
        return settings

    @property
    def slack(self) -> bool:
        return bool(self.slack_bot_token and (self.slack_signing_secret or self.slack_app_token))

    @property
    def teams(self) -> bool:
        return bool(self.teams_playground or self.microsoft_app_id)

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not be printed, be it by accident."""
        password = self.database_url.partition("://")[2].rpartition("@")[0].partition(":")[2]
        tokens = (self.slack_signing_secret, self.slack_bot_token, self.slack_client_secret, self.slack_app_token)
        others = (self.microsoft_app_password, self.openai_api_key, password, unquote(password))
        return tuple(filter(None, (*self.secret_keys, *tokens, *others)))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  # the library passes all five by name
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # as above
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """What was handed in, and nothing the library would find by itself."""
        return (init_settings,)


def variables() -> dict[str, str]:
    """Each variable and what it means."""
    fields = Settings.model_fields.values()
    return {str(field.validation_alias): field.description or "" for field in fields if field.validation_alias}


def _broken(error: ValidationError) -> Iterator[Problem]:
    wrong = {detail["loc"][0] for detail in error.errors()}  # a default that could not be derived stands there too
    for name, meaning in variables().items():
        if name in wrong:
            yield Problem(name, f"must be {meaning}")


def _missing(name: str) -> Problem:
    return Problem(name, f"is missing: it is {variables()[name]}")


def _unfit(settings: Settings) -> Iterator[Problem]:
    """What is right by itself and wrong beside the rest."""
    if settings.metrics_port and settings.metrics_port == settings.port:
        yield Problem("METRICS_PORT", "must not be the port of PORT")
    yield from _unfit_slack(settings)
    yield from _unfit_teams(settings)


def _unfit_slack(settings: Settings) -> Iterator[Problem]:
    client = (settings.slack_client_id, settings.slack_client_secret)
    if not any((settings.slack_signing_secret, settings.slack_app_token, settings.slack_bot_token, *client)):
        return
    if not settings.slack_bot_token and not any(client):
        yield _missing("SLACK_BOT_TOKEN")
    if not settings.slack_signing_secret and not settings.slack_app_token:
        yield _missing("SLACK_SIGNING_SECRET")
    if any(client) and not all(client):
        yield _missing("SLACK_CLIENT_SECRET" if client[0] else "SLACK_CLIENT_ID")
    if all(client) and not settings.slack_bot_token and not settings.secret_keys:
        yield _missing("RISTRETTO_SECRET_KEY")  # the tokens of many workspaces are stored


def _unfit_teams(settings: Settings) -> Iterator[Problem]:
    app, kind = settings.microsoft_app_id, settings.microsoft_app_type
    if settings.teams_playground:
        if not loopback(settings.host):
            yield Problem("TEAMS_PLAYGROUND", "is for development: remove it, or set HOST to 127.0.0.1")
        return
    if not (app or settings.microsoft_app_password or settings.microsoft_app_tenant_id):
        return
    if not app:
        yield _missing("MicrosoftAppId")
    if not settings.microsoft_app_password and kind != "UserAssignedMSI":
        yield _missing("MicrosoftAppPassword")
    if not settings.microsoft_app_tenant_id and not (kind == "MultiTenant" and settings.teams_allowed_tenants):
        yield _missing("MicrosoftAppTenantId")  # nobody could use the bot, or no token be got
