"""`ristretto import linkedin|cv|directory|git|contacts`: lines wait for a yes, and hostile files do no harm."""

import asyncio
import os
import struct
import zipfile
from datetime import UTC, datetime

import pytest
from commands import run_on
from company import TENANT
from history import commit, git, repository
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands import archives, cv
from bot.commands import git as git_command
from bot.commands.filetypes import skill_of
from bot.commands.sheets import NoColumns, sheet
from bot.ranking.vocabulary import canonical, named, vocabulary
from store import Store, contacts, holdings, people, suggestions

OCTOBER = datetime(2025, 10, 4, 12, tzinfo=UTC)
SKILLS = "Name\nPython\nKubernetes\n"
POSITIONS = (
    "Company Name,Title,Description,Location,Started On,Finished On\n"
    'Studio,Designer,"Drew things,\nmany of ""them""",Lyon,Oct 2019,Mar 2022\n'
    "Brûlerie,Head of Design,,Paris,Apr 2022,\n"
)


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/ristretto.db"


@pytest.fixture
def run(url, tmp_path):
    """Commands in a company of Ana and Sam."""
    command = run_on(url)
    (tmp_path / "people.csv").write_text("handle,email,title\nana,ana@example.com,\nsam,sam@example.com,Engineer\n")
    command("import", "people", str(tmp_path / "people.csv"))
    return command


@pytest.fixture
def write(tmp_path):
    """A file with this in it, last written on 4 October 2025."""

    def file(name: str, said: str | bytes) -> str:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(said.encode() if isinstance(said, str) else said)
        os.utime(path, (OCTOBER.timestamp(), OCTOBER.timestamp()))
        return str(path)

    return file


@pytest.fixture
def packed(tmp_path):
    """A zip with these members."""

    def file(members: dict[str, str | bytes], name: str = "export.zip") -> str:
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, said in members.items():
                archive.writestr(zipfile.ZipInfo(member, OCTOBER.timetuple()[:6]), said, zipfile.ZIP_DEFLATED)
        return str(tmp_path / name)

    return file


@pytest.fixture
def waiting(url):
    """What waits for a person: kind, text, source and day."""
    return lambda handle="ana": [
        (row["kind"], row["text"], row["source"], row["said_at"].date().isoformat())
        for row in kept(url, suggestions.suggestions, handle)
    ]


def kept(url, table, handle="ana"):
    async def read():
        store = Store(url)
        try:
            whose = await store.read(TENANT, lambda tx: people.of_handles(tx, [handle])[handle].id)
            return await store.read(TENANT, lambda tx: holdings.rows(tx, table, whose))
        finally:
            await store.close()

    return asyncio.run(read())


OF_LINKEDIN = [
    ("position", "Designer, Studio (2019 – 2022)", "linkedin", "2025-10-04"),
    ("position", "Head of Design, Brûlerie (2022 – …)", "linkedin", "2025-10-04"),
    ("skill", "Kubernetes", "linkedin", "2025-10-04"),
    ("skill", "Python", "linkedin", "2025-10-04"),
    ("title", "Head of Design", "linkedin", "2025-10-04"),
]


def test_an_export_as_a_zip_is_offered_and_once_only(run, packed, waiting):
    file = packed({"Skills.csv": SKILLS, "Positions.csv": POSITIONS, "Messages.csv": "secret"})

    done = run("import", "linkedin", file, "--as", "ana")
    again = run("import", "linkedin", file, "--as", "ana")

    assert (done.code, done.rows) == (0, [{"read": 4, "added": 4, "unchanged": 0, "refused": 0}])
    assert again.rows == [{"read": 4, "added": 0, "unchanged": 4, "refused": 0}]
    assert waiting() == OF_LINKEDIN
    assert waiting("sam") == []


def test_whose_an_export_is_can_stand_in_it(run, packed, waiting):
    mails = "Email Address,Confirmed,Primary,Updated On\nsam@example.com,No,No,x\nANA@example.com,Yes,Yes,x\n"

    done = run("import", "linkedin", packed({"Skills.csv": SKILLS, "Email Addresses.csv": mails}))

    assert done.rows == [{"read": 2, "added": 2, "unchanged": 0, "refused": 0}]
    assert len(waiting()) == 2 and waiting("sam") == []


