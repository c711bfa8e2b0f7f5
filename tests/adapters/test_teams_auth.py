"""Who may speak to the Teams endpoint: tokens of a local issuer, service URLs, tenants."""

import asyncio
import json
import time
from datetime import timedelta

import jwt
import pytest
from fake_teams import APP, TENANT, fake_teams, private_key
from teams_bot import Listener, clock, payload, teams_bot


@pytest.fixture
async def fake():
    async with fake_teams() as fake:
        yield fake


@pytest.fixture
def core():
    return Listener()


@pytest.fixture
async def teams(fake, core):
    async with teams_bot(fake, core) as teams:
        yield teams


NOW = int(time.time())
PAST, FUTURE = NOW - 4000, NOW + 4000
BAD_TOKENS = {
    "another audience": {"aud": "00000000-0000-0000-0000-000000000bad"},
    "no audience": {"aud": None},
    "another issuer": {"iss": "https://api.botframework.com.evil.example"},
    "no issuer": {"iss": None},
    "expired": {"exp": PAST},
    "no end": {"exp": None},
    "an end that is no time": {"exp": "tomorrow"},
    "a true end": {"exp": True},
    "not yet": {"nbf": FUTURE, "exp": FUTURE + 60},
    "no beginning": {"nbf": None},
    "another service URL": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
    "no service URL": {"serviceurl": None},
    "a service URL that is no text": {"serviceurl": 7},
    "another key under a known name": {"signer": "stranger"},
    "an unknown key": {"signer": "stranger", "head": {"kid": "stranger"}},
    "no key named": {"head": {"kid": None}},
}


@pytest.mark.parametrize("claims", BAD_TOKENS.values(), ids=BAD_TOKENS)
async def test_a_bad_token_is_refused(fake, core, teams, claims):
    posted = await teams.post(payload(fake, "message_personal"), fake.token(**claims))
    control = await teams.post(payload(fake, "message_personal"))

    assert posted.status in (401, 403)
    assert (control.status, len(core.requests)) == (200, 1)


def forged(name):
    """Tokens that the library would not make."""
    claims = {"aud": APP, "nbf": NOW - 60, "exp": NOW + 3600}
    public = "MIIBIjANBgkq"
    return {
        "nothing": "",
        "garbage": "garbage",
        "three empty parts": "..",
        "unsigned": jwt.encode(claims, "", "none", headers={"kid": "key-1"}),
        "signed with a shared secret": jwt.encode(claims, public * 4, "HS256", headers={"kid": "key-1"}),
        "signed as RS512": jwt.encode(claims, private_key("key-1"), "RS512", headers={"kid": "key-1"}),
        "a very long one": "a" * 6000,
    }[name]


@pytest.mark.parametrize(
    "name",
    [
        "nothing",
        "garbage",
        "three empty parts",
        "unsigned",
        "signed with a shared secret",
        "signed as RS512",
        "a very long one",
    ],
)
async def test_a_forged_token_is_refused(fake, core, teams, name):
    body = json.dumps(payload(fake, "message_personal")).encode()
    headers = {"Content-Type": "application/json"}

    posted = await teams.send(body, {**headers, "Authorization": f"Bearer {forged(name)}"})
    control = await teams.send(body, {**headers, "Authorization": f"Bearer {fake.token()}"})

    assert posted.status == 401
    assert (control.status, len(core.requests)) == (200, 1)


async def test_without_a_token_or_with_another_scheme_nobody_is_heard(fake, core, teams):
    body = json.dumps(payload(fake, "message_personal")).encode()
    headers = {"Content-Type": "application/json"}

    anonymous = await teams.post(payload(fake, "message_personal"), None)
    basic = await teams.send(body, {**headers, "Authorization": f"Basic {fake.token()}"})

    assert (anonymous.status, basic.status, core.requests) == (401, 401, [])


BAD_ACTIVITIES = {
    "another service URL": {"serviceUrl": "https://smba.trafficmanager.net/emea/"},
    "no service URL": {"serviceUrl": None},
    "a service URL that is no text": {"serviceUrl": ["x"]},
    "another channel": {"channelId": "webchat"},
    "no channel": {"channelId": None},
    "another tenant": {
        "channelData": {"tenant": {"id": "stranger"}},
        "conversation": {"id": "a:1", "tenantId": "stranger"},
    },
    "tenants that disagree": {"conversation": {"id": "a:1", "tenantId": "stranger"}},
    "no tenant": {"channelData": {}},
    "a tenant that is no text": {"channelData": {"tenant": {"id": {}}}},
    "channel data that is no object": {"channelData": "x"},
}


@pytest.mark.parametrize("changes", BAD_ACTIVITIES.values(), ids=BAD_ACTIVITIES)
async def test_an_activity_from_elsewhere_is_refused(fake, core, teams, changes):
    posted = await teams.post(payload(fake, "message_personal", **changes))
    control = await teams.post(payload(fake, "message_personal"))

    assert posted.status in (401, 403)
    assert (control.status, len(core.requests)) == (200, 1)


