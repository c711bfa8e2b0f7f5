"""The plain twin: whatever people wrote, a line for each thing that is said and nothing that a terminal obeys."""

import io
import random
import unicodedata

import pytest
from rich.console import Console

from adapters.console.drawing import draw
from bot.reply import Button, Buttons, Code, Item, Line, Link, Mention, Note, Reply, Strong, Title, plain

HOSTILE = (
    *("\n", "\n\n", "\r\n\r\n", "\u2028\u2029", "\x85", "\x0b\x0c", "\t", " "),
    *("\x1b[31mred", "\x1b]0;title\x07", "\x9b2J", "\x00", "\x08\x7f", "\ud800", "\udfff\ud83d"),
    *("\u202egnp.exe\u202c", "\u2066left\u2069", "\u200b\ufeff", "-> sam: hello", "[Undo]", "- an entry", "ana> hello"),
    *("👩\u200d💻", "Ze\u0301ro", "é" * 80, "x" * 5000, "[bold red]", "<!channel>", "=1+1", "word"),
)
FORBIDDEN = ("Cc", "Cs", "Zl", "Zp")
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def hostile_texts():
    chance = random.Random("hostile texts in plain")
    return ["".join(chance.choices(HOSTILE, k=chance.randint(1, 6))) for _ in range(200)]


def everywhere(text: str) -> Reply:
    spans = (text, Strong(text), Code(text), Link(text, "https://example.org"), Mention(text, text))
    return Reply(
        (Title(spans), Line(spans), Item(spans, (spans,)), Note(spans), Buttons((Button(text[:20] or "x", "a"),)))
    )


@pytest.mark.parametrize("drawn", [plain, lambda reply: draw(reply).plain], ids=["plain", "console"])
def test_hostile_texts_stay_on_their_line(drawn):
    for text in hostile_texts():
        said = drawn(everywhere(text))

        lines = said.split("\n")
        odd = {c for c in said if c in TURNING or unicodedata.category(c) in FORBIDDEN} - {"\n", "\t"}
        assert (len(lines), odd) == (6, set()), text
        assert all(line.strip() for line in lines), text
        assert said.encode()


def test_hostile_texts_are_no_markup_of_the_terminal():
    console = Console(force_terminal=True, color_system="truecolor", width=200, record=True, file=io.StringIO())
    console.print(draw(Reply((Line(("[bold red]x[/] \x1b[31my",)),))))

    assert console.export_text().strip() == "[bold red]x[/] [31my"


def test_what_is_written_well_is_said_as_it_is():
    reply = Reply((Title(("Ça va\u00a0?",)), Line(("the demo, ", Strong("Léa"))), Item(("x",), (("why",),))))

    assert plain(reply) == "Ça va\u00a0?\nthe demo, Léa\n- x\n  why"
