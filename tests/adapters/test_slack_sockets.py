"""Socket Mode takes the same gestures, and acknowledges them once they are committed."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from fake_slack import FakeSlack, serving
from slack_wire import Clock, StandIn, payload, wire


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with serving() as fake:
        yield fake


@pytest.fixture
async def core(fake) -> AsyncIterator[StandIn]:
    core = StandIn()
    async with wire(core, fake.url, Clock(), slack_app_token="xapp-canary", slack_signing_secret="") as slack:
        assert slack.connected.routes == []
        yield core


def envelope(name: str, id: str, kind: str = "events_api") -> dict[str, Any]:
    return {"envelope_id": id, "type": kind, "payload": payload(name), "accepts_response_payload": kind != "events_api"}


async def test_a_command_is_answered_in_its_acknowledgement(core, fake):
    await fake.push(envelope("command_kudos", "E1", "slash_commands"))

    said = await fake.acknowledgement("E1")

    assert (said["payload"]["response_type"], said["payload"]["text"]) == ("ephemeral", "Done.")
    assert [request.id for request in core.handled] == ["slack:E1"]
    assert [call.token for call in fake.calls if call.method == "apps.connections.open"] == ["xapp-canary"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("app_mention", "events_api"), ("click_undo", "interactive"), ("app_home_opened", "events_api")],
)
async def test_what_is_taken_is_acknowledged_without_words(core, fake, name, kind):
    await fake.push(envelope(name, "E2", kind))

    assert await fake.acknowledgement("E2") == {"envelope_id": "E2"}
    assert len(core.handled) == (name != "app_home_opened")


async def test_an_event_delivered_again_has_one_effect(core, fake):
    for id in ("E3", "E4"):
        await fake.push(envelope("reaction_added", id))
        await fake.acknowledgement(id)

    assert len(core.handled) == 1


async def test_what_was_not_committed_is_not_acknowledged(core, fake):
    core.away = True
    await fake.push(envelope("app_mention", "E5"))
    await core.turned_away.wait()
    core.away = False
    await fake.push(envelope("message_im", "E6"))
    await fake.acknowledgement("E6")

    assert "E5" not in fake.acknowledged
    assert len(core.handled) == 1


async def test_an_impossible_shape_is_taken_and_has_no_effect(core, fake):
    odd = envelope("app_mention", "E7")
    odd["payload"]["team"] = 5
    await fake.push(odd)

    assert await fake.acknowledgement("E7") == {"envelope_id": "E7"}
    assert core.handled == []
