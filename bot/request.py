"""What somebody did, in a shape that no platform owns."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from store.people import Person

MENTION = "\ufffc"
"""Stands in `Request.text` where somebody was mentioned; the n-th one is `Request.mentions[n]`."""

REACTION = "reaction:"
"""Begins the action of an emoji put under a message, UNREACTION that of one taken away; the emoji's name follows."""
UNREACTION = "unreaction:"

SAY = "say"
"""The action of a button that says its value for whoever clicks it."""

PlaceKind = Literal["private", "public", "members", "unknown"]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody on one platform, with what the platform says of them (empty: not said). `also`: other ids under which
    the same platform knows them; `status`: what they are besides a colleague."""

    platform: str
    id: str
    handle: str = ""
    name: str = ""
    email: str = ""
    locale: str = ""
    timezone: str = ""
    title: str = ""
    also: tuple[str, ...] = ()
    status: Literal["", "bot", "left"] = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was said. `kind`: a one-to-one chat with Ristretto, open to the tenant, members only, or not told;
    `context` is what the platform asks us to keep in order to come back here."""

    platform: str
    id: str
    kind: PlaceKind = "private"
    name: str = ""
    thread: str = ""
    context: str = ""

    @property
    def audience(self) -> str:
        """Who may see what is said here on purpose: everybody, or the members of this place."""
        return "public" if self.kind in ("private", "public") else f"place:{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody should know: all topics of one of the `choices`, and none of `without`."""

    choices: tuple[tuple[str, ...], ...] = ()
    without: tuple[str, ...] = ()

    @classmethod
    def all(cls, topics: Iterable[str]) -> "Wanted":
        wanted = tuple(topics)
        return cls((wanted,) if wanted else ())

    @classmethod
    def load(cls, dumped: str) -> "Wanted":
        choices, _, without = dumped.partition("\n\n")
        found = (tuple(filter(None, choice.split(";"))) for choice in choices.split("\n"))
        return cls(tuple(filter(None, found)), tuple(filter(None, without.split(";"))))

    def dump(self) -> str:
        """As a button carries it; names hold neither `;` nor line breaks."""
        choices = "\n".join(";".join(choice) for choice in self.choices)
        return f"{choices}\n\n{';'.join(self.without)}" if self.without else choices

    @property
    def topics(self) -> tuple[str, ...]:
        """Those of all choices, each once."""
        return tuple(dict.fromkeys(topic for choice in self.choices for topic in choice))

    def __add__(self, other: "Wanted") -> "Wanted":
        """Either of the two."""
        choices, without = (*self.choices, *other.choices), (*self.without, *other.without)
        return Wanted(tuple(dict.fromkeys(choices)), tuple(dict.fromkeys(without)))


@dataclass(frozen=True, slots=True)
class Slots:
    """What was understood of a sentence. Empty: not said. `wanted`: how `topics` belong together in a question."""

    people: tuple[Person, ...] = ()
    topics: tuple[str, ...] = ()
    wanted: Wanted = Wanted()
    levels: tuple[tuple[str, str], ...] = ()
    project: str = ""
    tags: tuple[str, ...] = ()
    date: dt.date | None = None
    url: str = ""
    text: str = ""
    rhythm: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One gesture. `id` is the same over redeliveries; `inline`: the answer goes back in the same response; `link`
    leads to the message it is about; `meant`: the words that were probably meant where others were said; `command` is
    how `text` begins where a slash command stands for these words: nobody typed them, so they tell no language."""

    tenant: str
    id: str
    at: dt.datetime
    who: Account
    place: Place
    text: str = ""
    mentions: tuple[Account, ...] = ()
    action: str = ""
    value: str = ""
    message: str = ""
    link: str = ""
    inline: bool = True
    language: str = ""
    slots: Slots = Slots()
    confirm: bool = False
    meant: str = ""
    command: str = ""


def spoken(request: Request) -> Request:
    """A click on a button that says something is the saying."""
    return replace(request, action="", text=request.value, value="") if request.action == SAY else request
