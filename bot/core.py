"""The core: a request is routed to one feature in one transaction, and its reply comes out, once and for all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog
from sqlalchemy.exc import IntegrityError

from bot import meeting, reply, words
from bot.clarifying import question, way_on
from bot.company import Company
from bot.delivery import Address, Dispatcher
from bot.errors import Refused
from bot.feature import Context, Feature, Work, mutes
from bot.offering import offer_title
from bot.reading.language import guess
from bot.reply import SILENCE, Line, Reply
from bot.request import REACTION, UNREACTION, Account, Place, Request, spoken
from bot.understanding import NONE, Met, Understanding
from bot.words import Words
from store import Store, StoreAway, activities, inbox, outbox, people, places, record, sending
from store.base import Transaction
from store.names import visible
from store.outbox import ANSWER, REMOVAL, Message
from store.people import Person
from store.sending import Claim, Lease

T = TypeVar("T")
log = structlog.get_logger()

NOBODY = Person("", "", "")
"""The reader of what is said in a place: everybody there."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A message ready to go. `addresses`: where it can go, the one used last first; `reader`: NOBODY for a place."""

    reply: Reply
    reader: Person
    addresses: tuple[Address, ...]


class _Understood(Exception):
    """Carries an understanding out of a transaction that must not stay."""

    def __init__(self, request: Request) -> None:
        super().__init__()
        self.request = request


