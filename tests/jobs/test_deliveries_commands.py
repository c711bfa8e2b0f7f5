"""`jobs once` and `deliveries` as a script meets them."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from store import Store, outbox, people
from store.outbox import Message
from store.people import Person

AT = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ONE = {
    "id": "a",
    "state": "dead",
    "kind": "kudos.received",
    "to": "sam",
    "platform": "",
    "created_at": "2026-03-04T12:00:00Z",
    "not_before": "2026-03-04T12:00:00Z",
    "sent_at": None,
    "uncertain_since": None,
    "attempts": 0,
    "reason": "user_disabled",
}


@pytest.fixture
async def database(tmp_path):
    url = f"sqlite:///{tmp_path}/ristretto.db"
    store = Store(url)
    rows = (
        Message("a", "kudos.received", AT, AT, person="sam", state="dead", reason="user_disabled"),
        Message("b", "kudos.said", AT, AT, platform="slack", place="C1"),
    )
    await store.write("local", lambda tx: people.add(tx, Person("sam", "sam", "Sam", started_at=AT), AT))
    await store.write("local", lambda tx: outbox.add(tx, *rows))
    await store.close()
    return url


@pytest.fixture
def ristretto(database):
    def run(*words):
        environment = {"PATH": os.environ["PATH"], "RISTRETTO_DATABASE_URL": database}
        command = [sys.executable, "-m", "bot.cli", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    return run


def test_jobs_once_without_a_platform_leaves_everything_ready_and_counts_each_state(ristretto):
    done = ristretto("jobs", "once", "--at", "2026-03-04T13:00:00+00:00")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "waiting: 0",
        "ready: 1",
        "sending: 0",
        "sent: 0",
        "uncertain: 0",
        "dead: 1",
        "cancelled: 0",
    ]


def test_jobs_once_says_the_same_as_one_object(ristretto):
    done = ristretto("jobs", "once", "--at", "2026-03-04T13:00:00+00:00", "--json")

    assert json.loads(done.stdout) == {state: {"ready": 1, "dead": 1}.get(state, 0) for state in outbox.STATES}


def test_deliveries_are_listed_with_their_reasons(ristretto):
    lines = ristretto("deliveries", "list").stdout.splitlines()
    dead = ristretto("deliveries", "list", "--state", "dead", "--json").stdout.splitlines()

    assert lines == [
        "a\tdead\tkudos.received\t@sam\t2026-03-04T12:00:00Z\tuser_disabled",
        "b\tready\tkudos.said\tslack\t2026-03-04T12:00:00Z",
    ]
    assert [json.loads(line) for line in dead] == [ONE]


def test_what_was_given_up_is_sent_again_on_demand(ristretto):
    replayed = ristretto("deliveries", "replay", "--state", "dead")
    again = ristretto("deliveries", "replay", "a")

    assert (replayed.returncode, replayed.stdout) == (0, "replayed: 1\n")
    assert (again.returncode, again.stdout) == (1, "")
    assert again.stderr == "No delivery a is dead or uncertain. `ristretto deliveries list` shows them.\n"


@pytest.mark.parametrize("words", [("replay",), ("replay", "a", "--state", "dead"), ("replay", "--state", "sent")])
def test_a_replay_of_nothing_in_particular_is_wrong_usage(ristretto, words):
    done = ristretto("deliveries", *words)

    assert (done.returncode, done.stdout) == (2, "")
