"""`ristretto export person` and `ristretto erase`: what the operator can do for somebody who asks."""

import json
from dataclasses import replace

import pytest
from company import CAST, NOON, TENANT
from evidence import skill, thanks, update
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.stop import Stop
from store import Store, inbox, outbox, people, places, subscriptions
from store.base import Transaction
from store.outbox import Message
from store.record import record, retract
from store.subscriptions import Subscription

ACTS = (
    replace(skill("lea", "Figma", "expert"), id="a1"),
    replace(thanks("ana", ["lea", "sam"], "the demo"), id="a2"),
    replace(update("lea", "beta is out", "apollo"), id="a3"),
    replace(update("sam", "Léa Martin drew it", "apollo", days=2), id="a4"),
    replace(thanks("sam", ["paul"], "the rest"), id="a5"),
)


def fill(tx: Transaction) -> None:
    for person in CAST:
        people.add(tx, person, NOON)
        people.join_account(tx, person.id, "console", person.handle, NOON)
    record(tx, *ACTS, taken := replace(update("lea", "a slip", days=3), id="a6"))
    retract(tx, taken, NOON)
    places.see(tx, "slack", "G1", ["lea"], NOON)
    subscriptions.keep(tx, Subscription("lea", NOON.date(), next_at=NOON))
    inbox.keep(tx, "r1", NOON, '{"blocks": [{"kind": "line", "spans": ["Noted."]}]}', ("console", "lea"))
    outbox.add(tx, Message("m1", "digest.due", NOON, NOON, about="d", person="lea"))


@pytest.fixture
async def run(database_url, monkeypatch):
    """Runs a command on a small company: exit code, what it printed, and what went to stderr."""
    store = Store(database_url)
    await store.write(TENANT, fill)
    await store.close()
    monkeypatch.setenv("RISTRETTO_DATABASE_URL", database_url)

    def command(*said: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, list(said))
        stop = result.exception if isinstance(result.exception, Stop) else None
        return stop.code if stop else result.exit_code, result.stdout, stop.sentence if stop else result.stderr

    return command


def test_a_person_is_exported_whole_and_the_same_every_time(run):
    code, out, _ = run("export", "person", "@Lea")

    told = json.loads(out)
    assert (code, out) == (0, run("export", "person", "lea")[1])
    assert (told["person"], told["profile"]["name"]) == ("lea", "Léa Martin")
    assert [act["id"] for act in told["activities"]] == ["a6", "a1", "a2", "a3"]
    assert told["activities"][0]["undone"] == "2026-03-04T12:00:00Z"
    assert told["activities"][2]["target"] == ["urn:ristretto:person:lea", "urn:ristretto:person:sam"]
    assert [one["id"] for one in told["accounts"]] == ["lea"]
    assert [one["name"] for one in told["skills"]] == ["Figma"]
    assert [one["rhythm"] for one in told["settings"]] == ["weekly"]
    assert [one["place"] for one in told["places"]] == ["G1"]
    assert [one["answer"] for one in told["answers"]] == ["Noted."]
    assert [(one["kind"], one["state"]) for one in told["deliveries"]] == [("digest.due", "ready")]
    assert told["found_by"]["a1"] == ["figma"]
    assert [one["amount"] for one in told["evidence"]] == [1, 1, 1]


def test_the_export_tells_nothing_of_others(run):
    _, out, _ = run("export", "person", "lea")

    assert "the rest" not in out and "Paul" not in out


def test_erasing_prints_what_went_and_leaves_the_others(run):
    code, out, _ = run("erase", "lea", "--yes")

    _, left, _ = run("export", "activity")
    assert (code, set(json.loads(out))) == (0, {"erased", "activities", "hidden"})
    assert (json.loads(out)["activities"], json.loads(out)["hidden"]) == (3, 1)
    assert "lea" not in left and "Léa" not in left and "beta is out" not in left
    assert "someone drew it" in left and "the demo" in left and "the rest" in left


def test_a_script_need_not_say_yes(run):
    assert run("erase", "lea")[0] == 0
    assert run("export", "person", "lea")[0] == 2


@pytest.mark.parametrize("command", [("erase", "nobody"), ("erase", "nobody", "--yes"), ("export", "person", "nobody")])
def test_an_unknown_handle_is_said_and_changes_nothing(run, command):
    before = run("export", "activity")

    assert run(*command) == (2, "", "Nobody here has the handle nobody.")
    assert run("export", "activity") == before


def test_an_import_does_not_bring_them_back(run, tmp_path):
    _, acts, _ = run("export", "activity")
    (tmp_path / "acts.jsonl").write_text(acts)
    (tmp_path / "people.csv").write_text("handle,name\nlea,Léa Martin\nzoe,Zoé\n")
    run("erase", "lea", "--yes")

    code, out, said = run("import", "activity", str(tmp_path / "acts.jsonl"))
    again, added, _ = run("import", "people", str(tmp_path / "people.csv"))

    assert (code, json.loads(out)) == (1, {"read": 5, "added": 0, "unchanged": 3, "refused": 2})
    assert said.splitlines()[0].endswith("acts.jsonl:2: lea asked to be forgotten")
    assert (again, json.loads(added)) == (1, {"read": 2, "added": 1, "unchanged": 0, "refused": 1})
    assert run("export", "person", "lea")[0] == 2
