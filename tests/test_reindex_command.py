"""`ristretto db reindex`: what an operator sees of it."""

import json

import pytest
from commands import run_on

ANA, SAM = "urn:ristretto:person:ana", "urn:ristretto:person:sam"
SAID = {"type": "Offer", "actor": ANA, "published": "2026-03-02T09:00:00Z", "target": SAM}


@pytest.fixture
def run(database_url):
    return run_on(database_url)


@pytest.fixture
def acts(tmp_path):
    def write(*texts):
        rows = [{**SAID, "id": text, "object": {"type": "Note", "content": text}} for text in texts]
        (tmp_path / "acts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        return str(tmp_path / "acts.jsonl")

    return write


def test_the_index_is_made_anew_and_answers_stay_the_same(run, acts):
    run("import", "activity", acts("a rust rescue", "more rust"))
    before = run("who-knows", "rust", "--json").out

    done = run("db", "reindex")

    assert (done.code, done.out, done.said) == (
        0,
        "The index is made anew. Acts read: 2; words in it: 4; people: 1.\n",
        [],
    )
    assert run("who-knows", "rust", "--json").out == before != ""


def test_each_tenant_is_a_line_of_its_own(run, acts):
    run("import", "activity", acts("the rust rescue"), "--tenant", "one")
    run("import", "activity", acts("more rust"), "--tenant", "two")

    every, one = run("db", "reindex", "--json"), run("db", "reindex", "--tenant", "two", "--json")

    assert every.rows == [{"tenant": tenant, "read": 1, "postings": 2, "people": 1} for tenant in ("one", "two")]
    assert one.rows == every.rows[1:]


def test_an_empty_database_has_an_empty_index(run):
    done = run("db", "reindex", "--json")

    assert (done.code, done.rows) == (0, [])