@pytest.mark.parametrize(
    "mails", ["", "Email Address,Confirmed\nana@example.com,No\n", "Email Address\nx@example.com\n"]
)
def test_an_export_of_nobody_known_asks_whose_it_is(run, packed, mails):
    done = run("import", "linkedin", packed({"Skills.csv": SKILLS} | ({"Email Addresses.csv": mails} if mails else {})))

    assert (done.code, done.out) == (2, "")
    assert done.said == ["Say whose export this is, as in: ristretto import linkedin export.zip --as ana"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Skills.csv", SKILLS),
        ("mine.csv", SKILLS),
        ("Skills.csv", "\ufeff" + SKILLS.replace("\n", "\r\n")),
        ("Skills.csv", 'Notes:\n"What this is, and\nmore of it"\n\n' + SKILLS),
        ("Skills.csv", "Endorsed;Name\n3;Python\n1;Kubernetes\n"),
    ],
)
def test_a_single_file_is_taken_whatever_its_form(run, write, waiting, name, said):
    done = run("import", "linkedin", write(name, said), "--as", "ana")

    assert done.rows[0]["added"] == 2
    assert waiting() == OF_LINKEDIN[2:4]


def test_a_folder_is_taken_and_a_single_file_of_positions(run, write, waiting, tmp_path):
    write("export/skills.CSV", SKILLS)
    write("export/Connections.csv", "First Name,Email Address\nLea,lea@example.com\n")

    folder = run("import", "linkedin", str(tmp_path / "export"), "--as", "ana")
    single = run("import", "linkedin", write("jobs.csv", POSITIONS), "--as", "ana")

    assert (folder.rows[0]["added"], single.rows[0]["added"]) == (2, 2)
    assert waiting() == OF_LINKEDIN


BAD_CELLS = {
    "a formula": "=HYPERLINK(1)",
    "a formula with at": "@SUM(A1)",
    "a formula with plus": "+1+cmd",
    "NUL": "a\0b",
    "not UTF-8": b"\xff\xfe",
    "too long": "x" * 61,
    "a huge line": "x" * 1_000_001,
    "only signs": "!!!",
    "empty": '""',
    "too many cells": "a,b,c",
    "bad quotes": '"a"b',
}


def test_bad_lines_are_named_and_the_good_ones_stay(run, write, waiting):
    bad = [said if isinstance(said, bytes) else str(said).encode() for said in BAD_CELLS.values()]
    file = write("Skills.csv", b"\n".join([b"Name", b"Python", *bad, b"Kubernetes", b""]))

    done = run("import", "linkedin", file, "--as", "ana")

    n = len(BAD_CELLS)
    assert (done.code, done.rows) == (1, [{"read": n + 2, "added": 2, "unchanged": 0, "refused": n}])
    assert [said.split(": ")[0] for said in done.said] == [f"{file}:{line}" for line in range(3, n + 3)]
    assert waiting() == OF_LINKEDIN[2:4]


def test_a_quote_that_nobody_closes_costs_its_own_line_alone(run, write):
    file = write("Skills.csv", 'Name\nPython\n"open\n' + "".join(f"Skill {n}\n" for n in range(300)))

    done = run("import", "linkedin", file, "--as", "ana")

    assert done.rows == [{"read": 302, "added": 301, "unchanged": 0, "refused": 1}]
    assert done.said == [f"{file}:3: a quote is opened and not closed"]


def bomb() -> dict[str, str | bytes]:
    return {"Skills.csv": b"Name\nPython\n" + (b" " * 99_999 + b"\n") * (archives.LARGEST_MEMBER // 100_000 + 1)}


def test_what_an_archive_says_of_places_is_not_believed(run, packed, waiting, tmp_path):
    before = sorted(path.name for path in tmp_path.iterdir())

    done = run(
        "import", "linkedin", packed({"../../Skills.csv": SKILLS, "/etc/Positions.csv": POSITIONS}), "--as", "ana"
    )

    assert done.rows[0]["added"] == 4
    assert waiting() == OF_LINKEDIN
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*before, "export.zip"])


