"""`ristretto digest`: what somebody's digest would say, and sending it now."""

import json
import sys
from datetime import date, datetime
from functools import partial
from typing import Any

from bot.commands.opening import Opening, opened
from bot.commands.stop import Stop
from bot.core import Core
from bot.curating import calendar
from bot.feature import Context
from bot.features import FEATURES
from bot.features.digest import draw_shown, queue_now, rhythm, settle, showing
from bot.features.digest.sentences import sentences
from bot.features.digest.showing import Shown
from bot.reply import plain, plain_spans
from bot.request import Account, Place, Request
from bot.words import Words, choose
from store import people, subscriptions
from store.base import Transaction
from store.people import Person

BATCH = 200
"""Digests in one transaction."""


async def preview(opening: Opening, handle: str, week: str, *, as_json: bool) -> None:
    """Prints the digest of now, or of when it is due in that week. Raises Stop."""
    monday = _monday(week) if week else None

    def say(tx: Transaction) -> str:
        ctx = _context(tx, opening, _person(tx, handle))
        until = opening.now() if monday is None else _due(ctx, monday)
        shown = showing.at(ctx, until) if monday is None else showing.in_period(ctx, until)
        return json.dumps(_as_json(ctx, shown, until), ensure_ascii=False) if as_json else plain(draw_shown(ctx, shown))

    async with opened(opening) as core:
        sys.stdout.write(await core.store.read(opening.tenant, say) + "\n")


async def send(opening: Opening, handle: str, *, as_json: bool) -> None:
    """Queues the digest of one person, or without a handle of everybody, and prints how many. Raises Stop."""
    now, new_id = opening.now(), opening.new_id()
    async with opened(opening) as core:
        one = await core.store.read(opening.tenant, lambda tx: _person(tx, handle).id) if handle else ""
        wanting = await _settled(core, opening)
        ids = [id for id in wanting if id == one] if one else wanting
        queued = 0
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            queued += await core.store.write(
                opening.tenant,
                partial(queue_now, now=now, company=opening.company, new_id=new_id, ids=batch),
            )
    said = json.dumps({"queued": queued}) if as_json else f"digests queued: {queued}"
    sys.stdout.write(f"{said}\n")


async def _settled(core: Core, opening: Opening) -> list[str]:
    """Everybody who wants a digest, after nobody who has started is without a subscription."""
    while await core.store.write(opening.tenant, lambda tx: settle(tx, opening.company, BATCH)):
        pass
    wanting: list[str] = await core.store.read(opening.tenant, subscriptions.wanting)
    return wanting


def _due(ctx: Context, monday: date) -> datetime:
    return calendar.in_week(rhythm.mine(ctx), ctx.company.zone(ctx.me), monday)


def _as_json(ctx: Context, shown: Shown, until: datetime) -> dict[str, Any]:
    says = sentences(ctx, shown.items)
    return {
        "person": ctx.me.handle,
        "week": calendar.week(ctx.company.local(ctx.me, until).date()),
        "language": ctx.words.language,
        "items": [
            {
                "activity": says.urn(item),
                "text": plain_spans(says.news(item)),
                "reason": plain_spans(says.why(item)),
                "link": says.link(item),
            }
            for item in shown.items
        ],
        "left_out": shown.left_out,
    }


def _context(tx: Transaction, opening: Opening, me: Person) -> Context:
    request = Request(opening.tenant, "", opening.now(), Account("", ""), Place("", ""))
    words = Words(choose(me.locale or opening.company.locale))
    return Context(tx, me, words, request.at, opening.new_id(), FEATURES, request, opening.company)


def _person(tx: Transaction, handle: str) -> Person:
    wanted = handle.lower().lstrip("@")
    person = people.of_handles(tx, [wanted]).get(wanted)
    if person is None:
        raise Stop(f"--as: nobody here has the handle {handle}.")
    return person


def _monday(week: str) -> date:
    try:
        return datetime.strptime(f"{week}-1", "%G-W%V-%u").date()  # noqa: DTZ007  # a day, not a time
    except ValueError as error:
        raise Stop(f"--week: {week} is not a week. Try 2026-W48") from error
