"""One way to speak to Ristretto on each of its wires: a line in, and the plain words that came back for whom."""

import html
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Protocol

from brulerie import (
    STAFF,
    Clock,
    Staff,
    slack_chat,
    slack_id,
    teams_chat,
    teams_id,
    teams_user,
)
from fake_slack import FakeSlack
from fake_slack import serving as serving_slack
from fake_teams import FakeTeams, fake_teams
from slack_wire import NOON, Wire, wire
from slack_wire import payload as slack_payload
from slack_words import words_of
from teams_bot import TeamsSide, teams_bot
from teams_bot import payload as teams_payload
from teams_words import words

from adapters.console import Console, show
from bot.core import Core
from bot.delivery import Delivery
from jobs.courier import Courier
from jobs.worker import Worker

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """The plain reply, and what others were sent."""

    reply: str = ""
    sent: tuple[tuple[str, str], ...] = ()


class Speaking(Protocol):
    """A wire. `said` is a line, or a button's label in brackets. `removed`: messages to people taken away again."""

    removed: int

    async def hear(self, handle: str, said: str) -> Answer: ...


async def deliver(core: Core, clock: Clock, platform: str, delivery: Delivery) -> None:
    """What the delivery worker does with everything that is due."""
    await Worker(Courier(core, {platform: delivery}, {platform: 1000.0}, clock), "worker").drain()


@dataclass(slots=True)
class OnConsole:
    console: Console
    removed: int = 0

    async def hear(self, handle: str, said: str) -> Answer:
        return read_block(show(await self.console.hear(f"{handle}> {said}")))


def read_block(block: str) -> Answer:
    """A block as `ristretto chat` prints it."""
    reply, *sent = ("\n" + block.rstrip("\n")).split("\n-> ")
    return Answer(reply.strip("\n"), tuple(_pair(line.partition(": ")) for line in sent))


def _pair(parts: tuple[str, str, str]) -> tuple[str, str]:
    return parts[0], parts[2]


@dataclass(slots=True)
class OnSlack:
    """As a slash command answered in the response, or with `aloud` as messages answered through the outbox."""

    fake: FakeSlack
    wire: Wire
    core: Core
    clock: Clock
    aloud: bool
    staff: Staff
    removed: int = 0
    _buttons: dict[str, dict[str, Json]] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def hear(self, handle: str, said: str) -> Answer:
        seen = len(self.fake.calls)
        here = {(message["channel"], message["ts"]) for message in self.fake.messages}
        answer = await self.wire.send(self._payload(handle, said))
        assert answer.status == 200
        await deliver(self.core, self.clock, "slack", self.wire.connected.delivery)
        drawn = [json.loads(answer.text)] if answer.text else []
        sent: list[tuple[str, str]] = []
        for call in self.fake.calls[seen:]:
            self.removed += call.method == "chat.delete" and (call.args["channel"], call.args["ts"]) in here
            if call.method == "response_url":
                drawn.append(call.args)
            elif call.method == "chat.postMessage":
                self._sort(handle, call.args, drawn, sent)
        assert len(drawn) <= 1
        if drawn:
            self._buttons[handle] = dict(_slack_buttons(drawn[0]))
        return Answer("\n".join(words_of(one, self.staff.slack) for one in drawn), tuple(sent))

    def _sort(self, handle: str, message: Json, drawn: list[Json], sent: list[tuple[str, str]]) -> None:
        """Into the answer and what others are told."""
        told = _json(message["metadata"])["event_type"]
        message = {**message, "blocks": _json(message["blocks"])}
        if told == "ristretto_core":
            assert message["channel"] == slack_chat(handle)
            drawn.append(message)
        else:
            sent.append((self._of(message["channel"]), words_of(message, self.staff.slack)))

    def _of(self, channel: str) -> str:
        return next(handle for handle in self.staff.by_handle if channel in (slack_id(handle), slack_chat(handle)))

    def _payload(self, handle: str, said: str) -> Json:
        n = next(self._numbers)
        button = self._buttons.get(handle, {}).get(said.strip("[]")) if said.startswith("[") else None
        if button:
            return self._click(handle, button, n)
        text = html.escape(self.staff.mention.sub(lambda name: f"\0{slack_id(name[1])}\1", said), quote=False)
        text = text.replace("\0", "<@").replace("\1", ">")
        if self.aloud:
            event = {"user": slack_id(handle), "channel": slack_chat(handle), "text": text, "ts": f"{_stamp(n)}.000100"}
            said_in_chat = slack_payload("message_im")
            return {**said_in_chat, "event": {**said_in_chat["event"], **event}, "event_id": f"Ev{n}"}
        user = {"user_id": slack_id(handle), "user_name": handle}
        where = {"channel_id": slack_chat(handle), "channel_name": "directmessage"}
        more = {"text": text, "trigger_id": f"{n}.2.abc", "response_url": self.fake.hook(str(n))}
        return {**slack_payload("command_ristretto"), **user, **where, **more}

    def _click(self, handle: str, button: Json, n: int) -> Json:
        chat = {"id": slack_chat(handle), "name": "directmessage"}
        container = {"message_ts": f"{_stamp(n)}.000200", "channel_id": chat["id"], "is_ephemeral": not self.aloud}
        action = {name: button[name] for name in ("action_id", "value") if name in button}
        return {
            **slack_payload("click_in_direct_message"),
            "user": {"id": slack_id(handle), "username": handle, "team_id": "T1"},
            "channel": chat,
            "container": container,
            "actions": [{"type": "button", "action_ts": f"{_stamp(n)}.000300", **action}],
            "response_url": self.fake.hook(str(n)),
        }


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _stamp(n: int) -> int:
    return int(NOON.timestamp()) + n


