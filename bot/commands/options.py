"""The options that several commands share."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Role(StrEnum):
    """What a process of `serve` does: answer platforms, send what is due, or both."""

    all = "all"
    web = "web"
    worker = "worker"


class Platform(StrEnum):
    slack = "slack"
    teams = "teams"


Now = Annotated[str, typer.Option("--now", help="What time it is, such as 2026-03-02T09:00:00+01:00.", metavar="ISO")]
Tenant = Annotated[str, typer.Option("--tenant", help="The tenant, where there are several.", metavar="ID")]
As = Annotated[str, typer.Option("--as", help="Who speaks.", metavar="HANDLE")]
Whose = Annotated[str, typer.Option("--as", help="Whose it is.", metavar="HANDLE")]
WhoseAlways = Annotated[str, typer.Option("--as", help="Whose it is.", metavar="HANDLE", show_default=False)]
File = Annotated[Path, typer.Argument(help="The file to read.", metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help="JSON Lines instead of text.")]
Already = Annotated[bool, typer.Option("--json", help="JSON Lines, as without it.")]
