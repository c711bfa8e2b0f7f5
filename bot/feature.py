"""What a feature declares, and what its handlers may reach for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.company import Company
from bot.reading.gist import Gist
from bot.reading.phrase import Phrase
from bot.reply import Button, Mention, Reply, Spans
from bot.request import REACTION, UNREACTION, Request
from bot.words import Words
from store import follows, outbox, places
from store.activities import PUBLIC, Activity
from store.base import Transaction
from store.news import Span
from store.outbox import Message
from store.people import Person
from store.record import record

NAMED = 3
"""So many names are spelled out; the others are a count."""


Work = Callable[[Transaction], None]


@dataclass(frozen=True, slots=True)
class Context:
    """What a handler, or the drawing of a message, may reach for. `me`: who speaks, or who will read."""

    tx: Transaction
    me: Person
    words: Words
    now: datetime
    new_id: Callable[[], str]
    features: "tuple[Feature, ...]"
    request: Request
    company: Company
    then: list[Work] = field(default_factory=list)
    """What is written once a message is drawn, and before it is sent."""
    _seen: list[tuple[str, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def audiences(self) -> tuple[str, ...]:
        """What `me` may see; those who share a place (`me` is nobody) see what is theirs together."""
        if not self._seen:
            nobody = (PUBLIC, self.request.place.audience)
            self._seen.append(places.audiences(self.tx, self.me.id, self.now) if self.me.id else nobody)
        return self._seen[0]

    def record(self, verb: str, kind: str, *, to: tuple[str, ...] = (), audience: str = "", **about: Any) -> Activity:
        """Records an act of `me`, said where the request was said; `published`, where it is not of now."""
        place = self.request.place
        act = Activity(
            id=f"urn:ristretto:activity:{self.new_id()}",
            published=about.pop("published", self.now),
            actor=self.me.id,
            verb=verb,
            kind=kind,
            audience=audience or place.audience,
            platform=place.platform,
            place=place.id,
            message=self.request.message,
            to=to,
            **about,
        )
        record(self.tx, act)
        return act

    def tell(self, person: Person, kind: str, about: str, project: str = "") -> None:
        """Lets another person know, unless they muted the kind, the project or who speaks; whoever has not started yet
        is told with their first answer."""
        self.spread(about, kind, (person,), project=project)

    def announce(self, kind: str, about: str) -> None:
        """Says it once more where it was said, for those who are there."""
        self.spread(about, announced=kind)

    def spread(
        self, about: str, kind: str = "", people: tuple[Person, ...] = (), *, announced: str = "", project: str = ""
    ) -> None:
        """Announces it and tells several people, all at once."""
        place = self.request.place
        posts: list[Message] = []
        if announced and place.kind != "private":
            where = {"platform": place.platform, "place": place.id, "thread": place.thread, "context": place.context}
            posts.append(self._post(announced, about, **where))
        things = _things(kind, self.me.id, project)
        muting = follows.muting(self.tx, [person.id for person in people], things) if people else ()
        posts += [self._notice(person, kind, about) for person in people if person.id not in muting]
        outbox.add(self.tx, *posts)

    def seen(self, audience: str, public: str, members: str) -> Spans:
        """Who may see it, in the sentence of either key; where it is not told yet whether the place is open, both."""
        if audience == PUBLIC:
            return self.words(public)
        return self.words("core.until_told" if self.request.place.kind == "unknown" else members)

    def mention(self, person: Person) -> Mention:
        return Mention(person.handle, person.name, person.accounts)

    def named(self, people: Iterable[Person]) -> Spans:
        """`@ana, @sam and @lea`; from the fourth on a count."""
        everybody: list[Spans] = [(self.mention(person),) for person in people]
        if len(everybody) > NAMED:
            everybody[NAMED:] = [self.words("core.others", n=len(everybody) - NAMED)]
        return self.words.listed(tuple(everybody))

    def button(self, label: str, action: str, value: str = "") -> Button:
        return Button(self.words.text(label), action, value)

    def _notice(self, person: Person, kind: str, about: str) -> Message:
        state = "ready" if person.started_at else "waiting"
        hour = self.company.open_hour(person, self.now)
        return self._post(kind, about, person=person.id, state=state, not_before=hour)

    def _post(self, kind: str, about: str, **where: Any) -> Message:
        at = where.pop("not_before", self.now)
        return Message(self.new_id(), kind, self.now, at, about=about, language=self.words.language, **where)


def mutes(tx: Transaction, person: Person, kind: str, actor: str, project: str) -> bool:
    """Whether they want to hear nothing of this kind, of whoever speaks, or of the project."""
    return follows.mutes(tx, person.id, _things(kind, actor, project))


def _things(kind: str, actor: str, project: str) -> list[follows.Thing]:
    """What may be muted of a message."""
    return [("Kind", kind.partition(".")[0]), ("Person", actor), ("Project", project)]


Handler = Callable[[Context], Reply]
Drawer = Callable[[Context, Message], Reply]
"""Draws a message when it is sent, in the words of its receiver; SILENCE cancels it."""
Undo = Callable[[Context, Activity], Reply]
Export = Callable[[Context, Person], list[tuple[str, Spans | Mapping[str, Any]]]]
"""What a feature keeps of a person in tables of its own: keys of titles, each with words or data."""
Erase = Callable[[Transaction, Person, datetime], None]
"""Takes that away."""
Says = Callable[[Context, Span], Reply]
"""The last line of a digest that tells of this span; SILENCE where there is none to say."""
Tick = Callable[[Transaction, datetime, Company, Callable[[], str], int], int]
"""Does what is due by the clock (now, company, new ids), so many things at most, and says how many: 0 at the end."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A line for the end of a digest, by its `name`. `days`: how often somebody hears it at most; the rarest goes
    first. Where another took its place it is asked again with a span that begins when it had first to wait."""

    name: str
    says: Says
    days: int


@dataclass(frozen=True, slots=True)
class Feature:
    """One noun: what is said to reach it, what it answers, what it sends, and how its acts are taken back.

    `examples`: per language, what a person may type, for help. `undoes`: by kind of activity.
    """

    name: str
    examples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: list[Phrase] = field(default_factory=list)
    gists: list[Gist] = field(default_factory=list)
    handlers: dict[str, Handler] = field(default_factory=dict)
    drawers: dict[str, Drawer] = field(default_factory=dict)
    undoes: dict[str, Undo] = field(default_factory=dict)
    exports: list[Export] = field(default_factory=list)
    erases: list[Erase] = field(default_factory=list)
    hints: list[Hint] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)

    def on(
        self, verb: str, *, en: tuple[str, ...] = (), fr: tuple[str, ...] = (), both: tuple[str, ...] = ()
    ) -> Callable[[Handler], Handler]:
        """Answers the action `name.verb`, reached by a click or these phrases; `both`: the same in both languages. A
        verb with a dot is an action of another name, as `people.meet`."""
        action = verb if "." in verb else f"{self.name}.{verb}" if verb else self.name
        said = (("en", en), ("fr", fr), ("", both))
        self.phrases.extend(Phrase(action, language, text) for language, texts in said for text in texts)
        return self._answers(action)

    def asks(self, verb: str, *, en: str, fr: str) -> None:
        """Questions that no phrase fits reach the action by these words and a name among them, in any order."""
        self.gists.extend(Gist(f"{self.name}.{verb}", language, text) for language, text in (("en", en), ("fr", fr)))

    def reacts(self, emoji: str) -> Callable[[Handler], Handler]:
        """Answers an emoji put under a message."""
        return self._answers(REACTION + emoji)

    def unreacts(self, emoji: str) -> Callable[[Handler], Handler]:
        """Answers an emoji taken away."""
        return self._answers(UNREACTION + emoji)

    def _answers(self, action: str) -> Callable[[Handler], Handler]:
        def register(handler: Handler) -> Handler:
            self.handlers[action] = handler
            return handler

        return register

    def draws(self, verb: str) -> Callable[[Drawer], Drawer]:
        """Draws the outbox messages of kind `name.verb`."""

        def register(drawer: Drawer) -> Drawer:
            self.drawers[f"{self.name}.{verb}"] = drawer
            return drawer

        return register

    def undo(self, kind: str) -> Callable[[Undo], Undo]:
        """Takes back activities of this kind."""

        def register(undo: Undo) -> Undo:
            self.undoes[kind] = undo
            return undo

        return register

    def hint(self, *, days: int) -> Callable[[Says], Says]:
        """Says the last line of a digest, once in so many days at most: a digest carries one line of one feature."""

        def register(says: Says) -> Says:
            self.hints.append(Hint(f"{self.name}.{says.__name__}", says, days))
            return says

        return register

    def tick(self, work: Tick) -> Tick:
        """Is called by the calendar, in one transaction each time, until there is nothing more to do."""
        self.ticks.append(work)
        return work
