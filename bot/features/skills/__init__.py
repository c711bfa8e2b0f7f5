"""Skills: what a person says they know, how well, and what they wish to learn."""

from bot.features.skills import changes, overview
from bot.features.skills.noun import feature

__all__ = ["changes", "feature", "overview"]
