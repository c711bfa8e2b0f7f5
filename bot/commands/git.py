"""`ristretto import git`: what commits say of their authors, offered to those who are here under a verified mail."""

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from bot.commands.cv import known_words
from bot.commands.filetypes import skill_of
from bot.commands.importing import Chunk, Summary, bring_in
from bot.commands.opening import Opening, opened
from bot.commands.proposing import propose
from bot.commands.rows import Row
from bot.commands.stop import Stop, warn
from bot.ranking.vocabulary import Vocabulary, canonical, named
from store import people
from store.suggestions import Suggestion

LEAST = 3
"""Commits that make a skill of a word."""
WIDE = 200
"""Files of a commit that says nothing any more: a move, a change of licence."""
STRANGERS = 1000
"""Unknown mails that are named one by one."""
LONGEST, BLOCK = 4096, 65_536
"""Bytes of a path or subject that are looked at, and bytes read at a time."""
_COMMAND = (
    *("--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=", "-c", "log.showSignature=false", "log"),
    *("--no-show-signature", "--no-ext-diff", "--no-textconv", "--no-renames", "--no-merges", "--no-color"),
    *("--use-mailmap", "--name-only", "-z", "--format=%x01%aE%x00%at%x00%s", "HEAD", "--"),
)
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
"""A repository may come from anybody: git runs nothing that is named in it, and fetches nothing."""


@dataclass(slots=True)
class Commit:
    mail: str
    at: str
    skills: set[str] = field(default_factory=set)
    files: int = 0


@dataclass(slots=True)
class Evidence:
    """Commits by person and skill, with the last of each; `strangers`: commits by mails that nobody here has."""

    commits: Counter[tuple[str, str]] = field(default_factory=Counter)
    last: dict[tuple[str, str], datetime] = field(default_factory=dict)
    strangers: Counter[str] = field(default_factory=Counter)
    read: int = 0


async def import_git(opening: Opening, path: Path, environment: dict[str, str]) -> Summary:
    """Reads the history once, in memory that grows with the people here and not with the commits. Raises Stop."""
    words = await known_words(opening)
    async with opened(opening) as core:
        mails = await core.store.read(opening.tenant, people.of_mails)
    found = _gathered(path, words, mails, opening.now(), environment)

    def take(chunk: Chunk, rows: list[Row]) -> None:
        known = people.of_ids(chunk.tx, [row["person"] for _, row in rows if not isinstance(row, str)])
        for number, row in rows:
            if isinstance(row, str):
                chunk.refuse(number, row)
            elif row["person"] in known:
                propose(chunk, number, known[row["person"]], [row["line"]])

    return await bring_in(opening, path, _rows(found), take)


def _rows(found: Evidence) -> Iterator[Row]:
    """A row for each person and skill, and one for each mail that nobody here has."""
    number = 0
    for (person, skill), n in sorted(found.commits.items()):
        if n >= LEAST:
            number += 1
            line = Suggestion("skill", skill, "git", found.last[person, skill], amount=n)
            yield number, {"person": person, "line": line}
    named_ones = found.strangers.most_common(STRANGERS)
    for mail, n in named_ones:
        number += 1
        yield number, f"nobody here has the mail {mail} ({n} commits)"
    if len(found.strangers) > len(named_ones):
        yield number + 1, f"and {len(found.strangers) - len(named_ones)} more mails that nobody here has"


def _gathered(
    path: Path, words: Vocabulary, mails: dict[str, str], now: datetime, environment: dict[str, str]
) -> Evidence:
    found, spelled = Evidence(), dict[str, str]()
    with _log(path, environment) as stream:
        for commit in _commits(_fields(stream), words):
            found.read += 1
            _progress(found.read)
            person = mails.get(commit.mail)
            if person is None:
                if commit.mail in found.strangers or len(found.strangers) < 100 * STRANGERS:
                    found.strangers[commit.mail] += 1
                continue
            for name in {spelled.setdefault(canonical(skill), skill) for skill in commit.skills}:
                found.commits[person, name] += 1
                at = min(_time(commit.at), now)
                found.last[person, name] = max(found.last.get((person, name), at), at)
    if sys.stderr.isatty():
        warn("")
    return found


def _commits(fields: Iterator[bytes], words: Vocabulary) -> Iterator[Commit]:
    commit: Commit | None = None
    for raw in fields:
        said = raw.decode("utf-8", "replace").lstrip("\n")
        if said.startswith("\x01"):
            if commit:
                yield commit
            commit = Commit(said[1:].strip().lower(), next(fields, b"").decode("ascii", "replace"))
            commit.skills.update(named(next(fields, b"").decode("utf-8", "replace"), words).values())
        elif commit and said:
            commit.files += 1
            if commit.files <= WIDE and (skill := skill_of(said)):
                commit.skills.add(skill)
            elif commit.files > WIDE:
                commit.skills.clear()
    if commit:
        yield commit


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs, the beginning of it where it is long."""
    rest = b""
    while block := stream.read(BLOCK):
        *whole, rest_of_block = block.split(b"\0")
        for part in whole:
            yield (rest + part)[:LONGEST]
            rest = b""
        rest = (rest + rest_of_block)[:LONGEST]
    if rest.strip():
        yield rest


@contextmanager
def _log(path: Path, environment: dict[str, str]) -> Iterator[IO[bytes]]:
    """Raises Stop with what git says where it cannot read."""
    git = shutil.which("git", path=environment.get("PATH"))
    if git is None:
        raise Stop("git is not installed here, so that no history can be read.")
    if not path.is_dir():
        raise Stop(f"{path}: not a folder with a git repository.")
    kept = {name: value for name, value in environment.items() if not name.startswith("GIT_")}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603  # no shell, and nothing of it comes from the repository
            [git, "-C", str(path.resolve()), *_COMMAND],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=kept | _ENVIRONMENT,
        )
        with process:  # at its end the pipe is closed, so that git stops where we stop reading
            if process.stdout:
                yield process.stdout
        if process.returncode:
            errors.seek(0)
            said = errors.read(500).decode("utf-8", "replace").strip().splitlines() or ["it cannot be read"]
            raise Stop(f"{path}: git says: {said[0]}")


def _time(said: str) -> datetime:
    try:
        return datetime.fromtimestamp(int(said), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime(1970, 1, 1, tzinfo=UTC)


def _progress(commits: int) -> None:
    if commits % 1000 == 0 and sys.stderr.isatty():
        sys.stderr.write(f"\r{commits:,} commits read")
        sys.stderr.flush()
