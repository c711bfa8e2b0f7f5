"""Servers as processes of the operating system, and the CPU time that they took."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 30.0
TICK = os.sysconf("SC_CLK_TCK")
RISTRETTO = str(Path(sys.executable).with_name("ristretto"))
CPUS = sorted(os.sched_getaffinity(0))
"""Servers run on the first of them, one at a time, and the load on the others."""


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU so far, in user space and in the kernel."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICK


def stay_aside() -> None:
    """Leaves the servers' CPU to them."""
    os.sched_setaffinity(0, CPUS[1:] or CPUS)


def floor(name: str) -> tuple[str, ...]:
    return (sys.executable, "-m", f"benchmarks.{name}_floor")


@asynccontextmanager
async def serving(*command: str, environ: Mapping[str, str], folder: Path | None = None) -> AsyncIterator[Server]:
    """A server that says on its first line where it listens."""
    running = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PORT": "0", **environ},
        stdout=asyncio.subprocess.PIPE,
    )
    os.sched_setaffinity(running.pid, CPUS[:1])
    try:
        yield Server(await _address(running), running.pid)
    finally:
        with suppress(ProcessLookupError):
            running.terminate()
        await running.wait()


async def _address(running: asyncio.subprocess.Process) -> str:
    assert running.stdout
    line = (await asyncio.wait_for(running.stdout.readline(), PATIENCE)).decode()
    if not line.startswith("listening on "):
        raise RuntimeError("the server did not start; why stands above")
    return line.removeprefix("listening on ").strip()
