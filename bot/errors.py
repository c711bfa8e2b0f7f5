"""The one exception that carries words for a person."""

from typing import Any


class Refused(Exception):
    """The request cannot be done as said: `key` names the sentence in the catalogues, `slots` fill it; `language` is
    that of what was said, where it was understood so far."""

    def __init__(self, key: str, **slots: Any) -> None:
        super().__init__(key)
        self.key = key
        self.slots = slots
        self.language = ""
