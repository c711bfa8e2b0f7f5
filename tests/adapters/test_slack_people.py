"""Who Slack's people are: learnt when they are met, and when Slack tells of them unasked."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from fake_slack import BOT, FakeSlack, serving
from slack_wire import SECRET, TOKEN, Clock, StandIn, Wire, payload, wire

from adapters.slack import connect
from bot.config import Settings
from bot.request import Account
from store import StoreAway

LEA: dict[str, Any] = {
    "id": "U9",
    "team_id": "T1",
    "name": "lea",
    "tz": "Europe/Paris",
    "locale": "fr-FR",
    "is_email_confirmed": True,
    "profile": {"display_name": "Léa Martin", "email": "lea@example.org"},
}
KNOWN = Account("slack", "U9", "lea", "Léa Martin", "lea@example.org", "fr-FR", "Europe/Paris")


@pytest.fixture
def core() -> StandIn:
    return StandIn()


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with serving() as fake:
        yield fake


@pytest.fixture
async def slack(fake, core) -> AsyncIterator[Wire]:
    async with wire(core, fake.url, Clock()) as slack:
        await fake.until("auth.test")
        yield slack


def told(kind: str, **user: Any) -> dict[str, Any]:
    return {**payload("message_im"), "event": {"type": kind, "user": {**LEA, **user}, "event_ts": "1772625600.000100"}}


@pytest.mark.parametrize("kind", ["team_join", "user_change"])
async def test_who_is_new_or_has_changed_is_learnt_at_once(slack, core, kind):
    answer = await slack.send(told(kind))

    assert (answer.status, answer.text) == (200, "")
    assert core.learnt == [("local", KNOWN)]
    assert core.handled == []


@pytest.mark.parametrize(
    ("said", "status"), [({"deleted": True}, "left"), ({"is_bot": True}, "bot"), ({"deleted": False}, "")]
)
async def test_who_left_and_who_is_a_bot_is_told(slack, core, said, status):
    await slack.send(told("user_change", **said))

    assert [account.status for _, account in core.learnt] == [status]


async def test_the_title_on_a_profile_comes_along(slack, core):
    await slack.send(told("user_change", profile={**LEA["profile"], "title": "Data engineer\0"}))
    await slack.send(told("user_change", profile={**LEA["profile"], "title": ["x"]}))

    assert [account.title for _, account in core.learnt] == ["Data engineer", ""]


async def test_slacks_own_bot_counts_as_one(slack, core):
    await slack.send(told("user_change", id="USLACKBOT"))

    assert [account.status for _, account in core.learnt] == ["bot"]


@pytest.mark.parametrize("user", [{"id": "nonsense"}, {"id": ["U9"]}, {"id": BOT}])
async def test_what_tells_of_nobody_we_can_know_is_acknowledged(slack, core, user):
    await until_named(slack)

    answer = await slack.send(told("user_change", **user))

    assert (answer.status, core.learnt) == (200, [])


@pytest.mark.parametrize("user", [{"profile": "none"}, {"profile": {"email": 1}, "name": None, "tz": []}])
async def test_an_odd_person_is_learnt_as_far_as_they_can_be_read(slack, core, user):
    answer = await slack.send(told("user_change", **user))

    assert answer.status == 200
    assert [account.id for _, account in core.learnt] == ["U9"]


async def test_slack_is_asked_to_tell_again_while_the_database_is_away(fake):
    core = Away()
    async with wire(core, fake.url, Clock()) as slack:
        answer = await slack.send(told("user_change"))

    assert answer.status == 503


async def test_a_bot_that_is_met_is_known_as_one(fake, core):
    fake.people["U2"] = {"name": "deploy", "is_bot": True, "profile": {"real_name": "Deploy"}}
    async with wire(core, fake.url, Clock()) as slack:
        await slack.send(payload("command_kudos"))
        await fake.until("users.info", 2)

    assert {account.id: account.status for _, account in core.learnt} == {"U2": "bot"}


async def test_a_clap_leads_to_the_message_it_is_about(slack, core):
    await until_named(slack)

    await slack.send(payload("reaction_added"))

    [request] = core.handled
    assert request.link == f"https://example.slack.com/archives/{request.place.id}/p{request.message.replace('.', '')}"


async def test_a_worker_only_sends(fake, core):
    settings = Settings(
        slack_signing_secret=SECRET, slack_bot_token=TOKEN, slack_api_url=fake.url, slack_app_token="xapp-canary"
    )

    async with connect(settings, core, Clock(), listen=False) as connected:
        await asyncio.sleep(0.2)

    assert connected.routes == []
    assert fake.calls == []


class Away(StandIn):
    async def learn(self, tenant: str, account: Account) -> None:
        raise StoreAway(f"{tenant} is gone with {account.id}")


async def until_named(slack: Wire) -> None:
    """The adapter knows what auth.test has said."""
    await slack.send(payload("url_verification"))
    await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "auth.test"))
