"""Reads Slack's payloads: what somebody did, or None where it was not meant for us."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from adapters.slack.hook import Hook
from adapters.slack.text import PLATFORM, USER_ID, clean, typed
from bot.request import Account, Place, PlaceKind, Request

Json = dict[str, Any]

_CHANNEL = re.compile(r"[CDG][A-Z0-9]{1,30}")
_TS = re.compile(r"\d{1,12}\.\d{1,9}")
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_EMOJI = re.compile(r"[^\s:|]{1,100}")
_SAID = (None, "file_share", "thread_broadcast")
"""Subtypes of a message that somebody said just now; the others are edits, joins and the like."""
HELP = "help"
"""What calling us and saying nothing stands for."""
_REACTIONS = {"reaction_added": "reaction", "reaction_removed": "unreaction"}


@dataclass(frozen=True, slots=True)
class Channel:
    """What Slack said of a channel when it was asked."""

    kind: PlaceKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """What reading needs besides the payload. `key` tells this delivery from any other; `bot` is our own account,
    `url` where the workspace lives; `channel` tells what is known of a channel, and `name` what it is called."""

    tenant: str
    now: datetime
    key: str
    bot: str = ""
    url: str = ""
    channel: Callable[[str], Channel | None] = lambda _: None
    name: Callable[[str], str] = lambda _: ""

    def name_of(self, channel: str) -> str:
        return self.name(channel) or channel.lower()

    def link(self, channel: str, ts: str) -> str:
        """Leads to a message; empty as long as Slack has not told where the workspace lives."""
        return f"{self.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}" if self.url else ""


def read(body: Json, scene: Scene) -> Request | None:
    match body:
        case {"command": str(command)}:
            return _command(command, body, scene)
        case {"type": "event_callback", "event": {"type": str(kind)} as event}:
            scene = replace(scene, bot=_called(body) or scene.bot)
            return _reacted(kind, event, body, scene) if kind in _REACTIONS else _said(kind, event, body, scene)
        case {"type": "block_actions", "actions": [{"action_id": str(action)} as clicked, *_]}:
            return _clicked(action, clicked, body, scene)
        case _:
            return None


def read_person(body: Json) -> Json | None:
    """Whom Slack tells us about unasked: somebody who is new, has changed or has left."""
    match body:
        case {"type": "event_callback", "event": {"type": "team_join" | "user_change", "user": dict() as user}}:
            return user
        case _:
            return None


def _command(command: str, body: Json, scene: Scene) -> Request | None:
    match body:
        case {"user_id": str(user), "channel_id": str(channel)} if USER_ID.fullmatch(user) and _CHANNEL.fullmatch(
            channel
        ):
            text, mentions = typed(_text(body, "text"), scene.bot, scene.name_of)
            word = "" if command == "/ristretto" else clean(command).removeprefix("/")
            word = word if word or text else HELP
            return Request(
                scene.tenant,
                f"slack:{scene.key}",
                scene.now,
                Account(PLATFORM, user, handle=_text(body, "user_name")),
                _place(channel, scene, _text(body, "channel_name"), context=_context(body)),
                f"{word} {text}".strip(),
                mentions,
                command=word,
            )
    return None


def _said(kind: str, event: Json, body: Json, scene: Scene) -> Request | None:
    """A mention in a channel, or a message in our chat with somebody; both events of one message are one request."""
    if event.get("bot_id") or event.get("subtype") not in _SAID or kind not in ("app_mention", "message"):
        return None
    match event:
        case {"user": str(user), "channel": str(channel), "ts": str(ts)} if _whole(user, channel, ts):
            if user == scene.bot or (kind == "message" and not _is_chat(channel)):
                return None
            raw = _text(event, "text")
            text, mentions = typed(raw, scene.bot or _first(kind, raw), scene.name_of)
            return _posted(
                scene,
                f"slack:{_text(body, 'team_id')}:{channel}:{ts}",
                Account(PLATFORM, user),
                _place(channel, scene, thread=_thread(event)),
                **_words(text, HELP if kind == "app_mention" else ""),
                mentions=mentions,
                message=ts,
            )
    return None


def _words(text: str, otherwise: str) -> Json:
    """What was said, or the command that saying nothing stands for."""
    return {"text": text} if text else {"text": otherwise, "command": otherwise}


def _reacted(kind: str, event: Json, body: Json, scene: Scene) -> Request | None:
    """A reaction to what somebody else wrote; Slack leaves the author out where it was an app."""
    match event:
        case {
            "user": str(user),
            "reaction": str(reaction),
            "item_user": str(author),
            "item": {"type": "message", "channel": str(channel), "ts": str(ts)},
        } if _whole(user, channel, ts) and USER_ID.fullmatch(author):
            emoji = clean(reaction).partition("::")[0]
            event_id = _text(body, "event_id")
            if user in (author, scene.bot) or not _EMOJI.fullmatch(emoji):
                return None
            return _posted(
                scene,
                f"slack:{_text(body, 'team_id')}:{event_id if _ID.fullmatch(event_id) else scene.key}",
                Account(PLATFORM, user),
                _place(channel, scene),
                action=f"{_REACTIONS[kind]}:{emoji}",
                mentions=(Account(PLATFORM, author),),
                message=ts,
                link=scene.link(channel, ts),
            )
    return None


def _clicked(action: str, clicked: Json, body: Json, scene: Scene) -> Request | None:
    match body:
        case {"user": {"id": str(user)} as who} if USER_ID.fullmatch(user):
            container = _object(body, "container")
            channel = _object(body, "channel")
            id = _text(channel, "id") or _text(container, "channel_id")
            if not id:
                return None  # in a view, and we show none
            chosen = _object(clicked, "selected_option")
            alone = container.get("is_ephemeral") is True
            context = _context(body, replace=alone) if alone or not _is_chat(id) else ""
            return _posted(
                scene,
                f"slack:{scene.key}",
                Account(PLATFORM, user, handle=_text(who, "username") or _text(who, "name")),
                _place(id, scene, _text(channel, "name"), _thread(_object(body, "message")), context),
                action=clean(action).partition("|")[0],
                value=_text(clicked, "value") or _text(chosen, "value"),
                message=_ts(container, "message_ts"),
            )
    return None


def _posted(scene: Scene, id: str, who: Account, place: Place, **what: Any) -> Request | None:
    """A gesture whose answer does not fit into the response; None where nothing was said."""
    request = Request(scene.tenant, id, scene.now, who, place, inline=False, **what)
    return request if request.text or request.action else None


def _place(channel: str, scene: Scene, name: str = "", thread: str = "", context: str = "") -> Place:
    id = channel if _CHANNEL.fullmatch(channel) else ""
    told = _kind(id, name)
    if told:
        return Place(PLATFORM, id, told, "", thread, context)
    known = scene.channel(id) or Channel("unknown")
    return Place(PLATFORM, id, known.kind, name or known.name, thread, context)


def _kind(channel: str, name: str) -> PlaceKind | None:
    """What the payload itself says of a place; only Slack's own answer says that one is public."""
    if not channel or _is_chat(channel) or name == "directmessage":
        return "private"
    if channel.startswith("G") or name == "privategroup" or name.startswith("mpdm-"):
        return "members"
    return None


