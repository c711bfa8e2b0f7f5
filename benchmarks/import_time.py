"""What it costs to import the command line alone beside everything that Ristretto may ever import."""

import asyncio
import sys
from functools import partial
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

from benchmarks.ratio import Ratio, interleaved

CLI = "import bot.cli"
EVERYTHING = "import bot.cli, bot.main, bot.features, adapters.console, adapters.slack, adapters.teams, jobs, openai"


async def measure() -> Ratio:
    """Informative: it has no bar."""
    costs = await interleaved("import_time", partial(_import, EVERYTHING), partial(_import, CLI))
    return Ratio(f"{median(cli / everything for everything, cli in costs):.2f}", "no bar", holds=True)


async def _import(what: str) -> float:
    before = _spent()
    running = await asyncio.create_subprocess_exec(sys.executable, "-c", what)
    if await running.wait():
        raise RuntimeError("an import failed; why stands above")
    return _spent() - before


def _spent() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
