"""Days told from a named period: its third day, its first Monday, its middle, its end."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.reading.periods import Period, months, others, weeks
from bot.reading.vocabulary import MONTHS, NUMBERS, ORDINALS, WEEKDAYS, choice

_DAYS, _MONTHS = choice(WEEKDAYS), choice(MONTHS)
_OF = r"(?:of |de |du |d')?(?:the |le |la |l')?"
_DAY_WORDS = {word: n for word, n in (NUMBERS | ORDINALS).items() if n > 0 and word not in ("a", "an", "couple")}
_NUMBER = re.compile(rf"(?:(?P<weekday>{_DAYS}) (?:the |le )?)?(?P<day>\d{{1,2}}) ?(?P<nth>st|nd|rd|th|er)?")
_MONTH_FIRST = re.compile(
    rf"^(?P<before>(?:{_DAYS}) )?(?P<month>{_MONTHS}) (?:the )?(?P<day>\d{{1,2}}) ?(?:st|nd|rd|th)?"
    r"(?P<year> \d{4}| \d\d)?$"
)
_DAY = re.compile(
    rf"(?:(?P<weekday>{_DAYS}) )?(?:the |le )?(?P<day>\d{{1,2}}|{choice(_DAY_WORDS)}) ?(?:st|nd|rd|th|er)?"
    rf" {_OF}(?P<period>.+)"
)
_NTH = re.compile(rf"(?P<nth>{choice(ORDINALS)}) (?P<weekday>{_DAYS}) (?:in |en )?{_OF}(?P<period>.+)")
_OF_WEEK = re.compile(rf"(?P<weekday>{_DAYS}) (?:in )?{_OF}(?P<period>.+)")
_WEEK_FIRST = re.compile(rf"(?P<period>.+?) (?:on |le )?(?P<weekday>{_DAYS})")
_WEEK_OF = re.compile(r"(?:week|semaine) (?:of|du|beginning|commencing|starting) (?P<day>.+)")
_EDGE = re.compile(
    r"(?:early(?: in)?|beginning|start|first (?:week|half)|debut|premiere (?:semaine|quinzaine|moitie)"
    r"|(?P<middle>middle|mid|second half|milieu|mi|(?:seconde|deuxieme) (?:quinzaine|moitie))"
    rf"|(?P<last>last day|dernier jour|late(?: in)?|end|fin)) ?{_OF}(?P<period>.+)"
)
_UNIT = r"(?:week|semaine|month|mois|quarter|trimestre|year|annee|an)"
_VAGUE = re.compile(rf"(?:this|current|ce|cette) .*|{_UNIT}(?: en cours| courante?)?")


def day_of_month(words: str, today: date, article: bool) -> date | None:
    """`15th`, `friday 15`, or `15` with an article before it."""
    match = _NUMBER.fullmatch(words)
    if not match or not (article or match["nth"] or match["weekday"]):
        return None
    found = _coming(months("month", today), lambda month: _day(month, int(match["day"])), today)
    return _agreeing(found, match["weekday"])


def read_part(words: str, today: date) -> date | None:
    """Raises ValueError or OverflowError for a day beyond the calendar."""
    words = _MONTH_FIRST.sub(r"\g<before>\g<day> \g<month>\g<year>", words)
    for form, day in _FORMS:
        if (match := form.fullmatch(words)) and (found := day(match, today)):
            return found
    return None if _VAGUE.fullmatch(words) else _coming(_periods(words, today), lambda period: period.first, today)


def _read_day(match: re.Match[str], today: date) -> date | None:
    number = _DAY_WORDS[match["day"]] if match["day"] in _DAY_WORDS else int(match["day"])
    found = _coming(months(match["period"], today), lambda month: _day(month, number), today)
    return _agreeing(found, match["weekday"])


def _nth(match: re.Match[str], today: date) -> date | None:
    nth, weekday = ORDINALS[match["nth"]], WEEKDAYS[match["weekday"]]

    def find(month: Period) -> date | None:
        if nth < 0:
            return month.last - timedelta((month.last.weekday() - weekday) % 7)
        return _day(month, 1 + (weekday - month.first.weekday()) % 7 + 7 * (nth - 1))

    return _coming(months(match["period"], today), find, today)


def _of_week(match: re.Match[str], today: date) -> date | None:
    ahead = timedelta(WEEKDAYS[match["weekday"]])
    return _coming(weeks(match["period"], today), lambda week: week.first + ahead, today)


def _week_of(match: re.Match[str], today: date) -> date | None:
    day = read_part(match["day"], today) or day_of_month(match["day"], today, article=True)
    return day - timedelta(day.weekday()) if day else None


def _edge(match: re.Match[str], today: date) -> date | None:
    place = 2 if match["last"] else 1 if match["middle"] else 0
    return _coming(_periods(match["period"], today), lambda period: period[place], today)


def _periods(words: str, today: date) -> list[Period]:
    return months(words, today) or weeks(words, today) or others(words, today)


def _coming(periods: list[Period], day: Callable[[Period], date | None], today: date) -> date | None:
    """The day in the one period that was named; in the first in which it is not past, where several may be meant."""
    days = map(day, periods)
    return next((each for each in days if each and (each >= today or len(periods) == 1)), None)


def _agreeing(day: date | None, weekday: str | None) -> date | None:
    """The day, unless it was said to be another weekday than it is."""
    return day if day and (not weekday or WEEKDAYS[weekday] == day.weekday()) else None


def _day(month: Period, day: int) -> date | None:
    return month.first.replace(day=day) if 0 < day <= month.last.day else None


_FORMS = (
    (_DAY, _read_day),
    (_NTH, _nth),
    (_OF_WEEK, _of_week),
    (_WEEK_FIRST, _of_week),
    (_EDGE, _edge),
    (_WEEK_OF, _week_of),
)
