"""The one exception that carries words for a person."""

from typing import Any


class Refused(Exception):
    """The request cannot be done as said: `key` names the sentence in the catalogues, `slots` fill it."""

    def __init__(self, key: str, **slots: Any) -> None:
        super().__init__(key)
        self.key = key
        self.slots = slots
