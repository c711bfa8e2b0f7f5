"""What people ask of the company of a million rows: always the same, one word or some, the frequent ones often."""

import random
from itertools import accumulate

from benchmarks.evidence_rows import words

ASKED = 300
WORDS, HOW_OFTEN = (1, 2, 3, 4), (4, 3, 2, 1)
"""How many words a question has, and how often so many."""


def questions() -> list[str]:
    dice, said = random.Random(1848), words()
    often = list(accumulate(1 / rank for rank in range(1, len(said) + 1)))
    return [" ".join(dice.choices(said, cum_weights=often, k=dice.choices(WORDS, HOW_OFTEN)[0])) for _ in range(ASKED)]
