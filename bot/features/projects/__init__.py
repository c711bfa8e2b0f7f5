"""Projects: news, facts and members, said in passing and answered from what was said."""

from bot.features.projects import facts, members, overview, updates
from bot.features.projects.noun import feature

__all__ = ["facts", "feature", "members", "overview", "updates"]
