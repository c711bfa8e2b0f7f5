"""`ristretto read`: what is understood of each line, and that nothing is done."""

import json

import pytest
from commands import run_on
from company import NOON, TENANT, enrol
from evidence import update

from store import Store
from store.base import Transaction
from store.record import record


@pytest.fixture
async def url(tmp_path):
    url = f"sqlite:///{tmp_path}/read.db"
    store = Store(url)

    def fill(tx: Transaction) -> None:
        enrol(tx)
        record(tx, update("sam", "beta is out", "apollo"))

    await store.write(TENANT, fill)
    await store.close()
    return url


@pytest.fixture
def read(url, tmp_path):
    def batch(*lines: object):
        said = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        (tmp_path / "batch.jsonl").write_bytes(b"\n".join(said) + b"\n")
        return run_on(url)("read", "--batch", str(tmp_path / "batch.jsonl"), "--now", NOON.isoformat())

    return batch


@pytest.mark.parametrize(
    ("text", "action", "slots"),
    [
        (
            "kudos @sam @lea for the demo #teamwork",
            *("kudos.give", {"people": ["sam", "lea"], "tags": ["teamwork"], "text": "the demo"}),
        ),
        ("merci @sam pour la démo", "kudos.give", {"people": ["sam"], "text": "la démo"}),
        (
            "skills add Python, Kubernetes (expert)",
            *("skills.add", {"topics": ["Python", "Kubernetes"], "levels": {"Kubernetes": "expert"}}),
        ),
        ("who knows kubernetes and terraform?", "people.who_knows", {"topics": ["kubernetes", "terraform"]}),
        ("who knows rust or go?", "people.who_knows", {"topics": ["rust", "go"]}),
        ("who knows rust but not go?", "people.who_knows", {"topics": ["rust"], "without": ["go"]}),
        ("update #Apollo beta is out", "projects.update", {"project": "apollo", "text": "beta is out"}),
        ("digest every friday at 9", "digest.rhythm", {"rhythm": "weekly:fri:09:00"}),
        ("mute kudos", "follow.mute", {"what": "kudos"}),
        ("ask who can help me with SAP exports", "questions.ask", {"topics": ["SAP exports"]}),
        (
            "demande qui peut m'aider avec les exports SAP : lesquels sont à jour ?",
            *("questions.ask", {"topics": ["exports SAP"], "text": "lesquels sont à jour ?"}),
        ),
        ("away until Monday", "away", {"date": "2026-03-09"}),
        ("export me", "privacy.export", {}),
        ("kudos @nobodyatall for the demo", "unclear", {}),
        ("frobnicate the splines", "unclear", {}),
        ("thanks!", "none", {}),
        ("ok, see you", "none", {}),
    ],
)
def test_a_line_is_understood(read, text, action, slots):
    done = read({"id": "q1", "text": text})

    assert (done.code, done.said) == (0, [])
    assert done.rows == [{"id": "q1", "action": action, "slots": slots}]


@pytest.mark.parametrize("text", ["I know Kubernetes", "je connais Kubernetes", "forget me", "oubliez-moi"])
def test_where_ristretto_would_ask_first_it_says_so(read, text):
    assert read({"id": 1, "text": text}).rows[0]["confirm"] is True


def test_lines_come_out_in_the_order_in_which_they_went_in(read):
    done = read(*({"id": n, "text": "help"} for n in range(20)))

    assert [row["id"] for row in done.rows] == list(range(20))


def test_a_line_may_name_who_speaks(read):
    done = read(
        {"id": 1, "text": "kudos @me for the demo", "as": "sam"}, {"id": 2, "text": "skills of me", "as": "sam"}
    )

    assert [row["slots"]["people"] for row in done.rows if "people" in row["slots"]][-1] == ["sam"]


def test_nothing_is_done(read, url):
    read({"id": 1, "text": "kudos @sam for the demo"}, {"id": 2, "text": "skills add Python"})

    assert [row["id"] for row in run_on(url)("export", "activity").rows] == ["update:sam:beta is out"]


@pytest.mark.parametrize(
    ("bad", "id", "error"),
    [
        (b"{", None, "not a line of JSON"),
        (b"[" * 100_000, None, "not a line of JSON"),
        (b"[1]", None, "not a JSON object"),
        (b'{"id": 7}', 7, 'a line needs "id" and "text"'),
        (b'{"id": 7, "text": ["a"]}', 7, 'a line needs "id" and "text"'),
        (b'{"id": 7, "text": "help", "as": 5}', 7, "as is no handle"),
        (b'{"id": 7, "text": "help", "as": "nobody"}', 7, "nobody here is called nobody"),
        (b'{"id": 7, "text": "\xff"}', None, "not UTF-8"),
        (b'{"id": 7, "text": "\\ud800"}', None, "not UTF-8"),
        (b'{"id": 7, "text": "a\\u0000b"}', None, "holds a NUL character"),
    ],
)
def test_a_bad_line_has_its_answer_and_the_others_theirs(read, tmp_path, bad, id, error):
    done = read({"id": 1, "text": "help"}, bad, {"id": 3, "text": "help"})

    assert (done.code, done.said) == (1, [f"{tmp_path}/batch.jsonl:2: {error}"])
    assert done.rows[1] == {"id": id, "error": error}
    assert [row.get("action") for row in done.rows] == ["help", None, "help"]


def test_a_file_that_is_not_there_is_said(url, tmp_path):
    done = run_on(url)("read", "--batch", str(tmp_path / "none"))

    assert (done.code, done.out, done.said) == (2, "", [f"{tmp_path / 'none'}: No such file or directory"])
