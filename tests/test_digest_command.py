import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

RISTRETTO = Path(sys.executable).with_name("ristretto")
NOW = "2026-03-04T12:00:00+01:00"


@pytest.fixture(scope="module")
def commands(tmp_path_factory):
    """Loads the sample company and gives a way to run commands on it: exit code, lines of the result, and stderr."""

    def load(*dated: str) -> Callable[..., tuple[int, list[str], str]]:
        folder = tmp_path_factory.mktemp("digest")
        environ = {"RISTRETTO_DATABASE_URL": f"sqlite:///{folder}/sample.db", "HOME": str(folder)}

        def run(*arguments: str) -> tuple[int, list[str], str]:
            done = subprocess.run(
                [RISTRETTO, *arguments],
                capture_output=True,
                text=True,
                cwd=folder,
                env=environ,
                check=False,
                timeout=120,
            )
            return done.returncode, done.stdout.splitlines(), done.stderr

        assert run("db", "sample", *dated)[0] == 0
        return run

    return load


@pytest.fixture(scope="module")
def run(commands):
    return commands("--now", NOW)


def test_a_preview_is_one_line_of_json_that_scripts_can_rely_on(run):
    code, lines, errors = run("digest", "preview", "--as", "ana", "--json", "--now", NOW)

    (told,) = map(json.loads, lines)
    assert (code, errors, list(told)) == (0, "", ["person", "week", "language", "items", "left_out"])
    assert (told["person"], told["week"], told["language"], len(told["items"])) == ("ana", "2026-W10", "en", 7)
    assert {tuple(item) for item in told["items"]} == {("activity", "text", "reason", "link")}
    assert all(item["activity"].startswith("urn:ristretto:activity:") for item in told["items"])
    assert {item["link"] for item in told["items"]} == {""}
    assert told["left_out"] > 0


def test_a_preview_without_json_is_the_plain_digest_in_the_readers_language(run):
    code, lines, _ = run("digest", "preview", "--as", "lea", "--now", NOW)

    assert (code, lines[0]) == (0, "Autour de vous depuis le mercredi 25 février 2026")
    assert lines[-1] == "[Arrêter les résumés]"


def test_a_week_shows_what_would_be_sent_in_it(run):
    _, lines, _ = run("digest", "preview", "--as", "ana", "--week", "2026-W09", "--now", NOW)
    _, told, _ = run("digest", "preview", "--as", "ana", "--week", "2026-W09", "--json", "--now", NOW)

    assert lines[0] == "Around you since Monday 16 February 2026"
    assert json.loads(told[0])["week"] == "2026-W09"


def test_sending_twice_adds_nothing(commands):
    run = commands()
    alone, everybody, again = (
        run("digest", "send", *who, "--json") for who in (("--as", "ana"), ("--all",), ("--all",))
    )

    counts = [json.loads(lines[0])["queued"] for _, lines, _ in (alone, everybody, again)]
    assert (counts[0], counts[1] > 20, counts[2]) == (1, True, 0)
    assert len(json.loads(run("digest", "preview", "--as", "ana", "--json")[1][0])["items"]) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("preview", "--as", "nobody-here"), "nobody here has the handle nobody-here"),
        (("preview", "--as", "ana", "--week", "next"), "--week: next is not a week. Try 2026-W48"),
        (("preview",), "--as"),
        (("send",), "Say whose digest"),
        (("send", "--all", "--as", "ana"), "Say whose digest"),
        (("send", "--as", "nobody-here"), "nobody here has the handle nobody-here"),
    ],
)
def test_wrong_usage_is_said_and_nothing_is_done(run, arguments, said):
    code, lines, errors = run("digest", *arguments)

    assert (code, lines) == (2, [])
    assert said in errors
