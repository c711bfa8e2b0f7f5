"""How far a long command has come, on stderr: one line that changes on a terminal, else a line now and then."""

import sys

from bot.commands.stop import warn

EVERY = 100_000
"""Rows between two lines where there is no terminal."""


class Progress:
    """Open from construction to `end`. `said`: a sentence with {count} in it, and {total} where there is one."""

    def __init__(self, said: str) -> None:
        self._said = said
        self._on_terminal = sys.stderr.isatty()
        self._told = 0

    def tell(self, count: int, total: int = 0) -> None:
        sentence = self._said.format(count=f"{count:,}", total=f"{total:,}")
        if self._on_terminal:
            sys.stderr.write(f"\r{sentence}")
            sys.stderr.flush()
        elif count // EVERY > self._told // EVERY:
            warn(sentence)
        self._told = count

    def end(self) -> None:
        if self._on_terminal:
            warn("")
