"""What surrounds a request and asks for nothing: "hey, could you please … ?", "peux-tu me dire … s'il te plaît"."""

import re
from collections.abc import Iterator

from bot.reading.folded import fold_text

_PLEASE = r"(?:please|pls|plz|svp|stp|s'il (?:te|vous) plait|merci d'avance|thanks in advance)"
_POLITE = ("please", "pls", "plz", "svp", "stp", "plait", "avance", "advance")
"""Without one of these there is no `_PLEASE`, and it need not be looked for."""
_CALL = (
    r"(?:(?:hey|hi|hello|good (?:morning|afternoon|evening))(?: (?:all|everyone|everybody|team|folks|guys))?|yo|dear"
    r"|(?:bonjour|bonsoir|salut|coucou)(?: (?:a tous|a toutes|tout le monde|l'equipe|la team))?|cher|so"
    r"|ok|okay|well|alors|bon|euh|um|"
    r"quick question|petite question|question|@?ristretto|there|fyi|pour info|i was wondering|i wonder"
    r"|je me demandais?|oops|oups)"
)
_MAY = (
    r"(?:(?:can|could|would|will|might) you(?: (?:please|kindly|maybe|possibly|also|just))*(?: be so kind as to)?"
    r"|would you mind|(?:can|could|may|might) (?:i|we)(?: please| also)?(?: (?:see|have|get|ask))?"
    r"|i(?: do)?(?: also| really)? (?:want|wish)(?: you)?(?: to)?|i(?: would|'d)(?: also| really)?"
    r" (?:like|love)(?: you)?(?: to)?"
    r"|let me(?= (?:know|see))|do you(?: happen to)? know|any idea"
    r"|(?:est-ce que |est-ce qu')?(?:tu (?:peux|pourrais|veux bien)|vous (?:pouvez|pourriez|voulez"
    r" bien)|on peut|je peux|je pourrais)"
    r"|(?:peux|pourrais)-tu|(?:pouvez|pourriez)-vous|veux-tu bien|voulez-vous bien|(?:puis|pourrais|pourrai)-je|peut-on"
    r"|(?:merci de|veuillez)|(?:je|j')(?: ?(?:veux|voudrais|souhaite|souhaiterais|aimerais"
    r"|tiens a))(?: bien)?(?: (?:recuperer|obtenir))?(?: que tu| que vous)?"
    r"|(?:sais|saurais)-tu|(?:savez|sauriez)-vous|tu sais|vous savez)"
)
_SHOW = (
    r"(?:(?:please )?(?:tell|show|give|remind) (?:me|us)(?: again)?|show|see|know|find out"
    r"|(?:dis|dites|montre|montrez|donne|donnez|rappelle|affiche|indique|indiquez)(?:-moi|-nous)"
    r"|(?:me |nous )?(?:dire|montrer|donner|rappeler|afficher|indiquer)|m'indiquer|voir|avoir|savoir|connaitre"
    r"|(?:note|noter|notez|remember|sache|sachez)(?: that| que)?)"
)
_OPENING = re.compile(
    rf"\s*(?:(?:{_CALL}|{_PLEASE}|{_MAY})(?![\w'-])[\s,:!.…-]*)*(?:{_SHOW}(?![\w'-])[\s,:]*)?(?:(?:{_PLEASE})(?![\w'-])[\s,:]*)?"
)
_CLOSING = re.compile(rf"(?<!say)(?<!saying)(?<!said)(?<!dire)(?<!dit)[\s,;.!?-]+{_PLEASE}[\s,.!?]*$")
_THANKS = re.compile(
    r"[\s,;.!?-]+(?:for me|for us|pour moi|pour nous|instead|plutot|right now|now|maintenant|thanks(?:"
    r" a lot| so much)?|thank you|thx|cheers|merci(?: beaucoup)?)[\s,.!?]*$"
)
_FOR_ME = re.compile(r"[\s,]+(?:for me|for us|pour moi|pour nous)[\s,.!?]*$")
_SHORT = re.compile(r"(what|who|how|where|when)'s(?=\s)")


def without_please(text: str) -> str:
    """The text without the courtesy at its end, which belongs to no free words either."""
    said = fold_text(text).text
    return _cut_end(text, _CLOSING) if any(map(said.__contains__, _POLITE)) else text


def variants(text: str) -> Iterator[str]:
    """The text, and ever barer forms of it; each is tried where those before it say nothing."""
    yield text
    tried = {"", text}
    for one in _barer(text):
        if one not in tried:
            tried.add(one)
            yield one


def _barer(text: str) -> Iterator[str]:
    yield _spelled_out(text)
    bare = _cut_start(text)
    if bare != text:
        yield _cut_end(bare, _FOR_ME)  # "could you … for me?" does not belong to what is asked
    yield from (bare, _spelled_out(bare), _cut_end(bare, _THANKS))


def _spelled_out(text: str) -> str:
    """`who's` and `what’s` at the beginning as two words."""
    folded = fold_text(text)
    short = _SHORT.match(folded.text)
    return f"{short[1]} is{text[folded.origin[short.end()] :]}" if short else text


def _cut_start(text: str) -> str:
    folded = fold_text(text)
    opening = _OPENING.match(folded.text)
    end = opening.end() if opening else 0
    if end >= len(folded.text):
        return ""
    return text[folded.origin[end] :].rstrip(" \u00a0\u202f?") if end else text


def _cut_end(text: str, form: re.Pattern[str]) -> str:
    folded = fold_text(text)
    closing = form.search(folded.text)
    return text[: folded.origin[closing.start()]] if closing and closing.start() else text
