"""What people really type, in both languages: polite, hurried, mistyped, and what only looks like a request."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from commands import run_on

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC).isoformat()
LINES = (Path(__file__).parent / "sentences.txt").read_text().splitlines()[1:]
SENTENCES = [tuple(map(str.strip, line.split("|"))) for line in LINES]


@pytest.fixture(scope="module")
def understood(tmp_path_factory):
    """Each sentence and what was read of it, all in one batch on the sample company."""
    folder = tmp_path_factory.mktemp("sentences")
    run = run_on(f"sqlite:///{folder}/sample.db")
    run("db", "sample", "--now", NOW)
    batch = folder / "batch.jsonl"
    batch.write_text("".join(json.dumps({"id": said, "text": said}) + "\n" for _, said, _ in SENTENCES))
    return {row["id"]: row for row in run("read", "--batch", str(batch), "--now", NOW).rows}


@pytest.mark.parametrize(("action", "said", "slots"), SENTENCES)
def test_a_sentence_is_understood_as_it_is_meant(understood, action, said, slots):
    wanted = json.loads(slots)

    row = understood[said]

    found = {**row["slots"], **({"confirm": True} if row.get("confirm") else {})}
    assert row["action"] == action
    assert {name: found.get(name) for name in wanted} == wanted
