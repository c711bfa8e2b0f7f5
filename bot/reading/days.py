"""Days told from today: "tomorrow", "in two weeks", "vendredi prochain", "Noël"."""

import calendar
import re
from datetime import date, timedelta

from bot.reading.vocabulary import NUMBERS, WEEKDAYS, choice, number

_NEAR = {
    **dict.fromkeys(["today", "aujourd'hui", "aujourdhui", "ce jour", "now", "right now", "maintenant"], 0),
    **dict.fromkeys(["this morning", "this afternoon", "this evening", "tonight", "later today"], 0),
    **dict.fromkeys(["end of day", "end of the day", "eod", "cob"], 0),
    **dict.fromkeys(["ce matin", "cet apresmidi", "ce soir", "fin de journee", "fin de la journee"], 0),
    **dict.fromkeys(["tomorrow", "tmrw", "demain"], 1),
    **dict.fromkeys(["day after tomorrow", "after tomorrow", "apres demain", "surlendemain"], 2),
    **dict.fromkeys(["yesterday", "hier"], -1),
    **dict.fromkeys(["day before yesterday", "avant hier"], -2),
    # In French, said in words, eight days are a week and fifteen are two.
    **dict.fromkeys(["huit jours", "huitaine", "une huitaine", "une huitaine de jours"], 7),
    **dict.fromkeys(["quinze jours", "quinzaine", "une quinzaine", "une quinzaine de jours"], 14),
}
_FEASTS = {
    **dict.fromkeys(["christmas", "christmas day", "xmas", "noel", "jour de noel"], (12, 25)),
    **dict.fromkeys(["christmas eve", "veille de noel"], (12, 24)),
    **dict.fromkeys(
        ["new year", "new year's", "new year's day", "nouvel an", "jour de l'an", "nouvelle annee"], (1, 1)
    ),
    **dict.fromkeys(["new year's eve", "saint sylvestre", "st sylvestre"], (12, 31)),
    "rentree": (9, 1),
}
_COUNT = choice(NUMBERS)
_AHEAD = re.compile(
    rf"(?P<past>il y a )?(?:next |prochaine?s )?(?:a )?(?P<count>\d{{1,4}}|{_COUNT})"
    r"(?: of)?(?: prochaine?s)?(?: |(?<=\d))(?P<unit>(?:(?<=\d)|(?<=\d ))[djw]|days?|jours?|weeks?|wks?|semaines?"
    r"|fortnights?|months?|mois|quarters?|trimestres?|years?|ans?|annees?)"
    r"(?:(?:'s?)? time| from (?:now|today)| later| plus tard|(?P<ago> ago))?"
)
_IN_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7, "f": 14}
_IN_MONTHS = {"m": 1, "q": 3, "t": 3, "y": 12, "a": 12}
"""Units by their first letter, in either language."""
_WEEKDAY = re.compile(
    r"(?:this coming |this |ce |coming |(?P<next>next |prochain )|(?P<last>last )"
    rf"|(?P<plus>\d{{1,2}}|{_COUNT}) (?:weeks? (?:on|from|after)|semaines? apres) )?"
    rf"(?P<weekday>{choice(WEEKDAYS)})"
    r"(?: (?:(?P<after>next|prochain|suivant)|(?P<past>last|dernier|passe)|qui vient"
    rf"|(?P<week>week|after next|en (?:huit|8))|(?P<fortnight>en (?:quinze|15))"
    rf"|(?:in|dans) (?P<weeks>\d{{1,2}}|{_COUNT}) (?:weeks?|semaines?)))?"
)


def read_day(words: str, today: date) -> date | None:
    """Raises ValueError or OverflowError for a day beyond the calendar."""
    if words in _NEAR:
        return today + timedelta(_NEAR[words])
    if words in _FEASTS:
        days = (date(year, *_FEASTS[words]) for year in (today.year, today.year + 1))
        return next(day for day in days if day >= today)
    if match := _AHEAD.fullmatch(words):
        count = number(match["count"])
        return shift(today, -count if match["past"] or match["ago"] else count, match["unit"])
    match = _WEEKDAY.fullmatch(words)
    return _weekday(match, today) if match else None


def shift(day: date, count: int, unit: str) -> date:
    """The day `count` units on; where a month is too short, its last day."""
    if unit[0] in _IN_DAYS:
        return day + timedelta(count * _IN_DAYS[unit[0]])
    year, month = divmod(day.year * 12 + day.month - 1 + count * _IN_MONTHS[unit[0]], 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _weekday(match: re.Match[str], today: date) -> date:
    """A weekday is never past, unless it is said to be; the next one is never today."""
    weekday = WEEKDAYS[match["weekday"]]
    if match["weeks"]:
        return today + timedelta(weekday - today.weekday(), weeks=number(match["weeks"]))
    if match["last"] or match["past"]:
        return today - timedelta((today.weekday() - weekday - 1) % 7 + 1)
    start = today + timedelta(1) if match["next"] or match["after"] else today
    later = number(match["plus"] or ("2" if match["fortnight"] else "1" if match["week"] else "0"))
    return start + timedelta((weekday - start.weekday()) % 7, weeks=later)
