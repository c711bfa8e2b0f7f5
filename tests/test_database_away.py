"""A database that cannot be used: a sentence of one line and exit code 2, whatever was asked."""

import sqlite3

import pytest
from commands import run_on

SAID = (
    ("db", "upgrade"),
    ("db", "sample"),
    ("export", "activity"),
    ("erase", "ana"),
    ("who-knows", "kubernetes"),
    ("deliveries", "list"),
    ("deliveries", "replay", "--state", "dead"),
    ("jobs", "once", "--at", "2026-03-09T09:00:00Z"),
)


@pytest.fixture(params=["a server that is not there", "a folder", "no database"])
def away(request, tmp_path):
    if request.param == "a server that is not there":
        return "postgresql://nobody@127.0.0.1:1/none"
    path = tmp_path / "some.db"
    path.mkdir() if request.param == "a folder" else path.write_text("Dear diary, " * 1000)
    return f"sqlite:///{path}"


@pytest.mark.parametrize("said", SAID)
def test_a_database_that_is_away_is_said_in_one_line(away, said):
    done = run_on(away)(*said)

    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert done.said[0].startswith("The database cannot be reached: ")
    assert "\n" not in done.said[0]


def test_a_database_that_is_there_is_used(tmp_path):
    run = run_on(f"sqlite:///{tmp_path}/some.db")

    assert [run("db", "upgrade").code, run("db", "sample").code, run("export", "activity").code] == [0, 0, 0]


def test_a_database_that_takes_no_more_writes_is_said_in_one_line(tmp_path):
    run = run_on(f"sqlite:///{tmp_path}/some.db")
    run("db", "sample")
    (tmp_path / "people.csv").write_text("handle\nnew\n")
    with sqlite3.connect(tmp_path / "some.db") as other:
        other.execute("CREATE TRIGGER full BEFORE INSERT ON people BEGIN SELECT raise_(1); END")

    done = run("import", "people", str(tmp_path / "people.csv"))

    assert (done.code, done.out, len(done.said)) == (2, "", 1)
    assert done.said[0].startswith("The database cannot be reached: ")
