"""What must be kept in order to come back to a conversation, as the text in `Place.context`."""

import json
from dataclasses import dataclass
from typing import Self

from pydantic_core import to_json


@dataclass(frozen=True, slots=True)
class Reference:
    """`user` is the id that Teams gave the person for this bot, `account` the one we know them by."""

    service: str
    conversation: str = ""
    user: str = ""
    account: str = ""
    bot: str = ""
    tenant: str = ""

    def dump(self) -> str:
        return to_json(self).decode()

    @classmethod
    def load(cls, text: str) -> Self | None:
        """None where the text is not one of ours."""
        try:
            return cls(**{str(name): str(value) for name, value in json.loads(text).items()})
        except (ValueError, TypeError, AttributeError):
            return None