class Core:
    """`features` is the table of contents; `new_id` gives ids that grow with time."""

    dispatcher: Dispatcher | None = None
    """Whoever sends from this process, as long as somebody does."""

    def __init__(
        self,
        store: Store,
        features: Iterable[Feature],
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        company: Company | None = None,
    ) -> None:
        self.store = store
        self.company = company or Company()
        self.features = tuple(features)
        self._now = now
        self.new_id = new_id
        self._handlers = {action: handler for feature in self.features for action, handler in feature.handlers.items()}
        self._drawers = {kind: drawer for feature in self.features for kind, drawer in feature.drawers.items()}
        phrases = [phrase for feature in self.features for phrase in feature.phrases]
        gists = [gist for feature in self.features for gist in feature.gists]
        self._understanding = Understanding(phrases, gists, new_id)

    async def handle(self, request: Request) -> Reply:
        """The answer, once its effect is committed; to a request seen before, the first one. Raises StoreAway."""
        if request.action.startswith((REACTION, UNREACTION)) and request.action not in self._handlers:
            return SILENCE
        request = spoken(request)
        if (text := visible(request.text)) != request.text:
            request = replace(request, text=text)
        try:
            return await self._once(request, self._answer)
        except Refused as refused:
            error = refused
            return await self._once(request, lambda request, tx: self._sorry(request, tx, error))
        except StoreAway:
            raise
        except Exception as failure:
            log.exception("failed", action=request.action, request=request.id, error=type(failure).__name__)
            return await self._once(request, lambda request, tx: self._sorry(request, tx, Refused("core.failed")))

    async def learn(self, tenant: str, account: Account) -> None:
        """Takes over what a platform says of an account's holder; what it says of their work is offered to them."""

        def work(tx: Transaction) -> None:
            person = meeting.learn(tx, account, self._now(), self.new_id)
            if person and account.title and not person.bot:
                offer_title(tx, person, account, self._now())

        await self.store.write(tenant, work)

    async def reach(self, tenant: str, account: Account, place: Place) -> None:
        """Keeps the one-to-one chat of somebody who has not said anything yet."""

        def work(tx: Transaction) -> None:
            if meeting.is_forgotten(tx, account):
                return
            meeting.meet(tx, account, self._now(), self.new_id)
            people.reach(tx, place.platform, account.id, place.id, place.context, self._now())

        await self.store.write(tenant, work)

    async def widen(self, tenant: str, place: Place) -> None:
        """A place that was not told to be open is: what was said there on purpose is everybody's."""
        if place.kind == "public":
            await self.store.write(tenant, lambda tx: record.widen(tx, f"place:{place.platform}:{place.id}"))

    async def draw(self, tenant: str, message: Message) -> "Drawn | None":
        """A message's words, drawn now under its receiver's rights; None where it must not go any more."""
        is_kept = message.kind == ANSWER  # then it is one row, and a connection for reading would cost ten times that
        run = self.store.write if is_kept else self.store.read
        then: list[Work] = []
        drawn = await run(tenant, lambda tx: self._drawn(tx, tenant, message, then))
        if then and drawn:
            await self.store.write(tenant, lambda tx: [work(tx) for work in then])
        return drawn

    async def understand(self, request: Request, speaker: Person | None = None) -> Request:
        """The request with action and slots, without doing it; nothing stays written. `speaker`: whoever is known to
        speak, else the holder of the account. Raises Refused for a name that fits nobody or several."""

        def read(tx: Transaction) -> Request:
            me, met = (speaker, {}) if speaker else self._meet(request, tx)
            raise _Understood(self._read(request, tx, me, met))

        try:
            return await self.store.write(request.tenant, read)
        except _Understood as understood:
            return understood.request

    async def _once(self, request: Request, answer: Callable[[Request, Transaction], Reply]) -> Reply:
        dispatcher = None if request.inline else self.dispatcher
        lease = dispatcher.reserve(request.tenant, request.place.platform) if dispatcher else None

        def work(tx: Transaction) -> tuple[Reply, Claim | None]:
            first = inbox.answer(tx, request.id)
            if first is not None:
                return reply.load(first), None
            fresh = answer(request, tx)
            who = (request.who.platform, request.who.id)
            inbox.keep(tx, request.id, request.at, reply.dump(fresh), who)
            return fresh, self._post(request, tx, lease) if fresh and not request.inline else None

        fresh, claim = SILENCE, None
        try:
            fresh, claim = await self._write_once(request.tenant, work)
        finally:
            if dispatcher and lease:
                dispatcher.dispatch(claim, fresh)
        return fresh

    async def _write_once(self, tenant: str, work: Callable[[Transaction], T]) -> T:
        try:
            return await self.store.write(tenant, work)
        except IntegrityError:  # another replica answered the same request in these very moments
            return await self.store.write(tenant, work)

    def _post(self, request: Request, tx: Transaction, lease: Lease | None) -> Claim | None:
        """Writes the message that carries an answer which does not fit the response."""
        message = self._posted(request)
        if lease:
            return sending.add_begun(tx, message, lease)
        outbox.add(tx, message)
        return None

    def _answer(self, request: Request, tx: Transaction) -> Reply:
        me, met = self._meet(request, tx)
        request = request if request.action else self._read(request, tx, me, met)
        if request.action == NONE:
            return SILENCE
        started = self._start(me, tx, request.at)
        handler = self._handlers.get(request.action)
        if handler is None:
            return self._sorry(request, tx, Refused("core.unclear"))
        context = self._context(request, tx, started)
        try:
            said = question(context) if request.meant else handler(context)
        except Refused as refused:
            refused.language = request.language
            raise
        return said + self._waiting(request, tx, me)

    def _meet(self, request: Request, tx: Transaction) -> tuple[Person, Met]:
        """Who speaks, and whoever else of this request is known already."""
        place = request.place
        me, met = meeting.meet_all(tx, request.who, request.mentions, request.at, self.new_id)
        if place.kind == "private":
            people.reach(tx, place.platform, request.who.id, place.id, place.context, request.at)
        elif place.kind != "public":
            places.see(tx, place.platform, place.id, [me.id], request.at)
        return me, met

    def _read(self, request: Request, tx: Transaction, me: Person, met: Met) -> Request:
        seen = partial(places.audiences, tx, me.id, request.at)
        today = self.company.local(me, request.at).date()
        return self._understanding.read(request, tx, me, seen, today, met)

    def _start(self, me: Person, tx: Transaction, at: datetime) -> Person:
        if me.started_at:
            return me
        people.start(tx, me.id, at)
        return replace(me, started_at=at)

    def _waiting(self, request: Request, tx: Transaction, me: Person) -> Reply:
        """What waited for this person to start, said with the first answer."""
        if me.started_at:
            return SILENCE
        waited = outbox.waiting(tx, me.id)
        outbox.sent(tx, [message.id for message in waited], request.at)
        return sum((self._draw(tx, message, me, []) for message in waited), SILENCE)

    def _context(self, request: Request, tx: Transaction, me: Person) -> Context:
        language = request.language or words.choose(me.locale or self.company.locale)
        return Context(tx, me, Words(language), request.at, self.new_id, self.features, request, self.company)

    def _sorry(self, request: Request, tx: Transaction, refused: Refused) -> Reply:
        me, _ = self._meet(request, tx)
        self._start(me, tx, request.at)
        language = refused.language or guess(request.text)
        said = Words(language or words.choose(me.locale or self.company.locale))
        slots = dict(refused.slots)
        if "nearest" in slots:
            slots["nearest"] = way_on(said, refused)
        return Reply((Line(said(refused.key, **slots)),)) + self._waiting(request, tx, me)

    def _drawn(self, tx: Transaction, tenant: str, message: Message, then: "list[Work]") -> "Drawn | None":
        reader = people.of_ids(tx, [message.person]).get(message.person) if message.person else NOBODY
        if reader is None or reader.left_at:
            return None
        then.clear()
        drawn = self._draw(tx, message, reader, then)
        if not drawn and message.kind != REMOVAL:
            return None
        return Drawn(drawn, reader, _addresses(tx, tenant, message))

    def _draw(self, tx: Transaction, message: Message, reader: Person, then: "list[Work]") -> Reply:
        if message.kind == ANSWER:
            return reply.load(inbox.answer(tx, message.about) or "{}")
        is_told = reader.id and message.lane > 0  # nobody mutes the answer that they wait for
        act = activities.of_id(tx, message.about) if is_told else None
        if act and mutes(tx, reader, message.kind, act.actor, act.key):
            return SILENCE
        drawer = self._drawers.get(message.kind)
        return drawer(self._reading(tx, message, reader, then), message) if drawer else SILENCE

    def _reading(self, tx: Transaction, message: Message, reader: Person, then: "list[Work]") -> Context:
        """The context of somebody who will read a message: a person in their language, or those who share a place."""
        place = Place(message.platform, message.place, "members")
        request = Request("", message.id, self._now(), Account(message.platform, ""), place)
        said = Words(words.choose(reader.locale or self.company.locale) if reader.id else message.language)
        return Context(tx, reader, said, request.at, self.new_id, self.features, request, self.company, then)

    def _posted(self, request: Request) -> Message:
        place = request.place
        return Message(
            self.new_id(),
            ANSWER,
            created_at=request.at,
            not_before=request.at,
            about=request.id,
            platform=place.platform,
            place=place.id,
            thread=place.thread,
            only_for="" if place.kind == "private" else request.who.id,
            context=place.context,
            lane=0,
        )


def _addresses(tx: Transaction, tenant: str, message: Message) -> tuple[Address, ...]:
    if message.platform:
        return (Address.of(tenant, message),)
    return tuple(
        Address(tenant, chat["platform"], account=chat["id"], place=chat["place"], context=chat["context"])
        for chat in people.chats(tx, message.person)
    )
