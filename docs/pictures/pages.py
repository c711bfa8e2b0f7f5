"""The pages that are photographed: a bit of Slack or of Teams around what Ristretto says."""

import base64
from pathlib import Path
from typing import Any

from bot.request import MENTION
from docs.pictures.blocks import blocks
from docs.pictures.cards import card
from docs.pictures.markup import tag, text
from docs.pictures.scenes import AT, Scene, account, names

Json = dict[str, Any]

FOLDER = Path(__file__).parent
ICON = FOLDER.parents[1] / "bot" / "manifest" / "color.png"
TIME = {"en": f"{AT:%-I:%M %p}", "fr": f"{AT:%H:%M}"}
ONLY_YOU = {"en": "Only visible to you", "fr": "Visible par vous uniquement"}
APP = {"slack": "APP", "teams": ""}
EYE = (
    '<svg viewBox="0 0 20 20" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.6">'
    '<path d="M1.5 10C3.5 6.2 6.4 4.3 10 4.3s6.5 1.9 8.5 5.7c-2 3.8-4.9 5.7-8.5 5.7S3.5 13.8 1.5 10z"/>'
    '<circle cx="10" cy="10" r="2.7"/></svg>'
)


def page(platform: str, scene: Scene, messages: list[Json]) -> str:
    """A whole document, as tall as what it shows."""
    style = (FOLDER / f"{platform}.css").read_text(encoding="utf-8")
    asked = [_asked(platform, scene)] if scene.text and (platform == "teams" or not scene.channel) else []
    shown = tag("main", "", _top(platform, scene), *asked, *(_said(platform, scene, message) for message in messages))
    return (
        f'<!doctype html><html lang="{scene.language}"><meta charset="utf-8"><style>{style}</style><body>{shown}</html>'
    )


def _top(platform: str, scene: Scene) -> str:
    """Where we are: a channel, or the chat with Ristretto."""
    if scene.channel:
        name = f"# {scene.channel}" if platform == "slack" else scene.channel.capitalize()
        return tag("header", "channel", tag("b", "", text(name)))
    return tag("header", "chat", _bot_face(), tag("b", "", "Ristretto"))


def _asked(platform: str, scene: Scene) -> str:
    """What the person said."""
    called = [tag("span", "mention", "Ristretto"), " "] if scene.channel else []
    known = names()
    said = _woven(scene, [known[handle] for handle in scene.mentioned])
    face = tag("span", "face", text("".join(word[0] for word in known[scene.who].split())))
    side = "mine" if platform == "teams" and not scene.channel else "person"
    return _message(side, face, known[scene.who], "", scene, tag("div", "section", *called, *said))


def _woven(scene: Scene, mentioned: list[str]) -> list[str]:
    pieces = scene.text.split(MENTION)
    tags = [tag("span", "mention", text(name)) for name in mentioned]
    return [part for n, piece in enumerate(pieces) for part in (text(piece), *tags[n : n + 1])]


def _said(platform: str, scene: Scene, message: Json) -> str:
    quiet = tag("div", "only-you", EYE, text(ONLY_YOU[scene.language])) if "response_type" in message else ""
    known = {account(platform, handle): name for handle, name in names().items()}
    body = blocks(message, known) if platform == "slack" else card(message)
    return quiet + _message("bot", _bot_face(), "Ristretto", APP[platform], scene, tag("div", "body", body))


def _message(side: str, face: str, name: str, badge: str, scene: Scene, body: str) -> str:
    badges = tag("span", "badge", badge) if badge else ""
    head = tag("div", "head", tag("b", "", text(name)), badges, tag("time", "", TIME[scene.language]))
    return tag("article", side, face, tag("div", "beside", head, body))


def _bot_face() -> str:
    return f'<img class="face" src="data:image/png;base64,{base64.b64encode(ICON.read_bytes()).decode()}">'
