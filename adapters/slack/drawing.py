"""Draws a reply in Slack's blocks: whatever people wrote stays text, and no limit of Slack's is passed."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any, assert_never

from adapters.slack.text import PLATFORM, USER_ID, clean, escape
from bot.reply import (
    ACTION_LIMIT,
    LABEL_LIMIT,
    Block,
    Button,
    Buttons,
    Code,
    Contact,
    Item,
    Line,
    Link,
    Mention,
    Note,
    Reply,
    Rule,
    Span,
    Spans,
    Strong,
    Title,
    plain,
    plain_spans,
)

Json = dict[str, Any]

BLOCKS, TEXT, HEADER, ROW, TOTAL = 50, 3000, 150, 25, 10_000
"""Blocks of a message, characters of a text and of a header, buttons of a row, and characters of a whole message: more
than about 13,000 are refused though nothing says so."""
ELLIPSIS = "…"
BULLET, APART = "• ", " · "
CHAT = "https://slack.com/app_redirect?channel="
"""Followed by somebody's id, it opens the chat with them."""
NOTES = "notes"
"""Begins the block_id of what stands under an entry of a list."""

_OPENABLE = re.compile(r"(https?://|mailto:)[^\s|<>]+")
_PLAIN = re.compile(r"[^*`\n]*\S[^*`\n]*")
"""Words that Slack shows strong or as code when they are marked so."""


def draw(reply: Reply) -> Json:
    """`text` is what a notification and a screen reader say."""
    said = plain(Reply(tuple(block for block in reply.blocks if not isinstance(block, Buttons)))) or plain(reply)
    return {"text": fit((said,), TEXT), "blocks": blocks(reply)}


def blocks(reply: Reply) -> list[Json]:
    page = _Page()
    for block in reply.blocks:
        page.add(block)
    return page.within(BLOCKS)


class _Page:
    """What is drawn so far, and how many characters are left."""

    def __init__(self) -> None:
        self._blocks: list[Json] = []
        self._room = TOTAL
        self._actions: Counter[str] = Counter()

    def add(self, block: Block) -> None:
        match block:
            case Title(spans):
                self._text(spans, HEADER, _header, _bare)
            case Line(spans, contact):
                self._text(() if _is_blank(spans) else (*spans, *_reach(contact)), TEXT, _section)
            case Note(spans):
                self._text(spans, TEXT, _context)
            case Item(spans, notes, contact):
                entry = (BULLET, *spans, *_reach(contact))
                self._text(() if _is_blank(spans) else entry, TEXT, self._entry)
                self._notes(notes)
            case Buttons(buttons):
                self._buttons(buttons)
            case Rule():
                self._blocks.append({"type": "divider"})
            case _:
                assert_never(block)

    def within(self, limit: int) -> list[Json]:
        """At most so many blocks; what is cut is said, and the buttons at the end stay."""
        if len(self._blocks) <= limit:
            return self._blocks
        end = [self._blocks[-1]] if self._blocks[-1]["type"] == "actions" else []
        return [*self._blocks[: limit - len(end) - 1], _context(ELLIPSIS), *end]

    def _text(
        self, spans: Spans, limit: int, put: Callable[[str], Json | None], write: "Callable[[Span], str] | None" = None
    ) -> None:
        if _is_blank(spans) or self._room <= len(BULLET):
            return
        text = fit(spans, min(limit, self._room), write or mrkdwn)
        block = put(text)
        self._room -= len(text) + 1
        if block:
            self._blocks.append(block)

    def _entry(self, text: str) -> Json | None:
        """A short entry joins the one above, so that a list stands close together."""
        above = self._blocks[-1] if self._blocks else {}
        if above.get("type") == "section" and above["text"]["text"].startswith(BULLET):
            joined = f"{above['text']['text']}\n{text}"
            if len(joined) <= TEXT:
                self._blocks[-1] = _section(joined)
                return None
        return _section(text)

    def _notes(self, notes: tuple[Spans, ...]) -> None:
        lines: list[Span] = [span for note in notes if not _is_blank(note) for span in ("\n", *note)]
        id = f"{NOTES}-{len(self._blocks)}"
        self._text(tuple(lines[1:]), TEXT, lambda text: {**_context(text), "block_id": id})

    def _buttons(self, buttons: tuple[Button, ...]) -> None:
        drawn = [self._button(button) for button in buttons]
        rows = (drawn[at : at + ROW] for at in range(0, len(drawn), ROW))
        self._blocks += [{"type": "actions", "elements": row} for row in rows]

    def _button(self, button: Button) -> Json:
        """Two buttons of a message must not share an action_id: from the second on it carries a number after a bar."""
        seen = self._actions[button.action]
        self._actions[button.action] += 1
        label = fit((button.label,), LABEL_LIMIT) or ELLIPSIS
        self._room -= len(label)
        action = f"{button.action[: ACTION_LIMIT - 5]}|{seen}" if seen else button.action
        drawn = {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action}
        return {**drawn, "value": button.value} if button.value else drawn


