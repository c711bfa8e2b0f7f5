"""What a question asks for, with and, or, not: "kubernetes and (terraform or pulumi) but not ansible"."""

import re
from collections.abc import Container, Iterator
from itertools import islice

from bot.reading.folded import Folded, fold_text
from bot.reading.topic import is_whole
from bot.reading.topics import read_topics
from bot.request import MENTION, Wanted
from store.names import fold
from store.terms import STOP, read_terms

WORDS, LETTERS = 5, 400
"""Words of a name and letters of a list at most: what is longer is prose, and its "or" and "not" are no operators."""
MOST = 12
"""Choices at most."""

_WHO = r"(?:(?:who|that|they|qui) )?"
_KNOW = r"(?:know|use|speak|master|understand|do)(?: about)?"
_SAIT = (
    r"(?:connai(?:t|ssent)|(?:maitris|parl|utilis|pratiqu)(?:e|ent)|sai(?:t|vent)|compren(?:d|nent)|fait|font"
    r"|s'y connai(?:t|ssent))"
)
_NO = (
    rf"{_WHO}(?:(?:do|does|did)(?: not|n't) {_KNOW}|(?:n'|ne )?{_SAIT} pas"
    r"|not|no|neither|pas (?:du tout|tellement|trop)|without(?: knowing)?|excluding"
    r"|except(?: for)?|pas|sans(?: connaitre)?|sauf|ni|hormis)"
    r"(?: (?:in|at|with|en|avec|sur|du|de|des))?"
)
_OPERATOR = re.compile(
    r"(?:\s*[,;(]\s*|\s+)(?:"
    rf"(?P<without>(?:but|yet|and|or|mais|et|ou) (?:also |aussi )?{_NO}(?= \S)|(?<=[,;(] )(?:{_NO})(?= \S)|nor(?= \S))"
    r"|(?P<bare>not|without(?: knowing)?|w/o|except(?: for)?|excluding|sans(?: connaitre)?|sauf|hormis|excepte"
    r"|a l'exception (?:de|du|des)|pas|ni)(?= \S)"
    r"|(?P<or>(?:or else|or|ou bien|ou alors|ou|and/or|et/ou|soit)(?= \S))"
    r"|(?P<but>(?:but also|but|mais aussi|mais)(?= \S))"
    r")\s+",
)
_ANY = re.compile(
    r"\s*(?:either(?: of)?|(?:any|one|at least one|some) of|soit|l'un(?:e)? (?:de|des)|au moins un de)\s+"
)
_AND_EITHER = re.compile(r"\b(and|et) (?:either|soit) ([^()]+)$")
_ONE_OF = re.compile(r"\(([^()]*[^\W_][^()]* (?:or|ou|soit) [^()]*)\)")
_ACCENTED = re.compile(r"[ïù]", re.IGNORECASE)
"""`maïs` and `où` only look like operators."""
_AUXILIARY = re.compile(
    r"(?:^|[^\w])(?:do|does|did|is|are|was|were|am|be|been|can|could|will|would|shall|should|may|might|must|has|have"
    r"|had|if|or|whether|why|but|and|est|sont|ne|n'\w+|s'\w+|n|peut|peuvent|doit|va|vont|a|ont|ou|et|mais"
    r"|fonctionnent?|marchent?|demarrent?)$"
)
_NAMES = frozenset(
    "not only sql,not for profit,go or no go,make or buy,build or buy,buy or build,all or nothing,now or never,"
    "black or white,life or death,tout ou rien,sans serif,either way".split(",")
)
_LACKED = frozenset(
    "abri accroc acier alcool arret attente aucun aucune border borders bug bugs casse code coding contact contrat "
    "couture coupure delay delays domicile downtime driver echec emballage erreur erreurs error errors fail faille "
    "fil fin frontieres gluten internet interruption lactose limit limits limite loss mot odeur papier papiers "
    "password passwords perte pilote plomb probleme problemes retard risk risque root serif serveur serveurs "
    "servers soudure sucre supervision tabou tension warnings".split()
)
"""What things are said to be without, which nobody means as a skill: "sans fil", "without downtime"."""
_ARTICLES = frozenset("a an the any his her their le la les l un une des aucun aucune son sa ses y en".split())
_ACTS = re.compile(r"(?:\w+ing|\w{2,}(?:er|ir|re)) \S")
_NO_ACTS = frozenset(
    "accounting azure billing branding building coaching compiler consulting controlling docker engineering "
    "fundraising jupiter kibana leadership marketing messaging modeling modelling monitoring networking power "
    "pricing programming reporting router server sharepoint software spring testing training writing".split()
)
"""Names that end as acts do: "without Docker Compose"."""
_NOTHING = frozenset(
    "me moi you toi vous us nous now today urgent urgently only sure too necessarily maintenant trop forcement "
    "seulement".split()
)
"""What follows "but not" without being a skill."""
_PLAIN = str.maketrans({"\n": ";", MENTION: " "})


