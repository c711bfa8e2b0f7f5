"""What is sent to Slack arrives where it should, and what became of it is said honestly."""

import asyncio
import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import ClientSession, ClientTimeout
from fake_slack import FIRST_TS, FakeSlack, Fault, serving
from slack_sdk.web.async_client import AsyncWebClient
from slack_wire import NOON, TOKEN, Clock
from slack_words import words_of
from yarl import URL

from adapters.slack import hook
from adapters.slack.hook import Hook
from adapters.slack.outgoing import SlackDelivery
from bot.delivery import Address, Permanent, RetryAt, Sent, Uncertain
from bot.reply import Mention, plain, say

REPLY = say(Mention("ana", "Ana", (("slack", "U1"),)), " thanked you: the demo")
ANA = Address("local", "slack", account="U1")
CHAT = Address("local", "slack", account="U1", place="D1")
CHANNEL = Address("local", "slack", place="C1")
TS = f"{FIRST_TS}.000100"
SENT = Sent(TS, "D1")
KEY = "5f0c"


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime.fromtimestamp(FIRST_TS, UTC))


@pytest.fixture
async def fake() -> AsyncIterator[FakeSlack]:
    async with serving() as fake:
        yield fake


@pytest.fixture
async def delivery(fake, clock) -> AsyncIterator[SlackDelivery]:
    async with delivering(fake.url, clock) as delivery:
        yield delivery


class delivering:  # noqa: N801  # reads as what it is in `async with`
    def __init__(self, api: str, clock: Clock, seconds: float = 90) -> None:
        self._session = ClientSession(timeout=ClientTimeout(total=seconds))
        client = AsyncWebClient(TOKEN, api, session=self._session, retry_handlers=[])
        client.proxy = None
        self._delivery = SlackDelivery(client, self._session, clock)

    async def __aenter__(self) -> SlackDelivery:
        return self._delivery

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()


async def test_a_person_is_written_to_by_their_account_and_the_chat_is_told(delivery, fake):
    outcome = await delivery.post(ANA, REPLY, "kudos.received", KEY)

    [said] = fake.called("chat.postMessage")
    assert outcome == SENT
    assert (said["channel"], said["unfurl_links"], said["unfurl_media"]) == ("U1", False, False)
    assert said["metadata"] == {"event_type": "ristretto_kudos", "event_payload": {"id": KEY}}
    assert words_of(said, {"U1": "ana"}) == plain(REPLY)
    assert (said["text"], "thread_ts" in said) == ("@ana thanked you: the demo", False)


async def test_the_same_message_carries_the_same_id_again(delivery, fake):
    for key in (KEY, KEY, "another"):
        await delivery.post(ANA, REPLY, "kudos.received", key)

    first, again, other = (said["client_msg_id"] for said in fake.called("chat.postMessage"))
    assert first == again != other


async def test_a_place_is_spoken_to_in_its_thread(delivery, fake):
    outcome = await delivery.post(Address("local", "slack", place="C1", thread="1.2"), REPLY, "kudos.line", KEY)

    [said] = fake.called("chat.postMessage")
    assert outcome == Sent(TS, "C1")
    assert (said["channel"], said["thread_ts"]) == ("C1", "1.2")


async def test_an_answer_in_a_place_is_seen_by_the_asker_alone(delivery, fake):
    outcome = await delivery.post(Address("local", "slack", place="C1", only_for="U1"), REPLY, "core.answer", KEY)

    [said] = fake.called("chat.postEphemeral")
    assert outcome == Sent("", "C1")
    assert (said["channel"], said["user"]) == ("C1", "U1")
    assert fake.messages == []


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "user_not_in_channel"])
async def test_an_answer_in_a_place_where_we_cannot_whisper_is_said_in_our_chat_with_the_asker(delivery, fake, error):
    fake.fail("chat.postEphemeral", Fault(error))
    there = Address("local", "slack", place="C1", thread="1.2", only_for="U1")

    outcome = await delivery.post(there, REPLY, "core.answer", KEY)

    [said] = fake.called("chat.postMessage")
    assert outcome == SENT
    assert (said["channel"], "thread_ts" in said, words_of(said, {"U1": "ana"})) == ("U1", False, plain(REPLY))


async def test_an_answer_that_is_refused_for_another_reason_is_said_nowhere_else(delivery, fake):
    fake.fail("chat.postEphemeral", Fault("is_archived"))

    outcome = await delivery.post(Address("local", "slack", place="C1", only_for="U1"), REPLY, "core.answer", KEY)

    assert outcome == Permanent("is_archived")
    assert fake.messages == []


async def test_an_error_that_is_no_text_is_uncertain(delivery, fake):
    fake.fail("chat.postMessage", Fault(body='{"ok": false, "error": {"of": "tomorrow"}}'))

    assert await delivery.post(ANA, REPLY, "digest", KEY) == Uncertain("HTTP 200")


