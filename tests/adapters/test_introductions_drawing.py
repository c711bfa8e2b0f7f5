"""An introduction as Slack and Teams get it, in both languages."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from company import TENANT
from evidence import skill, tell
from teams_words import words

from adapters.slack import drawing as slack
from adapters.teams import drawing as teams
from bot.features.introductions.noun import TOLD
from bot.features.introductions.rounds import opening
from bot.reply import Reply
from jobs.calendar import tick
from store import outbox, people

ROUND = "2026-03-17"


@pytest.fixture
async def introductions(talk) -> dict[str, Reply]:
    """By handle, what two people get whom one platform each knows."""

    def move_in(tx):
        for handle in ("ana", "lea"):
            people.join_account(tx, handle, "slack", f"U{handle.upper()}", talk.now)
            people.join_account(tx, handle, "teams", f"aad-{handle}", talk.now)

    await talk.core.store.write(TENANT, move_in)
    await tell(talk, skill("ana", "Rust", wish=True), skill("lea", "Rust"))
    for handle in ("ana", "lea"):
        await talk(handle, "introduce me")
    talk.now = max(opening(date.fromisoformat(ROUND)), datetime(2026, 3, 17, 10, tzinfo=UTC))
    await tick(talk.core, talk.now)
    queued = await talk.core.store.read(TENANT, lambda tx: outbox.of_kind(tx, TOLD))
    drawn = [await talk.core.draw(TENANT, message) for message in queued]
    return {one.reader.handle: one.reply for one in drawn if one}


async def test_slack_gets_it_in_blocks(introductions):
    assert slack.draw(introductions["ana"])["blocks"] == [
        {"type": "header", "text": {"type": "plain_text", "text": "Meet @lea"}},
        {"type": "section", "text": _mrkdwn("• <@ULEA>")},
        {
            "type": "context",
            "elements": [_mrkdwn("You would like to learn Rust; <@ULEA> can help.")],
            "block_id": "notes-2",
        },
        {"type": "section", "text": _mrkdwn("Say hello: twenty minutes over a coffee or a call are enough.")},
        {
            "type": "context",
            "elements": [
                _mrkdwn("Both sides said yes to introductions. Whether you met stays between you and me."),
            ],
        },
        {
            "type": "actions",
            "elements": [
                _button("We met", "introductions.met", value=ROUND),
                _button("We did not meet", "introductions.missed", value=ROUND),
                _button("Stop introductions", "introductions.off"),
            ],
        },
    ]


async def test_teams_gets_it_as_a_card(introductions):
    card = teams.draw(introductions["lea"])

    actions = [action for block in card["body"] for action in block.get("actions", [])]
    assert words(card, {"aad-ana": "ana"}) == (
        "Faites connaissance avec @ana\n"
        "- @ana\n"
        "  @ana aimerait apprendre Rust\u00a0; vous pouvez l’aider.\n"
        "Faites-vous signe\u00a0: vingt minutes autour d’un café ou d’un appel suffisent.\n"
        "Chacun a dit oui aux rencontres. Que vous vous soyez vus ou non reste entre vous et moi.\n"
        "[On s’est vus] [On ne s’est pas vus] [Arrêter les rencontres]"
    )
    assert [(action["verb"], action["data"]["value"]) for action in actions] == [
        ("introductions.met", ROUND),
        ("introductions.missed", ROUND),
        ("introductions.off", ""),
    ]


def _mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _button(label: str, action: str, **more: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action, **more}
