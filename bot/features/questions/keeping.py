"""What is kept of a person's part in questions, for their own eyes."""

from collections.abc import Mapping
from typing import Any

from bot.feature import Context
from bot.features.questions.noun import feature
from bot.features.questions.settings import is_off
from bot.reply import Spans
from store import holdings, questions
from store.people import Person
from store.questions import Route


def export(ctx: Context, person: Person) -> list[tuple[str, Spans | Mapping[str, Any]]]:
    """How often they were asked and what they did, what they asked, and whether they are asked at all. Whose questions
    they were asked is not told."""
    routed = questions.routed_to(ctx.tx, person.id)
    mine = holdings.rows(ctx.tx, questions.questions, person.id)
    found: list[tuple[str, Spans | Mapping[str, Any]]] = []
    if routed or mine:
        found.append(("questions.kept", ctx.words("questions.kept_said", asked=len(mine), n=len(routed))))
        rows = {"asked": [_own(row) for row in mine], "routed": [_routed(one) for one in routed]}
        found.append(("questions.kept", rows))
    if person.id == ctx.me.id and is_off(ctx):
        found.append(("questions.kept", ctx.words("questions.is_off")))
    return found


feature.exports.append(export)


def _own(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: value for name, value in row.items() if name != "asker"}


def _routed(one: Route) -> Mapping[str, Any]:
    return {"question": one.question, "at": one.at, "state": one.state, "suggested_by": one.suggested_by}
