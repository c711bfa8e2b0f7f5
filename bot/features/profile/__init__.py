"""Profile: what a person says of themself besides skills, and what others say that waits for their yes."""

from bot.features.profile import access, lines, suggestions
from bot.features.profile.noun import feature

__all__ = ["access", "feature", "lines", "suggestions"]
