"""`ristretto manifest`: writes what Slack or Teams wants to read before it installs Ristretto."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from bot.commands.stop import Stop, warn
from bot.manifest import Unfit, slack_manifest, teams_package

NEXT = {
    "slack": "Create the app with it: api.slack.com/apps, Create New App, From a manifest.",
    "teams": "Upload it in Teams: Apps, Manage your apps, Upload an app.",
}


def manifest(platform: Literal["slack", "teams"], url: str, out: Path, environ: Mapping[str, str]) -> None:
    """Raises Stop where the address, the app id or the file will not do."""
    try:
        content = slack_manifest(url) if platform == "slack" else _package(url, environ)
        out.write_bytes(content)
    except Unfit as error:
        raise Stop(str(error)) from error
    except OSError as error:
        raise Stop(f"{out} cannot be written: {error.strerror}") from error
    warn(f"{out} is written. {NEXT[platform]}")


def _package(url: str, environ: Mapping[str, str]) -> bytes:
    return teams_package(url, environ.get("MicrosoftAppId", "").strip(), version("ristretto"))
