"""An import of a million acts that is killed in the middle and begun again: what is there, and what memory it took."""

import hashlib
import json
import os
import signal
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from subprocess import PIPE, Popen

from benchmarks.evidence_rows import ROWS, lines
from benchmarks.processes import RISTRETTO

FEW = 10_000
MEMORY = 250.0
"""Megabytes of the whole process."""
BAR = f"each is there once, the export is what was imported, at most {MEMORY:.0f} MB"


@dataclass(frozen=True, slots=True)
class Ended:
    """How an import ended, what it said, and the most megabytes it had."""

    code: int
    said: dict[str, int]
    memory: float


def resumes(rows: int = ROWS) -> tuple[str, bool]:
    """What came out, and whether it is as promised."""
    with tempfile.TemporaryDirectory(prefix="ristretto-") as folder:
        few, many = (f"sqlite:///{folder}/{name}.db" for name in ("few", "many"))
        pipe = Path(folder) / "acts.jsonl"
        os.mkfifo(pipe)
        small = _import(few, pipe, lines(FEW))
        start = time.monotonic()
        killed = _import(many, pipe, islice(lines(rows), rows // 2), is_killed=True)
        again = _import(many, pipe, lines(rows))
        seconds = time.monotonic() - start
        is_alike = _sum(lines(rows)) == _exported(many)
    known, added = again.said["unchanged"], again.said["added"]
    peak = max(killed.memory, again.memory)
    said = f"{known:,} were there after the kill, {added:,} came by the second run, {seconds:.0f} s in all"
    said = f"{said}; export {'alike' if is_alike else 'NOT alike'}; {peak:.0f} MB, {small.memory:.0f} for {FEW:,} acts"
    ends = (small.code, killed.code, again.code) == (0, -signal.SIGKILL, 0)
    return said, ends and is_alike and known + added == rows and min(known, added) > 0 and peak <= MEMORY


def _import(url: str, pipe: Path, rows: Iterable[str], *, is_killed: bool = False) -> Ended:
    """Imports what is written while it reads; where it is to be killed, once it has read nearly all."""
    child = Popen((RISTRETTO, "import", "activity", str(pipe)), env=_environ(url), stdout=PIPE, text=True)
    with suppress(BrokenPipeError), pipe.open("w", encoding="utf-8") as into:
        into.writelines(rows)
        into.flush()
        if is_killed:
            child.kill()
    assert child.stdout
    said = child.stdout.read()
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return Ended(child.returncode, json.loads(said or "{}"), used.ru_maxrss * 1024 / 1e6)


def _exported(url: str) -> str:
    with Popen((RISTRETTO, "export", "activity"), env=_environ(url), stdout=PIPE, encoding="utf-8") as child:
        assert child.stdout
        return _sum(child.stdout)


def _sum(rows: Iterable[str]) -> str:
    seen = hashlib.sha256()
    for row in rows:
        seen.update(row.encode())
    return seen.hexdigest()


def _environ(url: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "RISTRETTO_DATABASE_URL": url}
