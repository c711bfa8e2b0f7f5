"""Corrects words that nobody uses: the most frequent word one letter away is meant."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from string import ascii_lowercase, digits

SHORTEST = 4
"""Letters of a word that may be corrected."""
_LETTERS = ascii_lowercase + digits


def correct(
    terms: Sequence[str], unknown: Iterable[str], frequencies: Callable[[set[str]], Mapping[str, int]]
) -> dict[str, str]:
    """From each unknown word that can be corrected to what is meant. `frequencies`: how often words are used."""
    wanted = {term: neighbours(term) for term in dict.fromkeys(terms) if term in unknown and len(term) >= SHORTEST}
    used = frequencies(set().union(*wanted.values())) if wanted else {}
    close = {term: sorted(near & used.keys(), key=lambda word: (-used[word], word)) for term, near in wanted.items()}
    return {term: found[0] for term, found in close.items() if found}


def neighbours(word: str) -> set[str]:
    """Every word that one letter left out, added, changed, or two exchanged make of it."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {head + tail[1:] for head, tail in cuts if tail}
    exchanged = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    changed = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _LETTERS}
    added = {head + letter + tail for head, tail in cuts for letter in _LETTERS}
    return (left_out | exchanged | changed | added) - {word}
