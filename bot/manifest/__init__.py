"""App manifests: what Slack and Teams must know before Ristretto can be installed there."""

import io
import json
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from bot.rules import loopback

FOLDER = files(__name__)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the package, and no compression: the same input gives the same bytes everywhere."""


class Unfit(Exception):
    """No manifest can be made of this; the message says what to change."""


def slack_manifest(url: str) -> bytes:
    """The JSON to paste where a Slack app is created. Raises Unfit."""
    return _written(_filled("slack.json", url=_base(url)))


def teams_package(url: str, app_id: str, version: str) -> bytes:
    """The zip to upload to Teams. Raises Unfit."""
    base, bot = _base(url), _guid(app_id)
    slots = {
        "url": base,
        "domain": urlsplit(base).hostname or "",
        "app_id": bot,
        "id": str(uuid5(NAMESPACE_URL, f"{base}#{bot}")),
        "version": version,
    }
    package = {
        "manifest.json": _written(_filled("teams.json", **slots)),
        "fr.json": _written(_filled("fr.json")),
        "color.png": (FOLDER / "color.png").read_bytes(),
        "outline.png": (FOLDER / "outline.png").read_bytes(),
    }
    return _zipped(package)


def _filled(template: str, **slots: str) -> Any:
    text = (FOLDER / template).read_text("utf-8")
    for name, value in slots.items():
        text = text.replace(f"{{{name}}}", value)
    return json.loads(text)


def _written(manifest: Any) -> bytes:
    return (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode()


def _base(url: str) -> str:
    try:
        parts = urlsplit(url)
        bare = not (parts.username or parts.query or parts.fragment) and parts.port != 0
    except ValueError as error:
        raise Unfit(f"{url} is not an address. Try https://ristretto.example.com") from error
    if parts.scheme != "https" or not parts.hostname or not bare or not url.isprintable() or set(url) & set(' "\\<>'):
        raise Unfit(f"{url} is not an https:// address. Try https://ristretto.example.com")
    if loopback(parts.hostname):
        raise Unfit(f"{url} is this machine. Slack and Teams need an address that they can reach.")
    return url.rstrip("/")


def _guid(app_id: str) -> str:
    try:
        return str(UUID(app_id))
    except ValueError as error:
        raise Unfit("MicrosoftAppId must be the application (client) id of the bot's registration, a GUID") from error


def _zipped(package: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_STORED) as archive:
        for name, content in package.items():
            entry = ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is made
            archive.writestr(entry, content)
    return buffer.getvalue()
