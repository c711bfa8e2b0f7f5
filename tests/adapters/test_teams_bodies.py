"""Whatever is posted to the Teams endpoint, it answers in the range of 4xx or handles it, and never fails."""

import asyncio
import json
import random
from copy import deepcopy
from typing import Any

import pytest
from fake_teams import fake_teams
from teams_bot import Listener, payload, teams_bot

from bot.reply import say


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


BAD_BODIES = {
    "empty": (b"", 400),
    "no JSON": (b"{", 400),
    "no UTF-8": (b'{"type":"\xff"}', 400),
    "an array": (b"[]", 400),
    "a text": (b'"message"', 400),
    "null": (b"null", 400),
    "infinity": (b'{"type":"message","value":Infinity}', 400),
    "no type": (b"{}", 400),
    "a type that is no text": (b'{"type":7}', 400),
    "deep": (b'{"type":' + b"[" * 40 + b"]" * 40 + b"}", 400),
    "very deep": (b"[" * 100_000, 400),
    "a huge number": (b'{"type":' + b"9" * 10_000 + b"}", 400),
    "oversize": (b'{"type":"' + b"x" * 300_000 + b'"}', 413),
}


@pytest.mark.parametrize(("body", "status"), BAD_BODIES.values(), ids=BAD_BODIES)
async def test_a_malformed_body_is_refused_with_its_reason(fake, core, teams, body, status):
    posted = await teams.post_bytes(body)
    control = await teams.post(payload(fake, "message_personal"))

    assert (posted.status, control.status, len(core.requests)) == (status, 200, 1)


async def test_an_oversize_body_is_refused_though_its_length_is_not_told(fake, core, teams):
    async def endless():
        for _ in range(10_000):
            yield b"x" * 1000

    async with teams.session.post(teams.url, data=endless(), headers={"Content-Type": "application/json"}) as response:
        assert response.status == 413


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "x"])
async def test_a_body_in_an_encoding_that_it_is_not_in_is_refused(fake, core, teams, encoding):
    body = json.dumps(payload(fake, "message_personal")).encode()

    posted = await teams.send(body, {"Content-Type": "application/json", "Content-Encoding": encoding})

    assert posted.status in (400, 401)
    assert core.requests == []


async def test_another_media_type_or_method_is_refused(fake, core, teams):
    body = json.dumps(payload(fake, "message_personal")).encode()

    posted = await teams.post_bytes(body, content_type="text/plain")
    async with teams.session.get(teams.url) as response:
        got = response.status

    assert (posted.status, got, core.requests) == (415, 405, [])


@pytest.mark.parametrize("missing", ["id", "from", "conversation"])
async def test_a_message_that_lacks_what_a_request_needs_is_refused(fake, core, teams, missing):
    posted = await teams.post(payload(fake, "message_personal", **{missing: {}}))

    assert (posted.status, core.requests) == (400, [])


async def test_a_button_without_an_action_is_refused(fake, core, teams):
    posted = await teams.post(payload(fake, "execute", value={"action": {"type": "Action.Execute"}}))

    assert (posted.status, core.requests) == (400, [])


ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    10**30,
    "",
    "x",
    "\x00",
    "\ud800",
    "\ufffc",
    [],
    {},
    [[]],
    [None],
    {"id": []},
    "<at>",
    "é" * 999,
)
NAMES = (
    "message_personal",
    "message_channel",
    "message_group",
    "submit",
    "execute",
    "installation",
    "conversation",
    "reaction",
)


async def test_no_post_however_odd_makes_the_endpoint_fail(fake, core, teams):
    chance = random.Random("mutated posts")
    core.reply = say("hello")
    token = fake.token()
    statuses = []

    async def some():
        for _ in range(250):
            body = _mutated(payload(fake, chance.choice(NAMES)), chance)
            statuses.append((await teams.post_bytes(body, token if chance.random() < 0.9 else "bad")).status)

    await asyncio.gather(*(some() for _ in range(8)))
    control = await teams.post(payload(fake, "message_personal"))

    assert len(statuses) == 2000
    assert set(statuses) <= {200, 400, 401, 403, 413, 415}
    assert statuses.count(200) > 200
    assert control.status == 200
    assert len(core.requests) <= statuses.count(200) + 1
    for request in core.requests:
        json.dumps([request.id, request.text, request.who.name, request.place.context], ensure_ascii=False).encode()
        assert "\x00" not in request.text + request.id + request.value


def _mutated(activity, chance):
    for _ in range(chance.randint(1, 3)):
        holder = activity
        while isinstance(holder, dict | list) and holder:
            name = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            if isinstance(holder[name], dict | list) and holder[name] and chance.random() < 0.7:
                holder = holder[name]
                continue
            holder[name] = deepcopy(chance.choice(ODD))
            break
    body = bytearray(json.dumps(activity).encode())
    if chance.random() < 0.2:
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body[: chance.randrange(len(body))] if chance.random() < 0.05 else body)
