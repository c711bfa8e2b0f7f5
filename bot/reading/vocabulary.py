"""The words for days, months and numbers in English and French, without case and accents."""

import re
from collections.abc import Iterable

from store.names import fold


def _table(*rows: str, start: int) -> dict[str, int]:
    return {word: number for number, row in enumerate(rows, start) for word in row.split()}


# Without `sam` (a name) and `mar` (a month too): the other short forms are safe.
WEEKDAYS = _table(
    "monday mon lundi lun",
    "tuesday tues tue mardi",
    "wednesday weds wed mercredi mer",
    "thursday thurs thur thu jeudi jeu",
    "friday fri vendredi vend ven",
    "saturday sat samedi weekend",
    "sunday sun dimanche dim",
    start=0,
)
MONTHS = _table(
    "january jan janvier janv",
    "february feb fevrier fevr fev",
    "march mar mars",
    "april apr avril avr",
    "may mai",
    "june jun juin",
    "july jul juillet juil",
    "august aug aout",
    "september sept sep septembre",
    "october oct octobre",
    "november nov novembre",
    "december dec decembre",
    start=1,
)
NUMBERS = _table(
    "a an one un une",
    "two deux couple",
    "three trois",
    "four quatre",
    "five cinq",
    "six",
    "seven sept",
    "eight huit",
    "nine neuf",
    "ten dix",
    "eleven onze",
    "twelve douze",
    start=1,
)
ORDINALS = _table(
    "last dernier derniere",
    "",
    "first 1st premier premiere 1er 1ere",
    "second 2nd deuxieme 2e 2eme",
    "third 3rd troisieme 3e 3eme",
    "fourth 4th quatrieme 4e 4eme",
    start=-1,
)

_APOSTROPHES = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-"})
_MARKS = re.compile(r"(?<!\d)[-.,:]|[-.,:](?!\d)|'(?=\d)|[!?;…\"«»“”()]")
_TWO_WORDS = re.compile(r"\b(week|apres) (?=(?:end|midi)s?\b)")


def tidy(text: str) -> str:
    """Folded words with single spaces; of the punctuation only what stands between digits, `/` and `'`."""
    words = _MARKS.sub(" ", fold(text.translate(_APOSTROPHES)))
    return _TWO_WORDS.sub(r"\1", " ".join(words.split()))


def choice(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def number(said: str) -> int:
    """What `3` or `trois` says; raises ValueError for anything else."""
    return NUMBERS[said] if said in NUMBERS else int(said)
