"""What is done in Slack is answered in Slack, and what Slack alone knows is asked after the answer."""

import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from fake_slack import BOT, FakeSlack, Fault, serving
from slack_wire import NOON, THANKED, TOKEN, Clock, StandIn, Wire, encode, payload, signed, wire
from slack_words import words_of

from bot.reply import SILENCE, plain
from bot.request import Account, Place

PEOPLE: dict[str, dict[str, Any]] = {
    "U1": {
        "name": "ana",
        "real_name": "Ana Martín",
        "tz": "Europe/Madrid",
        "locale": "es-ES",
        "is_email_confirmed": True,
        "profile": {"display_name": "Ana", "email": "ana@example.org"},
    },
    "U2": {"name": "sam", "is_email_confirmed": False, "profile": {"real_name": "Sam", "email": "sam@example.org"}},
    "U3": {"name": "eve", "team_id": "T666", "profile": {"real_name": "Eve", "email": "ana@example.org"}},
    "U4": {"name": "bob", "is_stranger": True, "profile": {"real_name": "Bob", "email": "ana@example.org"}},
}
PUBLIC = {"is_channel": True, "is_private": False, "name": "general"}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def core() -> StandIn:
    return StandIn()


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with serving() as fake:
        fake.people |= PEOPLE
        fake.channels["C1"] = PUBLIC
        yield fake


@pytest.fixture
async def slack(fake, core, clock) -> AsyncIterator[Wire]:
    async with wire(core, fake.url, clock) as slack:
        yield slack


async def test_a_command_is_answered_in_the_response_to_the_one_who_gave_it(slack):
    answer = await slack.send(payload("command_kudos"))

    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert answer.json() == {
        "response_type": "ephemeral",
        "text": "Done.",
        "blocks": [
            {"type": "section", "text": {"type": "mrkdwn", "text": "Done.", "verbatim": True}},
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "Undo"},
                        "action_id": "kudos.undo",
                        "value": "urn:1",
                    }
                ],
            },
        ],
    }
    assert words_of(answer.json()) == plain(THANKED)


@pytest.mark.parametrize("name", ["app_mention", "message_im", "reaction_added", "click_undo"])
async def test_what_cannot_be_answered_in_the_response_is_only_acknowledged(slack, core, name):
    answer = await slack.send(payload(name))

    assert (answer.status, answer.text) == (200, "")
    assert [request.inline for request in core.handled] == [False]


async def test_silence_is_an_empty_answer(slack, core):
    core.answer = lambda _: SILENCE

    answer = await slack.send(payload("command_kudos"))

    assert (answer.status, answer.text) == (200, "")


async def test_people_are_asked_about_once_and_after_the_answer(fake, core, clock):
    async with wire(core, fake.url, clock) as slack:
        await slack.send(payload("command_kudos"))
        await slack.send(payload("app_mention"))

    assert sorted(call["user"] for call in fake.called("users.info")) == ["U1", "U2"]
    assert sorted(core.learnt, key=lambda learnt: learnt[1].id) == [
        ("local", Account("slack", "U1", "ana", "Ana", "ana@example.org", "es-ES", "Europe/Madrid")),
        ("local", Account("slack", "U2", "sam", "Sam")),
    ]


@pytest.mark.parametrize(("id", "handle", "name"), [("U3", "eve", "Eve"), ("U4", "bob", "Bob")])
async def test_a_mail_that_another_workspace_vouches_for_joins_nobody(fake, core, clock, id, handle, name):
    async with wire(core, fake.url, clock) as slack:
        await fake.until("auth.test")
        await slack.send({**payload("command_ristretto"), "user_id": id})

    assert core.learnt == [("local", Account("slack", id, handle, name))]


async def test_a_place_that_turns_out_to_be_open_is_widened_and_remembered(fake, core, clock):
    async with wire(core, fake.url, clock) as slack:
        await slack.send(payload("command_kudos"))
        await fake.until("conversations.info")
        while not core.widened:
            await slack.send(payload("url_verification"))
        await slack.send(payload("app_mention"))
        clock.later(minutes=16)
        await slack.send(payload("reaction_added"))

    assert [request.place.kind for request in core.handled] == ["unknown", "public", "unknown"]
    assert core.widened == [("local", Place("slack", "C1", "public", "general"))] * 2


@pytest.mark.parametrize(
    "channel",
    [
        {**PUBLIC, "is_private": True},
        {"is_channel": False, "is_group": True, "is_private": True},
        {"is_mpim": True, "is_channel": True, "is_private": False},
        {"name": "odd"},
        None,
    ],
    ids=str,
)
async def test_a_place_that_slack_does_not_call_open_stays_closed(fake, core, clock, channel):
    del fake.channels["C1"]
    if channel:
        fake.channels["C1"] = channel

    async with wire(core, fake.url, clock) as slack:
        await slack.send(payload("command_kudos"))

    assert [place.kind for _, place in core.widened] == ["members"]


