"""A ratio of two costs, taken in turns, and the bar that it must keep."""

import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

ROUNDS = 5
Cost = Callable[[], Awaitable[float]]
"""Does one round's work, and says how many seconds of CPU one piece of it took."""


@dataclass(frozen=True, slots=True)
class Ratio:
    said: str
    bar: str
    holds: bool


async def interleaved(name: str, floor: Cost, product: Cost) -> list[tuple[float, float]]:
    """The cost of each, a pair a round. One round before counts for nothing: there caches fill."""
    await floor()
    await product()
    costs = [(await floor(), await product()) for _ in range(ROUNDS)]
    for below, ours in costs:
        progress(f"{name}: floor {below * 1e6:.0f} us, product {ours * 1e6:.0f} us")
    return costs


def progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
