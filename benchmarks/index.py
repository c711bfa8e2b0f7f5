"""What it costs to make the index of evidence anew, beside reading the same rows and splitting them in words."""

import asyncio
import json
import shutil
import sqlite3
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

from benchmarks import evidence_rows
from benchmarks.evidence_rows import ROWS, TENANT
from benchmarks.ratio import Ratio, progress
from store import Store
from store.parts import parts
from store.reindex import reindex

SECONDS, MEMORY, DISK = 30.0, 150.0, 150.0
"""For a million rows, in seconds of CPU and in megabytes."""
BAR = f"at most {SECONDS:.0f} s of CPU, {MEMORY:.0f} MB of memory and {DISK:.0f} MB on disk"
ROUNDS = 3
TABLES = ("postings", "holders", "tallies")
_READ = "SELECT name FROM activities WHERE tenant_id = ? AND undone_at IS NULL ORDER BY published"
_INDEXED = "SELECT name FROM sqlite_master WHERE tbl_name IN ({})"
_SIZE = "SELECT sum(pgsize) FROM dbstat WHERE name IN ({})"


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU, and the most megabytes that the process had."""

    cpu: float
    memory: float


async def measure() -> Ratio:
    """Each in a process of its own, in turns."""
    with tempfile.TemporaryDirectory(prefix="ristretto-") as folder:
        file = Path(folder) / "rows.db"
        shutil.copy((await evidence_rows.company()).removeprefix("sqlite:///"), file)
        turns = [[await _spend(work, file) for work in ("idle", "read", "make")] for _ in range(ROUNDS)]
        disk = _on_disk(file)
    for _, read, make in turns:
        progress(f"index: floor {read.cpu:.1f} s, product {make.cpu:.1f} s")
    cpu = median(make.cpu - idle.cpu for idle, _, make in turns)
    memory = max(make.memory - idle.memory for idle, _, make in turns)
    dearer = median((make.cpu - idle.cpu) / (read.cpu - idle.cpu) for idle, read, make in turns)
    said = f"{cpu:.1f} s of CPU, {memory:.0f} MB of memory, {disk:.0f} MB on disk for {ROWS:,} rows"
    said = f"{said}; {dearer:.1f} times reading them and splitting them in words"
    return Ratio(said, BAR, holds=cpu <= SECONDS and memory <= MEMORY and disk <= DISK)


async def _spend(work: str, file: Path) -> Spent:
    command = (sys.executable, "-m", "benchmarks.index", work, str(file))
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    return Spent(*json.loads(out))


def _on_disk(file: Path) -> float:
    """Of the tables that are the index, with their own indexes."""
    connection = sqlite3.connect(file)
    marks = ",".join("?" * len(TABLES))
    names = [name for (name,) in connection.execute(_INDEXED.format(marks), TABLES)]
    [size] = connection.execute(_SIZE.format(",".join("?" * len(names))), names).fetchone()
    connection.close()
    return float(size) / 1e6


def _split(file: Path) -> None:
    """The floor: all rows in the order of time, each text split in lower-case words."""
    rows = sqlite3.connect(file).execute(_READ, (TENANT,))
    for page in parts(rows, 2000):
        for (text,) in page:
            text.lower().split()


async def _make(file: Path) -> None:
    store = Store(f"sqlite:///{file}")
    await store.write(TENANT, reindex)
    await store.close()


def _work(name: str, file: Path) -> None:
    if name == "read":
        _split(file)
    elif name == "make":
        asyncio.run(_make(file))
    used = getrusage(RUSAGE_SELF)
    print(json.dumps([used.ru_utime + used.ru_stime, _most_memory()]))


def _most_memory() -> float:
    """Megabytes; what getrusage says begins with what the parent had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]))
