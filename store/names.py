"""How names are compared: without case, accents, invisible characters or spare spaces."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cf", "Co", "Cs"}
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u02bc": "'"})
_CONTROL = {code: None for code in (*range(32), 127) if not chr(code).isspace()}
_SPACES = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text without control, direction and other invisible characters but the joiner inside an emoji."""
    if text.isprintable():
        return text
    return "".join(c for c in text if c in "\n\t \u200d" or unicodedata.category(c) not in _INVISIBLE)


def clean(text: str) -> str:
    """The text as a person meant it: visible, with single spaces."""
    if text.isascii():
        return " ".join(text.translate(_CONTROL).split())
    kept = "".join(c for c in text if c.isspace() or c == "\u200d" or unicodedata.category(c) not in _INVISIBLE)
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def fold(text: str) -> str:
    """The key under which a name is kept and found: `Léa  MARTIN` is `lea martin`, `C#` stays `c#`."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = (
        unicodedata.normalize("NFKD", clean(text).casefold()).casefold().translate(_STRAIGHT)
    )  # 𝓐 has no case until it is an A
    return _SPACES.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()
