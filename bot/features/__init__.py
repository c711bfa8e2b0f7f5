"""The table of contents: every feature there is, in the order in which help shows them."""

from bot.feature import Feature
from bot.features import (
    away,
    digest,
    follow,
    introductions,
    kudos,
    people,
    privacy,
    profile,
    projects,
    questions,
    skills,
    undo,
)
from bot.features import help as help_

FEATURES: tuple[Feature, ...] = (
    kudos.feature,
    skills.feature,
    projects.feature,
    people.feature,
    questions.feature,
    away.feature,
    profile.feature,
    introductions.feature,
    digest.feature,
    follow.feature,
    undo.feature,
    privacy.feature,
    help_.start,
    help_.feature,
)
