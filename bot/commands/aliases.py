"""`ristretto admin alias …`: other names of skills, those that colleagues taught too."""

import json
import sys
from datetime import UTC

from bot.commands.opening import Opening, opened
from bot.commands.stop import Stop, warn
from bot.ranking.concepts import seed
from store import aliases, teachings
from store.aliases import Alias
from store.base import Transaction
from store.names import clean, fold
from store.terms import read_terms

LONGEST = 60
NOTHING_CHANGED = 1

Json = dict[str, str | int]


async def add(opening: Opening, name: str, other: str, *, as_json: bool) -> None:
    """From the next question on, both names find the same. Raises Stop."""
    one, two = _checked(name), _checked(other)
    if read_terms(one) == read_terms(two):
        raise Stop(f"{one} and {two} are the same name already.")

    def work(tx: Transaction) -> Alias:
        known = aliases.between(tx, one, two) or Alias(one, two, "", opening.now())
        kept = Alias(known.name, known.other, "added", opening.now())
        aliases.keep(tx, kept)
        return kept

    async with opened(opening) as core:
        _print([_row(await core.store.write(opening.tenant, work))], as_json=as_json)


async def remove(opening: Opening, name: str, other: str, *, as_json: bool) -> None:
    """The two are different things again, and colleagues do not teach it anew. Raises Stop."""
    one, two = _checked(name), _checked(other)

    def work(tx: Transaction) -> Alias | None:
        known = aliases.between(tx, one, two)
        is_taught = bool(teachings.count(tx, one, two) or teachings.count(tx, two, one))
        if not is_taught and (known is None or known.state == "removed"):
            return None
        known = known or Alias(one, two, "", opening.now())
        gone = Alias(known.name, known.other, "removed", opening.now())
        aliases.keep(tx, gone)
        teachings.settle(tx, one, two)
        teachings.settle(tx, two, one)
        return gone

    async with opened(opening) as core:
        gone = await core.store.write(opening.tenant, work)
    if gone is None:
        raise Stop(_unknown(one, two), NOTHING_CHANGED)
    _print([_row(gone)], as_json=as_json)


async def show(opening: Opening, *, as_json: bool) -> None:
    """Those that count, those that were taken out, and what waits for a second voice."""

    def rows(tx: Transaction) -> list[Json]:
        known = aliases.every(tx)
        decided = {frozenset((alias.name, alias.other)) for alias in known}
        waiting = [one for one in teachings.waiting(tx) if frozenset(one[:2]) not in decided]
        return [*map(_row, known), *(_waiting(*one) for one in waiting)]

    async with opened(opening) as core:
        found = await core.store.read(opening.tenant, rows)
    _print(found, as_json=as_json)
    if not found:
        known = len(seed().ways)
        warn(f"None of your own; {known} are known from the start. Add one: ristretto admin alias add k8s kubernetes")


def _checked(name: str) -> str:
    key = fold(clean(name))
    if "," in key or len(key) > LONGEST or not read_terms(key):
        raise Stop(f"{clean(name)!r} is no name: say a word or a few, without a comma, such as 'machine learning'.")
    return key


def _unknown(one: str, two: str) -> str:
    ways = seed().ways
    if tuple(read_terms(two)) in ways.get(tuple(read_terms(one)), ()):
        return f"{one} and {two} mean the same from the start, and that cannot be taken out."
    return f"{one} and {two} are not kept as the same. `ristretto admin alias list` shows what is."


def _row(alias: Alias) -> Json:
    at = alias.changed_at.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return {"name": alias.name, "other": alias.other, "state": alias.state, "changed_at": at}


def _waiting(said: str, meant: str, voices: int) -> Json:
    return {"name": said, "other": meant, "state": "waiting", "voices": voices}


def _print(rows: list[Json], *, as_json: bool) -> None:
    for row in rows:
        sys.stdout.write(f"{json.dumps(row, ensure_ascii=False)}\n" if as_json else f"{_line(row)}\n")


def _line(row: Json) -> str:
    state = f"{row['state']} ({row['voices']} of 2)" if "voices" in row else row["state"]
    return f"{row['name']}\t{row['other']}\t{state}"