def test_an_archive_that_never_ends_is_cut(run, packed):
    done = run("import", "linkedin", packed(bomb()), "--as", "ana")

    assert done.rows == [{"read": 2, "added": 1, "unchanged": 0, "refused": 1}]
    assert "the archive is broken here: more than 50,000,000 bytes when unpacked" in done.said[0]


def test_an_archive_with_too_many_members_is_not_opened(run, packed, monkeypatch, tmp_path):
    file = packed({f"{n}.csv": "" for n in range(9)} | {"Skills.csv": SKILLS})
    said = (tmp_path / "export.zip").read_bytes()
    end = said.rfind(b"PK\x05\x06")
    (tmp_path / "export.zip").write_bytes(said[: end + 12] + struct.pack("<L", 2**31) + said[end + 16 :])

    done = run("import", "linkedin", file, "--as", "ana")

    assert (done.code, done.said) == (2, [f"{file}: it has too many members"])


@pytest.mark.parametrize("seed", range(24))
def test_a_broken_archive_is_said_and_harms_nothing(run, packed, tmp_path, seed):
    file = packed({"Skills.csv": SKILLS * 50, "Positions.csv": POSITIONS})
    said = bytearray((tmp_path / "export.zip").read_bytes())
    place = seed * len(said) // 24
    said[place : place + 8] = bytes((value ^ 0x5A) for value in said[place : place + 8])
    (tmp_path / "export.zip").write_bytes(said if seed % 2 else said[: max(place, 1)])

    done = run("import", "linkedin", file, "--as", "ana")

    assert done.code in (0, 1, 2)
    assert done.code == 0 or done.said


CV = """\
Ana Silva
I go to meetings and make plans; I can rest later.
Skills: Go, k8s, C#, Node.js, PostgreSQL
Expérience : intégration continue, droit des contrats, Figma
Go back and express yourself. In the spring I excel.
"""


def test_a_cv_gives_the_skills_that_are_known_words(run, write, waiting):
    run("import", "activity", write("acts.jsonl", FIGMA))

    done = run("import", "cv", write("cv.txt", CV), "--as", "ana")
    again = run("import", "cv", write("cv.txt", CV), "--as", "ana")

    found = sorted(text for _, text, _, _ in waiting())
    assert done.code == 0 and done.rows[0]["added"] == len(found) == again.rows[0]["unchanged"]
    assert {"C#", "Figma (app)", "Go", "Kubernetes", "Node.js", "PostgreSQL"} <= {*found, "Figma (app)"}
    assert "FIGMA" in found
    assert {"Rest", "Make", "Express", "Spring", "Excel"}.isdisjoint(found)


FIGMA = (
    '{"id":"f","type":"Add","actor":"urn:ristretto:person:sam","published":"2025-01-01T00:00:00Z",'
    '"object":{"type":"Skill","name":"FIGMA"},"target":{"type":"Profile","describes":"urn:ristretto:person:sam"}}\n'
)


@pytest.mark.parametrize("start", cv.NO_TEXT)
def test_a_cv_that_is_no_text_is_refused_with_what_to_do(run, write, start):
    done = run("import", "cv", write("cv.pdf", start + b"\x00\x01"), "--as", "ana")

    assert (done.code, done.out) == (2, "")
    assert "Save it as plain text first" in done.said[0]


def test_a_cv_of_bad_lines_keeps_the_good_ones(run, write, waiting):
    said = b"\xff\xfe Python\nnul \0 Python\n" + b"x" * 1_000_001 + b"\nPostgreSQL\n"

    done = run("import", "cv", write("cv.txt", said), "--as", "ana")

    assert (done.code, done.rows) == (1, [{"read": 4, "added": 1, "unchanged": 0, "refused": 3}])
    assert [text for _, text, _, _ in waiting()] == ["PostgreSQL"]


def test_a_directory_offers_and_sets_nothing(run, write, waiting, url):
    file = write(
        "directory.csv",
        "Email;Job Title;Department;Office;Skills;Manager\n"
        'sam@example.com;Engineer;Platform;"Lyon\n(3rd floor)";Rust (expert), Go;zoe\n'
        "nobody@example.com;x;x;x;x;x\n"
        "ana@example.com;;;;;\n",
    )

    done = run("import", "directory", file)

    assert (done.code, done.rows) == (1, [{"read": 3, "added": 1, "unchanged": 0, "refused": 2}])
    assert done.said == [
        f"{file}:4: nobody here is nobody@example.com",
        f"{file}:5: says nothing",
        f"{file}: ignored columns: manager",
    ]
    assert [line[:2] for line in waiting("sam")] == [
        ("location", "Lyon (3rd floor)"),
        ("skill", "Go"),
        ("skill", "Rust"),
        ("team", "Platform"),
    ]
    assert [row["title"] for row in kept(url, people.people, "sam")] == ["Engineer"]


