"""Runs a command of `ristretto` as a script would, and reads what it printed."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from typer.testing import CliRunner

from bot.cli import app
from bot.commands.stop import Stop


@dataclass(frozen=True, slots=True)
class Ran:
    """`said`: what went to stderr."""

    code: int
    out: str
    said: list[str]

    @property
    def rows(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


def run_on(url: str) -> Callable[..., Ran]:
    """Commands on this database."""

    def run(*command: str) -> Ran:
        result = CliRunner().invoke(app, list(command), env={"RISTRETTO_DATABASE_URL": url})
        if isinstance(result.exception, Stop):
            return Ran(result.exception.code, result.stdout, [*result.stderr.splitlines(), result.exception.sentence])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr.splitlines())

    return run
