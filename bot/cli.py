"""The `ristretto` command: options in, exit codes out. Each command imports only what it uses."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli_admin import admin
from bot.cli_imports import imports
from bot.commands.environment import opening, settings, wait
from bot.commands.options import Already, As, Json, Now, Platform, Role, Tenant
from bot.commands.stop import Stop

app = typer.Typer(
    name="ristretto",
    help="Thanks, who knows what, project news and a short weekly digest, in Slack and Microsoft Teams.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
database = typer.Typer(help="The database: its tables and the sample company.", no_args_is_help=True)
app.add_typer(database, name="db")
app.add_typer(imports, name="import")
app.add_typer(admin, name="admin")
exports = typer.Typer(help="Take data out.", no_args_is_help=True)
app.add_typer(exports, name="export")
digests = typer.Typer(help="The digest of one person, or of everybody.", no_args_is_help=True)
app.add_typer(digests, name="digest")
clock = typer.Typer(help="What Ristretto does by the clock.", no_args_is_help=True)
app.add_typer(clock, name="jobs")
deliveries = typer.Typer(help="Messages on their way, in doubt or given up.", no_args_is_help=True)
app.add_typer(deliveries, name="deliveries")


@app.command(epilog="Example: echo 'kudos @sam for the demo' | ristretto chat --sample")
def chat(
    speaker: As = "ana",
    as_json: Json = False,
    sample: Annotated[bool, typer.Option("--sample", help="On a new sample company of its own.")] = False,
    now: Now = "",
    tenant: Tenant = "",
) -> None:
    """Talk to Ristretto here, without any platform."""
    from bot.commands.chat import chat as run

    wait(run(opening(os.environ, now, tenant, fresh=sample), speaker, as_lines=as_json, with_sample=sample))


@database.command(epilog="Example: ristretto db sample && ristretto chat")
def sample(now: Now = "", tenant: Tenant = "") -> None:
    """Load the sample company into an empty database."""
    from bot.commands.chat import load_sample
    from bot.commands.stop import warn

    loaded = wait(load_sample(opening(os.environ, now, tenant)))
    warn(
        f"The sample company is there: {loaded} acts."
        if loaded
        else "Somebody is there already, so nothing was loaded."
    )
    raise typer.Exit(0 if loaded else 1)


@database.command(epilog="Example: ristretto db upgrade")
def upgrade() -> None:
    """Bring the tables up to this version of Ristretto."""
    from bot.commands.opening import usable
    from bot.commands.progress import Progress
    from bot.commands.reindexing import PROGRESS
    from bot.commands.stop import warn
    from store.engine import open_engine, read_url
    from store.version import HEAD
    from store.version import upgrade as run

    with usable():
        run(open_engine(read_url(settings(os.environ).database_url)), Progress(PROGRESS).tell)
    warn(f"The database is at version {HEAD}.")


@database.command(epilog="Example: ristretto db reindex")
def reindex(tenant: Tenant = "", as_json: Json = False) -> None:
    """Make the index of who knows what anew from what was said.

    It is kept in step by itself: this is for doubt, or after a repair by hand. It is safe while Ristretto serves:
    questions find the old index until the new one is whole, what people say waits meanwhile (some seconds for each
    100,000 acts), and a run that breaks off leaves the old one as it was."""
    from bot.commands.reindexing import reindex as run

    wait(run(opening(os.environ, "", tenant), everybody=not tenant, as_json=as_json))


@app.command(epilog="Example: ristretto serve --role all")
def serve(
    role: Annotated[Role, typer.Option("--role", help="What this process does.")] = Role.all,
) -> None:
    """Serve Slack and Teams, and send what is due."""
    from bot.commands.serve import serve as run
    from bot.main import run as root

    run(settings(os.environ), role.value, root)


@app.command(epilog="Example: ristretto doctor --json")
def doctor(
    live: Annotated[bool, typer.Option("--live", help="Ask the platforms too.")] = False,
    as_json: Json = False,
) -> None:
    """Say what is set up, what is off and what to fix."""
    from bot.commands.doctor import doctor as run
    from bot.main import opening as of_settings

    raise typer.Exit(run(os.environ, of_settings, live=live, as_json=as_json))


@app.command(epilog="Example: ristretto manifest slack --url https://bot.example.com --out slack.json")
def manifest(
    platform: Annotated[Platform, typer.Argument(help="For which platform.")],
    url: Annotated[str, typer.Option("--url", help="Where Ristretto is reached, such as https://bot.example.com.")],
    out: Annotated[Path, typer.Option("--out", help="The file to write: JSON for Slack, a zip for Teams.")],
) -> None:
    """Write what the platform wants to know of the app."""
    from bot.commands.manifest import manifest as run

    run(platform.value, url, out, os.environ)


@exports.command("activity", epilog="Example: ristretto export activity > activity.jsonl")
def export_activity(tenant: Tenant = "", _json: Already = False) -> None:
    """Every act there is, private ones included: for the operator."""
    from bot.commands.exporting import export_activity as run

    wait(run(opening(os.environ, "", tenant)))


@exports.command("person", epilog="Example: ristretto export person ana > ana.json")
def export_person(
    handle: Annotated[str, typer.Argument(help="Whose data.", metavar="HANDLE")],
    tenant: Tenant = "",
    _json: Already = False,
) -> None:
    """Everything there is of one person, as one JSON object."""
    from bot.commands.erasing import export_person as run

    wait(run(opening(os.environ, "", tenant), handle))


@app.command(epilog="Example: ristretto erase ana --yes")
def erase(
    handle: Annotated[str, typer.Argument(help="Who is to be forgotten.", metavar="HANDLE")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, not even on a terminal.")] = False,
    tenant: Tenant = "",
    _json: Already = False,
) -> None:
    """Forget one person for good: profile, acts, settings, and the name in what others wrote."""
    from bot.commands.erasing import erase as run

    if not yes and sys.stdin.isatty() and not typer.confirm(f"Erase {handle} for good? No way back.", err=True):
        raise Stop("Nobody was erased.")
    wait(run(opening(os.environ, "", tenant), handle))


@digests.command("preview", epilog="Example: ristretto digest preview --as ana --week 2026-W48")
def preview_digest(
    reader: Annotated[str, typer.Option("--as", help="Whose digest.", metavar="HANDLE")],
    week: Annotated[str, typer.Option("--week", help="What would be sent in that week.", metavar="2026-W48")] = "",
    as_json: Json = False,
    now: Now = "",
    tenant: Tenant = "",
) -> None:
    """Show what somebody would be sent, without sending it."""
    from bot.commands.digest import preview as run

    wait(run(opening(os.environ, now, tenant), reader, week, as_json=as_json))


@digests.command("send", epilog="Example: ristretto digest send --all")
def send_digest(
    everybody: Annotated[bool, typer.Option("--all", help="To everybody who wants one.")] = False,
    reader: Annotated[str, typer.Option("--as", help="To one person.", metavar="HANDLE")] = "",
    as_json: Json = False,
    tenant: Tenant = "",
) -> None:
    """Queue the digest of this period now, whatever the hour; nobody gets a second one."""
    from bot.commands.digest import send as run

    if everybody == bool(reader):
        raise Stop("Say whose digest, as in: ristretto digest send --as ana; or --all.")
    wait(run(opening(os.environ, "", tenant), reader, as_json=as_json))


@app.command(epilog="Example: ristretto read --batch sentences.jsonl")
def read(
    batch: Annotated[Path, typer.Option("--batch", help='Lines of {"id","text","as"}.', metavar="FILE")],
    now: Now = "",
    tenant: Tenant = "",
    _json: Already = False,
) -> None:
    """Show what is understood of each line, without doing it."""
    from bot.commands.read import read as run

    raise typer.Exit(0 if wait(run(opening(os.environ, now, tenant), batch)) else 1)


@app.command("who-knows", epilog="Example: ristretto who-knows 'kubernetes and terraform'")
def who_knows(
    text: Annotated[str, typer.Argument(help="A topic or a whole question.", show_default=False)] = "",
    batch: Annotated[Path | None, typer.Option("--batch", help='Lines of {"qid","text"}.', metavar="FILE")] = None,
    top: Annotated[int | None, typer.Option("--top", help="How many people: 5, in a batch 10.", min=1)] = None,
    speaker: Annotated[str, typer.Option("--as", help="Who asks, and is left out.", metavar="HANDLE")] = "",
    as_json: Json = False,
    now: Now = "",
    tenant: Tenant = "",
) -> None:
    """Who knows what, best first, each with the reasons."""
    from bot.commands.who_knows import Query, who_knows_batch
    from bot.commands.who_knows import who_knows as run

    if bool(text.strip()) == bool(batch):
        raise Stop(
            "Say what you look for, as in: ristretto who-knows kubernetes; or --batch FILE.jsonl with many of them."
        )
    asked = opening(os.environ, now, tenant)
    if batch:
        raise typer.Exit(0 if wait(who_knows_batch(asked, batch, Query(top or 10, speaker))) else 1)
    wait(run(asked, text, Query(top or 5, speaker), as_json=as_json))


@clock.command(epilog="Example: ristretto jobs once --at 2026-03-02T09:00:00+01:00")
def once(
    at: Annotated[str, typer.Option("--at", help="What time it is; without it, now.", metavar="ISO")] = "",
    as_json: Json = False,
    tenant: Tenant = "",
) -> None:
    """Do everything that is due by then, and say how many messages are in each state."""
    from bot.commands.jobs import once as run

    wait(run(opening(os.environ, at, tenant), settings(os.environ), as_json=as_json))


@deliveries.command("list", epilog="Example: ristretto deliveries list --state dead --json")
def list_deliveries(
    state: Annotated[str, typer.Option("--state", help="Only those: ready, sent, uncertain, dead …")] = "",
    as_json: Json = False,
    tenant: Tenant = "",
) -> None:
    """Show the outbox, the oldest first."""
    from bot.commands.deliveries import show as run

    wait(run(opening(os.environ, "", tenant), state, as_json=as_json))


@deliveries.command("replay", epilog="Example: ristretto deliveries replay --state dead")
def replay_deliveries(
    id: Annotated[str, typer.Argument(help="One delivery, as listed.", metavar="ID", show_default=False)] = "",
    state: Annotated[str, typer.Option("--state", help="All that are dead, or all that are uncertain.")] = "",
    as_json: Json = False,
    tenant: Tenant = "",
) -> None:
    """Send again what was given up, or what may not have arrived."""
    from bot.commands.deliveries import replay as run

    wait(run(opening(os.environ, "", tenant), id, state, as_json=as_json))


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    try:
        app()
    except Stop as stop:
        sys.stderr.write(f"{stop.sentence}\n")
        sys.exit(stop.code)


if __name__ == "__main__":
    main()