HOSTILE_URLS = (
    *("https://evil.example/", "https://smba.trafficmanager.net.evil.example/", "https://evil.trafficmanager.net/"),
    *(
        "https://smba.trafficmanager.net@evil.example/",
        "https://smba.trafficmanager.net:444/",
        "http://smba.trafficmanager.net/",
    ),
    *(
        "https://smba.trafficmanager.net\\@evil.example/",
        "https://smba.traffic\nmanager.net/",
        "//smba.trafficmanager.net/",
    ),
    *(
        "ftp://smba.trafficmanager.net/",
        "https://smba.trafficmanager.nеt/",
        "https://smba.trafficmanager.net/?x=1",
        "x",
    ),
    *("https://smba.trafficmanager.net/#f", " https://smba.trafficmanager.net/", "https://", "file:///etc/passwd"),
)


@pytest.mark.parametrize("url", HOSTILE_URLS)
async def test_a_signed_service_url_must_still_be_one_of_microsofts(fake, core, url):
    async with teams_bot(fake, core, TEAMS_SERVICE_URLS="") as teams:
        real = "https://smba.trafficmanager.net/emea/"
        posted = await teams.post(payload(fake, "message_personal", serviceUrl=url), fake.token(serviceurl=url))
        control = await teams.post(payload(fake, "message_personal", serviceUrl=real), fake.token(serviceurl=real))

    assert posted.status in (401, 403)
    assert (control.status, len(core.requests)) == (200, 1)


async def test_after_a_rotation_of_keys_the_new_one_is_fetched_within_a_minute(fake, core):
    later = timedelta()
    async with teams_bot(fake, core, now=lambda: clock() + later) as teams:
        before = await teams.post(payload(fake, "message_personal"))
        fake.rotate("key-2")
        too_soon = await teams.post(payload(fake, "message_personal"))
        later = timedelta(seconds=61)
        after = await teams.post(payload(fake, "message_personal"))

    assert (before.status, too_soon.status, after.status, len(core.requests)) == (200, 401, 200, 2)


async def test_unknown_keys_make_no_storm_of_fetches(fake, core, teams):
    await teams.post(payload(fake, "message_personal"))
    fetched = fake.fetched

    strange = [fake.token(signer="stranger", head={"kid": f"stranger-{n}"}) for n in range(20)]
    posted = await asyncio.gather(*(teams.post(payload(fake, "message_personal"), token) for token in strange))

    assert {one.status for one in posted} == {401}
    assert fake.fetched - fetched <= 1


async def test_the_last_good_keys_outlive_an_outage(fake, core, teams):
    await teams.post(payload(fake, "message_personal"))
    fake.keys_status = 500
    strange = await teams.post(
        payload(fake, "message_personal"), fake.token(signer="stranger", head={"kid": "stranger"})
    )
    posted = await teams.post(payload(fake, "message_personal"), fake.token(nbf=NOW - 120))

    assert (strange.status, posted.status) == (401, 200)


async def test_a_key_that_is_not_endorsed_for_teams_is_refused(fake, core, teams):
    fake.keys = {"key-1": {"endorsements": ["webchat"]}, "key-3": {}}
    refused = await teams.post(payload(fake, "message_personal"))
    heard = await teams.post(payload(fake, "message_personal"), fake.token(signer="key-3", head={"kid": "key-3"}))

    assert (refused.status, heard.status) == (401, 200)


async def test_the_bot_starts_though_microsoft_cannot_be_reached(fake, core):
    async with teams_bot(fake, core, TEAMS_OPENID_METADATA_URL="http://127.0.0.1:9/openid") as teams:
        posted = await teams.post(payload(fake, "message_personal"))

    assert (posted.status, core.requests) == (401, [])


async def test_a_guest_tenant_is_heard_only_where_it_is_allowed(fake, core):
    activity = payload(
        fake,
        "message_personal",
        channelData={"tenant": {"id": "Other"}},
        conversation={"id": "a:1", "tenantId": "other"},
    )
    async with teams_bot(fake, core, TEAMS_ALLOWED_TENANTS=f"{TENANT},other") as teams:
        allowed = await teams.post(activity)
    async with teams_bot(fake, core) as teams:
        refused = await teams.post(activity)

    assert (allowed.status, refused.status, len(core.requests)) == (200, 403, 1)


async def test_with_an_empty_app_id_an_anonymous_post_is_never_handled(fake, core):
    async with teams_bot(fake, core, MicrosoftAppId="", MicrosoftAppPassword="", MicrosoftAppTenantId="") as teams:
        anonymous = await teams.post(payload(fake, "message_personal"), None)
        signed = await teams.post(payload(fake, "message_personal"), fake.token(aud=""))

    assert (anonymous.status, signed.status, core.requests) == (401, 401, [])


async def test_the_playground_needs_no_token_and_stays_on_this_machine(fake, core):
    activity = payload(fake, "message_personal", channelData={}, channelId="emulator")
    async with teams_bot(fake, core, TEAMS_PLAYGROUND="1", MicrosoftAppId="", TEAMS_SERVICE_URLS="") as teams:
        posted = await teams.post(activity, None)
        outside = await teams.post({**activity, "serviceUrl": "https://smba.trafficmanager.net/emea/"}, None)

    assert (posted.status, outside.status, len(core.requests)) == (200, 403, 1)