def mrkdwn(span: Span) -> str:
    match span:
        case str():
            return escape(span)
        case Strong(text):
            return _marked("*", text)
        case Code(text):
            return _marked("`", text)
        case Link(text, url):
            return _link(text, url)
        case Mention(handle, _, accounts):
            id = dict(accounts).get(PLATFORM, "")
            return f"<@{id}>" if USER_ID.fullmatch(id) else _marked("*", f"@{handle}")
        case _:
            assert_never(span)


def fit(spans: Spans, limit: int, write: Callable[[Span], str] = mrkdwn) -> str:
    """The spans as Slack's text of at most `limit` characters, cut after a word with an ellipsis."""
    whole = "".join(map(write, spans))
    if len(whole) <= limit:
        return whole
    drawn, room = "", limit - len(ELLIPSIS)
    for span in spans:
        piece = write(span)
        if len(drawn) + len(piece) > room:
            return f"{drawn}{_head(span, room - len(drawn), write)}".rstrip() + ELLIPSIS
        drawn += piece
    return drawn.rstrip() + ELLIPSIS


def _head(span: Span, room: int, write: Callable[[Span], str]) -> str:
    """As many whole words of a span as fit; a mention or a link is drawn whole or not at all."""
    match span:
        case str():
            text = span
        case Strong(text) | Code(text):
            pass
        case _:
            return ""
    text = text[:room]
    while text:
        words = text.rpartition(" ")[0] or text
        piece = write(words if isinstance(span, str) else replace(span, text=words))
        if len(piece) <= room:
            return piece
        text = text[: len(text) * room // len(piece)]
    return ""


def _marked(mark: str, text: str) -> str:
    shown = escape(text)
    return f"{mark}{shown}{mark}" if _PLAIN.fullmatch(shown) and shown == shown.strip() else shown


def _link(text: str, url: str) -> str:
    if not _OPENABLE.fullmatch(url):
        return escape(plain_spans((Link(text, url),)))
    label = escape(text).replace("\n", " ").strip()
    return f"<{escape(url)}>" if text == url or not label else f"<{escape(url)}|{label}>"


def _reach(contact: Contact | None) -> Spans:
    """A link that opens the chat with a person; none where they have no account here."""
    id = dict(contact.person.accounts).get(PLATFORM, "") if contact else ""
    return (APART, Link(contact.label, f"{CHAT}{id}")) if contact and USER_ID.fullmatch(id) else ()


def _is_blank(spans: Spans) -> bool:
    first = spans[0] if spans else ""
    if isinstance(first, str) and first.isprintable() and first.strip():
        return False
    return not clean(plain_spans(spans)).strip()


def _bare(span: Span) -> str:
    return escape(plain_spans((span,))).replace("\n", " ")


def _section(text: str) -> Json:
    return {"type": "section", "text": _mrkdwn(text)}


def _context(text: str) -> Json:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def _header(text: str) -> Json:
    return {"type": "header", "text": {"type": "plain_text", "text": text}}


def _mrkdwn(text: str) -> Json:
    """`verbatim`: names and addresses that people wrote are not made into links and mentions."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}
