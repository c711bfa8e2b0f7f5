"""Names that are known, where it is dear to know all of them."""

from collections.abc import Callable, Container
from dataclasses import dataclass, field
from typing import TypeVar

Read = TypeVar("Read")


def read_by(read: Callable[[str, Container[str]], Read], text: str, look_up: Callable[[set[str]], set[str]]) -> Read:
    """What `read` makes of a text when it may ask which names are known: `look_up` is asked for a few at a time, each
    once."""
    heard = _Heard()
    found = read(text, heard)
    while heard.unsure:
        known = look_up(heard.unsure)
        heard.learn(known)
        if known:
            found = read(text, heard)
    return found


@dataclass(slots=True)
class _Heard:
    """Those that were asked for; `unsure`: not looked up yet."""

    known: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def __contains__(self, name: object) -> bool:
        if name not in self.sure:
            self.unsure.add(str(name))
        return name in self.known

    def learn(self, known: set[str]) -> None:
        self.known |= known
        self.sure |= self.unsure
        self.unsure = set()
