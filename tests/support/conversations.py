"""Conversations as they are written down: what is said, and the block that comes back.

`== Title` begins one; `handle> words` is said in private to the bot; what follows, up to a blank line, is the plain
reply and a `-> handle: …` for each thing that others get; `~ 6 minutes` lets time pass.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from wires import Answer, read_block

_SAID = re.compile(r"([a-z-]+)> (.*)")
_LATER = re.compile(r"~ (\d+) (minutes|hours|days)")


@dataclass(frozen=True, slots=True)
class Turn:
    """`later`: time that passes before it is said."""

    handle: str
    said: str
    answer: Answer
    later: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Conversation:
    title: str
    turns: tuple[Turn, ...]


def read(path: Path) -> list[Conversation]:
    parts = re.split(r"^== (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [Conversation(title, tuple(_turns(body))) for title, body in zip(parts[::2], parts[1::2], strict=True)]


def _turns(body: str) -> Iterator[Turn]:
    later = timedelta()
    for block in re.split(r"\n{2,}", body.strip("\n")):
        first, _, rest = block.partition("\n")
        passed = _LATER.fullmatch(first)
        if passed:
            later += timedelta(**{passed[2]: int(passed[1])})
            continue
        said = _SAID.fullmatch(first)
        assert said, f"neither said nor answered: {first}"
        yield Turn(said[1], said[2], read_block(rest), later)
        later = timedelta()