async def test_a_chat_that_is_not_ours_gives_way_to_the_person(delivery, fake):
    fake.refusals["D9"] = "channel_not_found"

    outcome = await delivery.post(Address("local", "slack", account="U1", place="D9"), REPLY, "digest", KEY)

    assert outcome == SENT
    assert fake.delivered() == {KEY: 1}


@pytest.mark.parametrize(
    ("error", "unreachable"),
    [
        *[(error, True) for error in ("user_disabled", "user_not_found", "cannot_dm_bot")],
        ("channel_not_found", True),
        ("msg_too_long", False),
        ("is_archived", False),
        ("account_inactive", False),
        ("token_revoked", False),
        ("missing_scope", False),
        ("an error of tomorrow", False),
    ],
)
async def test_what_slack_refuses_is_not_tried_again(delivery, fake, error, unreachable):
    fake.fail("chat.postMessage", Fault(error))

    assert await delivery.post(ANA, REPLY, "digest", KEY) == Permanent(error, unreachable)


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found", "is_archived", "restricted_action"])
async def test_a_place_that_refuses_says_nothing_of_a_person(delivery, fake, error):
    fake.refusals["C1"] = error

    assert await delivery.post(CHANNEL, REPLY, "kudos.line", KEY) == Permanent(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "7"}, 7), ({"Retry-After": "soon"}, 30), ({}, 30), ({"Retry-After": "99999"}, 3600)],
    ids=str,
)
async def test_a_limit_is_honoured_for_the_whole_workspace(delivery, fake, clock, headers, seconds):
    fake.fail("chat.postMessage", Fault("ratelimited", 429, headers))

    outcome = await delivery.post(ANA, REPLY, "digest", KEY)

    assert outcome == RetryAt(clock() + timedelta(seconds=seconds), bucket=True)
    assert len(fake.called("chat.postMessage")) == 1


@pytest.mark.parametrize("body", ["", "<html>slow down</html>"])
async def test_a_limit_without_a_readable_body_is_a_limit(delivery, fake, clock, body):
    fake.fail("chat.postMessage", Fault(status=429, body=body))

    assert await delivery.post(ANA, REPLY, "digest", KEY) == RetryAt(clock() + timedelta(seconds=30), bucket=True)


@pytest.mark.parametrize("error", ["invalid_auth", "not_authed", "token_expired"])
async def test_messages_wait_for_settings_that_are_wrong(delivery, fake, clock, error):
    fake.fail("chat.postMessage", Fault(error))

    assert await delivery.post(ANA, REPLY, "digest", KEY) == RetryAt(clock() + timedelta(minutes=5), bucket=True)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(drop=True), "ServerDisconnectedError"),
        (Fault(drop=True, done=True), "ServerDisconnectedError"),
        (Fault(status=500), "HTTP 500"),
        (Fault(status=503, body="<html>"), "HTTP 503"),
        (Fault(body="no json"), "HTTP 200"),
        (Fault(body="[]"), "HTTP 200"),
        (Fault(body='["a"]'), "AttributeError"),
        (Fault(body='{"ok": true}'), "unreadable"),
        (Fault("internal_error"), "internal_error"),
        (Fault("fatal_error"), "fatal_error"),
        (Fault("service_unavailable", 503), "service_unavailable"),
        (Fault("request_timeout"), "request_timeout"),
    ],
    ids=str,
)
async def test_what_slack_may_have_is_called_uncertain_and_sent_once(delivery, fake, fault, reason):
    fake.fail("chat.postMessage", fault)

    assert await delivery.post(ANA, REPLY, "digest", KEY) == Uncertain(reason)
    assert len(fake.called("chat.postMessage")) == 1
    assert fake.delivered() == ({KEY: 1} if fault.done else {})


async def test_a_slack_that_does_not_answer_in_time_may_have_it(fake, clock):
    fake.fail("chat.postMessage", Fault(delay=1, done=True))

    async with delivering(fake.url, clock, seconds=0.2) as delivery:
        outcome = await delivery.post(ANA, REPLY, "digest", KEY)

    assert outcome == Uncertain("TimeoutError")


async def test_a_slack_that_cannot_be_reached_surely_has_nothing(clock):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    later = RetryAt(clock() + timedelta(seconds=15), bucket=True)

    async with delivering(f"http://127.0.0.1:{port}/api/", clock) as refused:
        assert await refused.post(ANA, REPLY, "digest", KEY) == later
    async with delivering("http://slack.invalid/api/", clock) as unnamed:
        assert await unnamed.post(ANA, REPLY, "digest", KEY) == later


