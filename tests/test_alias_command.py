"""`ristretto admin alias`: other names, seen by the very next question of a running server."""

import asyncio
import json
from functools import partial

import pytest
from commands import run_on
from company import NOON, TENANT, company
from evidence import skill, tell, update

from store import teachings


@pytest.fixture
async def server(database_url):
    """A server that runs, and the command line on the same database."""
    async with company(database_url) as talk:
        await tell(
            talk, skill("sam", "Kubernetes"), update("lea", "a kubernetes kube cluster"), skill("paul", "Big data")
        )
        yield talk, partial(asyncio.to_thread, run_on(database_url))


def named(reply: str) -> list[str]:
    return [line.removeprefix("- @") for line in reply.splitlines() if line.startswith("- @")]


async def test_the_very_next_question_knows_a_new_name_and_forgets_a_removed_one(server):
    talk, run = server
    before = named(await talk("ana", "who knows helmsman?"))

    await run("admin", "alias", "add", "helmsman", "k8s")
    with_it = named(await talk("ana", "who knows helmsman?"))
    await run("admin", "alias", "remove", "k8s", "helmsman")
    without = named(await talk("ana", "who knows helmsman?"))

    assert (before, with_it, without) == ([], ["sam", "lea"], [])


async def test_a_new_name_counts_once_and_in_both_directions(server):
    talk, run = server
    plain = await talk("ana", "who knows kubernetes?")

    await run("admin", "alias", "add", "helmsman", "kubernetes")

    assert await talk("ana", "who knows kubernetes?") == plain
    for said in ("helmsman", "kubernetes helmsman", "k8s helmsman kubernetes"):
        assert named(await talk("ana", f"who knows {said}?")) == ["sam", "lea"]
    assert "missing: cobol\n" in await talk("ana", "who knows helmsman and cobol?")


async def test_names_of_several_words_are_names(server):
    talk, run = server

    await run("admin", "alias", "add", "Données massives", "big data")

    assert named(await talk("ana", "qui connaît les données massives ?")) == ["paul"]


async def test_what_there_is_is_listed(server):
    talk, run = server
    await run("admin", "alias", "add", "helmsman", "K8S")
    await talk.core.store.write(TENANT, lambda tx: teachings.teach(tx, "ana", "kubber", "kubernetes", NOON))

    rows = (await run("admin", "alias", "list", "--json")).rows

    assert [{key: row[key] for key in ("name", "other", "state")} for row in rows] == [
        {"name": "helmsman", "other": "k8s", "state": "added"},
        {"name": "kubber", "other": "kubernetes", "state": "waiting"},
    ]
    assert (await run("admin", "alias", "list")).out == "helmsman\tk8s\tadded\nkubber\tkubernetes\twaiting (1 of 2)\n"


async def test_a_removed_pair_can_be_added_again(server):
    _, run = server
    for verb in ("add", "remove", "add"):
        await run("admin", "alias", verb, "helmsman", "k8s")

    assert [row["state"] for row in (await run("admin", "alias", "list", "--json")).rows] == ["added"]


async def test_a_tenant_has_its_own(server):
    _, run = server
    await run("admin", "alias", "add", "helmsman", "k8s", "--tenant", "other")

    assert (await run("admin", "alias", "list", "--json")).rows == []


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (("add", "a,b", "kubernetes"), 2, "no name"),
        (("add", "the", "kubernetes"), 2, "no name"),
        (("add", "x" * 61, "kubernetes"), 2, "no name"),
        (("add", "K8s", "k8s"), 2, "the same name already"),
        (("remove", "k8s", "kubernetes"), 1, "from the start"),
        (("remove", "tea", "coffee"), 1, "not kept as the same"),
        (("add", "k8s"), 2, ""),
    ],
)
async def test_what_cannot_be_is_said(server, said, code, sentence):
    _, run = server

    done = await run("admin", "alias", *said)

    assert (done.code, done.out) == (code, "")
    assert any(sentence in line for line in done.said) or not sentence
    assert (await run("admin", "alias", "list", "--json")).rows == []


def test_json_is_lines_of_json(tmp_path):
    done = run_on(f"sqlite:///{tmp_path}/new.db")("admin", "alias", "add", "helmsman", "k8s", "--json")

    assert json.loads(done.out)["state"] == "added"
