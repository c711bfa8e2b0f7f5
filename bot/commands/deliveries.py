"""`ristretto deliveries`: what is on its way, what is in doubt, what was given up, and sending it again."""

import json
import sys
from datetime import UTC, datetime
from functools import partial

from bot.commands.opening import Opening, opened
from bot.commands.stop import Stop
from store import outbox, people
from store.base import Transaction
from store.outbox import REPLAYED, STATES, Message

PAGE = 500
DONE_WITH_REFUSALS = 1


async def show(opening: Opening, state: str, *, as_json: bool) -> None:
    """A line a delivery, the oldest first. Raises Stop."""
    wanted = _known(state, STATES)
    after = ""
    async with opened(opening) as core:
        while True:
            page, lines = await core.store.read(opening.tenant, partial(_page, wanted, after, as_json=as_json))
            sys.stdout.write("".join(f"{line}\n" for line in lines))
            if len(page) < PAGE:
                return
            after = page[-1].id


async def replay(opening: Opening, id: str, state: str, *, as_json: bool) -> None:
    """Sends one again, or all that are in a state. Raises Stop."""
    if bool(id) == bool(state):
        raise Stop("Name one delivery, or a state: ristretto deliveries replay --state dead")
    states = _known(state, REPLAYED)
    async with opened(opening) as core:
        n = await core.store.write(opening.tenant, lambda tx: outbox.replay(tx, states, opening.now(), id))
    if id and not n:
        raise Stop(
            f"No delivery {id} is dead or uncertain. `ristretto deliveries list` shows them.", DONE_WITH_REFUSALS
        )
    sys.stdout.write(f"{json.dumps({'replayed': n})}\n" if as_json else f"replayed: {n}\n")


def _known(state: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if state and state not in known:
        raise Stop(f"--state: {state} is none of {', '.join(known)}")
    return (state,) if state else known


def _page(states: tuple[str, ...], after: str, tx: Transaction, *, as_json: bool) -> tuple[list[Message], list[str]]:
    page = outbox.page(tx, states, after, PAGE)
    named = people.of_ids(tx, [message.person for message in page if message.person])
    rows = [_row(message, named[message.person].handle if message.person in named else "") for message in page]
    return page, [json.dumps(row, ensure_ascii=False) if as_json else _line(row) for row in rows]


def _row(message: Message, handle: str) -> dict[str, str | int | None]:
    return {
        "id": message.id,
        "state": message.state,
        "kind": message.kind,
        "to": handle,
        "platform": message.via or message.platform,
        "created_at": _time(message.created_at),
        "not_before": _time(message.not_before),
        "sent_at": _time(message.sent_at),
        "uncertain_since": _time(message.uncertain_since),
        "attempts": message.attempts,
        "reason": message.reason,
    }


def _line(row: dict[str, str | int | None]) -> str:
    """For a person's eye, and for `cut -f`."""
    to = f"@{row['to']}" if row["to"] else str(row["platform"])
    shown = (row["id"], row["state"], row["kind"], to, row["created_at"], row["reason"])
    return "\t".join(map(str, shown)).rstrip()


def _time(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None
