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
    bits: list[int] = []

    def new_id() -> str:
        millis = max(int(now().timestamp() * 1000), last[0])
        count = last[1] + 1 if millis == last[0] else 0
        if count >> COUNTER_BITS:
            millis, count = millis + 1, 0
        last[:] = millis, count
        try:
            chance = bits.pop()
        except IndexError:  # whoever draws keeps one, whatever other threads take meanwhile
            chance, *more = _portions(random_bits(RANDOM_BITS * DRAWN))
            bits.extend(more)
        high = millis << 16 | 7 << COUNTER_BITS | count
        digits = f"{high << 64 | 2 << RANDOM_BITS | chance:032x}"
        return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"

    return new_id


def _portions(drawn: int) -> list[int]:
    return [drawn >> RANDOM_BITS * n & _MASK for n in range(DRAWN)]
