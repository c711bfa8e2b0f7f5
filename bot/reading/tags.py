"""Tags in a sentence: those at its end are cut off, one in its middle stays as a word."""

import re

_TAG = re.compile(r"(?<![\w&/#])#(\w[\w-]*)")
_TRAILING = re.compile(r"(?:\s*(?<![\w&/#])#\w[\w-]*)+[\s.!]*$")


def read_tags(text: str, said: str = "") -> tuple[str, tuple[str, ...]]:
    """The text without its tags, and the tags without `#`, each once, those `said` apart from the text first."""
    if "#" not in text:
        return text.strip(), tuple(dict.fromkeys(_TAG.findall(said)))
    tags = tuple(dict.fromkeys(_TAG.findall(f"{said} {text}")))
    bare = _TRAILING.sub("", text)
    return (_TAG.sub(r"\1", bare) if "#" in bare else bare).strip(), tags