async def test_the_name_of_a_channel_that_slack_left_out_is_known_the_next_time(fake, core, clock):
    fake.channels["C7"] = {**PUBLIC, "name": "apollo"}
    body = {**payload("command_update"), "text": "<#C7|> the beta is out"}

    async with wire(core, fake.url, clock) as slack:
        await slack.send(body)
        while len(core.widened) < 2:
            await slack.send(payload("url_verification"))
        await slack.send({**body, "trigger_id": "another"})

    assert [request.text for request in core.handled] == [
        "update #c7 the beta is out",
        "update #apollo the beta is out",
    ]


def news(channel: str) -> dict[str, Any]:
    """A mention whose text names a channel by its id alone, as Slack writes it in events."""
    body = payload("app_mention")
    return {**body, "event": {**body["event"], "text": f"<@UBOT> update <#{channel}|> the beta is out"}}


async def test_an_event_that_names_a_channel_by_its_id_alone_is_taken_once_its_name_is_known(fake, core, clock):
    fake.channels["C7"] = {**PUBLIC, "name": "apollo"}

    async with wire(core, fake.url, clock) as slack:
        statuses = [(await slack.send(news("C7"))).status]
        while len(core.widened) < 1:
            await slack.send(payload("url_verification"))
        clock.later(hours=1)
        statuses += [(await slack.send(news("C7"))).status]

    assert statuses == [503, 200]
    assert [request.text for request in core.handled] == ["update #apollo the beta is out"]


@pytest.mark.parametrize("tries", ["2", "3"])
async def test_an_event_that_slack_will_hardly_bring_again_does_not_wait_for_a_name(fake, core, clock, tries):
    kind, raw = encode(news("C7"))

    async with wire(core, fake.url, clock) as slack:
        answer = await slack.post(raw, **signed(raw, clock(), content_type=kind), **{"X-Slack-Retry-Num": tries})

    assert answer.status == 200
    assert [request.text for request in core.handled] == ["update #c7 the beta is out"]


async def test_an_event_does_not_wait_for_a_name_that_slack_does_not_tell(fake, core, clock):
    fake.fail("conversations.info", Fault("ratelimited", 429, {"Retry-After": "30"}))

    async with wire(core, fake.url, clock) as slack:
        first = await slack.send(news("C7"))
        await fake.until("conversations.info")
        while (again := await slack.send(news("C7"))).status == 503:
            pass

    assert (first.status, again.status) == (503, 200)
    assert [request.text for request in core.handled] == ["update #c7 the beta is out"]


async def test_a_slack_that_cannot_be_asked_costs_no_command_and_is_asked_again_later(fake, core, clock):
    fake.fail("auth.test", Fault(drop=True))
    fake.fail("users.info", *[Fault(status=429, error="ratelimited", headers={"Retry-After": "60"})] * 2)
    fake.fail("conversations.info", Fault(status=503))

    async with wire(core, fake.url, clock) as slack:
        first = await slack.send(payload("command_kudos"))
        while len(core.learnt) < 2:
            clock.later(seconds=5)
            await slack.send(payload("message_im"))

    assert (first.status, len(core.handled)) == (200, 2)
    assert clock.at - NOON >= timedelta(seconds=60)
    assert sorted(call["user"] for call in fake.called("users.info")) == ["U1", "U1", "U2", "U2"]


async def test_it_serves_though_slack_cannot_be_reached(core, clock):
    async with wire(core, "http://127.0.0.1:9/api/", clock) as slack:
        answers = [await slack.send(payload(name)) for name in ("command_kudos", "app_mention")]

    assert [answer.status for answer in answers] == [200, 200]
    assert [request.text for request in core.handled][1] == "who knows Rust?"


async def test_variables_of_another_way_to_install_do_not_take_the_token_away(fake, core, clock, monkeypatch):
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "canary")

    async with wire(core, fake.url, clock) as slack:
        answer = await slack.send(payload("command_kudos"))
        await fake.until("users.info")

    assert (answer.status, len(core.handled)) == (200, 1)
    assert {call.token for call in fake.calls} == {TOKEN}


async def test_logs_repeat_neither_words_nor_secrets(fake, core, clock, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    fake.fail("users.info", Fault(body="no json", status=500))

    async with wire(core, fake.url, clock) as slack:
        await slack.send({**payload("command_kudos"), "text": "<@U2|sam> for the canary"})
        await slack.send({**payload("view_submission"), "type": "unheard of", "text": "canary"})
        await slack.send(payload("app_mention") | {"team": 5})

    said = caplog.text + "".join(capsys.readouterr())
    assert "look-up failed" in said
    assert "canary" not in said
    assert "Rust" not in said


async def test_our_own_reactions_are_left_alone_even_before_slack_told_who_we_are(slack, core):
    body = payload("reaction_added")
    body["event"]["user"] = BOT

    assert (await slack.send(body)).status == 200
    assert core.handled == []


async def test_a_replay_of_any_gesture_has_one_effect(slack, core):
    names = ("command_kudos", "app_mention", "message_im", "reaction_added", "click_undo")
    bodies = [[(await slack.send(payload(name))).text for _ in range(5)] for name in names]

    assert [len(set(texts)) for texts in bodies] == [1] * 5
    assert len(core.handled) == 5
    assert json.loads(bodies[0][0])["text"] == "Done."