async def test_a_message_is_taken_away_once_and_for_all(delivery, fake):
    sent = await delivery.post(CHANNEL, REPLY, "kudos.line", KEY)

    assert await delivery.remove(CHANNEL, sent.id) == Sent(TS, "C1")
    assert await delivery.remove(CHANNEL, sent.id) == Sent(TS, "C1")
    assert fake.messages == []


async def test_a_message_that_cannot_be_taken_away_says_so(delivery, fake, clock):
    fake.fail(
        "chat.delete", Fault("cant_delete_message"), Fault("ratelimited", 429, {"Retry-After": "3"}), Fault(status=500)
    )

    outcomes = [await delivery.remove(CHANNEL, TS) for _ in range(3)]

    assert outcomes == [
        Permanent("cant_delete_message"),
        RetryAt(clock() + timedelta(seconds=3), bucket=True),
        Uncertain("HTTP 500"),
    ]


async def test_a_message_of_which_nothing_was_heard_is_found_again(delivery, fake, clock):
    fake.fail("chat.postMessage", Fault(drop=True, done=True))
    await delivery.post(ANA, REPLY, "digest", KEY)
    for n in range(300):
        await delivery.post(CHAT, REPLY, "kudos.received", str(n))

    assert await delivery.found(ANA, KEY, clock()) == SENT
    assert await delivery.found(CHAT, KEY, clock()) == SENT
    assert await delivery.found(ANA, "never sent", clock()) is None
    assert await delivery.found(ANA, KEY, clock() + timedelta(hours=1)) is None


async def test_a_message_in_a_thread_is_found_there(delivery, clock):
    address = Address("local", "slack", place="C1", thread="1.2")
    await delivery.post(address, REPLY, "kudos.line", KEY)

    assert await delivery.found(address, KEY, clock()) == Sent(TS, "C1")
    assert await delivery.found(CHANNEL, KEY, clock()) is None


async def test_where_slack_cannot_tell_nothing_is_sent_again(delivery, fake, clock):
    fake.refusals["C1"] = "not_in_channel"
    fake.fail("conversations.open", Fault("missing_scope"), Fault("ratelimited", 429, {"Retry-After": "3"}))
    fake.fail("conversations.history", Fault("missing_scope"))

    assert await delivery.found(CHANNEL, KEY, clock()) == Uncertain("missing_scope")
    assert await delivery.found(CHANNEL, KEY, clock()) == Uncertain("not_in_channel")
    assert await delivery.found(ANA, KEY, clock()) == Uncertain("missing_scope")
    assert await delivery.found(ANA, KEY, clock()) == RetryAt(clock() + timedelta(seconds=3), bucket=True)
    alone = Address("local", "slack", place="C2", only_for="U1")
    assert await delivery.found(alone, KEY, clock()) == Uncertain("seen by one person only")


async def test_a_click_is_answered_in_the_place_of_what_was_clicked(delivery, fake):
    address = Address("local", "slack", place="C1", only_for="U1", context=Hook(fake.hook(), replace=True).dump())

    outcome = await delivery.post(address, REPLY, "core.answer", KEY)

    [said] = fake.called("response_url")
    assert outcome == Sent("", "C1")
    assert (said["response_type"], said["replace_original"]) == ("ephemeral", True)
    assert words_of(said, {"U1": "ana"}) == plain(REPLY)
    assert [call.method for call in fake.calls] == ["response_url"]


async def test_a_click_in_somebody_elses_chat_is_answered_to_the_clicker(delivery, fake):
    fake.refusals["D9"] = "channel_not_found"
    address = Address("local", "slack", place="D9", context=Hook(fake.hook(), replace=True).dump())

    assert await delivery.post(address, REPLY, "core.answer", KEY) == Sent("", "D9")
    assert [said["response_type"] for said in fake.called("response_url")] == ["ephemeral"]


async def test_an_answer_whose_address_is_used_up_still_arrives(delivery, fake):
    fake.fail("response_url", Fault("used_url", 404), Fault("expired_url", 404))
    context = Hook(fake.hook(), replace=True).dump()

    alone = await delivery.post(Address("local", "slack", place="C1", only_for="U1", context=context), REPLY, "x", KEY)
    chat = await delivery.post(Address("local", "slack", place="D1", context=context), REPLY, "x", KEY)

    assert (alone, chat) == (Sent("", "C1"), SENT)


async def test_the_line_for_everybody_is_posted_where_it_can_be_taken_back(delivery, fake):
    address = Address("local", "slack", place="C1", context=Hook(fake.hook(), replace=True).dump())

    assert await delivery.post(address, REPLY, "kudos.line", KEY) == Sent(TS, "C1")
    assert fake.called("response_url") == []


