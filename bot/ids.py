"""Ids that grow with time, also within one millisecond (the shape of UUID version 7, RFC 9562)."""

from collections.abc import Callable
from datetime import datetime

COUNTER_BITS, RANDOM_BITS = 12, 62
DRAWN = 64
"""Ids for which random bits are drawn at once: asking the system costs more than an id."""
_MASK = (1 << RANDOM_BITS) - 1


def growing(now: Callable[[], datetime], random_bits: Callable[[int], int]) -> Callable[[], str]:
    """A source of ids. `random_bits(n)` gives n random bits."""
    last = [0, 0]
    ends: list[str] = []

    def new_id() -> str:
        millis = max(int(now().timestamp() * 1000), last[0])
        count = last[1] + 1 if millis == last[0] else 0
        if count >> COUNTER_BITS:
            millis, count = millis + 1, 0
        last[:] = millis, count
        try:
            end = ends.pop()
        except IndexError:  # whoever draws keeps one, whatever other threads take meanwhile
            end, *more = _ends(random_bits(RANDOM_BITS * DRAWN))
            ends.extend(more)
        return f"{millis >> 16:08x}-{millis & 0xFFFF:04x}-7{count:03x}-{end}"

    return new_id


def _ends(drawn: int) -> list[str]:
    """The random halves of ids."""
    portions = (2 << RANDOM_BITS | drawn >> RANDOM_BITS * n & _MASK for n in range(DRAWN))
    return [f"{portion >> 48:04x}-{portion & 0xFFFFFFFFFFFF:012x}" for portion in portions]
