"""Tags in a sentence: those at its end are cut off, one in its middle stays as a word."""

import re

_TAG = re.compile(r"(?<![\w&/#])#(\w[\w-]*)")
_TRAILING = re.compile(r"(?:\s*(?<![\w&/#])#\w[\w-]*)+[\s.!]*$")


def read_tags(text: str, said: str = "") -> tuple[str, tuple[str, ...]]:
    """The text without its tags, and the tags without `#`, each once, those `said` apart from the text first."""
    tags = tuple(dict.fromkeys(_TAG.findall(f"{said} {text}")))
    return _TAG.sub(r"\1", _TRAILING.sub("", text)).strip(), tags
