"""What Ristretto says: a closed set of blocks, text as spans, and a plain-text twin of every reply."""

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, assert_never

from pydantic import Field
from pydantic_core import to_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_BREAKS = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_OBEYED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys, what turns the reading round, and halves of characters."""
LABEL_LIMIT, ACTION_LIMIT, VALUE_LIMIT = 75, 255, 2000
"""Slack's limits for a button, the tighter of the two platforms."""


@dataclass(frozen=True, slots=True)
class Strong:
    text: str
    kind: Literal["strong"] = "strong"


@dataclass(frozen=True, slots=True)
class Code:
    """Words to type as they stand."""

    text: str
    kind: Literal["code"] = "code"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    url: str
    kind: Literal["link"] = "link"


@dataclass(frozen=True, slots=True)
class Mention:
    """A person. `accounts`: pairs of platform and account id; where a platform has none, the handle is shown."""

    handle: str
    name: str = ""
    accounts: tuple[tuple[str, str], ...] = ()
    kind: Literal["mention"] = "mention"


Span = str | Annotated[Strong | Code | Link | Mention, Field(discriminator="kind")]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Title:
    spans: Spans
    kind: Literal["title"] = "title"


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to write to a person with one tap, where the platform has one; elsewhere nothing is shown."""

    label: str
    person: Mention
    email: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    spans: Spans
    contact: Contact | None = None
    kind: Literal["line"] = "line"


@dataclass(frozen=True, slots=True)
class Note:
    """Said in a lower voice: a reason, a hint."""

    spans: Spans
    kind: Literal["note"] = "note"


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, with what stands under it in a lower voice."""

    spans: Spans
    notes: tuple[Spans, ...] = ()
    contact: Contact | None = None
    kind: Literal["item"] = "item"


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. `action` routes the click, `value` says about what; both are looked up again when it is clicked."""

    label: str
    action: str
    value: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.label) <= LABEL_LIMIT or len(self.action) > ACTION_LIMIT or len(self.value) > VALUE_LIMIT:
            raise ValueError(f"a button of {self.action} is over the limits")


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]
    kind: Literal["buttons"] = "buttons"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line between two parts."""

    kind: Literal["rule"] = "rule"


Block = Annotated[Title | Line | Note | Item | Buttons | Rule, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class Reply:
    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def __add__(self, other: "Reply") -> "Reply":
        return Reply(self.blocks + other.blocks)


SILENCE = Reply()


def say(*spans: Span, buttons: tuple[Button, ...] = ()) -> Reply:
    """A reply of one line, with buttons under it."""
    return Reply((Line(spans), Buttons(buttons)) if buttons else (Line(spans),))


def buttons(reply: Reply) -> tuple[Button, ...]:
    return tuple(button for block in reply.blocks if isinstance(block, Buttons) for button in block.buttons)


def plain(reply: Reply) -> str:
    """The plain-text twin: no blank line, a button as `[Label]`, a list entry after `- `."""
    return "\n".join(line for block in reply.blocks for line in _lines(block) if line.strip())


def plain_spans(spans: Spans) -> str:
    return "".join(map(_text, spans))


def _lines(block: Block) -> list[str]:
    match block:
        case Title(spans) | Line(spans) | Note(spans):
            return [plain_spans(spans)]
        case Item(spans, notes):
            return [f"- {plain_spans(spans)}", *(f"  {plain_spans(note)}" for note in notes)]
        case Buttons(buttons):
            return [" ".join(f"[{_shown(button.label)}]" for button in buttons)]
        case Rule():
            return []
        case _:
            assert_never(block)


def _shown(text: str) -> str:
    """On one line, without what a terminal would obey."""
    return text if text.isprintable() else _OBEYED.sub("", _BREAKS.sub(" ", text))


def _text(span: Span) -> str:
    match span:
        case str():
            return _shown(span)
        case Strong(text) | Code(text):
            return _shown(text)
        case Link(text, url):
            return _shown(text if text == url else f"{text} ({url})")
        case Mention(handle):
            return f"@{_shown(handle)}"
        case _:
            assert_never(span)


@cache
def _adapter() -> "TypeAdapter[Reply]":
    from pydantic import TypeAdapter  # noqa: PLC0415  # dear to import, and only an answer given again needs it

    return TypeAdapter(Reply)


def dump(reply: Reply) -> str:
    """The reply as JSON, for an answer that must be given again word for word."""
    return to_json(reply).decode()


def load(text: str) -> Reply:
    return _adapter().validate_json(text)
