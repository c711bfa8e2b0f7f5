"""Reads an activity into a request. Pure: no network, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from adapters.teams.fields import Json, mapping, mappings, text
from adapters.teams.mentions import Mentioned, is_person, locate, rewrite, written
from adapters.teams.reference import Reference
from bot.request import Account, Place, PlaceKind, Request

HELP = "help"
"""What calling us and saying nothing stands for."""
_KINDS: Mapping[str, PlaceKind] = {"personal": "private", "groupChat": "members", "channel": "unknown"}
_CHANNELS: Mapping[str, PlaceKind] = {"standard": "members", "private": "members", "shared": "members"}
"""A standard channel is open to its team, and no payload says whether the team is open to the tenant."""


class Unreadable(ValueError):
    """The activity lacks what no request can do without."""


@dataclass(frozen=True, slots=True)
class Contact:
    """An account as it was met, under the id that Teams gave it for this bot, and a conversation to ask about it."""

    account: Account
    user: str
    service: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Reader:
    """`tenant` is ours; `known` leads from the ids that Teams gives people for this bot to those of their accounts."""

    tenant: str
    known: Mapping[str, str]

    def message(self, activity: Json, at: datetime) -> Request | None:
        """What was said to the bot, or submitted by a card; None for what was not meant for it. Raises Unreadable."""
        key, who, place = self._gesture(activity)
        request = partial(Request, self.tenant, key, at, who, place, inline=False)
        data = mapping(activity, "value")
        if text(data, "action") and not text(activity, "text"):
            card = text(activity, "replyToId")
            return request(action=text(data, "action"), value=text(data, "value"), message=card)
        me, mentions = text(activity, "recipient", "id"), locate(activity)
        if not _meant(activity, mentions, me):
            return None
        said, people = rewrite(written(activity), mentions, me)
        if not said and mentions:
            return request(text=HELP, command=HELP, message=text(activity, "id"))
        return request(text=said, mentions=tuple(map(self._mentioned, people)), message=text(activity, "id"))

    def click(self, activity: Json, at: datetime) -> Request:
        """A button pressed where the answer goes back in the same response. Raises Unreadable."""
        pressed, card = mapping(activity, "value", "action"), text(activity, "replyToId")
        action = text(pressed, "verb") or text(pressed, "data", "action")
        if not action:
            raise Unreadable("no verb")
        value = text(pressed, "data", "value")
        key, who, place = self._gesture(activity)
        return Request(self.tenant, key, at, who, place, action=action, value=value, message=card)

    def contacts(self, activity: Json, request: Request) -> tuple[Contact, ...]:
        """Everybody a request names: who made it first, then those who were mentioned."""
        service, conversation = text(activity, "serviceUrl"), request.place.id
        sender = Contact(request.who, text(activity, "from", "id"), service, conversation)
        if not request.mentions:
            return (sender,)
        me = text(activity, "recipient", "id")
        named = (who for who in locate(activity) if who.id != me and is_person(who.id))
        return (sender, *(Contact(self._mentioned(who), who.id, service, conversation) for who in named))

    def installer(self, activity: Json) -> tuple[Contact, Place] | None:
        """Whoever gave the bot a one-to-one chat with themselves, and that chat; None where it was something else.
        Raises Unreadable."""
        user = text(activity, "from", "id")
        if _scope(activity) != "personal" or user in ("", text(activity, "recipient", "id")) or not _came(activity):
            return None
        who = self.speaker(activity)
        place = self._place(activity, who)
        return Contact(who, user, text(activity, "serviceUrl"), place.id), place

    def speaker(self, activity: Json) -> Account:
        """Raises Unreadable."""
        id = text(activity, "from", "aadObjectId").lower() or text(activity, "from", "id")
        if not id:
            raise Unreadable("no sender")
        zone = _zone(text(activity, "localTimezone") or _client(activity, "timezone"))
        locale = text(activity, "locale") or _client(activity, "locale")
        name, other = text(activity, "from", "name"), text(activity, "from", "id")
        also = (other,) if other not in ("", id) else ()
        return Account("teams", id, name=name, locale=locale, timezone=zone, also=also)

    def _mentioned(self, who: Mentioned) -> Account:
        return Account("teams", who.aad.lower() or self.known.get(who.id, who.id), name=who.name)

    def _gesture(self, activity: Json) -> tuple[str, Account, Place]:
        """By what it is known, who made it, and where. Raises Unreadable."""
        message = text(activity, "id")
        if not message:
            raise Unreadable("no id")
        key = (tenant_of(activity), text(activity, "conversation", "id"), message)
        who = self.speaker(activity)
        return ":".join(("teams", *key)), who, self._place(activity, who)

    def _place(self, activity: Json, who: Account) -> Place:
        """Where it was said, with the way back to `who`. Raises Unreadable."""
        id, thread = _conversation(activity)
        if not id:
            raise Unreadable("no conversation")
        scope, name = _scope(activity), text(activity, "conversation", "name")
        kind = _KINDS.get(scope, "members")
        if scope == "channel":
            channel = mapping(activity, "channelData", "channel")
            kind, name = _CHANNELS.get(text(channel, "type").lower(), kind), text(channel, "name") or name
        return Place("teams", id, kind, name, thread, _reference(activity, id, who).dump())


def tenant_of(activity: Json) -> str:
    """The tenant of Teams, which is not the name under which we keep it."""
    return text(activity, "channelData", "tenant", "id") or text(activity, "conversation", "tenantId")


def _reference(activity: Json, conversation: str, who: Account) -> Reference:
    return Reference(
        service=text(activity, "serviceUrl"),
        conversation=conversation,
        user=text(activity, "from", "id"),
        account=who.id,
        bot=text(activity, "recipient", "id"),
        tenant=tenant_of(activity),
    )


def _conversation(activity: Json) -> tuple[str, str]:
    """The place, and the message that a channel's thread hangs on."""
    id, _, thread = text(activity, "conversation", "id").partition(";messageid=")
    return id, thread


def _scope(activity: Json) -> str:
    """Where it is not told, only what looks like a one-to-one chat is taken for one."""
    told = text(activity, "conversation", "conversationType")
    if told:
        return told
    shared = mapping(activity, "conversation").get("isGroup") is True or _conversation(activity)[0].startswith("19:")
    return "groupChat" if shared else "personal"


def _came(activity: Json) -> bool:
    """Whether the bot was put there by this; the other kinds tell that it, or somebody, has gone."""
    if text(activity, "type") == "installationUpdate":
        return text(activity, "action") in ("add", "add-upgrade")
    return any(text(member, "id") == text(activity, "recipient", "id") for member in mappings(activity, "membersAdded"))


def _meant(activity: Json, mentions: list[Mentioned], me: str) -> bool:
    """In shared places what does not name the bot was said to others; other bots are never answered."""
    if text(activity, "from", "id").startswith("28:") or text(activity, "from", "role").lower() == "bot":
        return False
    if _scope(activity) == "personal":
        return True
    aimed = mapping(activity, "recipient").get("isTargeted") is True
    return aimed or any(mention.id == me for mention in mentions)


def _client(activity: Json, name: str) -> str:
    entities = mappings(activity, "entities")
    return next((text(entity, name) for entity in entities if text(entity, "type") == "clientInfo"), "")


@lru_cache(1024)
def _zone(name: str) -> str:
    """The name, if there is such a zone."""
    try:
        return ZoneInfo(name).key if name else ""
    except (KeyError, ValueError, OSError):
        return ""
