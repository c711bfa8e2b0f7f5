"""Draws a reply for a terminal: the plain twin, with what counts in bold and what explains in grey."""

from typing import assert_never

from rich.text import Text

from bot.reply import Block, Buttons, Code, Item, Line, Note, Reply, Rule, Span, Spans, Strong, Title, plain_spans


def draw(reply: Reply) -> Text:
    return Text("\n").join(line for block in reply.blocks for line in _lines(block))


def _lines(block: Block) -> list[Text]:
    match block:
        case Title(spans):
            return [Text(plain_spans(spans), style="bold underline")]
        case Line(spans):
            return [_text(spans)]
        case Note(spans):
            return [_text(spans, "bright_black")]
        case Item(spans, notes):
            return [Text("• ") + _text(spans), *(Text("  ") + _text(note, "bright_black") for note in notes)]
        case Buttons(buttons):
            return [Text(" ").join(Text(f"[{plain_spans((button.label,))}]", style="reverse") for button in buttons)]
        case Rule():
            return []
        case _:
            assert_never(block)


def _text(spans: Spans, style: str = "") -> Text:
    return Text("", style=style).join(Text(plain_spans((span,)), style=_style(span)) for span in spans)


def _style(span: Span) -> str:
    match span:
        case Strong():
            return "bold"
        case Code():
            return "cyan"
        case _:
            return ""
