"""`ristretto import …`: options in, exit codes out, as in `bot.cli`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.commands.environment import opening, wait
from bot.commands.options import Already, File, Tenant, Whose, WhoseAlways

if TYPE_CHECKING:
    from bot.commands.importing import Summary

imports = typer.Typer(help="Bring people and what happened in, from files.", no_args_is_help=True)


@imports.command("people", epilog="Example: ristretto import people people.csv --pilot")
def import_people(
    file: File,
    pilot: Annotated[
        bool, typer.Option("--pilot", help="They are the pilot group: Ristretto may write to them.")
    ] = False,
    tenant: Tenant = "",
    _json: Already = False,
) -> None:
    """People from a CSV or JSON Lines file; a column named handle is needed."""
    from bot.commands.importing import import_people as run

    _summarise(wait(run(opening(os.environ, "", tenant), file, pilot=pilot)))


@imports.command("activity", epilog="Example: ristretto import activity activity.jsonl")
def import_activity(file: File, tenant: Tenant = "", _json: Already = False) -> None:
    """What happened, from Activity Streams 2.0, one JSON object a line."""
    from bot.commands.importing import import_activity as run

    _summarise(wait(run(opening(os.environ, "", tenant), file)))


@imports.command("linkedin", epilog="Example: ristretto import linkedin export.zip --as ana")
def import_linkedin(file: File, whose: Whose = "", tenant: Tenant = "", _json: Already = False) -> None:
    """Skills and positions from a person's own LinkedIn export; nothing counts before their yes."""
    from bot.commands.linkedin import import_linkedin as run

    _summarise(wait(run(opening(os.environ, "", tenant), file, whose)))


@imports.command("cv", epilog="Example: ristretto import cv cv.txt --as ana")
def import_cv(file: File, whose: WhoseAlways, tenant: Tenant = "", _json: Already = False) -> None:
    """Skills that a CV in plain text names; nothing counts before the person's yes."""
    from bot.commands.cv import import_cv as run

    _summarise(wait(run(opening(os.environ, "", tenant), file, whose)))


@imports.command("directory", epilog="Example: ristretto import directory directory.csv")
def import_directory(file: File, tenant: Tenant = "", _json: Already = False) -> None:
    """What the company directory says: title, team, location, skills; nothing counts before each person's yes."""
    from bot.commands.directory import import_directory as run

    _summarise(wait(run(opening(os.environ, "", tenant), file)))


@imports.command("git", epilog="Example: ristretto import git path/to/repository")
def import_git(
    path: Annotated[Path, typer.Argument(help="A work tree or a bare repository on this machine.", metavar="PATH")],
    tenant: Tenant = "",
    _json: Already = False,
) -> None:
    """Skills that commits show, joined by verified mail; nothing counts before each person's yes."""
    from bot.commands.git import import_git as run

    _summarise(wait(run(opening(os.environ, "", tenant), path, dict(os.environ))))


@imports.command("contacts", epilog="Example: ristretto import contacts contacts.vcf --as ana")
def import_contacts(file: File, whose: WhoseAlways, tenant: Tenant = "", _json: Already = False) -> None:
    """Whom a person knows, from a vCard or CSV of their own: only traces of mails, for them alone."""
    from bot.commands.contacts import import_contacts as run

    _summarise(wait(run(opening(os.environ, "", tenant), file, whose)))


def _summarise(summary: "Summary") -> NoReturn:
    import json
    from dataclasses import asdict

    sys.stdout.write(json.dumps(asdict(summary)) + "\n")
    raise typer.Exit(1 if summary.refused else 0)
