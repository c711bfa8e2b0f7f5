"""`ristretto who-knows`: who knows a topic, for a person to read or line by line for a script."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from functools import partial
from pathlib import Path
from typing import Any

from bot.commands.opening import Opening, opened
from bot.commands.rows import lines
from bot.commands.stop import Stop
from bot.errors import Refused
from bot.feature import Context
from bot.features import FEATURES
from bot.features.people import feature, tell_experts
from bot.ranking.finding import Answer, Asker, Expert, Reason, find
from bot.reading.heard import read_by
from bot.reading.reader import Reader
from bot.reading.wanted import read_wanted
from bot.reply import Buttons, Reply, plain
from bot.request import Account, Place, Request, Wanted
from bot.urns import PERSON
from bot.words import Words, choose
from store import people, places, skills
from store.base import Transaction
from store.people import Person

Json = dict[str, Any]
NOBODY = Person("", "", "")
"""Asks as a member who shares no private place."""
QUESTIONS = Reader(phrase for phrase in feature.phrases if phrase.action == "people.who_knows")


@dataclass(frozen=True, slots=True)
class Query:
    """What a command line asks: how many people, and on whose behalf (empty: any member's)."""

    top: int
    handle: str = ""


async def who_knows(opening: Opening, text: str, query: Query, *, as_json: bool) -> None:
    """Prints the people for one topic or question. Raises Stop."""

    def say(tx: Transaction) -> str:
        me = _me(tx, query.handle)
        if as_json:
            return json.dumps({"results": _results(_find(tx, opening, me, text, query.top))}, ensure_ascii=False)
        return plain(_told(tx, opening, me, text, query.top))

    async with opened(opening) as core:
        try:
            sys.stdout.write(await core.store.read(opening.tenant, say) + "\n")
        except Refused as refused:
            raise Stop(Words(choose(opening.company.locale)).text(refused.key, **refused.slots)) from refused


async def who_knows_batch(opening: Opening, file: Path, query: Query) -> bool:
    """Prints one line an input line, in order; says whether every line could be read. Raises Stop."""
    sound = True
    async with opened(opening) as core:
        me = await core.store.read(opening.tenant, lambda tx: _me(tx, query.handle))
        for _, line in lines(file):
            said, text = _asked(line)
            if "error" not in said:
                said["results"] = await core.store.read(opening.tenant, _finding(opening, me, text, query.top))
            sound = sound and "error" not in said
            sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
    return sound


def _asked(line: str) -> tuple[Json, str]:
    """What the answer begins with, its `qid` and perhaps an `error`, and the text to look for."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        return {"qid": None, "error": "not a line of JSON"}, ""
    if not isinstance(said, dict):
        return {"qid": None, "error": "not an object"}, ""
    qid, text = said.get("qid"), said.get("text")
    if not isinstance(qid, str | int) or not isinstance(text, str):
        return {"qid": qid, "error": 'a line needs "qid" and "text"'}, ""
    return {"qid": qid}, text


def _finding(opening: Opening, me: Person, text: str, top: int) -> Callable[[Transaction], list[Json]]:
    return lambda tx: _results(_find(tx, opening, me, text, top))


def _find(tx: Transaction, opening: Opening, me: Person, text: str, top: int) -> Answer:
    audiences = places.audiences(tx, me.id, opening.now()) if me.id else ("public",)
    return find(tx, _wanted(tx, text), Asker(audiences, me.id), opening.now(), top)


def _told(tx: Transaction, opening: Opening, me: Person, text: str, top: int) -> Reply:
    place = Place("console", me.handle)
    request = Request(opening.tenant, "who-knows", opening.now(), Account("console", me.handle), place)
    words = Words(choose(me.locale or opening.company.locale))
    context = Context(tx, me, words, opening.now(), opening.new_id(), FEATURES, request, opening.company)
    told = tell_experts(context, _wanted(tx, text), top)
    return Reply(tuple(block for block in told.blocks if not isinstance(block, Buttons)))


def _wanted(tx: Transaction, text: str) -> Wanted:
    """What a whole question asks for; else the text as one topic."""
    said = next((reading.said.get("wanted", "") for reading in QUESTIONS.read(text)), None)
    if said is None:
        return Wanted.all((text,))
    found = read_by(read_wanted, said, partial(skills.known, tx))
    return found if found.choices else Wanted.all((said,) if said else ())


def _me(tx: Transaction, handle: str) -> Person:
    known = people.of_handles(tx, [handle]) if handle else {"": NOBODY}
    if handle not in known:
        raise Stop(f"--as: nobody here is called {handle}")
    return known[handle]


def _results(answer: Answer) -> list[Json]:
    return [_result(expert) for expert in answer.experts]


def _result(expert: Expert) -> Json:
    reasons = [_evidence(reason, expert.person.handle) for reason in expert.reasons]
    return {"person": expert.person.handle, "score": expert.score, "evidence": reasons}


def _evidence(reason: Reason, handle: str) -> Json:
    """What is no act of anybody, a title, comes from the person."""
    act = reason.act
    at = act.published.astimezone(UTC).isoformat().replace("+00:00", "Z")
    source = PERSON + handle if reason.kind == "title" else act.id
    return {"kind": reason.kind, "text": act.name, "at": at, "source": source}
