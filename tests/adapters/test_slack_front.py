"""Only what Slack has signed a moment ago comes in, and nothing that comes in breaks anything."""

import gzip
import json
import random
from collections.abc import AsyncIterator
from copy import deepcopy
from typing import Any

import pytest
from fake_slack import serving
from slack_wire import NOON, Clock, StandIn, Wire, encode, payload, signature, signed, wire

MUTATIONS = 2000
ODD: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1.5,
    "",
    "x" * 300,
    "\ud800",
    "\x00",
    [],
    {},
    [[]],
    [{}],
    {"id": 5},
    ["a"],
    "<!channel>",
)
GESTURES = (
    *("command_kudos", "command_ristretto", "app_mention", "message_im", "message_changed", "reaction_added"),
    *("click_undo", "click_in_direct_message", "view_submission", "app_home_opened"),
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def core() -> StandIn:
    return StandIn()


@pytest.fixture
async def slack(core, clock) -> AsyncIterator[Wire]:
    async with serving() as fake, wire(core, fake.url, clock) as slack:
        yield slack


async def test_slack_may_verify_the_address(slack):
    answer = await slack.send(payload("url_verification"))

    assert (answer.status, answer.json()) == (200, {"challenge": payload("url_verification")["challenge"]})


async def test_slack_may_look_at_the_certificate_without_a_signature(slack, core):
    answer = await slack.post(b"token=x&ssl_check=1", **{"Content-Type": "application/x-www-form-urlencoded"})

    assert (answer.status, answer.text, core.handled) == (200, "", [])


async def test_what_slack_signed_is_handled(slack, core):
    answer = await slack.send(payload("command_kudos"))

    assert (answer.status, len(core.handled)) == (200, 1)


async def test_a_clock_may_differ_a_little(slack, core, clock):
    kind, raw = encode(payload("command_kudos"))

    for seconds in (-300, 60):
        clock.at = NOON
        headers = signed(raw, NOON, content_type=kind)
        clock.later(seconds=-seconds)
        assert (await slack.post(raw, **headers)).status == 200

    assert len(core.handled) == 1


KIND, RAW = encode(payload("command_kudos"))
GOOD = signed(RAW, NOON, content_type=KIND)
DEEP = b'{"type":"event_callback","event":' + b"[" * 40 + b"]" * 40 + b"}"
DEEPER = b"[" * 100_000 + b"]" * 100_000


def stamped(stamp: str) -> dict[str, str]:
    return {**GOOD, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature(RAW, stamp)}


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": KIND},
        {**GOOD, "X-Slack-Signature": ""},
        {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"][:-1] + "é"},
        {**GOOD, "X-Slack-Signature": "v0=" + "0" * 64},
        {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"] + "0"},
        {**GOOD, "X-Slack-Signature": GOOD["X-Slack-Signature"].upper()},
        signed(RAW, NOON, content_type=KIND, secret="another"),
        stamped(str(int(NOON.timestamp()) - 301)),
        stamped(str(int(NOON.timestamp()) + 61)),
        stamped("1" * 5000),
        stamped("1" * 13),
        stamped(""),
        stamped("soon"),
        stamped("-1772625600"),
        stamped("1772625600.0"),
        stamped("١٧٧٢٦٢٥٦٠٠"),
    ],
    ids=str,
)
async def test_what_slack_did_not_sign_just_now_is_refused(slack, core, headers):
    answer = await slack.post(RAW, **headers)

    assert (answer.status, answer.headers.get("X-Slack-No-Retry"), core.handled) == (401, "1", [])


@pytest.mark.parametrize(
    ("raw", "kind", "status"),
    [
        (b"x" * (256 * 1024 + 1), KIND, 413),
        (b"\xff\xfe", "application/json", 400),
        (b"text=%ff&command=%2Fkudos", KIND, 400),
        (b"", "application/json", 400),
        (b"[1]", "application/json", 400),
        (b'"kudos"', "application/json", 400),
        (b"5", "application/json", 400),
        (b"9" * 5000, "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"type":"event_callback","event":[{"type":"message"}]}', "application/json", 400),
        (b'{"type":"event_callback","event":"message"}', "application/json", 400),
        (DEEP, "application/json", 400),
        (DEEPER, "application/json", 400),
        (b"", KIND, 400),
        (b"no form at all", KIND, 400),
        (b"text=no+command", KIND, 400),
        (b"payload=%5B%5D", KIND, 400),
        (b"payload=", KIND, 400),
        (b"\x00\x01", "application/octet-stream", 400),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_what_cannot_be_read_is_refused_though_it_is_signed(slack, core, raw, kind, status):
    answer = await slack.post(raw, **signed(raw, NOON, content_type=kind))

    assert (answer.status, core.handled) == (status, [])


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_a_body_that_cannot_be_unpacked_is_refused(slack, core, encoding):
    answer = await slack.post(RAW, **GOOD, **{"Content-Encoding": encoding})

    assert (answer.status, core.handled) == (400, [])


async def test_a_small_body_cannot_unpack_to_a_large_one(slack, core):
    raw = gzip.compress(b"x" * 10_000_000)
    answer = await slack.post(raw, **signed(raw, NOON), **{"Content-Encoding": "gzip"})

    assert (answer.status, core.handled) == (413, [])


@pytest.mark.parametrize("changes", [{"team": 5}, {"team": []}, {"authorizations": [5]}, {"enterprise": True}], ids=str)
async def test_a_gesture_of_an_impossible_shape_is_refused(slack, core, changes):
    answer = await slack.send({**payload("app_mention"), **changes})

    assert (answer.status, core.handled) == (400, [])


@pytest.mark.parametrize("name", ["app_home_opened", "view_submission", "message_changed", "message_im_from_bot"])
async def test_what_nobody_listens_to_is_taken_in_silence(slack, core, name):
    answer = await slack.send(payload(name))

    assert (answer.status, answer.text, core.handled) == (200, "", [])


async def test_slack_is_asked_to_come_again_while_the_database_is_away(slack, core):
    core.away = True
    away = await slack.send(payload("app_mention"))
    core.away = False
    back = await slack.send(payload("app_mention"))

    assert (away.status, "X-Slack-No-Retry" in away.headers, back.status, len(core.handled)) == (503, False, 200, 1)


async def test_a_request_sent_again_has_one_effect_and_the_same_answer(slack, core):
    answers = {
        (answer.status, answer.text) for answer in [await slack.send(payload("command_kudos")) for _ in range(5)]
    }

    assert (len(answers), len(core.handled)) == (1, 1)


async def test_a_replay_after_the_window_is_refused(slack, core, clock):
    await slack.post(RAW, **GOOD)
    clock.later(seconds=301)

    assert (await slack.post(RAW, **GOOD)).status == 401
    assert len(core.handled) == 1


async def test_no_mutation_breaks_the_door_or_passes_it_unsigned(slack, core):
    chance = random.Random("slack")
    statuses = set()
    for n in range(MUTATIONS):
        raw, headers, is_signed = mutated(chance, n)
        before = len(core.handled)
        answer = await slack.post(raw, **headers)
        statuses.add(answer.status)
        assert answer.status < 500, (raw, headers)
        assert is_signed or len(core.handled) == before, (raw, headers)

    assert {200, 400, 401} <= statuses
    assert len(core.handled) > MUTATIONS / 50


def mutated(chance: random.Random, n: int) -> tuple[bytes, dict[str, str], bool]:
    """A request with something wrong with it; a third of them with nothing wrong in the signature."""
    body = payload(chance.choice(GESTURES))
    if "event_id" in body:
        body["event_id"] = f"Ev{n}"
    for _ in range(chance.randrange(3)):
        _change(chance, body)
    kind, raw = _encoded(body)
    for _ in range(chance.choice((0, 0, 0, 1, 3))):
        raw = _garbled(chance, raw)
    headers = signed(raw, NOON, content_type=kind)
    if chance.random() < 1 / 3:
        return raw, headers, True
    return raw, _spoilt(chance, headers), False


def _encoded(body: dict[str, Any]) -> tuple[str, bytes]:
    """Halves of characters can only be sent as JSON escapes."""
    try:
        return encode(body)
    except UnicodeEncodeError:
        return "application/json", json.dumps(body).encode()
    except KeyError:
        return "application/json", json.dumps(body).encode()


def _change(chance: random.Random, body: dict[str, Any]) -> None:
    places: list[Any] = [body]
    for place in places:
        children = place.values() if isinstance(place, dict) else place
        places += [child for child in children if isinstance(child, dict | list) and child]
    place = chance.choice(places)
    key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
    if chance.random() < 1 / 4:
        del place[key]
    else:
        place[key] = deepcopy(chance.choice(ODD))


def _garbled(chance: random.Random, raw: bytes) -> bytes:
    at = chance.randrange(len(raw) + 1)
    return chance.choice((raw[:at], raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :], raw[at:] + raw[:at]))


def _spoilt(chance: random.Random, headers: dict[str, str]) -> dict[str, str]:
    key = chance.choice(("X-Slack-Request-Timestamp", "X-Slack-Signature"))
    value = headers[key]
    at = chance.randrange(len(value))
    worse = (value[:at], value[:at] + "z" + value[at + 1 :], value + "0", "v0=" + "f" * 64, "1" * 5000, "é" * 67, "")
    return {**headers, key: chance.choice(worse)}
