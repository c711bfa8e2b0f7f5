"""Questions: from somebody who needs help to a colleague who is likely to know, and the answer back."""

from bot.features.questions import asking, closing, gaps, helping, introducing, keeping, settings, showing, telling
from bot.features.questions.noun import feature
from bot.features.questions.routing import widen_due

__all__ = [
    "asking",
    "closing",
    "feature",
    "gaps",
    "helping",
    "introducing",
    "keeping",
    "settings",
    "showing",
    "telling",
    "widen_due",
]
