"""Kudos: thanks, said where others can see them."""

from bot.features.kudos import giving, showing, telling
from bot.features.kudos.noun import feature

__all__ = ["feature", "giving", "showing", "telling"]
