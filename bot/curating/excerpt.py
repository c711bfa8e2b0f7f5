"""Excerpts: so short that a whole digest is read in two minutes."""

SPEED, MINUTES = 200, 2
"""Words a minute that nearly everybody reads."""
WORDS, CHARACTERS = 36, 260
"""Of one item; beside them stand a name, a reason and a frame of some fifteen words."""
ENDS = ".!?…"


def excerpt(text: str, words: int = WORDS, characters: int = CHARACTERS) -> str:
    """The text, or its beginning and `…` where it is longer."""
    said = text.split()
    short = " ".join(said[:words])
    if len(short) > characters:
        short = short[:characters].rsplit(" ", 1)[0] if " " in short[:characters] else short[:characters]
    return short if len(said) <= words and len(short) == len(" ".join(said)) else f"{short.rstrip(' ,;:.')}…"


def sentence(text: str) -> str:
    """The text with a full stop, where another sentence follows."""
    return text if text.endswith(tuple(ENDS)) else f"{text}."
