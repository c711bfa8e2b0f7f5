"""The words by which a text is found: without case and accents, odd names such as `C#` as words, compounds split."""

import re
from functools import lru_cache
from typing import NamedTuple

from store.names import fold

LONGEST = 40
"""Letters of a term at most: a longer run is a key or an address, which nobody asks for."""
READ, MOST = 20_000, 400
"""Letters of a text that are read, and terms that it has, at most."""

KEPT = 1 << 18
"""Words of which it is kept what they give, at most."""

_ODD = tuple(
    (re.compile(pattern, re.IGNORECASE), said)
    for pattern, said in (
        (r"(?<!\w)c\+\+", " cplusplus "),
        (r"(?<!\w)([cfj])#", r" \1sharp "),
        (r"(?<!\w)objective[ -]c(?![\w+#])", " objectivec "),
        (r"(?<!\w)(asp|ado|vb)?\.net(?!\w)", r" \1 dotnet "),
        (r"(?<!\w)(node|vue|next|nuxt|nest|react|angular|three|express|ember|backbone|d3)\.js(?!\w)", r" \1js "),
        (r"(?<!\w)ci ?/ ?cd(?!\w)", " cicd "),
        (r"(?<!\w)tcp ?/ ?ip(?!\w)", " tcpip "),
        (r"(?<!\w)([a-z])&([a-z])(?!\w)", r" \1\2 "),
    )
)
_ODD_SIGN = re.compile(r"[#+&/]|\.net|\.js|objective", re.IGNORECASE)
_ELISION = re.compile(r"(?<!\w)(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’](?=\w)", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W_]+(?:[-_./][^\W_]+)+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")

UNSPLIT = frozenset(
    "airflow bigquery bitbucket clickhouse cloudformation cloudwatch coffeescript couchdb devops devsecops docusign "
    "dynamodb elasticsearch fastapi finops freertos github gitlab gitops graphql hubspot influxdb intellij javascript "
    "jquery labview latex linkedin mariadb matlab mlops mongodb mysql netsuite nosql numpy openapi openshift openstack "
    "opencv openssl postgis postgresql powerbi powerpoint powershell pyspark pytorch quickbooks rabbitmq redhat "
    "sharepoint solidworks sonarqube sqlalchemy sqlite tensorflow timescaledb typescript vmware webassembly webpack "
    "webrtc websocket whatsapp wordpress youtube".split()
)
"""Names that are one word, however many capitals they have: `JavaScript` says nothing about Java."""

STOP = frozenset(
    "a about an and any are as at be been but by did do does for from had has have he her him his how i if in into is "
    "it its me my no not of on or our she so some than that the their them then there these they this those to us was "
    "we were what when where which who whom whose why with would you your "
    "au aux avec ce ces cette cet chez dans de des du elle elles en est et etait eux il ils je la le les leur leurs "
    "lui ma mais mes moi mon ne nos notre nous ou par pas pour qu que quel quelle qui sa sans ses son sont sous sur ta "
    "tes toi ton tu un une vos votre vous".split()
)


def read_terms(text: str) -> list[str]:
    """The terms in order, those of a compound one by one. May be empty."""
    return index_terms(text)[0]


def index_terms(text: str) -> tuple[list[str], list[str]]:
    """By what a text is found: its terms in order, those of a compound one by one, and each compound as one word."""
    text = text[:READ]
    if _reaches_over_spaces(text):
        piece = _take_apart(text)
        return list(piece.terms[:MOST]), list(piece.joined)
    words = text.split()
    found = list(map(_simple.get, words))
    if None in found:
        return _with_others(words, found)
    return list(filter(None, found))[:MOST], []


class _Piece(NamedTuple):
    """Its terms in order, and its compounds as one word."""

    terms: tuple[str, ...]
    joined: tuple[str, ...]


_simple: dict[str, str] = {}
"""What was said between two spaces and is one term, or none (empty). Few words make up most of what is said."""


def _with_others(words: list[str], found: list[str | None]) -> tuple[list[str], list[str]]:
    terms: list[str] = []
    joined: list[str] = []
    for said, term in zip(words, found, strict=True):
        if term:
            terms.append(term)
        elif term is None:
            piece = _piece(said) if len(said) <= LONGEST else _take_apart(said)
            terms += piece.terms
            joined += piece.joined
    return terms[:MOST], joined


def _reaches_over_spaces(text: str) -> bool:
    """Whether it may hold a name that has a space within, such as `CI / CD`."""
    return ("/" in text and (" /" in text or "/ " in text)) or "objective" in text.lower()


@lru_cache(1 << 14)
def _piece(said: str) -> _Piece:
    piece = _take_apart(said)
    if not piece.joined and len(piece.terms) < 2:
        if len(_simple) >= KEPT:
            _simple.clear()
        _simple[said] = "".join(piece.terms)
    return piece


def _take_apart(text: str) -> _Piece:
    bare = text.lstrip('("').rstrip('.,;:!?)"')
    if bare.isalnum() and bare.isascii() and (bare[1:].islower() or bare.islower() or bare.isupper()):
        term = bare.lower()  # nearly all: what follows would come to the same
        return _Piece(() if term in STOP or len(term) > LONGEST else (term,), ())
    plain = _plain(text)
    words = _WORD.findall(plain)
    parts = [part for word in words for part in _parts(word)]
    return _Piece(tuple([part for part in parts if part not in STOP and len(part) <= LONGEST]), _joined(plain, words))


def _plain(text: str) -> str:
    """Odd names as words, nothing elided; capitals stay, to show where a name such as `webServer` has its parts."""
    if "'" in text or "’" in text:
        text = _POSSESSIVE.sub("", _ELISION.sub("", text))
    if _ODD_SIGN.search(text):
        for odd, said in _ODD:
            text = odd.sub(said, text)
    return text


@lru_cache(8192)
def _parts(word: str) -> tuple[str, ...]:
    whole = fold(word) in UNSPLIT or word.islower() or word.isupper()
    return tuple(term for part in ([word] if whole else _HUMP.split(word)) for term in _WORD.findall(fold(part)))


def _joined(plain: str, words: list[str]) -> tuple[str, ...]:
    """`web-server`, `web_server` and `webServer` as `webserver`."""
    compounds = ["".join(_WORD.findall(found)) for found in _COMPOUND.findall(plain)]
    humps = [word for word in words if len(_parts(word)) > 1]
    return tuple(dict.fromkeys(fold(word) for word in (*compounds, *humps) if len(word) <= LONGEST))
