"""Near misses: a sentence that would be understood but for one mistyped word."""

import re
from collections.abc import Collection, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.reading.folded import fold_text

SHORTEST = 4
"""Letters of a word that may be mistyped; a shorter one is too often another word."""
LONG = 8
"""From this length on two slips are forgiven."""
WORDS = 6
"""So many words are looked into: commands stand at the beginning."""
LONGEST = 400
"""A longer text is no mistyped command."""
_WORD = re.compile(r"(?<![@#\w])[^\W\d_][\w'-]*")


def corrections(text: str, known: Collection[str]) -> Iterator[str]:
    """The text with one of its words, unknown as it stands, replaced by a known one; the likeliest first."""
    if len(text) > LONGEST:
        return
    folded = fold_text(text)
    found: list[tuple[int, str]] = []
    for place, match in enumerate(_WORD.finditer(folded.text)):
        word = match.group()
        if place == WORDS:
            break
        if len(word) < SHORTEST or word in known:
            continue
        slips = 2 if len(word) >= LONG else 1
        for meant, distance, _ in process.extract(word, known, scorer=OSA.distance, score_cutoff=slips, limit=5):
            start, end = folded.origin[match.start()], folded.origin[match.end() - 1] + 1
            found.append((distance, text[:start] + meant + text[end:]))
    yield from (corrected for _, corrected in sorted(found, key=lambda one: one[0]))
