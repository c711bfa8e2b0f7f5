"""Microsoft's side on loopback: an issuer of tokens, and a Connector that records each call and fails as it is told."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import unquote

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

Json = dict[str, Any]
APP = "00000000-0000-0000-0000-00000000a99a"
PASSWORD = "canary-teams-password"
TENANT = "11111111-aaaa-bbbb-cccc-222222222222"
SERVICE = "/emea/"


@cache
def private_key(kid: str) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=2048)


@dataclass(frozen=True, slots=True)
class Call:
    """A call to the Connector. `path` is decoded and begins after `/v3/`."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens instead of an answer: `drop` closes the connection after the call was read."""

    status: int = 0
    code: str = ""
    retry_after: str = ""
    drop: bool = False
    delay: float = 0
    body: str = ""


@dataclass(slots=True)
class FakeTeams:
    """`faults` are used up one a post or delete; `members` are by id; `keys` are published under their kid."""

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    members: dict[str, Json] = field(default_factory=dict)
    keys: dict[str, Json] = field(default_factory=dict)
    kid: str = "key-1"
    fetched: int = 0
    tokens: int = 0
    token_status: int = 200
    keys_status: int = 200

    @property
    def service(self) -> str:
        return self.url + SERVICE

    def environ(self, **more: str) -> dict[str, str]:
        """What a process must be told in order to take this for Microsoft."""
        return {
            "MicrosoftAppId": APP,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": TENANT,
            "TEAMS_OPENID_METADATA_URL": f"{self.url}/openid",
            "TEAMS_TOKEN_ISSUER": self.url,
            "TEAMS_TOKEN_URL": f"{self.url}/token",
            "TEAMS_SERVICE_URLS": self.url,
            **more,
        }

    def rotate(self, kid: str) -> None:
        """From now on another key signs, and it alone is published."""
        self.kid = kid
        self.keys = {kid: {"endorsements": ["msteams", "webchat"]}}

    def token(self, signer: str = "", head: Json | None = None, **claims: Any) -> str:
        """Signed as Teams signs; what is None is left out."""
        now = int(time.time())
        usual = {"iss": self.url, "aud": APP, "nbf": now - 60, "exp": now + 3600, "serviceurl": self.service}
        said = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        named: Json = {"kid": self.kid, **(head or {})}
        headers = {name: value for name, value in named.items() if value is not None}
        return jwt.encode(said, private_key(signer or self.kid), "RS256", headers=headers)

    def posted(self, method: str = "POST") -> list[Json]:
        """The bodies of what was sent into conversations."""
        return [call.body for call in self.calls if call.method == method and call.path.endswith("/activities")]

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/openid", self._openid),
            web.get("/keys", self._keys),
            web.post("/token", self._token),
            web.get("/metadata/identity/oauth2/token", self._managed),
            web.get(SERVICE + "v3/conversations/{chat}/members/{member}", self._member),
            web.get(SERVICE + "v3/conversations/{chat}/members", self._everybody),
            web.route("*", SERVICE + "v3/{tail:.*}", self._connector),
        ]

    async def _openid(self, _request: web.Request) -> web.Response:
        return web.json_response({"issuer": self.url, "jwks_uri": f"{self.url}/keys"}, status=self.keys_status)

    async def _keys(self, _request: web.Request) -> web.Response:
        self.fetched += 1
        return web.json_response({"keys": [_published(kid, more) for kid, more in self.keys.items()]})

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        self.tokens += 1
        good = (form.get("client_id"), form.get("client_secret")) == (APP, PASSWORD)
        good = good and form.get("scope") == f"{self.url}/.default"
        answer = {"token_type": "Bearer", "expires_in": 3600, "access_token": f"connector-{self.tokens}"}
        status = self.token_status if good else 401
        return web.json_response(answer if status == 200 else {"error": "invalid_client"}, status=status)

    async def _managed(self, request: web.Request) -> web.Response:
        good = (request.query["client_id"], request.query["resource"]) == (APP, self.url)
        return web.json_response({"access_token": "managed", "expires_in": "3600"} if good else {"error": "unknown"})

    async def _member(self, request: web.Request) -> web.Response:
        self._record(request, None)
        member = self.members.get(request.match_info["member"])
        return web.json_response(member) if member else web.json_response(_error("NotFound"), status=404)

    async def _everybody(self, request: web.Request) -> web.Response:
        self._record(request, None)
        return web.json_response(list(self.members.values()))

    async def _connector(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self._record(request, json.loads(body) if body else None)
        fault = self.faults.popleft() if self.faults else None
        if fault:
            return await _fail(request, fault)
        if request.path.endswith("/conversations"):
            members = self.calls[-1].body["members"]
            return web.json_response({"id": f"a:{members[0]['id']}"}, status=201)
        return web.json_response({"id": f"m{len(self.calls)}"}, status=201 if request.method == "POST" else 200)

    def _record(self, request: web.Request, body: Any) -> None:
        path = unquote(request.raw_path).removeprefix(SERVICE + "v3/")
        self.calls.append(Call(request.method, path, body, dict(request.headers)))


def _published(kid: str, more: Json) -> Json:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private_key(kid).public_key(), as_dict=True)
    return {**public, "kid": kid, "use": "sig", **more}


def _error(code: str) -> Json:
    return {"error": {"code": code, "message": f"the fake says {code}"}}


async def _fail(request: web.Request, fault: Fault) -> web.StreamResponse:
    await asyncio.sleep(fault.delay)
    if fault.drop:
        assert request.transport is not None
        request.transport.close()
    if fault.body:
        return web.Response(text=fault.body, status=fault.status)
    headers = {"Retry-After": fault.retry_after} if fault.retry_after else None
    return web.json_response(_error(fault.code), status=fault.status or 500, headers=headers)


@asynccontextmanager
async def fake_teams() -> AsyncIterator[FakeTeams]:
    fake = FakeTeams()
    fake.rotate("key-1")
    app = web.Application()
    app.add_routes(fake.routes())
    async with TestServer(app, host="127.0.0.1") as server:
        fake.url = str(server.make_url("")).rstrip("/")
        yield fake