def test_what_a_person_said_of_themself_is_not_overwritten_by_the_people_file(run, write, tmp_path, url):
    run("import", "activity", write("acts.jsonl", OWN_TITLE))

    done = run("import", "people", str(tmp_path / "people.csv"))

    assert done.rows == [{"read": 2, "added": 0, "unchanged": 2, "refused": 0}]
    assert [row["title"] for row in kept(url, people.people, "sam")] == ["Captain"]


OWN_TITLE = (
    '{"@context":"https://www.w3.org/ns/activitystreams","id":"t","type":"Add","actor":"urn:ristretto:person:sam",'
    '"published":"2025-01-01T00:00:00Z","object":{"type":"PropertyValue","name":"title","value":"Captain"},'
    '"target":{"type":"Profile","describes":"urn:ristretto:person:sam"}}\n'
)


def test_lines_of_a_profile_come_out_as_they_went_in(run, write, tmp_path):
    more = OWN_TITLE.replace('"t"', '"u"').replace('"title"', '"link"').replace("Captain", "https://github.com/sam")
    sourced = more.replace('"u"', '"v"').replace('/sam"}', '/s","source":"linkedin"}')
    gone = sourced.replace('"v"', '"w"').replace('"Add"', '"Remove"').replace('"target"', '"origin"')
    run("import", "activity", write("acts.jsonl", OWN_TITLE + more + sourced + gone))

    out = run("export", "activity").out

    assert out.splitlines() == [
        line.replace(":", ": ")
        .replace("https: //", "https://")
        .replace("urn: ristretto: person: ", "urn:ristretto:person:")
        .replace(",", ", ")
        .replace("00: 00: 00Z", "00:00:00Z")
        for line in (OWN_TITLE + more + sourced + gone).splitlines()
    ]


@pytest.mark.parametrize("command", ["linkedin", "cv", "directory", "contacts", "git"])
def test_a_file_that_is_not_there_is_said_and_nothing_done(run, command, tmp_path):
    whose = [] if command in ("directory", "git") else ["--as", "ana"]

    done = run("import", command, str(tmp_path / "none"), *whose)

    assert (done.code, done.out, len(done.said)) == (2, "", 1)


@pytest.mark.parametrize("command", ["linkedin", "cv", "contacts"])
def test_a_handle_that_nobody_has_is_said_and_nothing_done(run, write, command):
    file = write("x.csv", "Name,email\nPython,x@example.com\n")

    done = run("import", command, file, "--as", "zorro")

    assert (done.code, done.out, done.said) == (2, "", ["Nobody here has the handle zorro."])


@pytest.mark.parametrize("command", ["linkedin", "directory", "contacts"])
def test_a_file_of_something_else_is_said_and_nothing_done(run, write, command):
    whose = [] if command == "directory" else ["--as", "ana"]

    done = run("import", command, write("x.csv", "shoe\n39\n"), *whose)

    assert (done.code, done.out, len(done.said)) == (2, "", 1)


@pytest.fixture
def repo(tmp_path):
    folder = repository(tmp_path / "repo")
    for day in range(1, 5):
        commit(folder, f"Tune the k8s ingress, part {day}", "main.tf", "we ird\n.py", day=f"2025-10-0{day}")
    commit(folder, "Rust once", "once.rs")
    commit(folder, "Add jquery", *(f"node_modules/x/{n}.js" for n in range(3)))
    for n in range(3):
        commit(folder, f"Move everything {n}", *(f"all/{n}/{file}.java" for file in range(git_command.WIDE + 1)))
        commit(folder, f"Query {n}", "q.sql", mail="stranger@example.com")
        commit(folder, f"Page {n}", "page.html", mail="samuel@old.example")
    return folder


