"""Who people on Teams are is learnt in the background."""

import asyncio

import pytest
from fake_teams import APP, TENANT, fake_teams
from teams_bot import Listener, clock, payload, teams_bot

from adapters.teams import connect
from adapters.teams.reference import Reference
from bot.config import Settings


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


async def test_a_person_is_learnt_in_the_background_under_both_of_their_ids(fake, core, teams):
    ana = "aaaa0000-0000-0000-0000-000000000001"
    fake.members["29:1ana"] = {"id": "29:1ana", "aadObjectId": ana, "name": "Ana Silva", "email": "ana@example.org"}
    await teams.post(payload(fake, "message_personal"))
    await teams.post(payload(fake, "message_personal", id="2"))

    await _until(lambda: core.learnt)
    assert [(a.id, a.also, a.email, a.timezone, a.locale) for a in core.learnt] == [
        (ana, ("29:1ana",), "ana@example.org", "Europe/Paris", "en-GB")
    ]
    assert len([call for call in fake.calls if call.method == "GET"]) == 1


async def test_who_is_mentioned_is_learnt_too_and_then_known_by_their_account(fake, core, teams):
    fake.members["29:1sam"] = {
        "id": "29:1sam",
        "aadObjectId": "AAAA-SAM",
        "email": "sam@example.org",
        "userRole": "user",
    }
    await teams.post(payload(fake, "message_group"))
    await _until(lambda: any(account.also == ("29:1sam",) for account in core.learnt))

    await teams.post(payload(fake, "message_group", id="2"))

    assert [request.mentions[0].id for request in core.requests] == ["29:1sam", "aaaa-sam"]


async def test_a_guest_is_not_recognized_by_a_mail_of_another_company(fake, core, teams):
    fake.members["29:1ana"] = {"name": "Ana Silva", "email": "ana@partner.example", "userRole": "guest"}

    await teams.post(payload(fake, "message_personal"))

    await _until(lambda: core.learnt)
    assert [account.email for account in core.learnt] == [""]


async def test_an_installation_introduces_its_person(fake, core, teams):
    await teams.post(payload(fake, "installation"))

    await _until(lambda: core.learnt)
    assert [account.name for account in core.learnt] == ["Ana Silva"]


@pytest.mark.parametrize("name", ["installation", "conversation"])
async def test_an_installation_keeps_the_chat_in_which_its_person_can_be_written_to(fake, core, teams, name):
    answer = await teams.post(payload(fake, name))

    [(account, place)] = core.reached
    assert (answer.status, account.name, account.also) == (200, "Ana Silva", ("29:1ana",))
    assert (place.id, place.kind) == ("a:1chat-ana", "private")
    assert Reference.load(place.context) == Reference(
        fake.service, "a:1chat-ana", "29:1ana", account.id, f"28:{APP}", TENANT
    )
    assert core.requests == []


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("installation", {"action": "remove"}),
        ("installation", {"action": "remove-upgrade"}),
        ("conversation", {"membersAdded": [{"id": "29:1ana"}]}),
        ("conversation", {"membersAdded": [], "membersRemoved": [{"id": f"28:{APP}"}]}),
        ("conversation", {"conversation": {"id": "19:general@thread.tacv2", "conversationType": "channel"}}),
    ],
)
async def test_what_installs_nothing_opens_no_chat(fake, core, teams, name, changes):
    answer = await teams.post(payload(fake, name, **changes))

    assert (answer.status, core.reached) == (200, [])


async def test_a_worker_only_sends(fake, core):
    async with connect(Settings.read(fake.environ()), core, clock, listen=False) as connected:
        await asyncio.sleep(0.2)

    assert (connected.routes, fake.fetched, fake.calls) == ([], 0, [])


async def test_an_installation_is_asked_for_again_while_the_database_is_away(fake, core, teams):
    core.away = True

    assert (await teams.post(payload(fake, "installation"))).status == 503


async def _until(holds):
    async with asyncio.timeout(90):
        while not holds():  # noqa: ASYNC110  # the adapter tells nobody
            await asyncio.sleep(0.01)