@pytest.mark.parametrize("error", ["not_in_channel", "channel_not_found"])
async def test_where_we_may_not_post_the_line_is_said_by_the_way_the_command_came(delivery, fake, error):
    fake.refusals["C1"] = error
    address = Address("local", "slack", place="C1", context=Hook(fake.hook(), replace=True).dump())

    outcome = await delivery.post(address, REPLY, "kudos.line", KEY)

    [said] = fake.called("response_url")
    assert outcome == Sent("", "C1")
    assert (said["response_type"], said["replace_original"]) == ("in_channel", False)


async def test_a_line_that_cannot_be_said_in_any_way_is_refused(delivery, fake):
    fake.refusals["C1"] = "not_in_channel"
    fake.fail("response_url", Fault("expired_url", 404))
    address = Address("local", "slack", place="C1", context=Hook(fake.hook()).dump())

    assert await delivery.post(address, REPLY, "kudos.line", KEY) == Permanent("not_in_channel")


async def test_a_notice_never_takes_the_way_an_old_command_came(delivery, fake):
    address = Address("local", "slack", account="U1", place="D1", context=Hook(fake.hook()).dump())

    assert await delivery.post(address, REPLY, "digest.weekly", KEY) == SENT
    assert [call.method for call in fake.calls] == ["chat.postMessage"]


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (Fault(status=429, headers={"Retry-After": "2"}), RetryAt(NOON, bucket=True)),
        (Fault(status=502), Uncertain("HTTP 502")),
        (Fault(drop=True), Uncertain("ServerDisconnectedError")),
    ],
    ids=str,
)
async def test_an_answer_by_response_url_is_judged_as_any_other(delivery, fake, clock, fault, outcome):
    fake.fail("response_url", fault)
    address = Address("local", "slack", place="C1", only_for="U1", context=Hook(fake.hook()).dump())

    said = await delivery.post(address, REPLY, "core.answer", KEY)

    assert said == (RetryAt(clock() + timedelta(seconds=2), bucket=True) if isinstance(outcome, RetryAt) else outcome)
    assert len(fake.calls) == 1


async def test_a_redirect_is_not_followed(delivery, fake):
    fake.fail("response_url", Fault(status=307, headers={"Location": fake.hook("stolen")}))
    address = Address("local", "slack", place="C1", only_for="U1", context=Hook(fake.hook()).dump())

    assert await delivery.post(address, REPLY, "core.answer", KEY) == Sent("", "C1")
    assert [call.args.get("name") for call in fake.calls if call.method == "response_url"] == ["1"]


HOSTILE = (
    *("http://hooks.slack.com/a", "https://hooks.slack.com:8443/a", "https://hooks.slack.com.evil.example/a"),
    *(
        "https://hooks.slack.com@evil.example/a",
        "https://user:pw@hooks.slack.com/a",
        "https://evil.example/hooks.slack.com",
    ),
    *(
        "https://hooks.slack.com\\@evil.example/a",
        "https://hооks.slack.com/a",
        "//hooks.slack.com/a",
        "hooks.slack.com/a",
    ),
    *("https://hooks.slack.com./a", "file:///etc/passwd", "https://169.254.169.254/latest", "http://localhost/a"),
    *(
        "https://slack.com/a",
        "https://evil.example\\.hooks.slack.com",
        "",
        "https://",
        "https://[::1",
        "javascript:alert(1)",
    ),
    *(
        "https://hooks.slack.com%2eevil.example/a",
        "https://1.hooks.slack.com/a",
    ),
)


@pytest.mark.parametrize("url", HOSTILE)
async def test_an_address_that_is_not_slacks_is_never_called(delivery, fake, url):
    address = Address("local", "slack", place="C1", only_for="U1", context=Hook(url).dump())

    assert await delivery.post(address, REPLY, "core.answer", KEY) == Sent("", "C1")
    assert [call.method for call in fake.calls] == ["chat.postEphemeral"]


def test_slacks_own_addresses_are_permitted():
    url = "https://hooks.slack.com/actions/T1/2/3"

    assert hook.permitted(url, URL("https://slack.com/api/")) == URL(url)
    assert hook.permitted("http://127.0.0.1:80/x", URL("http://127.0.0.1/api/")) is not None
    assert hook.permitted("https://hooks.slack.com:443/x", URL("https://slack.com/api/")) is not None
    assert hook.permitted("http://127.0.0.1:81/x", URL("http://127.0.0.1/api/")) is None
    assert hook.permitted("https://chat.example/x", URL("https://chat.example/api/")) is None


async def test_many_at_once_share_one_session(delivery, fake):
    outcomes = await asyncio.gather(*(delivery.post(ANA, REPLY, "digest", str(n)) for n in range(100)))

    assert len({outcome.id for outcome in outcomes}) == 100
    assert set(fake.delivered().values()) == {1}
