"""`ristretto chat`: the console, piped or on a terminal, on a database or on a fresh sample company."""

import asyncio
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from rich.console import Console as Screen

from adapters.console import Console, as_json, show
from adapters.console.drawing import draw
from bot import sample
from bot.commands.opening import Opening, opened
from bot.core import Core
from bot.reply import Item, Line, Note, Reply, say
from bot.words import Words, choose
from store import people
from store.base import Transaction


async def chat(opening: Opening, speaker: str, *, as_lines: bool, with_sample: bool) -> None:
    """Answers line by line until the input ends. `with_sample`: on a new database, thrown away afterwards."""
    if not with_sample:
        await _talk(opening, speaker, as_lines=as_lines)
        return
    with tempfile.TemporaryDirectory(prefix="ristretto-") as folder:
        own = replace(opening, url=f"sqlite:///{Path(folder) / 'sample.db'}")
        await load_sample(own)
        await _talk(own, speaker, as_lines=as_lines, with_sample=True)


async def load_sample(opening: Opening) -> int:
    """Loads the sample company into an empty tenant; says how many acts, 0 where somebody is there already."""
    async with opened(opening) as core:

        def work(tx: Transaction) -> int:
            return 0 if people.handles(tx) else sample.load(tx, opening.now(), opening.new_id())

        return await core.store.write(opening.tenant, work)


async def _talk(opening: Opening, speaker: str, *, as_lines: bool, with_sample: bool = False) -> None:
    async with opened(opening) as core:
        console = Console(core, opening.tenant, speaker, opening.now, opening.new_id())
        if sys.stdin.isatty() and not as_lines:
            await _interact(console, core, with_sample=with_sample)
            return
        async for turn in console.turns(_lines()):
            said = json.dumps(as_json(turn), ensure_ascii=False) + "\n" if as_lines else show(turn)
            sys.stdout.write(said)
            sys.stdout.flush()


async def _lines() -> AsyncIterator[str]:
    while line := await asyncio.to_thread(sys.stdin.buffer.readline):
        yield line.decode("utf-8", "replace")


async def _interact(console: Console, core: Core, *, with_sample: bool) -> None:
    words, screen = Words(choose(core.company.locale)), Screen(highlight=False, markup=False)
    if with_sample:
        screen.print(draw(say(*words("console.sample", person=console.speaker))), end="\n\n")
        screen.print(draw((await console.hear(words.text("console.first"))).reply), end="\n\n")
    screen.print(draw(_first_steps(words)))
    while line := await _typed(f"\n{console.speaker}> "):
        turn = await console.hear(line)
        screen.print(draw(turn.reply))
        for handle, text in turn.sent:
            screen.print(f"-> {handle}: {text}", style="green")


def _first_steps(words: Words) -> Reply:
    """What a newcomer should try, and the ways of a terminal."""
    tries = [Item(words(f"console.try_{name}")) for name in ("who", "thanks", "project", "other", "help")]
    return Reply((Line(words("console.try")), *tries, Note(words("console.leave"))))


async def _typed(prompt: str) -> str:
    """The next line that is not blank; empty at the end of input."""
    try:
        while not (line := (await asyncio.to_thread(input, prompt)).strip()):
            pass
    except (EOFError, KeyboardInterrupt):
        return ""
    return line
