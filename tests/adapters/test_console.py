"""The console, driven at its wire: lines in, blocks out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

NOW = "2026-11-25T10:00:00+01:00"
RISTRETTO = Path(sys.executable).with_name("ristretto")


def chat(lines: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [str(RISTRETTO), "chat", "--sample", "--now", NOW, *options]
    return subprocess.run(command, input=lines, capture_output=True, text=True, timeout=120, check=False)


def test_each_line_gives_one_block_and_what_others_are_sent():
    done = chat("kudos @sam for the demo\n\nthanks!\nlea> merci @ana pour la revue\n")

    assert done.returncode == 0
    assert done.stdout == (
        "You thanked @sam: the demo\n"
        "Everyone in the company can see it. You can thank 19 more times this week.\n"
        "[Undo]\n"
        "-> sam: @ana thanked you: the demo\n"
        "\n"
        "\n"
        "Vous avez remercié @ana\u00a0: la revue\n"
        "Toute l’entreprise peut le voir. Il vous reste 19 mercis à donner cette semaine.\n"
        "[Annuler]\n"
        "-> ana: @lea thanked you: la revue\n"
        "\n"
    )


def test_a_line_that_is_a_label_clicks_the_button():
    done = chat("kudos @sam for the demo\nUndo\nUndo\n")

    assert done.stdout.split("\n\n")[1:3] == [
        "Taken back: your thanks to @sam.",
        "There is nothing to take back: you said nothing to me in the last five minutes.",
    ]


def test_a_label_is_clicked_as_a_keyboard_types_it():
    done = chat("qui connaît teraformm ?\nVouliez-vous dire Terraform ?\nVouliez-vous dire Kafka ?\n", "--as", "lea")
    _, clicked, other, _ = done.stdout.split("\n\n")

    assert clicked.startswith("Qui s’y connaît\N{NO-BREAK SPACE}: Terraform\n")
    assert other.startswith("Je n’ai pas compris.")


def test_an_unknown_speaker_is_refused_and_the_next_line_goes_on():
    done = chat("zork> hello\nkudos @sam for the demo\n")

    assert done.stdout.split("\n\n")[0] == "I know nobody called “zork”. Try the whole name, or mention them with @."
    assert "You thanked @sam" in done.stdout


def test_json_lines_say_what_was_understood():
    done = chat("kudos @sam for the demo\nok, see you\n", "--json")

    assert list(map(json.loads, done.stdout.splitlines())) == [
        {
            "as": "ana",
            "text": "kudos @sam for the demo",
            "action": "kudos.give",
            "reply": "You thanked @sam: the demo\n"
            "Everyone in the company can see it. You can thank 19 more times this week.\n[Undo]",
            "buttons": ["Undo"],
            "sent": [{"to": "sam", "text": "@ana thanked you: the demo"}],
        },
        {"as": "ana", "text": "ok, see you", "action": "none", "reply": "", "buttons": [], "sent": []},
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "\n\n",
        "\x00\n",
        "\ufffc\n",
        "x" * 100_000 + "\n",
        "\udce9\n".encode("utf-8", "surrogateescape").decode("latin-1"),
    ],
)
def test_odd_input_ends_well(lines):
    done = chat(lines)

    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


def test_a_terminal_shows_the_digest_first_then_what_to_try():
    mine, theirs = os.openpty()
    os.write(mine, b"projects\n\x04")

    command = [str(RISTRETTO), "chat", "--sample", "--now", NOW]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, timeout=120, check=False)

    os.close(theirs)
    os.close(mine)
    assert (done.returncode, done.stderr) == (0, "")
    places = [
        done.stdout.find(said) for said in ("as it comes every Monday", "Around you since", "Now try", "Projects,")
    ]
    assert -1 not in places and places == sorted(places)


def test_where_nobody_is_yet_it_says_how_to_bring_people_in(tmp_path):
    url = f"sqlite:///{tmp_path}/empty.db"
    command = [str(RISTRETTO), "chat"]

    done = subprocess.run(
        command,
        input="digest\n",
        env=os.environ | {"RISTRETTO_DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.stdout == (
        "I know nobody here. Bring people in with ristretto import people people.csv, "
        "or try the sample company with ristretto chat --sample.\n\n"
    )
