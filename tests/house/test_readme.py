"""What the README tells a newcomer is so."""

from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.reading.reader import Reader

README = (Path(__file__).parents[2] / "README.md").read_text()
READER = Reader(phrase for feature in FEATURES for phrase in feature.phrases)


@pytest.mark.parametrize("command", ["make demo", "make test"])
def test_the_two_commands_stand_in_it(command):
    assert command in README


def said() -> list[str]:
    """What the table shows that one can say: everything in backquotes in its two columns of sentences."""
    rows = [line.split("|")[2:4] for line in README.splitlines() if line.startswith("| ") and "`" in line]
    return [text for row in rows for cell in row for text in cell.split("`")[1::2]]


@pytest.mark.parametrize("text", said())
def test_whatever_the_table_shows_is_understood(text):
    assert READER.read(text)


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_every_example_of_a_feature_reaches_it(feature):
    for examples in feature.examples.values():
        for example in examples:
            assert READER.read(example)[0].action in feature.handlers
