"""What was said in a private place: to everybody else it is as if it had never been said, words and order included."""

import json

import pytest
from commands import run_on

NOW = ("--now", "2026-03-04T12:00:00Z")
PERSON = "urn:ristretto:person:"
PLACE = "urn:ristretto:place:slack:G1"
NOTE = {"type": "Note", "content": "zanzibar takes over apollo with kubernetes"}
PROFILE = {"type": "Profile", "describes": f"{PERSON}wei"}
SECRETS = (
    {"type": "Offer", "object": NOTE, "target": f"{PERSON}sam"},
    {"type": "Create", "object": NOTE, "context": {"type": "Project", "name": "zanzibar"}},
    {"type": "Create", "object": NOTE, "context": {"type": "Project", "name": "apollo"}},
    {"type": "Update", "object": {"type": "Project", "name": "apollo", "state": "late", "owner": f"{PERSON}zoe"}},
    {"type": "Join", "object": {"type": "Project", "name": "apollo"}},
    {"type": "Add", "object": {"type": "Skill", "name": "Kubernetes", "level": "expert"}, "target": PROFILE},
    {"type": "Add", "object": {"type": "Skill", "name": "Zanzibar"}, "target": PROFILE},
)
ASKED = (
    *(("who-knows", topic, "--as", who) for topic in ("zanzibar", "kubernetes", "apollo") for who in ("ana", "lea")),
    ("who-knows", "qui connaît zanzibar ?", "--json"),
    ("digest", "preview", "--as", "ana", "--week", "2026-W11", "--json"),
    ("digest", "preview", "--as", "zoe"),
)


@pytest.fixture
def run(database_url):
    run = run_on(database_url)
    run("db", "sample", *NOW)
    return run


@pytest.fixture
def secrets(tmp_path):
    def file(audience: str | None) -> str:
        said = {"actor": f"{PERSON}wei", "published": "2026-03-03T09:00:00Z", "audience": audience}
        path = tmp_path / "secrets.jsonl"
        path.write_text("".join(json.dumps({**said, **act, "id": f"s{n}"}) + "\n" for n, act in enumerate(SECRETS)))
        return str(path)

    return file


def test_nobody_else_can_tell_that_something_is_hidden(run, secrets):
    before = [run(*said, *NOW).out for said in ASKED]

    done = run("import", "activity", secrets(PLACE))

    assert done.rows[0]["added"] == len(SECRETS)
    assert [run(*said, *NOW).out for said in ASKED] == before


def test_the_same_rows_for_everybody_are_seen(run, secrets):
    before = [run(*said, *NOW).out for said in ASKED]

    run("import", "activity", secrets(None))

    after = [run(*said, *NOW).out for said in ASKED]
    assert [one != other for one, other in zip(after, before, strict=True)] == [True] * len(ASKED)