def _slack_buttons(drawn: Json) -> list[tuple[str, Json]]:
    rows = [block["elements"] for block in drawn["blocks"] if block["type"] == "actions"]
    return [(html.unescape(button["text"]["text"]), button) for row in rows for button in row]


@dataclass(slots=True)
class OnTeams:
    fake: FakeTeams
    side: TeamsSide
    core: Core
    clock: Clock
    token: str
    staff: Staff
    removed: int = 0
    _buttons: dict[str, dict[str, Json]] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    async def hear(self, handle: str, said: str) -> Answer:
        seen = len(self.fake.calls)
        here = {f"{call.path}/m{n}" for n, call in enumerate(self.fake.calls, 1) if call.method == "POST"}
        posted = await self.side.post(self._activity(handle, said), self.token)
        assert posted.status == 200
        await deliver(self.core, self.clock, "teams", self.side.delivery)
        cards = [posted.body["value"]] if isinstance(posted.body, dict) and posted.body.get("value") else []
        sent: list[tuple[str, str]] = []
        for call in self.fake.calls[seen:]:
            self.removed += call.method == "DELETE" and call.path in here
            if call.method == "POST" and call.path.endswith("/activities"):
                whose = next(one for one in self.staff.by_handle if teams_chat(one) in call.path)
                card = call.body["attachments"][0]["content"]
                if whose == handle:
                    cards.append(card)
                else:
                    sent.append((whose, words(card, self.staff.teams)))
        assert len(cards) <= 1
        if cards:
            self._buttons[handle] = dict(_teams_buttons(cards[0]))
        return Answer("\n".join(words(card, self.staff.teams) for card in cards), tuple(sent))

    async def install(self, handle: str) -> None:
        """This person opens a chat with the bot."""
        posted = await self.side.post(self._from(handle, "installation"), self.token)
        assert posted.status == 200

    def _activity(self, handle: str, said: str) -> Json:
        button = self._buttons.get(handle, {}).get(said.strip("[]")) if said.startswith("[") else None
        if button:
            pressed = {name: button[name] for name in ("type", "id", "verb", "data")}
            return self._from(handle, "execute", value={"action": pressed, "trigger": "manual"})
        names = self.staff.mention.findall(said)
        text = html.escape(self.staff.mention.sub(lambda name: f"\0{self._name(name[1])}\1", said), quote=False)
        text = text.replace("\0", "<at>").replace("\1", "</at>")
        return self._from(handle, "message_personal", text=text, entities=list(map(self._entity, names)))

    def _from(self, handle: str, kind: str, **changes: Any) -> Json:
        person = self.staff.by_handle[handle]
        who = {"id": teams_user(handle), "name": person.name, "aadObjectId": teams_id(handle).upper()}
        recorded = teams_payload(self.fake, kind, **changes)
        return {
            **recorded,
            "id": f"{recorded['id']}{next(self._numbers)}",
            "from": who,
            "conversation": {**recorded["conversation"], "id": teams_chat(handle)},
            "locale": person.locale,
            "localTimezone": person.timezone,
        }

    def _name(self, handle: str) -> str:
        return self.staff.by_handle[handle].name

    def _entity(self, handle: str) -> Json:
        mentioned = {"id": teams_user(handle), "name": self._name(handle)}
        return {"type": "mention", "text": f"<at>{self._name(handle)}</at>", "mentioned": mentioned}


def _teams_buttons(card: Json) -> list[tuple[str, Json]]:
    return [(one["title"], one) for part in card["body"] if part["type"] == "ActionSet" for one in part["actions"]]


@asynccontextmanager
async def on_console(core: Core, clock: Clock, tenant: str, staff: Staff = STAFF) -> AsyncIterator[Speaking]:
    yield OnConsole(Console(core, tenant, staff.speakers[0], clock, core.new_id))


@asynccontextmanager
async def on_slack(
    core: Core, clock: Clock, tenant: str, staff: Staff = STAFF, *, aloud: bool = False
) -> AsyncIterator[Speaking]:
    async with serving_slack() as fake:
        fake.people = {slack_id(person.handle): _told_by_slack(person) for person in staff.people}
        async with wire(core, fake.url, clock, tenant=tenant) as slack:
            yield OnSlack(fake, slack, core, clock, aloud, staff)


def on_slack_aloud(
    core: Core, clock: Clock, tenant: str, staff: Staff = STAFF
) -> AbstractAsyncContextManager[Speaking]:
    return on_slack(core, clock, tenant, staff, aloud=True)


@asynccontextmanager
async def on_teams(core: Core, clock: Clock, tenant: str, staff: Staff = STAFF) -> AsyncIterator[Speaking]:
    """Those who speak have a chat with the bot."""
    async with fake_teams() as fake:
        now = int(clock().timestamp())
        token = fake.token(nbf=now - 60, exp=now + 86_400)
        fake.members = {teams_user(person.handle): _told_by_teams(person) for person in staff.people}
        async with teams_bot(fake, core, clock, tenant) as side:
            teams = OnTeams(fake, side, core, clock, token, staff)
            for handle in staff.speakers:
                await teams.install(handle)
            yield teams


WIRES: dict[str, Callable[..., AbstractAsyncContextManager[Speaking]]] = {
    "console": on_console,
    "slack": on_slack,
    "slack-messages": on_slack_aloud,
    "teams": on_teams,
}


def _told_by_slack(person: Any) -> Json:
    told = {"name": person.handle, "locale": person.locale, "tz": person.timezone, "is_bot": person.bot}
    return {**told, "profile": {"display_name": person.name}}


def _told_by_teams(person: Any) -> Json:
    return {"id": teams_user(person.handle), "aadObjectId": teams_id(person.handle), "name": person.name}
