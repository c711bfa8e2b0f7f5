"""What a question is about where no phrase fits it: a name and some words around it, in any order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from bot.reading.folded import fold_text
from bot.request import MENTION
from store.terms import STOP

MOST = 16
"""A question of more words is about more than one thing."""
_PART = re.compile(r"\{(\w+)\}|\(([^()]*)\)|(\S+)")
_WORD = re.compile(rf"{MENTION}|[#@]?\w[\w.+'-]*")
_ASKS = re.compile(
    r".*\?\s*$|\s*(?:and |et |but |mais |so |alors )?(?:who|whom|whose|which|what|when|where|how|is|are|does|do|did|has"
    r"|have|any|(?:show|tell|give) (?:me|us)|list|qui|que|quoi|quels?|quelles?|quand|ou|comment|combien|est-ce"
    r"|(?:montre|dis|donne)[rz]?-(?:moi|nous)|liste|sur quoi|a quoi|en quoi|avec qui|dans quel)\b"
    r"|.*-t-(?:il|elle|on)\b",
    re.DOTALL,
)
_WHAT = r"(?:who|whom|which|what|qui|(?<!^est-ce )que|quoi|quels?|quelles?)"
_DENIED = re.compile(
    rf"\b{_WHAT}\b.*(?:\b(?:not|never|no (?:longer|good)|lacks?|lacking|jamais|(?<!est-ce )pas|n(?:e |')\w.* plus)\b"
    rf"|n[\u2019']t\b)|n[\u2019']t\b.*\b{_WHAT}\b|\bn(?:e |')\w.*\b(?:pas|plus|jamais) {_WHAT}\b",
    re.DOTALL,
)
"""Who or what something is not true of: "what does Sam not know?"."""
_ELIDED = re.compile(r"^(?:d|l|qu)['\u2019](?=\w)|['\u2019]s$")


@dataclass(frozen=True)
class Gist:
    """`pattern` holds the slot, `{known}` or `{person}`, and groups of words, one of each of which must be there:
    `{known} (when|what date)`. Written folded."""

    action: str
    language: str
    pattern: str

    @cached_property
    def slot(self) -> str:
        slots: list[str] = [slot for slot, _, _ in _PART.findall(self.pattern) if slot]
        return slots[0]

    @cached_property
    def groups(self) -> tuple[re.Pattern[str], ...]:
        said = (several or word for slot, several, word in _PART.findall(self.pattern) if not slot)
        return tuple(re.compile(rf"(?<![\w-])(?:{words})(?!\w)") for words in said)


def gists(text: str, known: Iterable[Gist]) -> Iterator[Gist]:
    """Those whose words are all in the question; none where it is no question, or asks for what is not so."""
    folded = fold_text(text).text
    if len(folded.split()) > MOST or not _ASKS.match(folded) or _DENIED.search(folded):
        return
    yield from (gist for gist in known if all(group.search(folded) for group in gist.groups))


def names(text: str) -> Iterator[str]:
    """What may be a name in it: two words, then one, from left to right; never a word of the language alone."""
    words = [_ELIDED.sub("", word) for word in _WORD.findall(text)]
    yield from (f"{one} {other}" for one, other in pairwise(words))
    yield from (word for word in words if word.lower() not in STOP)
