"""What is delivered to Teams, where it goes, and what is said to have become of it."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from fake_teams import APP, TENANT, Fault, fake_teams
from teams_bot import Listener, clock, teams_bot
from teams_words import words

from adapters.teams import outcomes
from adapters.teams.outcomes import Answer
from adapters.teams.reference import Reference
from bot.delivery import Address, Permanent, RetryAt, Sent, Uncertain
from bot.reply import say

BOT = f"28:{APP}"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
HELLO = say("hello")


@pytest.fixture
async def fake():
    async with fake_teams() as fake:
        yield fake


@pytest.fixture
async def delivery(fake):
    async with teams_bot(fake, Listener()) as teams:
        yield teams.delivery


def address(fake, **where):
    reference = Reference(fake.service, "a:chat-ana", "29:1ana", "aaaa-ana", BOT, TENANT)
    return Address("local", "teams", context=reference.dump(), **where)


async def test_a_message_is_posted_into_its_place_with_our_token(fake, delivery):
    outcome = await delivery.post(address(fake, place="a:chat-ana"), HELLO, "core.answer", "k1")

    [call] = fake.calls
    assert outcome == Sent("m1", "a:chat-ana")
    assert (call.method, call.path) == ("POST", "conversations/a:chat-ana/activities")
    assert call.headers["Authorization"] == "Bearer connector-1"
    assert (call.body["type"], call.body["summary"], call.body["from"]) == ("message", "hello", {"id": BOT})
    assert words(call.body["attachments"][0]["content"], {}) == "hello"


async def test_an_answer_in_a_channel_hangs_on_its_thread(fake, delivery):
    await delivery.post(address(fake, place="19:x@thread.tacv2", thread="17"), HELLO, "core.answer", "k1")

    assert [call.path for call in fake.calls] == ["conversations/19:x@thread.tacv2;messageid=17/activities"]


async def test_what_is_for_one_person_alone_goes_to_their_own_chat(fake, delivery):
    where = address(fake, place="19:x@thread.tacv2", thread="17", only_for="aaaa-ana")

    outcome = await delivery.post(where, HELLO, "core.answer", "k1")

    assert outcome == Sent("m2", "a:29:1ana")
    assert [call.path for call in fake.calls] == ["conversations", "conversations/a:29:1ana/activities"]
    assert fake.calls[0].body == {
        "isGroup": False,
        "bot": {"id": BOT},
        "members": [{"id": "29:1ana"}],
        "tenantId": TENANT,
        "channelData": {"tenant": {"id": TENANT}},
    }


@pytest.mark.parametrize(
    ("answer", "begins"),
    [("who knows it and where", "I answer in private"), ("qui s’y connaît", "Je réponds en privé")],
)
async def test_who_has_no_chat_with_us_is_told_so_where_they_asked_and_nothing_of_the_answer(
    fake, delivery, answer, begins
):
    fake.faults.append(Fault(403, "ForbiddenOperationException"))
    where = address(fake, place="19:x@thread.tacv2", thread="17", only_for="aaaa-ana")

    outcome = await delivery.post(where, say(answer), "core.answer", "k1")

    [_, told] = fake.calls
    assert outcome == Permanent("403 ForbiddenOperationException", unreachable=True)
    assert told.path == "conversations/19:x@thread.tacv2;messageid=17/activities"
    assert words(told.body["attachments"][0]["content"], {}).startswith(begins)
    assert answer not in str(told.body)


async def test_a_person_who_cannot_be_written_to_is_told_so_nowhere(fake, delivery):
    fake.faults.append(Fault(403, "ForbiddenOperationException"))

    await delivery.post(address(fake, account="aaaa-sam"), HELLO, "kudos.received", "k1")

    assert [call.path for call in fake.calls] == ["conversations"]


async def test_a_chat_is_opened_once_and_by_account_for_somebody_else(fake, delivery):
    for _ in range(2):
        await delivery.post(address(fake, account="aaaa-sam"), HELLO, "kudos.received", "k1")

    assert [call.path for call in fake.calls] == ["conversations", *["conversations/a:aaaa-sam/activities"] * 2]


async def test_a_place_can_never_lead_out_of_its_path(fake, delivery):
    await delivery.post(address(fake, place="../../../token?x=#"), HELLO, "core.answer", "k1")

    assert [call.path for call in fake.calls] == ["conversations/../../../token?x=#/activities"]
    assert fake.tokens == 1


async def test_a_message_is_taken_away_and_once_gone_stays_gone(fake, delivery):
    there = await delivery.remove(address(fake, place="a:chat-ana"), "m1")
    fake.faults.append(Fault(404, "ActivityNotFound"))
    gone = await delivery.remove(address(fake, place="a:chat-ana"), "m1")

    assert (there, gone) == (Sent("m1", "a:chat-ana"), Sent("m1", "a:chat-ana"))
    assert {(call.method, call.path) for call in fake.calls} == {("DELETE", "conversations/a:chat-ana/activities/m1")}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://127.0.0.1:9@evil.example/",
        "https://smba.trafficmanager.net.evil.example/",
        "https://evil.trafficmanager.net/",
        "http://localhost:80/",
        "",
    ],
)
async def test_nothing_goes_to_a_service_url_that_is_not_allowed(fake, delivery, url):
    context = Reference(url, "a:chat-ana", "29:1ana", "aaaa-ana", BOT, TENANT).dump()

    outcome = await delivery.post(Address("local", "teams", place="a:chat-ana", context=context), HELLO, "k", "k1")
    control = await delivery.post(address(fake, place="a:chat-ana"), HELLO, "k", "k2")

    assert outcome == Permanent("service URL not permitted")
    assert (control, fake.tokens) == (Sent("m1", "a:chat-ana"), 1)


@pytest.mark.parametrize("context", ["", "{}", "nonsense"])
async def test_without_a_reference_there_is_no_way_back(fake, delivery, context):
    outcome = await delivery.post(Address("local", "teams", place="a:chat-ana", context=context), HELLO, "k", "k1")

    assert outcome == Permanent("no reference to come back by", unreachable=True)


OUTCOMES = {
    "created": (201, "", Sent("m1", "a:x")),
    "the app is not installed": (403, "ForbiddenOperationException", True),
    "the person blocked us": (403, "MessageWritesBlocked", True),
    "the person muted us": (403, "ConversationBlockedByUser", True),
    "an administrator stopped us, or so it says at random": (403, "BotDisabledByAdmin", False),
    "the bot is no member": (403, "BotNotInConversationRoster", True),
    "another refusal": (403, "Unknown", False),
    "the chat is gone": (404, "ConversationNotFound", True),
    "too big": (413, "MessageSizeTooBig", False),
    "bad request": (400, "BadSyntax", False),
    "a redirect": (307, "", False),
    "an internal error": (500, "ServiceError", Uncertain("500 ServiceError")),
    "a bad gateway": (502, "", Uncertain("502")),
    "away": (503, "", Uncertain("503")),
    "a late gateway": (504, "", Uncertain("504")),
}


@pytest.mark.parametrize(("status", "code", "expected"), OUTCOMES.values(), ids=OUTCOMES)
async def test_each_answer_has_its_outcome(fake, delivery, status, code, expected):
    if status != 201:
        fake.faults.append(Fault(status, code))

    outcome = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    if isinstance(expected, bool):
        expected = Permanent(f"{status} {code}".strip(), unreachable=expected)
    assert outcome == expected


@pytest.mark.parametrize(
    ("status", "retry_after", "seconds", "bucket"),
    [
        (429, "7", 7, True),
        (429, "", 5, True),
        (429, "0", 1, True),
        (429, "1e9", 3600, True),
        (412, "", 5, False),
        (503, "9", 9, True),
    ],
)
async def test_when_told_to_come_back_it_comes_back_no_sooner(fake, delivery, status, retry_after, seconds, bucket):
    fake.faults.append(Fault(status, "Throttled", retry_after))
    before = clock()

    outcome = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")
    after = clock()

    assert isinstance(outcome, RetryAt)
    assert outcome.bucket is bucket
    assert before <= outcome.at - timedelta(seconds=seconds) <= after


@pytest.mark.parametrize("said", ["Mon, 23 Nov 2026 12:00:30 GMT", "30"])
def test_the_time_to_come_back_may_be_a_date(said):
    answer = Answer(429, {"Retry-After": said}, b"")

    assert outcomes.read(answer, "a:x", NOON) == RetryAt(NOON + timedelta(seconds=30), bucket=True)


async def test_what_was_read_and_then_lost_is_uncertain_and_never_sent_twice(fake, delivery):
    fake.faults.append(Fault(drop=True))

    outcome = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    assert isinstance(outcome, Uncertain)
    assert len(fake.posted()) == 1


async def test_an_answer_that_cannot_be_read_is_uncertain(fake, delivery):
    fake.faults.append(Fault(201, body="<html>"))

    assert await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1") == Uncertain("unreadable answer")


async def test_a_removal_that_was_lost_may_be_tried_again(fake, delivery):
    fake.faults.append(Fault(500, "ServiceError"))

    assert isinstance(await delivery.remove(address(fake, place="a:x"), "m1"), RetryAt)


async def test_a_chat_that_could_not_be_opened_surely_holds_no_message(fake, delivery):
    fake.faults.extend([Fault(500, "ServiceError"), Fault(403, "ForbiddenOperationException")])

    broken = await delivery.post(address(fake, account="aaaa-sam"), HELLO, "k", "k1")
    refused = await delivery.post(address(fake, account="aaaa-sam"), HELLO, "k", "k1")

    assert isinstance(broken, RetryAt)
    assert refused == Permanent("403 ForbiddenOperationException", unreachable=True)
    assert fake.posted() == []


async def test_where_nobody_listens_it_was_surely_not_delivered(fake):
    async with teams_bot(fake, Listener(), TEAMS_SERVICE_URLS="http://127.0.0.1:9") as teams:
        context = Reference("http://127.0.0.1:9/", "a:x", "29:1ana", "aaaa-ana", BOT, TENANT).dump()
        outcome = await teams.delivery.post(Address("local", "teams", place="a:x", context=context), HELLO, "k", "k1")

    assert isinstance(outcome, RetryAt)
    assert outcome.bucket


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (TimeoutError(), Uncertain),
        (aiohttp.ServerDisconnectedError(), Uncertain),
        (aiohttp.ConnectionTimeoutError(), RetryAt),
    ],
)
def test_a_failure_before_the_first_byte_is_told_from_one_after(error, kind):
    assert isinstance(outcomes.failed(error, NOON), kind)


async def test_without_a_token_nothing_is_sent_and_everything_waits(fake, delivery):
    fake.token_status = 500
    waiting = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")
    fake.token_status = 200
    sent = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    assert isinstance(waiting, RetryAt)
    assert sent == Sent("m1", "a:x")


async def test_one_token_serves_many_posts_and_is_renewed_before_it_ends(fake):
    later = timedelta()
    async with teams_bot(fake, Listener(), now=lambda: clock() + later) as teams:
        where = address(fake, place="a:x")
        await asyncio.gather(*(teams.delivery.post(where, HELLO, "k", f"k{n}") for n in range(20)))
        asked = fake.tokens
        later = timedelta(minutes=56)
        fake.token_status = 500
        kept = await teams.delivery.post(where, HELLO, "k", "k20")
        fake.token_status = 200
        await teams.delivery.post(where, HELLO, "k", "k21")

    assert (asked, isinstance(kept, Sent), fake.calls[-1].headers["Authorization"]) == (1, True, "Bearer connector-3")


async def test_a_token_that_is_refused_is_asked_for_again(fake, delivery):
    fake.faults.append(Fault(401, "Unauthorized"))
    refused = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")
    sent = await delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    assert isinstance(refused, RetryAt)
    assert (sent, fake.tokens) == (Sent("m2", "a:x"), 2)


async def test_a_managed_identity_needs_no_password(fake, monkeypatch):
    monkeypatch.setenv("AZURE_POD_IDENTITY_AUTHORITY_HOST", fake.url)
    async with teams_bot(fake, Listener(), MicrosoftAppType="UserAssignedMSI", MicrosoftAppPassword="") as teams:
        outcome = await teams.delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    assert outcome == Sent("m1", "a:x")
    assert fake.calls[0].headers["Authorization"] == "Bearer managed"


async def test_the_playground_is_written_to_without_a_token(fake):
    async with teams_bot(fake, Listener(), TEAMS_PLAYGROUND="1") as teams:
        outcome = await teams.delivery.post(address(fake, place="a:x"), HELLO, "k", "k1")

    assert outcome == Sent("m1", "a:x")
    assert (fake.tokens, "Authorization" in fake.calls[0].headers) == (0, False)
