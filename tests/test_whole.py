"""The whole of it: `ristretto serve` in a process of its own, Slack and Teams on the other side, a real database."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast
from uuid import uuid4

import pytest
from databases import new_database
from fake_slack import FakeSlack
from fake_slack import serving as serving_slack
from fake_teams import FakeTeams, fake_teams
from serving import Serving, environ, serving, until
from slack_wire import payload
from slack_words import words_of
from teams_bot import payload as teams_payload
from teams_words import words

from bot.company import CLOSES, OPENS, SATURDAY, Company
from store import Store, activities, outbox, people
from store.activities import PUBLIC, Activity
from store.base import Transaction
from store.people import Person

HANDLES = {"U1": "ana", "U2": "sam", "U3": "eve"}
ANA_IN_TEAMS = "aaaa0000-0000-0000-0000-000000000001"
SOON = timedelta(minutes=10)
OPEN = {"is_channel": True, "is_private": False, "name": "general"}


@dataclass(slots=True)
class World:
    """The server, both platforms, and a look into its database."""

    serve: Serving
    slack: FakeSlack
    teams: FakeTeams
    store: Store
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def command(self, user: str, text: str, channel: str = "C1") -> dict[str, Any]:
        """`/kudos text`, and what came back in the response."""
        n = next(self._numbers)
        who = {"user_id": user, "user_name": HANDLES[user], "channel_id": channel, "trigger_id": f"{n}.2.abc"}
        said = {"command": "/kudos", "text": text, "response_url": self.slack.hook(f"said-{n}")}
        answer = await self.serve.slack({**payload("command_kudos"), **who, **said})
        assert answer.status == 200
        return answer.json()

    async def message(self, user: str, text: str) -> None:
        event = {
            "user": user,
            "channel": f"D{user[1:]}",
            "text": text,
            "ts": f"{1_772_625_600 + next(self._numbers)}.0001",
        }
        said = payload("message_im")
        assert (await self.serve.slack({**said, "event": {**said["event"], **event}})).status == 200

    async def click(self, user: str, button: dict[str, Any], channel: str = "C1") -> str:
        """The words that the click is answered with."""
        n = next(self._numbers)
        clicked = payload("click_undo")
        action = {**clicked["actions"][0], "action_id": button["action_id"], "value": button["value"]}
        who = {"user": {"id": user, "username": HANDLES[user]}, "channel": {"id": channel, "name": "general"}}
        more = {"actions": [action], "response_url": self.slack.hook(f"click-{n}")}
        container = {**clicked["container"], "channel_id": channel}
        assert (await self.serve.slack({**clicked, **who, **more, "container": container})).status == 200
        [told] = await until(lambda: [one for one in self.slack.called("response_url") if one["name"] == f"click-{n}"])
        assert told["response_type"] == "ephemeral"
        return words_of(told, HANDLES)

    def said(self, kind: str, channel: str) -> list[str]:
        """Messages of this kind that stand in a channel now."""
        return [
            words_of({"blocks": _json(message["blocks"])}, HANDLES)
            for message in self.slack.messages
            if message["channel"] == channel and _json(message["metadata"])["event_type"] == f"ristretto_{kind}"
        ]

    async def person(self, platform: str, account: str) -> Person | None:
        return await self.store.read("local", lambda tx: people.of_account(tx, platform, account))


@asynccontextmanager
async def world(folder: Any, database_url: str, **more: str) -> AsyncIterator[World]:
    async with serving_slack() as slack, fake_teams() as teams:
        zone = _zone_at_work()
        slack.channels["C1"] = OPEN
        slack.people = {
            user: {
                "name": handle,
                "tz": zone,
                "locale": "en-GB",
                "is_email_confirmed": True,
                "profile": {"real_name": handle.title(), "email": f"{handle}@example.org"},
            }
            for user, handle in HANDLES.items()
        }
        told = environ(database_url, slack, teams, RISTRETTO_TIMEZONE=zone, **more)
        async with serving(folder, told) as serve:
            store = Store(database_url)
            try:
                yield World(serve, slack, teams, store)
            finally:
                await store.close()


async def test_thanks_go_from_a_command_to_the_channel_to_the_receiver_and_all_the_way_back(tmp_path, database_url):
    async with world(tmp_path, database_url) as here:
        assert [await here.serve.get(path) for path in ("/healthz", "/readyz")] == [(200, "alive\n"), (200, "ready\n")]
        await here.message("U2", "hello")
        await until(lambda: here.said("core", "D2"))
        await until_known(here, "slack", "U2")

        answer = await here.command("U1", "<@U2> for the demo")
        undo = answer["blocks"][-1]["elements"][0]

        assert answer["response_type"] == "ephemeral"
        done, seen, _ = words_of(answer, HANDLES).splitlines()
        assert done == "You thanked @sam: the demo"
        assert "everyone in the company once I know that it is a public channel." in seen
        assert (undo["text"]["text"], "undo" in undo["action_id"]) == ("Undo", True)
        assert await until(lambda: here.said("kudos", "C1")) == ["@ana thanked @sam: the demo"]
        await told_at_work(here, "D2", "@ana thanked you: the demo")
        await until_public(here)

        assert await here.click("U3", undo) == "Only the person who said it can take it back."
        assert (here.said("kudos", "C1"), here.slack.called("chat.delete")) == (["@ana thanked @sam: the demo"], [])
        assert await here.click("U1", undo) == "Taken back: your thanks to @sam."
        await until(lambda: not here.said("kudos", "C1") and not here.said("kudos", "D2"))
        assert all(
            set(_json(one["metadata"])["event_payload"]) == {"id"} for one in here.slack.called("chat.postMessage")
        )
        assert await here.click("U1", undo) == "That was taken back already."


async def test_where_the_bot_is_no_member_the_line_is_said_once_and_undo_says_that_it_stays(tmp_path, database_url):
    async with world(tmp_path, database_url) as here:
        here.slack.refusals["C2"] = "not_in_channel"

        answer = await here.command("U1", "<@U2> for the demo", channel="C2")
        undo = answer["blocks"][-1]["elements"][0]
        [aloud] = await until(lambda: [one for one in here.slack.called("response_url") if _is_aloud(one)])

        assert words_of(aloud, HANDLES) == "@ana thanked @sam: the demo"
        assert aloud["replace_original"] is False
        assert await here.click("U1", undo, channel="C2") == (
            "Taken back: your thanks to @sam.\nThe line stays in the channel: I cannot remove it from there."
        )
        assert len([one for one in here.slack.called("response_url") if _is_aloud(one)]) == 1
        assert here.slack.called("chat.delete") == []


async def test_who_is_known_in_slack_is_the_same_person_in_teams(tmp_path, database_url):
    async with world(tmp_path, database_url) as here:
        await here.command("U1", "<@U2> for the demo")
        ana = await until_known(here, "slack", "U1")
        here.teams.members["29:1ana"] = {
            "id": "29:1ana",
            "aadObjectId": ANA_IN_TEAMS,
            "name": "Ana Silva",
            "email": "ana@example.org",
        }
        token = here.teams.token()
        posted = await here.serve.teams(teams_payload(here.teams, "installation"), token)
        await until_same(here, "teams", ANA_IN_TEAMS, ana.id)
        await until_same(here, "teams", "29:1ana", ana.id)
        await until_public(here)

        asked = await here.serve.teams(teams_payload(here.teams, "message_personal", text="My  THANKS"), token)

        [answer] = await until(here.teams.posted)
        assert (posted.status, asked.status) == (200, 200)
        first, second, *_ = words(answer["attachments"][0]["content"], {}).splitlines()
        assert (first, second) == ("Thanks you gave", "- @sam: the demo")


async def test_a_worker_serves_no_platform_and_sends_what_the_web_has_committed(tmp_path, postgres_url):
    async with serving_slack() as slack, fake_teams() as teams:
        told = environ(postgres_url, slack, teams)
        async with serving(tmp_path, told, "web") as web:
            kudos = {**payload("command_kudos"), "text": "<@U2> for the demo"}
            assert (await web.slack(kudos)).status == 200
            await asyncio.sleep(1)
            assert slack.called("chat.postMessage") == []

            async with serving(tmp_path, told, "worker") as worker:
                assert [(await worker.get(path))[0] for path in ("/healthz", "/readyz")] == [200, 200]
                assert (await worker.slack(kudos)).status == 404
                assert (await worker.teams(teams_payload(teams, "message_personal"), teams.token())).status == 404
                await until(lambda: [m for m in slack.messages if m["channel"] == "C1"])


@pytest.fixture
def postgres_url(postgres_server) -> str:
    return new_database(postgres_server, f"whole{uuid4().hex[:12]}")


async def until_known(here: World, platform: str, account: str) -> Person:
    """Waits until what the platform says of somebody was learnt."""

    async def known() -> Person | None:
        person = await here.person(platform, account)
        return person if person and person.email else None

    return cast("Person", await until(known))


async def until_same(here: World, platform: str, account: str, id: str) -> None:
    """Waits until an account is one person's."""

    async def joined() -> bool:
        person = await here.person(platform, account)
        return bool(person and person.id == id)

    await until(joined)


