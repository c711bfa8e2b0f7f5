"""One skill or subject of a list, without article and level: "the SQL: good", "expert en droit des contrats"."""

import re
from collections.abc import Container
from dataclasses import dataclass

from bot.reading.levels import cut_after, cut_before, level_alone
from store.names import fold

AND = r"(?:and also|and/or|and|as well as|et aussi|et/ou|et|ainsi que|or|ou|&|\+|/)"

_WHOLE = frozenset(
    (
        "r & d,r and d,r et d,q & a,m & a,p & l,research and development,recherche et developpement,"
        "mergers and acquisitions,fusions et acquisitions,health and safety,sante et securite,hygiene et securite,"
        "search and rescue,profit and loss,terms and conditions,diversity and inclusion,diversite et inclusion,"
        "learning and development"
    ).split(",")
)
"""Names with a conjunction inside that everybody takes for one."""

_BEFORE, _BEHIND = " ?!…:;,\"'«»“”`•*-–—", " ?!.…:;,\"'«»“”`"
_ARTICLE = re.compile(
    r"(?:(the|les?|la|des|du|an?|une?|de la|some|any|my|our|mon|ma|mes|notre|nos|quelques) +|(?:de +)?l'|d')(?=\S)",
    re.IGNORECASE,
)
_LINK = re.compile(rf"(?:{AND}|in|at|with|about|en|avec|sur|de|aux?|à) +(?=\S)", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:^|[ ,])(?:please|pls|svp|stp|s'il (?:te|vous) pla[iî]t|thanks|thank you|merci(?: beaucoup| d'avance)?"
    r"|etc|here|around here|ici"
    r"|par ici|chez nous"
    rf"|in (?:the|this|our) (?:team|company)|dans (?:l'|notre )(?:équipe|equipe|entreprise))$| {AND}$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Topic:
    """`spreads`: its level was said before it, and so of what comes after it too; `sure`: its name was known."""

    name: str
    level: str = ""
    spreads: bool = False
    sure: bool = False


def read_topic(said: str, known: Container[str], first: bool) -> Topic:
    """Peels the name until it is known or nothing is left to peel. `first`: no other stands before it in the list."""
    name, level, spreads = said, "", False
    while True:
        name = name.lstrip(_BEFORE).rstrip(_BEHIND)
        if is_whole(name, known):
            return Topic(name, level, spreads, sure=True)
        before, said_before = cut_before(name)
        after, said_after = cut_after(name)
        core = after if said_after else before if said_before else _peel(name, first)
        if core == name or level_alone(name):
            return Topic(name, level, spreads)
        spreads = spreads or (not level and not said_after and bool(said_before))
        name, level = core, level or said_after or said_before


def is_whole(name: str, known: Container[str]) -> bool:
    key = fold(name)
    return key in known or key in _WHOLE or (" & " in key and key.replace(" & ", " and ") in _WHOLE)


def mask(text: str) -> str:
    """The text with what stands in round brackets made opaque."""
    return _BRACKETS.sub(lambda match: "x" * len(match.group()), text)


def _peel(name: str, first: bool) -> str:
    """The name without its outermost courtesy, place, link or article, or without brackets that do not match."""
    if match := _TAIL.search(name):
        return name[: match.start()]
    if not first and (match := _LINK.match(name)):
        return name[match.end() :]
    if (match := _ARTICLE.match(name)) and not _is_acronym(match[1] or "", name[match.end() :]):
        return name[match.end() :]
    kept = "".join(own for own, seen in zip(name, mask(name), strict=True) if seen not in "()")
    return " ".join(kept.split())


def _is_acronym(article: str, rest: str) -> bool:
    """`DES encryption` and `A level` begin with no article; `LE DROIT` does."""
    return article == "A" or (len(article) > 1 and article.isupper() and not rest.isupper())