def read_wanted(text: str, known: Container[str] = ()) -> Wanted:
    """`and` binds closer than `or`; what follows a `not` is left out up to a `but`. Where no operator is meant, all
    topics of the list are wanted. A name in `known`, which holds folded names, is never split."""
    plain = Wanted.all(read_topics(text, known).names)
    said = " ".join(text.translate(_PLAIN).split())
    if len(said) > LETTERS:
        return plain
    if match := _AND_EITHER.search(fold_text(said).text):
        said = f"{said[: match.start()]}{match[1]} ({said[match.start(2) :]})"
    found = sum((_read(one, known) for one in islice(_expanded(said), MOST)), Wanted())
    names = (*found.topics, *found.without)
    return plain if not found.choices or any(map(_is_prose, names)) else found


def _is_prose(name: str) -> bool:
    first, *more = name.split()
    return len(more) >= WORDS or (first.islower() and fold(first).split("'")[0] in STOP)


def _expanded(said: str) -> Iterator[str]:
    """Once for each of the choices in round brackets."""
    match = _ONE_OF.search(said)
    if not match:
        yield said
        return
    for one in re.split(r",? (?:or|ou|soit) |, ", match[1]):
        yield from _expanded(f"{said[: match.start()]}{one}{said[match.end() :]}")


def _read(said: str, known: Container[str]) -> Wanted:
    folded = fold_text(said)
    lead = _ANY.match(folded.text)
    parts = list(_parts(folded, lead.end() if lead else 0, known))
    is_or = bool(lead) or any(operator == "or" for operator, _ in parts)
    choices: list[list[str]] = []
    without: list[str] = []
    is_left_out = False
    for operator, part in parts:
        is_left_out = operator == "without" or (is_left_out and operator == "or")
        names = [name for name in read_topics(part, known).names if not operator or read_terms(name)]
        if is_left_out:
            without += [name for name in names if fold(name) not in _NOTHING and not name.startswith("@")]
        elif is_or and len(names) <= part.count(",") + part.count(";") + 1:
            choices += ([name] for name in names)
        elif operator == "but" and choices:
            choices[-1] += names
        else:
            choices.append(names)
    return Wanted(tuple(tuple(choice) for choice in choices if choice), tuple(without))


def _parts(folded: Folded, start: int, known: Container[str]) -> Iterator[tuple[str, str]]:
    """What stands between operators, each with the operator before it."""
    operator = ""
    for match in _OPERATOR.finditer(folded.text, start):
        if match.start() >= start and _is_operator(folded, match, known):
            yield operator, folded.said(start, match.start())
            kind = match.lastgroup or ""
            operator, start = "without" if kind == "bare" else kind, match.end()
    yield operator, folded.said(start, len(folded.text))


def _is_operator(folded: Folded, match: re.Match[str], known: Container[str]) -> bool:
    before, after = folded.text[: match.start()], folded.text[match.end() :]
    if not before or _ACCENTED.search(folded.said(*match.span())) or _in_name(before, match, after, known):
        return False
    return match.lastgroup != "bare" or not (_AUXILIARY.search(before) or _is_lacked(after, known))


def _in_name(before: str, match: re.Match[str], after: str, known: Container[str]) -> bool:
    """Whether it is a word of a name that everybody takes for one."""
    said = match.group().strip(" ,;(").split()
    heads, tails = before.replace(",", " , ").split()[-3:], re.split(r"[\s?!,;.]+", after)[:4]
    for head in range(len(heads) + 1):
        for skip in range(len(said) if head == len(heads) else 1):
            for tail in range(1, len(tails) + 1):
                name = " ".join((*heads[head:], *said[skip:], *tails[:tail]))
                if name in _NAMES or is_whole(name, known):
                    return True
    return False


def _is_lacked(after: str, known: Container[str]) -> bool:
    """Whether it goes on with something to do or to be without, instead of a skill: "sans perdre l'historique"."""
    words = re.findall(r"[\w#+./-]+", after)
    if not words or words[0] in _LACKED | _ARTICLES:
        return True
    is_known = words[0] in _NO_ACTS or any(" ".join(words[:n]) in known for n in (1, 2))
    return bool(_ACTS.match(after)) and not is_known
