"""`ristretto who-knows`: what scripts rely on."""

import json
from math import isfinite

import pytest
from company import CAST, NOON, TENANT
from evidence import skill, thanks, update
from typer.testing import CliRunner

from bot.cli import app
from bot.commands.stop import Stop
from store import Store, people
from store.base import Transaction
from store.record import record

ACTS = (
    skill("sam", "Kubernetes", "expert"),
    skill("lea", "Kubernetes", days=30),
    thanks("ana", ["lea", "sam"], "the Kubernetes rescue"),
    update("paul", "Kubernetes and Terraform on one page", "apollo"),
    thanks("ana", ["jean-marc"], "the Kubernetes secret", audience="place:slack:G1"),
)


@pytest.fixture
async def run(tmp_path, monkeypatch):
    """Runs the command on a small company: exit code, lines, and what went to stderr."""
    url = f"sqlite:///{tmp_path}/company.db"
    store = Store(url)

    def fill(tx: Transaction) -> None:
        for person in CAST:
            people.add(tx, person, NOON)
        record(tx, *ACTS)

    await store.write(TENANT, fill)
    await store.close()
    monkeypatch.setenv("RISTRETTO_DATABASE_URL", url)

    def command(*said: str) -> tuple[int, list[str], str]:
        result = CliRunner().invoke(app, ["who-knows", *said, "--now", NOON.isoformat()])
        code = result.exception.code if isinstance(result.exception, Stop) else result.exit_code
        return code, result.stdout.splitlines(), result.stderr

    return command


def results(lines):
    return [one["person"] for one in json.loads(lines[0])["results"]]


def test_people_are_told_in_words(run):
    code, lines, _ = run("who knows terraform?")

    assert (code, lines) == (
        0,
        [
            *("Who knows terraform", "- @paul", "  posted on #apollo, 3 March: Kubernetes and Terraform on one page"),
            "  ask in French, 13:00 to 00:00 your time",
        ],
    )


def test_json_tells_person_score_and_evidence(run):
    code, [line], _ = run("terraform", "--json")

    [result] = json.loads(line)["results"]
    assert code == 0
    assert isfinite(result.pop("score"))
    assert result == {
        "person": "paul",
        "evidence": [
            {
                "kind": "update",
                "text": "Kubernetes and Terraform on one page",
                "at": "2026-03-03T12:00:00Z",
                "source": "update:paul:Kubernetes and Terraform on one page",
            }
        ],
    }


def test_nobody_is_left_out_but_the_asker(run):
    _, anybody, _ = run("kubernetes", "--json")
    _, sam, _ = run("kubernetes", "--json", "--as", "sam")
    _, one, _ = run("kubernetes", "--json", "--top", "1")

    assert (results(anybody), results(sam), results(one)) == (["sam", "lea", "paul"], ["lea", "paul"], ["sam"])


def test_a_batch_is_answered_line_by_line(run, tmp_path):
    file = tmp_path / "questions.jsonl"
    asked = [
        {"qid": "a", "text": "kubernetes"},
        {"qid": "b", "text": "Qui connaît Terraform ?"},
        {"qid": 3, "text": "tea"},
    ]
    file.write_text("\n".join(map(json.dumps, asked)))

    code, lines, _ = run("--batch", str(file))

    said = [json.loads(line) for line in lines]
    scores = [one["score"] for one in said[0]["results"]]
    assert code == 0
    assert [(one["qid"], [each["person"] for each in one["results"]]) for one in said] == [
        *[("a", ["sam", "lea", "paul"]), ("b", ["paul"]), (3, [])]
    ]
    assert scores == sorted(scores, reverse=True)
    assert all(len(one["evidence"]) <= 3 for answer in said for one in answer["results"])


def test_in_a_batch_a_whole_question_may_say_not_and_a_plain_topic_is_taken_as_it_stands(run, tmp_path):
    file = tmp_path / "questions.jsonl"
    asked = ["who knows kubernetes but not terraform?", "kubernetes but not terraform", "kubernetes or terraform"]
    file.write_text("".join(json.dumps({"qid": n, "text": text}) + "\n" for n, text in enumerate(asked)))

    _, lines, _ = run("--batch", str(file))

    assert [[one["person"] for one in json.loads(line)["results"]] for line in lines] == [
        *(["sam", "lea"], ["paul", "sam", "lea"], ["paul", "sam", "lea"])
    ]


@pytest.mark.parametrize("bad", ["nonsense", "[]", '{"qid":"x"}', '{"text":"rust"}', '{"qid":"x","text":7}'])
def test_a_bad_line_is_named_and_the_others_are_answered(run, tmp_path, bad):
    file = tmp_path / "questions.jsonl"
    file.write_text(f'{bad}\n{{"qid":"good","text":"terraform"}}\n')

    code, [first, second], _ = run("--batch", str(file))

    assert code == 1
    assert sorted(json.loads(first)) == ["error", "qid"]
    assert [one["person"] for one in json.loads(second)["results"]] == ["paul"]


@pytest.mark.parametrize(
    "said", [(), ("rust", "--batch", "f"), ("rust", "--as", "zorro"), ("--batch", "/nowhere"), ("rust", "--top", "0")]
)
def test_wrong_usage_does_nothing(run, said):
    code, lines, _ = run(*said)

    assert (code, lines) == (2, [])
