"""How often something is wanted: "every friday at 9", "un lundi sur deux", "jamais"."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from bot.reading.clock import cut_time
from bot.reading.vocabulary import WEEKDAYS, choice, tidy

Every = Literal["off", "daily", "weekly", "biweekly", "monthly"]

LONGEST = 80
"""A longer text is no rhythm."""


@dataclass(frozen=True, slots=True)
class Rhythm:
    """`weekday` counts from Monday, 0; it and `time` are None where not said. As a string: the stored form."""

    every: Every
    weekday: int | None = None
    time: dt.time | None = None

    def __str__(self) -> str:
        day = "" if self.weekday is None else f":{_DAYS[self.weekday]}"
        return f"{self.every}{day}" + (f":{self.time:%H:%M}" if self.time else "")


def parse_rhythm(value: str) -> Rhythm:
    """Reads the stored form, such as `weekly:fri:09:00`; raises ValueError for anything else."""
    match = _STORED.fullmatch(value)
    if not match:
        raise ValueError(f"{value!r} is no rhythm")
    every = cast("Every", match["every"] or match["bare"])
    weekday = _DAYS.index(match["day"]) if match["day"] else None
    return Rhythm(every, weekday, dt.time.fromisoformat(match["time"]) if match["time"] else None)


def read_rhythm(text: str) -> str | None:
    """What was said, in the stored form."""
    if len(text) > LONGEST:
        return None
    if _STORED.fullmatch(stored := text.strip().lower()):
        return stored
    words = _POLITE.sub("", tidy(text)).strip()
    if _OFF.fullmatch(words):
        return "off"
    try:
        rhythm = _read(words)
    except ValueError:  # 25 o'clock
        return None
    return str(rhythm) if rhythm else None


def _read(words: str) -> Rhythm | None:
    for form, plain in _PLAINER:
        words = form.sub(plain, words)
    at, rest = cut_time(words, bare=True)
    said = set(map(_singular, rest.split())) - _EMPTY
    days = {WEEKDAYS[word] for word in said if word in WEEKDAYS}
    if len(days) > 1 or not said <= _MEANT:
        return None
    if at and at.hour < 12 and said & _LATE:
        at = at.replace(hour=at.hour + 12)
    every = _every(said - set(WEEKDAYS), bool(days), bool(at))
    return Rhythm(every, next(iter(days), None), at) if every else None


def _every(said: set[str], weekday: bool, timed: bool) -> Every | None:
    """How often, by the words beside the weekday; None where they do not go together."""
    units, parts = said & _UNITS, said & _PARTS
    rest = said - _PARTS
    if "first" in rest:
        return "monthly" if weekday and rest <= {"first", "every", "month"} else None
    if len(units) > 1 or (units and rest == units):
        return None
    if "month" in units:
        return None if "alternate" in rest else "monthly"
    if weekday or "week" in units:
        return None if "day" in units else "biweekly" if "alternate" in rest else "weekly"
    if rest in ({"every", "day"}, {"every"} if parts else None):
        return "daily"
    return "weekly" if timed and not said else None


def _singular(word: str) -> str:
    """`lundis` and `weeks` without their ending; other words as they are."""
    bare = word.removesuffix("s")
    return _SAME.get(bare, bare) if bare in WEEKDAYS or bare in _SAME or bare in _MEANT else word


_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_STORED = re.compile(
    rf"(?:(?P<bare>off|daily)|(?P<every>{choice(get_args(Every)[2:])})(?::(?P<day>{choice(_DAYS)}))?)"
    r"(?:(?<!off):(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]))?"
)
_OFF = re.compile(
    r"(?:turn (?:it )?|switch (?:it )?)?off|stop(?: it| sending(?: it| them)?)?|never(?: again)?|none|disabled?|cancel"
    r"|no(?: more| thanks| thank you)?|unsubscribe|stopper?|jamais(?: plus)?|plus jamais|plus du tout|pas du tout|aucun"
    r"|arret(?:e|er|ez)?|desactive[re]?|couper?|non(?: merci)?|ne plus (?:recevoir|envoyer)|(?:me )?desabonner"
    r"|desabonnez? moi"
)
_POLITE = re.compile(r"\b(?:please|pls|svp|stp|s'il (?:te|vous) plait)\b ?")
_SAME = {
    "each": "every",
    "chaque": "every",
    "jour": "day",
    "semaine": "week",
    "moi": "month",
    "premier": "first",
    "1er": "first",
    "1st": "first",
    "matin": "morning",
    "soir": "evening",
    "apresmidi": "afternoon",
}
_UNITS = {"day", "week", "month"}
_LATE = {"afternoon", "evening"}
_PARTS = _LATE | {"morning"}
_MEANT = _UNITS | _PARTS | set(WEEKDAYS) | {"every", "alternate", "first"}
_EMPTY = set("on the le la les du de of in a an un une au only seulement merci".split())

_UNIT = r"(?:days?|jours?|weeks?|semaines?|months?|mois)\b"
_EVERY = r"\b(?:every(?: single)?|each|chaque|all|tou(?:s|t|tes) les)"
_PLAINER = [
    (re.compile(form), plain)
    for form, plain in [
        (r"\b(?:(?:une|1) fois|once)\b", ""),
        (r"\b(?:quotidien(?:ne)?(?:ment)?|journalier)\b", "daily"),
        (r"\bhebdo(?:madaire(?:ment)?)?\b", "weekly"),
        (r"\bmensuel(?:le)?(?:ment)?\b", "monthly"),
        (r"\b(?:bi weekly|fortnightly|bimensuel(?:le)?(?:ment)?)\b", "biweekly"),
        (rf"(?:{_EVERY} |\bles |\bon )?(?:weekdays?|workdays?|(?:working|business) days?|days of the week)\b", "daily"),
        (rf"(?:{_EVERY} |\bles )?jours? (?:ouvres?|ouvrables?|de (?:la )?semaine)\b", "daily"),
        (r"\b(?:du )?lundi au vendredi\b|\ben semaine\b|\bmonday (?:to|through) friday\b", "daily"),
        (rf"(?:{_EVERY} )?(?:14 days|fortnight|quinzaines?|(?:14|15|quatorze|quinze) jours)\b", "biweekly"),
        (r"\b(?:twice (?:a|per|each) month|(?:deux|2) fois par mois)\b", "biweekly"),
        (rf"{_EVERY} (?:7 days|seven days|7 jours|sept jours)\b", "weekly"),
        (rf"{_EVERY} (?:1|one|un|une) ", "every "),
        (rf"{_EVERY} (?:other|second|2nd|2|two|alternate|deux)\b|\bsur (?:deux|2)\b", "alternate"),
        (_EVERY + r"\b", "every"),
        (rf"\b(?:a|per|par|by) (?={_UNIT})", "every "),
        (r"\beveryday\b|\bdaily\b", "every day"),
        (r"\bbiweekly\b", "alternate week"),
        (r"\bweekly\b", "every week"),
        (r"\bmonthly\b", "every month"),
    ]
]
