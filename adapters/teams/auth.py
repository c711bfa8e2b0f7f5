"""Who may speak to the bot: the SDK's seam for authentication, with the checks that the SDK leaves out."""

from collections.abc import Iterable
from typing import Any

from botbuilder.schema import Activity
from botframework.connector.aio import ConnectorClient
from botframework.connector.auth import (
    AuthenticateRequestResult,
    AuthenticationConstants,
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    ClaimsIdentity,
    ConnectorFactory,
    UserTokenClient,
)

from adapters.teams.fields import Json, text
from adapters.teams.urls import ServiceUrls
from adapters.teams.verifier import CHANNEL, Verifier

CLIENTS = 64


class Forbidden(PermissionError):
    """We know who it is, and they may not."""


class TeamsAuth(BotFrameworkAuthentication):
    """`verifier` None: requests are not authenticated, and any tenant is accepted."""

    def __init__(self, verifier: Verifier | None, services: ServiceUrls, tenants: Iterable[str], app_id: str) -> None:
        self._verifier = verifier
        self._services = services
        self._tenants = frozenset(filter(None, map(str.lower, tenants)))
        self._identity = ClaimsIdentity({AuthenticationConstants.AUDIENCE_CLAIM: app_id}, True)
        self._clients = Clients(self._identity)

    async def authenticate_request(self, activity: Activity, auth_header: str) -> AuthenticateRequestResult:
        """Raises PermissionError, or Forbidden where it is known who asks."""
        posted: Json = activity.additional_properties
        service = text(posted, "serviceUrl")
        if self._verifier:
            claims = await self._verifier.verify(auth_header)
            if claims.service.rstrip("/") != service.rstrip("/"):
                raise Forbidden("the token is for another service URL")
            self._admit(posted)
        if service not in self._services:
            raise Forbidden("no service URL of Teams")
        result = AuthenticateRequestResult()
        result.claims_identity, result.connector_factory = self._identity, self._clients
        return result

    def _admit(self, posted: Json) -> None:
        """Only after the token was verified: who is not known learns nothing about our tenants."""
        if text(posted, "channelId") != CHANNEL:
            raise Forbidden("not a request of Teams")
        tenant = text(posted, "channelData", "tenant", "id").lower()
        other = text(posted, "conversation", "tenantId").lower()
        if tenant not in self._tenants or other not in ("", tenant):
            raise Forbidden("not a tenant of ours")

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:  # noqa: ARG002
        raise Forbidden("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:  # noqa: ARG002
        return self._clients

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> UserTokenClient:  # noqa: ARG002
        return await self._clients.user_tokens()


class Clients(ConnectorFactory):
    """The SDK's clients, one a service URL: it would build two for every turn, at milliseconds each. They hold no
    credentials, since all that is sent goes out by `outgoing`."""

    def __init__(self, identity: ClaimsIdentity) -> None:
        self._identity = identity
        self._sdk = BotFrameworkAuthenticationFactory.create()
        self._connectors: dict[str, ConnectorClient] = {}
        self._user_tokens: UserTokenClient | None = None

    async def create(self, service_url: str, audience: str = "") -> ConnectorClient:  # noqa: ARG002
        if service_url not in self._connectors:
            if len(self._connectors) >= CLIENTS:
                self._connectors.clear()
            factory = self._sdk.create_connector_factory(self._identity)
            self._connectors[service_url] = await factory.create(service_url, "")
        return self._connectors[service_url]

    async def user_tokens(self) -> UserTokenClient:
        if self._user_tokens is None:
            self._user_tokens = await self._sdk.create_user_token_client(self._identity)
        return self._user_tokens
