"""Our cost beside the floor's: `python -m benchmarks [NAME]` prints `name: ratio (bar)`, and ends 1 where a bar falls.

Every figure is CPU time of the server's process, floor and product in turns in one run, the median of the rounds."""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from benchmarks import (
    import_time,
    index,
    ranking,
    slack_kudos,
    slack_who_knows,
    teams_turn,
    who_knows,
    who_knows_postgresql,
)
from benchmarks.processes import stay_aside

RATIOS = {
    "slack_kudos": slack_kudos.measure,
    "teams_turn": teams_turn.measure,
    "import_time": import_time.measure,
    "ranking": ranking.measure,
    "who_knows": who_knows.measure,
    "who_knows_postgresql": who_knows_postgresql.measure,
    "slack_who_knows": slack_who_knows.measure,
    "index": index.measure,
}


async def main(names: list[str]) -> int:
    if unknown := set(names) - set(RATIOS):
        sys.stderr.write(f"There is no {', '.join(sorted(unknown))}: choose among {', '.join(RATIOS)}.\n")
        return 2
    stay_aside()
    fallen = False
    for name in names or RATIOS:
        ratio = await RATIOS[name]()
        print(f"{name}: {ratio.said} ({ratio.bar})", flush=True)
        fallen = fallen or not ratio.holds
    return int(fallen)


if __name__ == "__main__":
    sys.exit(asyncio.run(main(sys.argv[1:])))
