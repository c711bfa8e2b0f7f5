"""Keeps a card under the size that Teams takes, by shorter texts first and fewer blocks then."""

from collections.abc import Callable

from adapters.teams.fields import Json, encode
from bot.reply import Buttons, Line, Reply

LIMIT = 25_000
"""Bytes of UTF-8; Teams refuses cards from 28 KB on."""
ROOMS = (20_000, 4_000, 1_000, 250)
Draw = Callable[[Reply, int], Json]


def fit(reply: Reply, draw: Draw) -> Json:
    """`draw` makes a card of a reply in which no text is longer than that."""
    for room in ROOMS:
        card = draw(reply, room)
        if size(card) <= LIMIT:
            return card
    return draw(_fewer(reply, lambda part: size(draw(part, ROOMS[-1])) <= LIMIT), ROOMS[-1])


def size(card: Json) -> int:
    return len(encode(card))


def _fewer(reply: Reply, fits: Callable[[Reply], bool]) -> Reply:
    """As many blocks from the start as fit before a sign that more was left out; the last buttons stay if they can."""
    last = Reply(tuple(block for block in reply.blocks[-1:] if isinstance(block, Buttons)))
    end = Reply((Line(("…",)),)) + last
    if not fits(end):
        end = Reply((Line(("…",)),))
    low, high = 0, len(reply.blocks)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(Reply(reply.blocks[:middle]) + end) else (low, middle - 1)
    return Reply(reply.blocks[:low]) + end
