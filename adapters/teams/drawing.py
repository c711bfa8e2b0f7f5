"""Draws a reply as an Adaptive Card. Pure.

What people wrote stands in text runs, where nothing is markup. Only a line that mentions somebody is a text block,
since mentions work nowhere else, and there it is escaped."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote

from adapters.teams.fields import Json
from adapters.teams.fitting import fit
from bot.reply import (
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

CARD = "application/vnd.microsoft.card.adaptive"
SUMMARY, FALLBACK = 250, 1000
APART, CHAT = " · ", "https://teams.microsoft.com/l/chat/0/0?users="
"""Followed by somebody's mail, it opens the chat with them."""
IN_A_ROW = 6
"""Teams hides the seventh action."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, and those that turn the rest of a line round."""
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+!|&~-])")
_OPENABLE = re.compile(r"(?:https?://|mailto:)[^\s<>\"\\]+")
_TITLE: Json = {"size": "Large", "weight": "Bolder"}
_QUIET: Json = {"size": "Small", "isSubtle": True}


def message(reply: Reply) -> Json:
    """The activity that carries the card; the summary is what notifications show."""
    said = _said(reply)
    attachment = {"contentType": CARD, "content": _drawn(reply, said)}
    return {"type": "message", "summary": _cut(said, SUMMARY), "attachments": [attachment]}


def draw(reply: Reply) -> Json:
    """A card that Teams takes: a reply which is too long for it is cut, never refused."""
    return _drawn(reply, _said(reply))


def _drawn(reply: Reply, said: str) -> Json:
    tags = _tags(reply)
    return fit(reply, lambda part, room: _card(part, _Pen(tags, room), said if part is reply else _said(part)))


@dataclass(frozen=True, slots=True)
class _Pen:
    """`tags`: the words that mention an account; `room`: how long one text may be."""

    tags: Mapping[str, str]
    room: int

    def text(self, words: str) -> str:
        return _cut(_seen(words), self.room)

    def tag(self, span: Span) -> str:
        return self.tags.get(_account(span), "") if isinstance(span, Mention) else ""


def _card(reply: Reply, pen: _Pen, said: str) -> Json:
    body: list[Json] = []
    ruled = False
    for n, block in enumerate(reply.blocks):
        for element in _elements(block, pen, n):
            body.append({**element, "separator": True, "spacing": "Medium"} if ruled else element)
            ruled = False
        ruled = ruled or isinstance(block, Rule)
    mentioned = _mentioned(reply, pen) if pen.tags else []
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": _cut(said, min(pen.room, FALLBACK)) or " ",
        "body": body,
        **({"msteams": {"entities": mentioned}} if mentioned else {}),
    }


def _elements(block: Block, pen: _Pen, n: int) -> Iterator[Json]:
    match block:
        case Title(spans):
            yield from _texts(spans, pen, _TITLE)
        case Line(spans, contact):
            yield from _texts((*spans, *_reach(contact)), pen, {})
        case Note(spans):
            yield from _texts(spans, pen, _QUIET)
        case Item(spans, notes, contact):
            yield _item((*spans, *_reach(contact)), notes, pen)
        case Buttons(buttons):
            for start in range(0, len(buttons), IN_A_ROW):
                actions = [_action(button, f"{n}-{i}", pen) for i, button in enumerate(buttons)][
                    start : start + IN_A_ROW
                ]
                yield {"type": "ActionSet", "actions": actions}
        case Rule():
            return
        case _:
            assert_never(block)


def _item(spans: Spans, notes: tuple[Spans, ...], pen: _Pen) -> Json:
    quiet = ({**element, "spacing": "None"} for note in notes for element in _texts(note, pen, _QUIET))
    inside = [*_texts(spans, pen, {}), *quiet]
    bullet = {"type": "Column", "width": "auto", "items": [{"type": "TextBlock", "text": "•"}]}
    text = {"type": "Column", "width": "stretch", "spacing": "Small", "items": inside}
    return {"type": "ColumnSet", "spacing": "Small", "columns": [bullet, text]}


def _reach(contact: Contact | None) -> Spans:
    """A link that opens the chat with a person, whom Teams knows by mail; none where they have no account here."""
    if contact is None or not contact.email or not _account(contact.person):
        return ()
    return (APART, Link(contact.label, f"{CHAT}{quote(contact.email, safe='@')}"))


