"""Skills: what a person says they know, how well, and what they wish to learn, and what colleagues say of it."""

from bot.features.skills import changes, confirming, declining, endorsing, overview
from bot.features.skills.noun import feature

__all__ = ["changes", "confirming", "declining", "endorsing", "feature", "overview"]
