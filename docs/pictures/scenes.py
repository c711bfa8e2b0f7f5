"""What the pictures show: six small scenes in the sample company, each in Slack and in Teams."""

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from adapters.slack import drawing as slack
from adapters.teams import drawing as teams
from bot import sample
from bot.company import Company
from bot.core import Core
from bot.features import FEATURES
from bot.features.digest import queue_now, settle
from bot.ids import growing
from bot.reply import Reply
from bot.request import MENTION, Account, Place, Request
from store import Store, outbox, people
from store.base import Transaction

Json = dict[str, Any]

TENANT = "local"
AT = datetime.fromisoformat("2026-11-30T09:04:00+01:00")
"""A Monday, some minutes after nine: the digests come in."""
PLATFORMS = ("slack", "teams")


@dataclass(frozen=True, slots=True)
class Scene:
    """`who` says `text` in private, or in `channel`; without a text their weekly digest comes in. `mentioned`: who
    stands for each MENTION."""

    subject: str
    language: str
    who: str
    text: str = ""
    mentioned: tuple[str, ...] = ()
    channel: str = ""


SCENES = (
    Scene("digest", "en", "ana"),
    Scene("digest", "fr", "jean-marc"),
    Scene("who-knows", "en", "ana", "who can help with machine learning?"),
    Scene("who-knows", "fr", "lea", "qui peut m'aider en apprentissage automatique ?"),
    Scene("thanks", "en", "ana", f"kudos {MENTION} and {MENTION} for the demo #teamwork", ("sam", "lea"), "general"),
    Scene("thanks", "fr", "lea", f"merci {MENTION} et {MENTION} pour la démo #équipe", ("sam", "jean-marc"), "général"),
)
PICTURES = {
    f"{platform}-{scene.subject}-{scene.language}": (platform, scene) for platform in PLATFORMS for scene in SCENES
}


async def messages() -> dict[str, list[Json]]:
    """By picture, the messages that Ristretto hands to Slack or Teams."""
    found = {}
    for platform in PLATFORMS:
        async with _company(platform) as core:
            for name, (where, scene) in PICTURES.items():
                if where == platform:
                    found[name] = (
                        await _said(core, scene, platform) if scene.text else await _digest(core, scene, platform)
                    )
    return found


def names() -> dict[str, str]:
    """By handle, how everybody is called."""
    with (Path(sample.__file__).parent / "people.csv").open(encoding="utf-8", newline="") as file:
        return {row["handle"]: row["name"] for row in csv.DictReader(file)}


def account(platform: str, handle: str) -> str:
    return f"U0{handle.replace('-', '').upper()}" if platform == "slack" else f"aad-{handle}"


@asynccontextmanager
async def _company(platform: str) -> AsyncIterator[Core]:
    """The sample company, everybody in it at home on this platform."""
    store = Store("sqlite://")
    new_id = growing(lambda: AT, Random(platform).getrandbits)
    core = Core(store, FEATURES, now=lambda: AT, new_id=new_id, company=Company("en", "Europe/Paris"))

    def move_in(tx: Transaction) -> None:
        sample.load(tx, AT, new_id)
        for person in people.everybody(tx):
            people.join_account(tx, person.id, platform, account(platform, person.handle), AT)
        while settle(tx, core.company, 1000):
            pass

    try:
        await store.write(TENANT, move_in)
        yield core
    finally:
        await store.close()


async def _digest(core: Core, scene: Scene, platform: str) -> list[Json]:
    """The message that the calendar puts into the outbox."""

    def queue(tx: Transaction) -> None:
        queue_now(tx, AT, core.company, core.new_id, [people.of_handles(tx, [scene.who])[scene.who].id])

    before = await _waiting(core, "digest.due")
    await core.store.write(TENANT, queue)
    return [_drawn(reply, platform) for reply in (await _waiting(core, "digest.due"))[len(before) :]]


async def _said(core: Core, scene: Scene, platform: str) -> list[Json]:
    """The answer, and in a channel the line for all; Teams gives the answer to what was said there in private."""
    before = await _waiting(core, "kudos.said")
    answer = await core.handle(_request(scene, platform))
    if not scene.channel:
        return [_drawn(answer, platform)]
    lines = [_drawn(reply, platform) for reply in (await _waiting(core, "kudos.said"))[len(before) :]]
    return [{"response_type": "ephemeral", **_drawn(answer, platform)}, *lines] if platform == "slack" else lines


async def _waiting(core: Core, kind: str) -> list[Reply]:
    waiting = await core.store.read(TENANT, lambda tx: outbox.of_kind(tx, kind))
    return [drawn.reply for message in waiting if (drawn := await core.draw(TENANT, message))]


def _request(scene: Scene, platform: str) -> Request:
    who = Account(platform, account(platform, scene.who))
    place = Place(platform, f"{scene.channel or 'chat'}-{scene.language}", "public" if scene.channel else "private")
    mentions = tuple(Account(platform, account(platform, handle)) for handle in scene.mentioned)
    return Request(TENANT, f"{scene.subject}-{scene.language}", AT, who, place, scene.text, mentions)


def _drawn(reply: Reply, platform: str) -> Json:
    return slack.draw(reply) if platform == "slack" else teams.message(reply)
