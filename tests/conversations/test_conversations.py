"""The same conversations through the console, Slack and Teams: the same words come back, the same is written."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from brulerie import NOON, Clock, staffed
from conversations import Conversation, read
from traces import taken_back, traces
from wires import WIRES, Answer, Speaking

SAID = read(Path(__file__).with_name("conversations.txt"))
RISTRETTO = Path(sys.executable).with_name("ristretto")
UNBROKEN = str.maketrans("\u00a0\u202f", "  ")


def test_there_are_twenty_eight_and_half_of_them_are_french():
    french = [one for one in SAID if one.title.endswith("(fr)")]

    assert (len(SAID), len(french)) == (28, 14)


@pytest.mark.parametrize("conversation", SAID, ids=lambda one: one.title)
async def test_every_wire_says_and_writes_the_same(conversation, database_url):
    async with staffed(database_url, *WIRES) as (core, clock):
        heard, written, removed = {}, {}, {}
        for name, wire in WIRES.items():
            clock.at = NOON
            async with wire(core, clock, name) as speaking:
                heard[name] = [*await _talk(speaking, conversation, clock)]
            written[name] = await core.store.read(name, traces)
            removed[name] = speaking.removed

    for name in WIRES:
        assert heard[name] == [_plain(turn.answer) for turn in conversation.turns], name
        assert written[name] == written["console"], name
    gone = removed["slack"]
    assert removed == dict.fromkeys(WIRES, gone) | {"console": 0}
    assert gone >= taken_back(written["console"])


@pytest.mark.parametrize("conversation", [one for one in SAID if "process" in one.title], ids=lambda one: one.title)
async def test_the_command_prints_each_block_as_it_is_written_down(conversation, database_url):
    async with staffed(database_url, "local"):
        pass
    said = "".join(f"{turn.handle}> {turn.said}\n" for turn in conversation.turns)

    done = await asyncio.to_thread(
        subprocess.run,
        [str(RISTRETTO), "chat", "--as", "maya", "--now", NOON.isoformat()],
        input=said,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        env={"RISTRETTO_DATABASE_URL": database_url, "RISTRETTO_TIMEZONE": "Europe/London"},
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.translate(UNBROKEN) == "".join(map(_block, conversation.turns))


async def _talk(speaking: Speaking, conversation: Conversation, clock: Clock) -> list[Answer]:
    heard = []
    for turn in conversation.turns:
        clock.at += turn.later
        heard.append(_plain(await speaking.hear(turn.handle, turn.said)))
    return heard


def _plain(answer: Answer) -> Answer:
    """Without the spaces that hold French signs to their words, and in no order of delivery."""
    sent = sorted((handle, text.translate(UNBROKEN)) for handle, text in answer.sent)
    return Answer(answer.reply.translate(UNBROKEN), tuple(sent))


def _block(turn):
    lines = [turn.answer.reply] if turn.answer.reply else []
    lines += [f"-> {handle}: {text}" for handle, text in turn.answer.sent]
    return "\n".join([*lines, "", ""])