def _is_chat(channel: str) -> bool:
    return channel.startswith("D")


def _context(body: Json, *, replace: bool = False) -> str:
    url = _text(body, "response_url")
    return Hook(url, replace).dump() if url else ""


def _called(body: Json) -> str:
    """Our own account, where the event names those for whom it was sent."""
    match body.get("authorizations"):
        case [{"is_bot": True, "user_id": str(user)}, *_]:
            return user
        case _:
            return ""


def _first(kind: str, raw: str) -> str:
    """Whom a mention begins with: that is us, as long as Slack has not told us who we are."""
    opening = re.match(r"\s*<@([UW][A-Z0-9]+)", raw) if kind == "app_mention" else None
    return opening[1] if opening else ""


def _whole(user: str, channel: str, ts: str) -> bool:
    return bool(USER_ID.fullmatch(user) and _CHANNEL.fullmatch(channel) and _TS.fullmatch(ts))


def _thread(message: Json) -> str:
    return _ts(message, "thread_ts")


def _ts(body: Json, key: str) -> str:
    ts = _text(body, key)
    return ts if _TS.fullmatch(ts) else ""


def _text(body: Json, key: str) -> str:
    value = body.get(key)
    return clean(value) if isinstance(value, str) else ""


def _object(body: Json, key: str) -> Json:
    value = body.get(key)
    return value if isinstance(value, dict) else {}
