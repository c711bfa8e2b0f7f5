"""Times of day in English and French, cut out of a sentence."""

import re
from datetime import time

from bot.reading.vocabulary import NUMBERS, choice, number

_HOUR = rf"(?P<hour>\d{{1,2}}|{choice(set(NUMBERS) - {'a', 'an', 'un', 'couple'})})"
_MINUTE = r"(?P<minute>\d\d|et demie?|et quart)"
_HALF = (
    r"(?P<half>a ?m|p ?m|(?:in the |du |de l'|this )?(?:morning|matin)|(?:in the |de l'|cet )?(?:afternoon|apresmidi)"
    r"|(?:in the |du |ce )?(?:evening|soir))"
)
_AT = r"(?:at|a|around|vers|by|des)"
_NAMED = {"noon": time(12), "midday": time(12), "midi": time(12), "midnight": time(0), "minuit": time(0)}

_FORMS = [
    re.compile(rf"\b(?:{_AT} |le )?(?P<named>{choice(_NAMED)})\b"),
    re.compile(rf"\b(?:{_AT} )?(?P<past>half past|quarter past) {_HOUR}\b(?: {_HALF}\b)?"),
    re.compile(rf"(?:\b{_AT} |@ ?)?(?<![:\w]){_HOUR}:(?P<minute>\d{{2}})\b(?: ?{_HALF}\b)?"),
    re.compile(rf"(?:\b{_AT} |@ ?)?(?<![:\w]){_HOUR} ?(?:heures?|h)(?: ?{_MINUTE})?\b(?: ?{_HALF}\b)?"),
    re.compile(rf"(?:\b{_AT} |@ ?)?(?<![:\w]){_HOUR}(?:\.(?P<minute>\d{{2}}))? ?(?:o'clock )?{_HALF}\b"),
    re.compile(rf"(?:\b{_AT} |@ ?){_HOUR}(?:\.(?P<minute>\d{{2}}))?\b(?: o'clock)?(?! ?[/\d])"),
]
_BARE = re.compile(r"(?<= )(?P<hour>\d{1,2})$")
_MINUTES = {"et demie": 30, "et demi": 30, "half past": 30, "et quart": 15, "quarter past": 15}


def cut_time(words: str, bare: bool = False) -> tuple[time | None, str]:
    """The time in tidy words and the words around it; `bare` takes a number at the end as an hour too.
    Raises ValueError for an hour that no clock shows."""
    for form in _FORMS + [_BARE] * bare:
        if match := form.search(words):
            rest = f"{words[: match.start()]} {words[match.end() :]}"
            return _time(match.groupdict()), " ".join(rest.split())
    return None, words


def _time(said: dict[str, str | None]) -> time:
    if named := said.get("named"):
        return _NAMED[named]
    minute = said.get("past") or said.get("minute") or "0"
    return time(_hour(said), _MINUTES[minute] if minute in _MINUTES else int(minute))


def _hour(said: dict[str, str | None]) -> int:
    hour, half = number(said["hour"] or ""), said.get("half") or ""
    if half.startswith("p") or half.endswith(("afternoon", "apresmidi", "evening", "soir")):
        return hour + 12 if hour < 12 else hour
    if half in ("am", "a m") and hour > 12:
        raise ValueError(f"{hour} is no hour before noon")
    return 0 if half in ("am", "a m") and hour == 12 else hour
