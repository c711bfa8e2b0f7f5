"""A server that is killed between commit and reply: what Slack and Teams deliver again has one effect and the first
answer."""

import asyncio
import json
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fake_slack import FakeSlack
from fake_slack import serving as serving_slack
from fake_teams import FakeTeams, fake_teams
from serving import Serving, environ, serving, until
from slack_wire import encode, payload, signed
from sqlalchemy import Engine, func, select
from teams_bot import payload as teams_payload
from withholding import way_to
from yarl import URL

from store.activities import activities
from store.engine import open_engine, read_url

COMMANDS, EVENTS, POSTS = 30, 15, 15
_COUNT = select(func.count()).where(activities.c.kind == "thanks")


@dataclass(frozen=True, slots=True)
class Gesture:
    """One request, byte for byte as it is sent and sent again. `chat`: where its answer goes through the outbox."""

    path: str
    raw: bytes
    headers: dict[str, str] = field(hash=False)
    chat: str = ""


async def test_killed_between_commit_and_reply_there_is_one_thanks_and_the_first_answer_again(tmp_path, database_url):
    async with serving_slack() as slack, fake_teams() as teams:
        told = environ(database_url, slack, teams)
        gestures = _gestures(teams)
        async with (
            way_to(database_url) as way,
            serving(tmp_path, told | {"RISTRETTO_DATABASE_URL": way.url}, "web") as killed,
        ):
            way.holds = True
            committed = await _killed_amid(killed, gestures, database_url)
        assert committed > 0

        async with serving(tmp_path, told) as again:
            second = {gesture: await _deliver(again, gesture) for gesture in gestures}
            third = {gesture: await _deliver(again, gesture) for gesture in gestures}
            await _until_answered(slack, teams, [gesture.chat for gesture in gestures if gesture.chat])

        assert third == second
        assert all("thanked" in text for gesture, text in second.items() if not gesture.chat)
        assert _givers(database_url) == [1] * len(gestures)
        assert set(_answers(slack, teams).values()) == {1}


async def test_an_answer_that_was_heard_is_the_same_after_a_kill(tmp_path, database_url):
    async with serving_slack() as slack, fake_teams() as teams:
        told = environ(database_url, slack, teams)
        gestures = _gestures(teams)
        async with serving(tmp_path, told, "web") as first:
            heard = {gesture: await _deliver(first, gesture) for gesture in gestures}
            await first.kill()
        async with serving(tmp_path, told, "web") as again:
            assert {gesture: await _deliver(again, gesture) for gesture in gestures} == heard

        assert json.loads(heard[gestures[0]])["response_type"] == "ephemeral"
        assert _givers(database_url) == [1] * len(gestures)


async def _killed_amid(serve: Serving, gestures: list[Gesture], database_url: str) -> int:
    """Sends all of them at once, hears no reply, and kills the server as soon as one has had its effect; how many had
    theirs."""
    engine = open_engine(read_url(database_url), readers=1)
    killing = asyncio.create_task(asyncio.to_thread(_kill_at_once, engine, serve.process.pid))
    deaf = await asyncio.gather(*(_say(serve, gesture) for gesture in gestures))
    await killing
    await serve.process.wait()
    for writer in deaf:
        writer.close()
    committed = _thanks(engine)
    engine.dispose()
    return committed


async def _say(serve: Serving, gesture: Gesture) -> asyncio.StreamWriter:
    """Sends it and reads nothing: whatever is replied, the platform never knows."""
    url = URL(serve.url)
    _, writer = await asyncio.open_connection(url.host, url.port)
    headers = {"Host": url.authority, **gesture.headers, "Content-Length": str(len(gesture.raw))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    writer.write(f"POST {gesture.path} HTTP/1.1\r\n{head}\r\n".encode() + gesture.raw)
    return writer


async def _deliver(serve: Serving, gesture: Gesture) -> str:
    answer = await serve.post(gesture.path, gesture.raw, gesture.headers)
    assert answer.status == 200
    return answer.text


def _gestures(teams: FakeTeams) -> list[Gesture]:
    """Thanks by as many people as there are gestures, by command, by message and in Teams."""
    commands = [_slack(_command(n), "") for n in range(COMMANDS)]
    events = [_slack(_event(n), f"D{n}") for n in range(COMMANDS, COMMANDS + EVENTS)]
    last = COMMANDS + EVENTS
    return [*commands, *events, *(_post(teams, n) for n in range(last, last + POSTS))]


def _command(n: int) -> dict[str, Any]:
    who = {"user_id": f"U{n}", "user_name": f"giver{n}", "trigger_id": f"{n}.2.abc"}
    return {**payload("command_kudos"), **who, "channel_id": f"D{n}", "text": f"<@U9999> for demo number {n}"}


def _event(n: int) -> dict[str, Any]:
    said = payload("message_im")
    event = {"user": f"U{n}", "channel": f"D{n}", "ts": f"{1_772_625_600 + n}.000300"}
    return {**said, "event": {**said["event"], **event, "text": f"kudos <@U9999> for demo number {n}"}}


def _slack(body: dict[str, Any], chat: str) -> Gesture:
    kind, raw = encode(body)
    return Gesture("/slack/events", raw, signed(raw, datetime.now(UTC), content_type=kind), chat)


def _post(teams: FakeTeams, n: int) -> Gesture:
    sam = {"id": "29:sam", "name": "Sam Carter"}
    said = teams_payload(
        teams,
        "message_personal",
        id=str(n),
        text=f"kudos <at>Sam Carter</at> for demo number {n}",
        entities=[{"type": "mention", "text": "<at>Sam Carter</at>", "mentioned": sam}],
    )
    said["from"] = {"id": f"29:giver{n}", "name": f"Giver {n}", "aadObjectId": f"aaaa-{n}"}
    said["conversation"]["id"] = f"a:{n}"
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {teams.token()}"}
    return Gesture("/api/messages", json.dumps(said).encode(), headers, f"a:{n}")


def _kill_at_once(engine: Engine, pid: int) -> None:
    """Looks without a pause, since commit and reply are a moment apart."""
    ends = time.monotonic() + 90
    while not _thanks(engine) and time.monotonic() < ends:
        pass
    os.kill(pid, signal.SIGKILL)


def _thanks(engine: Engine) -> int:
    with engine.connect() as connection, connection.begin():
        return int(connection.execute(_COUNT).scalar() or 0)


def _givers(database_url: str) -> list[int]:
    """How many thanks each giver gave."""
    engine = open_engine(read_url(database_url), readers=1)
    with engine.connect() as connection:
        found = [int(row[0]) for row in connection.execute(_COUNT.group_by(activities.c.actor))]
    engine.dispose()
    return found


def _answers(slack: FakeSlack, teams: FakeTeams) -> Counter[str]:
    """Messages that arrived, by chat."""
    in_teams = [call.path.split("/")[1] for call in teams.calls if call.path.endswith("/activities")]
    return Counter([*(message["channel"] for message in slack.messages), *in_teams])


async def _until_answered(slack: FakeSlack, teams: FakeTeams, chats: list[str]) -> None:
    """Waits for every chat's answer, and then for one too many."""
    await until(lambda: set(chats) <= set(_answers(slack, teams)))
    await asyncio.sleep(1)
