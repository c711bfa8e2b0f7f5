"""`ristretto admin …`: options in, exit codes out, as in `bot.cli`."""

import os
from typing import Annotated

import typer

from bot.commands.environment import opening, wait
from bot.commands.options import Json, Tenant

admin = typer.Typer(help="What an operator decides for everybody.", no_args_is_help=True)
names = typer.Typer(help="Other names of skills: k8s for kubernetes.", no_args_is_help=True)
admin.add_typer(names, name="alias")

Name = Annotated[str, typer.Argument(help="A name; in quotes, where it has several words.", metavar="NAME")]
Other = Annotated[str, typer.Argument(help="Another name of the same thing.", metavar="OTHER")]


@names.command("add", epilog="Example: ristretto admin alias add k8s kubernetes")
def add_alias(name: Name, other: Other, as_json: Json = False, tenant: Tenant = "") -> None:
    """Let two names find the same, from the very next question on."""
    from bot.commands.aliases import add as run

    wait(run(opening(os.environ, "", tenant), name, other, as_json=as_json))


@names.command("list", epilog="Example: ristretto admin alias list --json")
def list_aliases(as_json: Json = False, tenant: Tenant = "") -> None:
    """Show your own names: added, learned from colleagues, removed, and waiting for a second voice."""
    from bot.commands.aliases import show as run

    wait(run(opening(os.environ, "", tenant), as_json=as_json))


@names.command("remove", epilog="Example: ristretto admin alias remove k8s kubernetes")
def remove_alias(name: Name, other: Other, as_json: Json = False, tenant: Tenant = "") -> None:
    """Take a pair out, and keep it from being learned again."""
    from bot.commands.aliases import remove as run

    wait(run(opening(os.environ, "", tenant), name, other, as_json=as_json))
