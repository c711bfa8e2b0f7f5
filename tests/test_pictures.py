"""The pictures of README and docs show what Ristretto says today, and the README shows them all."""

import re
import struct
import zlib
from pathlib import Path

import pytest

from docs.pictures import draw as drawing
from docs.pictures.blocks import blocks
from docs.pictures.cards import card
from docs.pictures.png import shrink
from docs.pictures.scenes import PICTURES, messages

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LIMIT = 120_000


async def test_the_pictures_show_what_is_said_today():
    said = await messages()

    assert list(said) == list(PICTURES)
    for name, today in said.items():
        kept = drawing.golden(name).read_text(encoding="utf-8")
        assert kept == drawing.dump(today), f"{name} is not what Ristretto says today: make pictures"


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_was_drawn_from_the_messages_beside_it(name):
    drawn, text = drawing.picture(name).read_bytes(), drawing.golden(name).read_text(encoding="utf-8")

    assert drawing.mark(text).encode() in drawn, f"{name}: make pictures"
    assert len(drawn) < LIMIT


def test_the_readme_shows_every_picture_there_is():
    there = {path.name for path in (ROOT / "docs" / "pictures").glob("*.png")}
    shown = re.findall(r"docs/pictures/([\w-]+\.png)", README)

    assert there == {f"{name}.png" for name in PICTURES} == set(shown)
    assert len(shown) == len(set(shown))


def test_the_first_thing_the_readme_shows_is_a_digest():
    assert "docs/pictures/slack-digest-en.png" in README.partition("\n## ")[0]


def test_without_chromium_it_says_so_and_draws_nothing(monkeypatch, capsys):
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(drawing, "draw", lambda *_: pytest.fail("drawn"))

    assert drawing.main([]) == 2
    assert "Chromium" in capsys.readouterr().err


def test_what_nobody_draws_is_not_passed_over():
    image = {"type": "image", "image_url": "https://example.org/x.png"}
    element = {"type": "Image", "url": "https://example.org/x.png"}

    with pytest.raises(ValueError, match="nobody draws"):
        blocks({"blocks": [image]}, {})
    with pytest.raises(ValueError, match="nobody draws"):
        card({"attachments": [{"content": {"body": [element]}}]})


def test_words_that_people_wrote_stay_words_in_a_picture():
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "a &lt;b&gt; &amp; <@U1> *x* `y`"}}

    assert blocks({"blocks": [section]}, {"U1": "Ana <3"}) == (
        '<div class="section">a &lt;b&gt; &amp; <span class="mention">@Ana &lt;3</span> <b>x</b> <code>y</code></div>'
    )


def test_a_picture_is_shrunk_to_its_colours_however_its_rows_were_written():
    colour, half = bytes((10, 20, 30)), bytes((5, 10, 15))
    nothing = bytes(3)
    rows = (colour + colour, colour + nothing, nothing + nothing, half + nothing, nothing + nothing)

    small = shrink(written(rows), "of nothing")

    assert chunk(b"PLTE", colour) in small and chunk(b"IDAT", zlib.compress(b"\0\0\0" * 5, 9)) in small
    assert b"of nothing" in small


def written(rows):
    """Two pixels wide, each row in the next of PNG's five ways: as it is, and as differences to its neighbours."""
    image = zlib.compress(b"".join(bytes([way]) + row for way, row in enumerate(rows)))
    head = struct.pack(">IIBBBBB", 2, len(rows), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


def chunk(name, body):
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
