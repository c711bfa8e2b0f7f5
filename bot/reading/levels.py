"""How well somebody says they know something: "Python (débutant)", "SQL: good", "expert in Kubernetes"."""

import re

from store.names import fold

LEVELS = {
    word: level
    for level, words in {
        "beginner": "beginner beginners novice novices junior basic basics newbie learner bit little "
        "debutant debutante debutants debutantes bases notions peu debute faible",
        "good": "good intermediate confirmed proficient competent advanced fluent experienced skilled strong "
        "comfortable bon bonne bonnes bons moyen moyenne intermediaire confirme confirmee avance avancee "
        "solide solides courant autonome l'aise maitrise experimente experimentee",
        "expert": "expert experte experts senior master guru specialist specialiste",
    }.items()
    for word in words.split()
}
_AROUND = frozenset(
    "level niveau knowledge connaissance connaissances skills tres very plutot rather quite pretty assez fairly really "
    "vraiment still encore a an un une de at au i am i'm je suis working my mon ma".split()
)
_ALONE = frozenset(
    "beginner novice intermediate expert debutant debutante intermediaire confirme confirmee experte".split()
)
_BEFORE = (
    re.compile(r"(?P<level>[^,;:()]{3,40}?) (?:in|at|with|en|avec) (?P<name>\S.*)", re.IGNORECASE),
    re.compile(
        r"(?P<level>(?:[^\s,;:()]+ ){0,3}(?:notions|connaissances?|niveau|ma[iî]trise|knowledge|basics|peu|bit"
        r"|experte?s?|sp[eé]cialiste)) (?:(?:of|on|de|du|des|sur) |d')(?P<name>\S.*)",
        re.IGNORECASE,
    ),
    re.compile(r"(?P<level>[^,;:()]{3,40}) ?: ?(?P<name>\S.*)"),
)
_AFTER = (
    re.compile(r"(?P<name>.+?) ?\((?P<level>[^()\[\]]+)\)?"),
    re.compile(r"(?P<name>.+?) ?\[(?P<level>[^()\[\]]+)\]?"),
    re.compile(r"(?P<name>.+)(?: ?[:=] ?| [-–—] ?)(?P<level>[^:=]+)"),
    re.compile(
        r"(?P<name>.+?) (?P<level>(?:(?:at|au|à|a|an|un|de|very|très) )*(?:(?:niveau|level) \S+|\S+ (?:niveau|level)))",
        re.IGNORECASE,
    ),
)
_LAST = re.compile(r"(?P<name>.+) (?P<level>\S+)")


def level_of(said: str) -> str:
    """The level that a few words say and nothing else: `très bon niveau` is good."""
    first = re.split("[,;/]", said, maxsplit=1)[0]
    levels = {LEVELS.get(word, "") for word in fold(first).replace(":", " ").split() if word not in _AROUND}
    return levels.pop() if len(levels) == 1 else ""


def level_alone(said: str) -> str:
    """The level that words say which are hardly a skill by themselves: `expert`, `(niveau moyen)`."""
    key = fold(said)
    key = key[1:-1] if key[:1] + key[-1:] in ("()", "[]") else key
    return level_of(key) if key in _ALONE or not {"niveau", "level"}.isdisjoint(key.split()) else ""


def cut_after(said: str) -> tuple[str, str]:
    """A name and the level that follows it; empty where none does."""
    for form in _AFTER:
        if (match := form.fullmatch(said)) and (level := level_of(match["level"])):
            return match["name"], level
    if (match := _LAST.fullmatch(said)) and (level := level_alone(match["level"])):
        return match["name"], level
    return said, ""


def cut_before(said: str) -> tuple[str, str]:
    """A name and the level that stands before it; empty where none does."""
    for form in _BEFORE:
        if (match := form.fullmatch(said)) and (level := level_of(match["level"])):
            return match["name"], level
    return said, ""
