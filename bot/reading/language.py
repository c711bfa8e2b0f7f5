"""Whether a sentence is English or French, when that is clear."""

import re

from bot.reading.folded import fold_text

_WORD = re.compile(r"[\w']+")
_ENGLISH = frozenset(
    "the an and or is are was what who when where how why of to in on with for my me i you your this that does do "
    "did it from about which any can could please thanks every".split()
)
_FRENCH = frozenset(
    "le la les un une des du de et ou est sont qui que quoi quand comment pourquoi au aux en avec pour mon ma mes moi "
    "je vous votre ce cette sur dans sous il elle on ne pas plus chaque tous toutes merci sait connait".split()
)
_ELIDED = re.compile(r"\b(?:l|d|j|c|n|s|m|t|qu)'\w")


def guess(text: str) -> str:
    """`en`, `fr`, or empty."""
    folded = fold_text(text).text
    words = _WORD.findall(folded)
    french = sum(word in _FRENCH for word in words) + len(_ELIDED.findall(folded))
    english = sum(word in _ENGLISH for word in words)
    if french == english:
        return ""
    return "fr" if french > english else "en"
