"""Small git repositories to read: commits with chosen authors, days, files and subjects."""

import subprocess
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
}


def git(folder: Path, *command: str, day: str = "2025-10-01", name: str = "Ana", mail: str = "ana@example.com") -> None:
    at = f"{day}T12:00:00Z"
    who = {
        f"GIT_{role}_{field}": value
        for role in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", name), ("EMAIL", mail), ("DATE", at))
    }
    subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True, env=ENVIRONMENT | who)


def repository(folder: Path) -> Path:
    folder.mkdir(parents=True)
    git(folder, "init", "-q")
    return folder


def commit(folder: Path, subject: str, *files: str, day: str = "2025-10-01", mail: str = "ana@example.com") -> None:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        with (folder / file).open("a") as opened:
            opened.write(f"{subject}\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-m", subject, day=day, mail=mail)