OF_GIT = [("skill", name, "git", "2025-10-04") for name in ("Kubernetes", "Python", "Terraform")]


@pytest.mark.parametrize("bare", [False, True])
def test_history_is_offered_to_its_authors_by_mail_and_once_only(run, repo, waiting, tmp_path, bare):
    commit(repo, "Say who is who", ".mailmap")
    (repo / ".mailmap").write_text("Sam <sam@example.com> <samuel@old.example>\n")
    commit(repo, "Say who is who", "x")
    git(tmp_path, "clone", "-q", "--bare", "repo", "bare.git") if bare else None
    path = str(tmp_path / "bare.git") if bare else str(repo)

    done = run("import", "git", path)
    again = run("import", "git", path)

    assert (done.code, done.rows) == (1, [{"read": 5, "added": 4, "unchanged": 0, "refused": 1}])
    assert done.said == [f"{path}:5: nobody here has the mail stranger@example.com (3 commits)"]
    assert again.rows == [{"read": 5, "added": 0, "unchanged": 4, "refused": 1}]
    assert waiting() == OF_GIT
    assert [text for _, text, _, _ in waiting("sam")] == ["HTML"]


def test_more_commits_of_a_line_that_waits_are_counted(run, repo, url):
    run("import", "git", str(repo))
    commit(repo, "More", "main.tf", day="2025-11-02")

    run("import", "git", str(repo))

    rows = {
        row["text"]: (row["amount"], row["said_at"].date().isoformat()) for row in kept(url, suggestions.suggestions)
    }
    assert rows["Terraform"] == (5, "2025-11-02")


def test_a_repository_runs_nothing(run, repo, waiting, tmp_path):
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/caught\n")
    trap.chmod(0o755)
    (repo / ".gitattributes").write_text("* diff=trap\n")
    for name in (
        "core.fsmonitor",
        "core.pager",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "gpg.program",
        "core.sshCommand",
    ):
        git(repo, "config", name, str(trap))
    git(repo, "config", "log.showSignature", "true")

    done = run("import", "git", str(repo))

    assert done.rows[0]["added"] == 3
    assert waiting() == OF_GIT
    assert not (tmp_path / "caught").exists()


def test_a_path_that_looks_like_an_option_is_a_path(run, tmp_path, monkeypatch):
    repository(tmp_path / "--output=caught")
    commit(tmp_path / "--output=caught", "First", "a.py")
    monkeypatch.chdir(tmp_path)

    done = run("import", "git", "--", "--output=caught")

    assert (done.code, done.rows) == (0, [{"read": 0, "added": 0, "unchanged": 0, "refused": 0}])
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("caught")) == []


@pytest.mark.parametrize("what", ["empty", "none"])
def test_what_has_no_history_is_said_in_gits_words(run, tmp_path, what):
    folder = repository(tmp_path / "repo") if what == "empty" else tmp_path
    folder.joinpath(".git/HEAD").write_text("ref: refs/heads/none\n") if what == "empty" else None

    done = run("import", "git", str(folder))

    assert (done.code, done.out) == (2, "")
    assert done.said[0].startswith(f"{folder}: git says: fatal:")


def test_strange_subjects_and_mails_stop_nothing(run, repo, waiting):
    for n, subject in enumerate(
        (
            "\x01ana@example.com",
            "x" * 100_000,
            "\u202e",
            "-",
            "%H%n",
            "\ud83d\udc4d".encode("utf-16", "surrogatepass").decode("utf-16"),
        )
    ):
        commit(repo, subject, f"s{n}", mail=f"a b{n}@example.com\x01")

    assert run("import", "git", str(repo)).rows[0]["added"] == 3
    assert waiting() == OF_GIT


def test_a_person_is_offered_no_more_lines_than_anybody_reads(run, write):
    file = write("Skills.csv", "Name\n" + "".join(f"Skill {n}\n" for n in range(suggestions.MOST + 2)))

    done = run("import", "linkedin", file, "--as", "ana")

    assert done.rows == [{"read": 1002, "added": 1000, "unchanged": 0, "refused": 2}]
    assert done.said[0] == f"{file}:1002: @ana has 1,000 lines already"


VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sam\r\nEMAIL;TYPE=INTERNET,WORK:Sam@exam\r\n ple.com\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Léa\r\nitem1.EMAIL;PREF=1:mailto:lea@example.com\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Nobody\r\nTEL:+33\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nEMAIL:ana@example.com\r\nEND:VCARD\r\n"
)


def test_contacts_are_kept_as_traces_for_their_owner_alone(run, write, url):
    file = write("contacts.vcf", "\ufeff" + VCARD)

    done = run("import", "contacts", file, "--as", "ana")
    again = run("import", "contacts", file, "--as", "ana")

    traces = [row["trace"] for row in kept(url, contacts.contacts)]
    assert done.rows == [{"read": 4, "added": 2, "unchanged": 0, "refused": 2}]
    assert done.said == [f"{file}:{line}: has no mail address of somebody else" for line in (12, 17)]
    assert again.rows == [{"read": 4, "added": 0, "unchanged": 2, "refused": 2}]
    assert len(traces) == 2 and all(len(trace) == 64 for trace in traces)
    assert kept(url, contacts.contacts, "sam") == []
    assert run("export", "person", "ana").rows[0]["contacts"] != []


@pytest.mark.parametrize(
    "said",
    [
        "First Name,E-mail Address\nSam,sam@example.com\nLea,lea@example.com\n",
        "Name,E-mail 1 - Value\nSam,sam@example.com ::: s@example.com\nLea,lea@example.com\n",
        'Notes:\n"Only some, \nallow this"\n\nFirst Name,Email Address\nSam,sam@example.com\nLea,lea@example.com\n',
    ],
)
def test_contacts_come_from_csv_too(run, write, said):
    done = run("import", "contacts", write("contacts.csv", said), "--as", "ana")

    assert done.rows == [{"read": 2, "added": 2, "unchanged": 0, "refused": 0}]


HOSTILE_CARDS = (
    "BEGIN:VCARD\n" * 50,
    "BEGIN:VCARD\nEMAIL:" + "a@example.com," * 10_000 + "\nEND:VCARD\n",
    "BEGIN:VCARD\nEMAIL" + ";x" * 100_000 + ":a@example.com\nEND:VCARD\n",
    "BEGIN:VCARD\nNOTE:x\n" + " y\n" * 20_000 + "END:VCARD\n",
    "BEGIN:VCARD\nEMAIL:=cmd|' /C calc'!A0\nEND:VCARD\n",
    "BEGIN:VCARD\nEMAIL:<!channel>@example.com\nEND:VCARD\n",
    "BEGIN:VCARD\nEMAIL:a@b\nEND:VCARD\n",
)


@pytest.mark.parametrize("said", HOSTILE_CARDS)
def test_a_hostile_card_is_refused_and_a_good_one_stays(run, write, said):
    good = "BEGIN:VCARD\nEMAIL:sam@example.com\nEND:VCARD\n"

    done = run("import", "contacts", write("contacts.vcf", said + good), "--as", "ana")

    assert (done.code, done.rows[0]["added"]) == (1, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), max_size=12), st.sampled_from(",;\t"))
def test_any_lines_are_read_as_records_or_named(cells, separator):
    lines = [(1, f"name{separator}x\n"), *((n, f"{cell}\n") for n, cell in enumerate(cells, 2))]

    rows = list(sheet(iter(lines), ["name"]))

    assert [number for number, _ in rows] == sorted({number for number, _ in rows})
    assert all(isinstance(row, str) or set(row) <= {"name", "x"} for _, row in rows)


def test_a_sheet_without_the_columns_is_none():
    with pytest.raises(NoColumns):
        list(sheet(iter([(1, "a,b\n"), (2, "name,c\n")][:1]), ["name"]))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_text_names_only_what_stands_in_the_vocabulary(text):
    words = vocabulary(["Figma", "C#", "R"])

    found = named(text, words)

    known = {entry.key for entry in words.entries.values()}
    assert set(found) <= known
    assert all(canonical(name) == key for key, name in found.items())


def test_files_tell_languages():
    said = ("a/Dockerfile", "x.TF", "vendor/a.go", "go.mod", ".github/workflows/ci.yml", "notes.txt", "", ".py")

    assert list(map(skill_of, said)) == ["Docker", "Terraform", "", "Go", "GitHub Actions", "", "", ""]
