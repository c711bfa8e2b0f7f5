"""The last line of a digest: one, the rarest that some feature has to say, and whoever had to wait before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.feature import Context, Hint
from bot.reply import SILENCE, Note, Reply
from store import digests, readers
from store.digests import Digest
from store.news import Span

REMEMBERED = timedelta(days=200)
"""Digests before it make nobody wait."""


@dataclass(frozen=True, slots=True)
class Ending:
    """`names`: of the hint that is said, and of those that had something to say and wait."""

    said: Reply
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Wait:
    """How many digests in a row a hint has waited, and from when on it had something to say."""

    times: int
    since: datetime


def last_line(ctx: Context, span: Span, before: Iterable[str] | None = None) -> Ending:
    """`before`: the names of when it was drawn before; then it is that line again, or a thing to try."""
    waits = _waits(digests.hinted(ctx.tx, ctx.me.id, span.until - REMEMBERED, span.until))
    all_hints = [hint for feature in ctx.features for hint in feature.hints]
    again = None if before is None else [*before][:1]
    hints = [hint for hint in all_hints if again is None or hint.name in again]
    told = [(hint, said) for hint in hints if (said := hint.says(ctx, _seen_by(hint, span, waits)))]
    if not told:
        return Ending(_advice(ctx))
    told.sort(key=lambda one: (-_times(one[0], waits), -one[0].days))
    return Ending(told[0][1], tuple(hint.name for hint, _ in told))


def _waits(drawn: Iterable[Digest]) -> dict[str, _Wait]:
    """By name, what waits since one digest or several in a row."""
    waits: dict[str, _Wait] = {}
    for one in drawn:
        waiting = (one.hints or [])[1:]
        before = waits
        waits = {name: _Wait(1, one.since) for name in waiting}
        waits |= {name: _Wait(wait.times + 1, wait.since) for name, wait in before.items() if name in waiting}
    return waits


def _seen_by(hint: Hint, span: Span, waits: dict[str, _Wait]) -> Span:
    """From when it first had to wait, so that what it tells of once in a while is not over."""
    wait = waits.get(hint.name)
    return Span(min(wait.since, span.since), span.until) if wait else span


def _times(hint: Hint, waits: dict[str, _Wait]) -> int:
    return waits[hint.name].times if hint.name in waits else 0


def _advice(ctx: Context) -> Reply:
    """One thing to try that would make the next digest better; nothing where nothing is missing."""
    here = {feature.name for feature in ctx.features}
    reader = readers.of_people(ctx.tx, [ctx.me], ctx.now)[ctx.me.id]
    ways = (
        ("skills", reader.skills, "digest.hint_skills"),
        ("follow", reader.preferences.following, "digest.hint_follow"),
        ("skills", reader.wishes, "digest.hint_learn"),
    )
    missing = next((key for feature, has, key in ways if feature in here and not has), "")
    return Reply((Note(ctx.words(missing)),)) if missing else SILENCE
