"""Privacy: what Ristretto knows about a person, for their eyes, and its erasure for good."""

from bot.features.privacy import access, erasure
from bot.features.privacy.erasure import erase
from bot.features.privacy.noun import feature
from bot.features.privacy.record import everything

__all__ = ["access", "erase", "erasure", "everything", "feature"]
