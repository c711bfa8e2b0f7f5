"""Introductions: every two weeks, for those who said yes, a colleague to meet and the reason."""

from bot.features.introductions import answering, avoiding, hints, joining, overview, telling
from bot.features.introductions.drawing import draw_due
from bot.features.introductions.noun import feature

__all__ = ["answering", "avoiding", "draw_due", "feature", "hints", "joining", "overview", "telling"]
