"""How a command says that it cannot go on, and what is no result."""

import sys

USAGE = 2
"""The exit code of wrong usage, environment or database version: nothing was done."""


class Stop(Exception):
    """The command cannot go on; `sentence` goes to stderr."""

    def __init__(self, sentence: str, code: int = USAGE) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


def warn(sentence: str) -> None:
    """Says something that is no result."""
    sys.stderr.write(f"{sentence}\n")