def _texts(spans: Spans, pen: _Pen, style: Json) -> Iterator[Json]:
    """One element, or none where there is nothing to read."""
    if pen.tags and any(pen.tag(span) for span in spans):
        yield {"type": "TextBlock", "wrap": True, "text": "".join(_marked(span, pen) for span in spans), **style}
        return
    runs = [{"type": "TextRun", **style, **run} for span in _joined(spans) if (run := _run(span, pen))["text"]]
    if any(not run["text"].isspace() for run in runs):
        yield {"type": "RichTextBlock", "inlines": runs}


def _joined(spans: Spans) -> list[Span]:
    """Words that follow each other are one text: each costs Teams an element, and a card has room for so many."""
    joined: list[Span] = []
    for span in spans:
        if joined and isinstance(span, str) and isinstance(before := joined[-1], str):
            joined[-1] = before + span
        else:
            joined.append(span)
    return joined


def _run(span: Span, pen: _Pen) -> Json:
    match span:
        case str():
            return {"text": pen.text(span)}
        case Strong(text):
            return {"text": pen.text(text), "weight": "Bolder"}
        case Code(text):
            return {"text": pen.text(text), "fontType": "Monospace"}
        case Link(text, url) if _OPENABLE.fullmatch(url):
            return {"text": pen.text(text), "selectAction": {"type": "Action.OpenUrl", "url": url}}
        case Link() as link:
            return {"text": pen.text(plain_spans((link,)))}
        case Mention() as person:
            return {"text": pen.text(plain_spans((person,))), "weight": "Bolder"}
        case _:
            assert_never(span)


def _marked(span: Span, pen: _Pen) -> str:
    """The same in the markup of a text block."""
    tag = pen.tag(span)
    if tag:
        return tag
    run = _run(span, pen)
    words = _MARKUP.sub(r"\\\1", run["text"])
    if "selectAction" in run:
        return f"[{words}]({run['selectAction']['url'].replace('(', '%28').replace(')', '%29')})"
    return f"**{words}**" if "weight" in run and words.strip() == words else words


def _action(button: Button, id: str, pen: _Pen) -> Json:
    title = pen.text(button.label)
    data = {"action": button.action, "value": button.value}
    execute = {"type": "Action.Execute", "id": f"{button.action}-{id}", "title": title, "verb": button.action}
    return {**execute, "data": data, "fallback": {"type": "Action.Submit", "title": title, "data": data}}


def _tags(reply: Reply) -> Mapping[str, str]:
    """By account: `<at>Name</at>`, with the handle where two people have one name, since Teams goes by the words."""
    found: dict[str, str] = {}
    for person in _mentions(reply.blocks):
        account = _account(person)
        if account:
            name = _name(person.name) or _name(person.handle)
            if not name:
                continue
            taken = any(tag == f"<at>{name}</at>" for id, tag in found.items() if id != account)
            found[account] = f"<at>{name} {_name(person.handle)}</at>" if taken else f"<at>{name}</at>"
    return found


def _mentioned(reply: Reply, pen: _Pen) -> list[Json]:
    tags = {_account(person): pen.tag(person) for person in _mentions(reply.blocks) if pen.tag(person)}
    return [{"type": "mention", "text": tag, "mentioned": {"id": id, "name": tag[4:-5]}} for id, tag in tags.items()]


def _mentions(blocks: Iterable[Block]) -> Iterator[Mention]:
    for block in blocks:
        lines = (block.spans, *block.notes) if isinstance(block, Item) else (getattr(block, "spans", ()),)
        yield from (span for spans in lines for span in spans if isinstance(span, Mention))


def _account(person: Mention) -> str:
    return next((id for platform, id in person.accounts if platform == "teams"), "")


def _name(text: str) -> str:
    """A name that cannot end its own tag, nor be markup."""
    return re.sub(r"[^\w .'’-]|_", "", _seen(text)).strip()[:60]


def _said(reply: Reply) -> str:
    """Without the buttons, which cannot be pressed where only text is shown."""
    words = Reply(tuple(block for block in reply.blocks if not isinstance(block, Buttons)))
    return _seen(plain(words) or plain(reply))


def _seen(text: str) -> str:
    return text if text.isprintable() else _UNSEEN.sub("", text)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…"
