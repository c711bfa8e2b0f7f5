"""`ristretto import` and `export activity`: what scripts rely on, and what hostile files cannot do."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from commands import run_on
from company import TENANT

from store import Store, outbox, people
from store.base import Transaction

RANKING = Path(__file__).parents[2] / "shared/data/ranking"
PERSON = "urn:ristretto:person:"
THANKS: dict[str, Any] = {
    "@context": "https://www.w3.org/ns/activitystreams",
    "id": "a1",
    "type": "Offer",
    "actor": f"{PERSON}ana",
    "published": "2026-03-02T09:00:00Z",
    "object": {"type": "Note", "content": "the demo"},
    "target": f"{PERSON}sam",
}
PROFILE = {"type": "Profile", "describes": f"{PERSON}ana"}
ACTS: tuple[dict[str, Any], ...] = (
    THANKS,
    THANKS | {"id": "a2"},
    THANKS | {"id": "a6", "object": {"type": "Note", "content": "", "url": "https://x.example/p1"}},
    THANKS | {"id": "a3", "target": [f"{PERSON}sam", f"{PERSON}lea"], "tag": [{"type": "Hashtag", "name": "#team"}]},
    THANKS | {"id": "a4", "actor": {"type": "Application", "name": "Bonusly"}, "audience": f"{PERSON}sam"},
    THANKS
    | {"id": "a5", "audience": "urn:ristretto:place:slack:G1", "type": "Like", "inReplyTo": "https://x.example/1"},
    {
        **THANKS,
        "id": "b1",
        "type": "Add",
        "object": {"type": "Skill", "name": "C#", "level": "expert"},
        "target": PROFILE,
    },
    {**THANKS, "id": "b2", "type": "Create", "context": {"type": "Project", "name": "apollo"}},
    {**THANKS, "id": "b3", "type": "Update", "object": {"type": "Project", "name": "apollo", "owner": f"{PERSON}lea"}},
    {**THANKS, "id": "b4", "type": "Follow", "object": {"type": "Person", "name": "sam"}},
    {**THANKS, "id": "b5", "type": "Travel", "object": {"type": "Place", "name": "Lyon"}},
)


@pytest.fixture
def run(database_url):
    return run_on(database_url)


@pytest.fixture
def write(tmp_path):
    """A file of these lines: objects as JSON, anything else as it stands."""

    def file(name: str, *lines: object) -> str:
        path = tmp_path / name
        said = [line if isinstance(line, str | bytes) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_bytes(b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in said))
        return str(path)

    return file


@pytest.fixture
def everybody(database_url):
    """All people there are, by handle."""
    return lambda: look(database_url, people.everybody)


def look(url: str, work: Callable[[Transaction], Any]) -> Any:
    async def read() -> Any:
        store = Store(url)
        try:
            return await store.read(TENANT, work)
        finally:
            await store.close()

    return asyncio.run(read())


def test_acts_go_in_and_come_out_the_same(run, write, tmp_path):
    done = run("import", "activity", write("acts.jsonl", *ACTS))
    first = run("export", "activity").out

    (tmp_path / "again.jsonl").write_text(first)
    elsewhere = run_on(f"sqlite:///{tmp_path}/elsewhere.db")
    back = elsewhere("import", "activity", str(tmp_path / "again.jsonl"))
    assert (done.code, done.rows) == (0, [{"read": 11, "added": 11, "unchanged": 0, "refused": 0}])
    assert (back.code, elsewhere("export", "activity").out) == (0, first)
    told = {row["id"]: row for row in map(json.loads, first.splitlines())}
    assert list(told) == sorted(told)
    assert told["a1"] == {name: told["a1"][name] for name in THANKS} == {**THANKS, "target": f"{PERSON}sam"}
    assert told["a3"]["target"] == [f"{PERSON}sam", f"{PERSON}lea"]
    assert told["a4"]["audience"] == f"{PERSON}sam"
    assert told["a6"]["object"] == ACTS[2]["object"]
    assert told["b5"]["object"] == {"type": "Place", "name": "Lyon"}


def test_the_development_collection_keeps_every_row(run, tmp_path):
    if not RANKING.exists():
        pytest.skip(f"the development collection is not at {RANKING}")
    rows = len((RANKING / "activity.jsonl").read_text().splitlines())
    run("import", "people", str(RANKING / "people.jsonl"))

    done = run("import", "activity", str(RANKING / "activity.jsonl"))
    first = run("export", "activity").out

    (tmp_path / "first.jsonl").write_text(first)
    elsewhere = run_on(f"sqlite:///{tmp_path}/elsewhere.db")
    elsewhere("import", "activity", str(tmp_path / "first.jsonl"))
    assert (done.code, done.rows[0]["added"], first.count("\n")) == (0, rows, rows)
    assert elsewhere("export", "activity").out == first


def test_an_act_is_known_by_its_id_alone(run, write):
    run("import", "activity", write("acts.jsonl", THANKS))

    done = run(
        "import", "activity", write("more.jsonl", THANKS | {"published": "2025-01-01T00:00:00Z"}, THANKS | {"id": "z"})
    )

    assert done.rows == [{"read": 2, "added": 1, "unchanged": 1, "refused": 0}]
    assert [row["published"] for row in run("export", "activity").rows] == [THANKS["published"]] * 2


def test_an_undo_takes_its_act_away_wherever_it_stands(run, write):
    undo = {**THANKS, "id": "u1", "type": "Undo", "object": "a1"}
    lines = (THANKS, THANKS | {"id": "a2"}, undo)

    done = run("import", "activity", write("acts.jsonl", *lines))
    again = run("import", "activity", write("acts.jsonl", *lines))

    assert done.rows == [{"read": 3, "added": 3, "unchanged": 0, "refused": 0}]
    assert again.rows == [{"read": 3, "added": 0, "unchanged": 3, "refused": 0}]
    assert [row["id"] for row in run("export", "activity").rows] == ["a2"]


def test_whoever_is_not_known_becomes_a_person_and_nobody_is_told(run, write, everybody, database_url):
    run("import", "activity", write("acts.jsonl", *ACTS))

    found = everybody()
    waiting = look(database_url, outbox.count)
    assert [(one.handle, one.name, one.started_at) for one in found] == [(h, h, None) for h in ("ana", "lea", "sam")]
    assert sum(waiting.values()) == 0


def test_no_rule_of_conversation_applies(run, write):
    acts = [THANKS | {"id": f"n{n}", "target": f"{PERSON}ana", "object": {"type": "Note"}} for n in range(60)]

    assert run("import", "activity", write("acts.jsonl", *acts)).rows[0]["added"] == 60


BAD = {
    "not a line of JSON": "{",
    "an array": "[1, 2]",
    "a number": "7",
    "not UTF-8": b'{"id": "x", "type": "Offer", "actor": "\xff\xfe"}',
    "a lone surrogate": '{"id": "\\ud800"}',
    "NUL": THANKS | {"id": "nul", "object": {"type": "Note", "content": "a\0b"}},
    "NUL in an id": THANKS | {"id": "a\0b"},
    "no number": '{"id": "nan", "type": "Travel", "object": NaN}',
    "deep": "[" * 100_000,
    "deep within": '{"id": "d", "object": ' + "[" * 500 + "]" * 500 + "}",
    "huge": THANKS | {"id": "huge", "object": {"type": "Note", "content": "x" * 1_000_001}},
    "a huge id": THANKS | {"id": "x" * 5000},
    "a huge skill": {**ACTS[6], "id": "s", "object": {"type": "Skill", "name": "x" * 5000}},
    "a huge application": THANKS | {"id": "h", "actor": {"type": "Application", "name": "x" * 5000}},
    "a huge place": THANKS | {"id": "h", "audience": "urn:ristretto:place:" + "x" * 5000},
    "no handle": THANKS | {"id": "x", "actor": PERSON},
    "a handle with spaces": THANKS | {"id": "x", "actor": f"{PERSON}a b"},
    "a strange actor": THANKS | {"id": "x", "actor": "https://example.com/ana"},
    "before time": THANKS | {"id": "x", "published": "0001-01-01T00:00:00+14:00"},
    "after time": THANKS | {"id": "x", "published": "9999-12-31T23:59:59.999999Z"},
    "a level that is none": {**ACTS[6], "id": "x", "object": {"type": "Skill", "name": "Go", "level": ["expert"]}},
    "a wish that is none": {**ACTS[6], "id": "x", "object": {"type": "Skill", "name": "Go", "wish": "yes"}},
    "a skill without a name": {**ACTS[6], "id": "x", "object": {"type": "Skill", "name": {"en": "Go"}}},
    "a project without a name": {**ACTS[8], "id": "x", "object": {"type": "Project", "name": "#"}},
    "a place that is none": THANKS | {"id": "x", "location": {"type": "Place", "id": 7}},
    "thanks to nobody": {name: value for name, value in THANKS.items() if name != "target"} | {"id": "x"},
    "thanks to an empty list": THANKS | {"id": "x", "target": []},
    "a type that is none": THANKS | {"id": "x", "type": "Frobnicate"},
    "a day that is none": THANKS | {"id": "x", "published": "2026-02-30T09:00:00Z"},
    "no time": THANKS | {"id": "x", "published": "yesterday"},
    "an audience that is none": THANKS | {"id": "x", "audience": 5},
    "an audience without an id": THANKS | {"id": "x", "to": [{"type": "Group"}]},
    "a context that is none": {**ACTS[7], "id": "x", "context": [7]},
    "nothing done": THANKS | {"id": "x", "object": None},
}


def test_bad_rows_are_named_and_the_good_ones_stay(run, write, everybody):
    file = write("acts.jsonl", THANKS, "", *BAD.values(), THANKS | {"id": "a2"})

    done = run("import", "activity", file)

    n = len(BAD)
    assert (done.code, done.rows) == (1, [{"read": n + 2, "added": 2, "unchanged": 0, "refused": n}])
    assert [said.split(": ")[0] for said in done.said] == [f"{file}:{line}" for line in range(3, n + 3)]
    assert max(map(len, done.said)) < len(file) + 200
    assert [row["id"] for row in run("export", "activity").rows] == ["a1", "a2"]
    assert [one.handle for one in everybody()] == ["ana", "sam"]


@pytest.mark.parametrize("name", BAD)
def test_each_bad_row_is_bad_by_itself(write, name, tmp_path):
    done = run_on(f"sqlite:///{tmp_path}/one.db")("import", "activity", write("acts.jsonl", BAD[name], THANKS))

    assert (done.code, done.rows[0]["added"], done.rows[0]["refused"]) == (1, 1, 1)


PLACE = "urn:ristretto:place:slack:G1"


@pytest.mark.parametrize("field", ["audience", "to"])
@pytest.mark.parametrize("said", [PLACE, [PLACE], {"type": "Group", "id": PLACE}, [None, {"id": PLACE}]])
def test_what_is_private_stays_so_however_its_audience_is_written(run, write, field, said):
    public = THANKS | {"id": "a2", "object": {"type": "Note", "content": "the open talk"}}
    secret = THANKS | {field: said, "object": {"type": "Note", "content": "the hidden reorganisation"}}

    run("import", "activity", write("acts.jsonl", secret, public))

    told = {row["id"]: row.get("audience") for row in run("export", "activity").rows}
    assert told == {"a1": PLACE, "a2": None}
    assert "@sam" in run("who-knows", "talk").out
    assert "@sam" not in run("who-knows", "reorganisation").out


@pytest.mark.parametrize("said", ["", None, [], "as:Public", "Public", [PLACE, {"id": "as:Public"}]])
def test_what_names_the_public_or_nobody_is_for_everybody(run, write, said):
    run("import", "activity", write("acts.jsonl", THANKS | {"audience": said}))

    assert ["audience" in row for row in run("export", "activity").rows] == [False]


WRONG: tuple[object, ...] = (None, 7, True, [], {}, [[]], {"a": 1}, "", "\u202e", "🙂" * 300)
FIELDS = "id type actor published object target audience to tag context location generator inReplyTo origin".split()
INNER = "type name content level wish owner startTime endTime state next blocked".split()


def test_wrong_types_in_every_field_stop_nothing(run, write):
    outer = [
        {**act, "id": f"{act['id']}-{field}-{n}", field: wrong}
        for act in ACTS
        for field in FIELDS
        for n, wrong in enumerate(WRONG)
    ]
    inner = [
        {**act, "id": f"{act['id']}-in-{field}-{n}", "object": {**act["object"], field: wrong}}
        for act in ACTS
        for field in INNER
        for n, wrong in enumerate(WRONG)
    ]

    done = run("import", "activity", write("acts.jsonl", *outer, *inner, THANKS | {"id": "control"}))

    [summary] = done.rows
    assert done.code == 1
    assert summary["read"] == len(outer + inner) + 1 == sum(summary[name] for name in ("added", "unchanged", "refused"))
    assert len(done.said) == summary["refused"]
    assert "control" in [row["id"] for row in run("export", "activity").rows]
    assert run("who-knows", "demo").code == 0


def test_people_come_from_csv_with_columns_in_any_order(run, write, everybody):
    file = write("people.csv", "shoe,name,Handle,email", "39,Léa Martin,@Lea,LEA@example.com", "40,,bob,")

    done = run("import", "people", file)

    found = everybody()
    assert (done.code, done.rows) == (0, [{"read": 2, "added": 2, "unchanged": 0, "refused": 0}])
    assert done.said == [f"{file}: ignored columns: shoe"]
    assert [(one.handle, one.name, one.email) for one in found] == [
        ("bob", "bob", ""),
        ("lea", "Léa Martin", "lea@example.com"),
    ]


def test_people_come_from_json_lines_and_are_completed(run, write, everybody):
    run("import", "people", write("people.csv", "\ufeffhandle;team", "lea;Design", "bob;Sales"))
    file = write(
        "people.jsonl", {"shoe": 39, "name": "Léa", "handle": "lea"}, {"handle": "bob"}, {"handle": "zoe", "x": 1}
    )

    done = run("import", "people", file)

    lea = next(one for one in everybody() if one.handle == "lea")
    assert done.rows == [{"read": 3, "added": 2, "unchanged": 1, "refused": 0}]
    assert done.said == [f"{file}: ignored columns: shoe", f"{file}: ignored columns: x"]
    assert (lea.name, lea.team) == ("Léa", "Design")


def test_bad_lines_of_csv_are_named_and_the_good_ones_stay(run, write):
    bad = (
        *(",nobody", '"open,x', "a b,x", "@,x", "x,y,z", "x" * 81, b"\xff,x", "a\0b,x", f"long,{'x' * 201}"),
        "big," + "x" * 1_000_001,
    )
    file = write("people.csv", "handle,name", "lea,Léa", *bad, 'bob,"Bob, the builder"')

    done = run("import", "people", file)

    assert (done.code, done.rows) == (1, [{"read": 12, "added": 2, "unchanged": 0, "refused": 10}])
    assert [said.split(": ")[0] for said in done.said] == [f"{file}:{line}" for line in range(3, 13)]


def test_a_cell_in_quotes_may_hold_anything(run, write, everybody):
    file = write(
        "people.csv", "handle;name", 'lea;"Léa; la', 'grande"', 'bob;"Bob ""the', "", 'man"" B"', "zoe;Zoé\u2028P"
    )

    done = run("import", "people", file)

    assert (done.code, done.rows[0]["added"]) == (0, 3)
    assert [one.name for one in everybody()] == ['Bob "the man" B', "Léa; la grande", "Zoé P"]


def test_a_quote_that_never_ends_costs_one_row(run, write, everybody):
    file = write("people.csv", "handle,name", 'lea,"Léa', *(f"p{n},Person {n}" for n in range(50)))

    done = run("import", "people", file)

    assert done.said == [f"{file}:2: not a line of CSV: a quote is never closed"]
    assert (done.code, done.rows) == (1, [{"read": 51, "added": 50, "unchanged": 0, "refused": 1}])
    assert "lea" not in {one.handle for one in everybody()}


def test_text_is_read_whatever_its_line_ends_and_marks(run, tmp_path, everybody):
    text = "handle,name\r\nlea,Léa\r\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (tmp_path / "people.csv").write_bytes(text.replace("lea", encoding).encode(encoding))

        assert run("import", "people", str(tmp_path / "people.csv")).rows[0]["added"] == 1

    assert {one.name for one in everybody()} == {"Léa"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"\x1f\x8b\x08\x00", " is compressed; unpack it first."), (b"PK\x03\x04", " is no text; save it as")],
    ids=["gzip", "zip"],
)
@pytest.mark.parametrize("what", ["people", "activity"])
def test_what_is_no_text_is_refused_whole(run, tmp_path, what, content, sentence):
    file = tmp_path / "some.csv"
    file.write_bytes(content)

    done = run("import", what, str(file))

    assert (done.code, done.out, done.said[0].startswith(f"{file}{sentence}")) == (2, "", True)


def test_two_columns_of_one_name_are_refused_whole(run, write):
    file = write("people.csv", "handle,name,Name", "lea,Léa,Lea")

    done = run("import", "people", file)

    assert (done.code, done.out, done.said) == (2, "", [f"{file}: there are two columns named name"])


VALUES: tuple[object, ...] = (7, [], {"a": 1}, True)


def test_wrong_types_in_a_person_are_refused(run, write):
    wrong: list[object] = [{"handle": "bob", field: value} for field in ("handle", "name", "email") for value in VALUES]
    file = write("people.jsonl", {"handle": "lea"}, *wrong)

    done = run("import", "people", file)

    assert (done.code, done.rows[0]) == (1, {"read": 13, "added": 1, "unchanged": 0, "refused": 12})
    assert done.said[0] == f"{file}:2: handle is not a text"


def test_the_pilot_group_has_started(run, write, everybody):
    file = write("people.csv", "handle", "lea")
    run("import", "people", file)
    before = everybody()

    run("import", "people", file, "--pilot")

    after = everybody()
    assert [one.started_at for one in before] == [None]
    assert [one.started_at is not None for one in after] == [True]


@pytest.mark.parametrize("what", ["people", "activity"])
def test_a_file_that_is_not_there_is_said_and_nothing_done(run, what, tmp_path):
    done = run("import", what, str(tmp_path / "none"))

    assert (done.code, done.out, done.said) == (2, "", [f"{tmp_path / 'none'}: No such file or directory"])


def test_people_without_handles_are_refused_whole(run, write):
    file = write("people.csv", "name,email", "Léa,lea@example.com")

    done = run("import", "people", file)

    assert (done.code, done.out, done.said) == (2, "", [f"{file}: a people file needs a column named handle"])


@pytest.mark.parametrize("command", [("import", "activity"), ("export", "activity"), ("export", "person"), ("erase",)])
def test_what_is_json_already_takes_json_too(tmp_path, command):
    file = tmp_path / "acts.jsonl"
    file.write_text(json.dumps(THANKS) + "\n")
    plain, asked = (run_on(f"sqlite:///{tmp_path}/{name}.db") for name in ("plain", "asked"))
    for run in (plain, asked):
        run("import", "activity", str(file))
    about = {"import": str(file), "erase": "ana"}.get(command[0], "ana" if command[-1] == "person" else "")
    said = [*command, *filter(None, [about])]

    without, with_it = plain(*said), asked(*said, "--json")

    assert (with_it.code, [sorted(row) for row in with_it.rows]) == (0, [sorted(row) for row in without.rows])