async def until_public(here: World) -> None:
    """Waits until what was said in a channel that turned out to be open is everybody's."""
    ana = await until_known(here, "slack", "U1")

    def given(tx: Transaction) -> list[Activity]:
        return activities.of_actor(tx, ana.id, ["thanks"], (PUBLIC,), 1)

    await until(lambda: here.store.read("local", given))


async def told_at_work(here: World, chat: str, line: str) -> None:
    """The receiver is told now, or where it is weekend all over the world when their week begins."""
    company = Company("en", _zone_at_work())
    [message] = await here.store.read("local", lambda tx: outbox.of_kind(tx, "kudos.received"))
    sam = await until_known(here, "slack", "U2")
    if company.open_hour(sam, message.created_at) == message.created_at:
        assert await until(lambda: here.said("kudos", chat)) == [line]
    else:
        assert (message.state, message.not_before) == ("ready", company.open_hour(sam, message.created_at))


def _zone_at_work() -> str:
    """Where it is the middle of a working day, if it is so anywhere."""
    zones = [f"Etc/GMT{hours:+d}" for hours in range(-12, 13)]
    return next((zone for zone in zones if _is_open(zone)), "UTC")


def _is_open(zone: str) -> bool:
    local = Company("en", zone).local(Person("", "", ""), datetime.now(UTC))
    return local.weekday() < SATURDAY and OPENS <= local.time() < CLOSES and (local + SOON).time() < CLOSES


def _is_aloud(told: dict[str, Any]) -> bool:
    return bool(told.get("response_type") == "in_channel")


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
