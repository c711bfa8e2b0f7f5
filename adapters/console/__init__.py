"""The console: a chat on standard input and output, to try Ristretto without any platform and to script it."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core import Core
from bot.errors import Refused
from bot.nearest import nearest_people
from bot.reply import SILENCE, Button, Reply, buttons, plain, say
from bot.request import MENTION, Account, Place, Request, spoken
from bot.understanding import UNCLEAR
from bot.words import Words, choose
from store import outbox, people
from store.base import Transaction
from store.people import Person

PLATFORM = "console"
_AS = re.compile(r"^\s*([\w.-]+)>\s?(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one line came to: who spoke, what was understood, what was answered, and what others were sent."""

    speaker: str
    text: str
    action: str
    reply: Reply
    sent: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Console:
    """A chat with Ristretto in private. `speaker`: the handle who speaks where a line names nobody."""

    core: Core
    tenant: str
    speaker: str
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    _choices: dict[str, tuple[Button, ...]] = field(default_factory=dict)

    async def turns(self, lines: AsyncIterator[str]) -> AsyncIterator[Turn]:
        """One turn a line that is not blank."""
        async for line in lines:
            if line.strip():
                yield await self.hear(line.strip())

    async def hear(self, line: str) -> Turn:
        named = _AS.match(line)
        handle, text = (named.group(1).lower(), named.group(2)) if named else (self.speaker, line)
        person = await self._person(handle)
        if person is None:
            return Turn(handle, text, UNCLEAR, await self._unknown(handle))
        return await self._said(person, text.replace(MENTION, ""))

    async def _said(self, person: Person, text: str) -> Turn:
        request = self._request(person, text)
        action = request.action or await self._action(request)
        reply = await self.core.handle(request)
        if reply != SILENCE:
            self._choices[person.handle] = buttons(reply)
        return Turn(person.handle, text, action, reply, await self._deliver(request))

    def _request(self, person: Person, text: str) -> Request:
        account = Account(PLATFORM, person.handle, handle=person.handle)
        place = Place(PLATFORM, person.handle)
        clicked = next(
            (one for one in self._choices.get(person.handle, ()) if _typed(text.strip("[] ")) == _typed(one.label)),
            None,
        )
        request = Request(self.tenant, f"{PLATFORM}:{self.new_id()}", self.now(), account, place)
        if clicked is None:
            return replace(request, text=text)
        return spoken(replace(request, action=clicked.action, value=clicked.value))

    async def _person(self, handle: str) -> Person | None:
        """Whoever has this handle, from now on with an account here."""

        def join(tx: Transaction) -> Person | None:
            person = people.of_handles(tx, [handle]).get(handle)
            if person and (PLATFORM, handle) not in person.accounts:
                people.join_account(tx, person.id, PLATFORM, handle, self.now())
            return person

        return await self.core.store.write(self.tenant, join)

    async def _unknown(self, handle: str) -> Reply:
        """Says that nobody has this handle, and who has one like it."""
        words = Words(choose(self.core.company.locale))

        def look(tx: Transaction) -> Reply:
            if not people.handles(tx):
                return say(*words("console.nobody_here"))
            names = nearest_people(tx, handle)
            nearest = words("core.nearest", names=names) if names else words("core.whole_name")
            return say(*words("core.unknown_person", name=handle, nearest=nearest))

        return await self.core.store.read(self.tenant, look)

    async def _action(self, request: Request) -> str:
        try:
            return (await self.core.understand(request)).action
        except Refused:
            return UNCLEAR

    async def _deliver(self, request: Request) -> tuple[tuple[str, str], ...]:
        """Everything this request caused for other people, at once and whatever the hour."""
        caused = await self.core.store.read(self.tenant, lambda tx: outbox.caused_at(tx, request.at))
        drawn = [await self.core.draw(self.tenant, message) for message in caused]
        await self.core.store.write(self.tenant, lambda tx: outbox.sent(tx, [one.id for one in caused], request.at))
        return tuple((one.reader.handle, plain(one.reply)) for one in drawn if one)


def show(turn: Turn) -> str:
    """A turn as piped output: the plain reply, a line for each thing sent to somebody else, and a blank line."""
    lines = [plain(turn.reply)] if turn.reply else []
    lines += [f"-> {handle}: {text}" for handle, text in turn.sent]
    return "\n".join([*lines, "", ""])


def as_json(turn: Turn) -> dict[str, object]:
    return {
        "as": turn.speaker,
        "text": turn.text,
        "action": turn.action,
        "reply": plain(turn.reply),
        "buttons": [button.label for button in buttons(turn.reply)],
        "sent": [{"to": handle, "text": text} for handle, text in turn.sent],
    }


def _typed(label: str) -> str:
    """As a keyboard writes it: plain spaces and straight apostrophes."""
    return " ".join(label.replace("\u2019", "'").split())
