"""An import that is killed and begun again ends as if nothing had happened."""

import asyncio
import json
import os
import random
import signal
import sys
from subprocess import DEVNULL, Popen

from commands import run_on
from company import TENANT
from index_tables import index_of

from store import Store
from store.reindex import reindex

PERSON = "urn:ristretto:person:"
ROWS = 10_000
KILLED_AFTER = 7_000
WORDS = "rust kubernetes review beta pricing déploiement web-server C# terraform atelier release migration".split()


def a_row(dice, n):
    """As an export writes it."""
    who, whom = (f"{PERSON}p{dice.randrange(200)}" for _ in range(2))
    text = " ".join(dice.choices(WORDS, k=5))
    said = {"@context": "https://www.w3.org/ns/activitystreams", "id": f"a{n}"}
    at = f"2026-0{1 + n // 2000}-02T{n // 60 % 24:02}:{n % 60:02}:00.{n + 1:06}Z"
    if n % 10 == 0:
        profile = {"type": "Profile", "describes": who}
        skill = {"object": {"type": "Skill", "name": dice.choice(WORDS)}, "target": profile}
        return {**said, "type": "Add", "actor": who, "published": at, **skill}
    note = {"object": {"type": "Note", "content": text}}
    if n % 3:
        return {**said, "type": "Create", "actor": who, "published": at, **note}
    return {**said, "type": "Offer", "actor": who, "published": at, **note, "target": whom}


def test_ten_thousand_acts_killed_in_the_middle_are_there_once_after_a_second_run(tmp_path):
    dice = random.Random(3)
    rows = sorted((a_row(dice, n) for n in range(ROWS)), key=lambda row: row["published"])
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    file, pipe, url = tmp_path / "acts.jsonl", tmp_path / "pipe", f"sqlite:///{tmp_path}/ristretto.db"
    file.write_text("".join(lines), encoding="utf-8")
    run = run_on(url)

    killed = kill_after(pipe, lines[:KILLED_AFTER], url)
    again = run("import", "activity", str(file))
    once_more = run("import", "activity", str(file))

    [summary] = again.rows
    assert (killed, again.code, summary["read"], summary["refused"]) == (-signal.SIGKILL, 0, ROWS, 0)
    assert summary["unchanged"] + summary["added"] == ROWS
    assert 0 < summary["unchanged"] <= KILLED_AFTER
    assert once_more.rows == [{"read": ROWS, "added": 0, "unchanged": ROWS, "refused": 0}]
    assert run("export", "activity").out == "".join(lines)
    grown, made = asyncio.run(grown_and_made_anew(url))
    assert grown == made != {}


def kill_after(pipe, lines, url):
    """Kills an import that reads these lines, and waits for more, in the middle of its work."""
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "bot.cli", "import", "activity", str(pipe)]
    with Popen(command, env={**os.environ, "RISTRETTO_DATABASE_URL": url}, stdout=DEVNULL) as importing:
        with pipe.open("w", encoding="utf-8") as into:
            into.writelines(lines)
            into.flush()
            importing.kill()
        return importing.wait()


async def grown_and_made_anew(url):
    store = Store(url)
    grown = await store.read(TENANT, index_of)
    await store.write(TENANT, reindex)
    made = await store.read(TENANT, index_of)
    await store.close()
    return grown.lists(), made.lists()
