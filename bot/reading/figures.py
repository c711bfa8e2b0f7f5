"""Days written in figures: the year first, or the day first."""

import calendar
import re
from datetime import date

from bot.reading.periods import YEARS_AHEAD

_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})(?:\2(\d{4}|\d{2}))?")


def read_figures(words: str, today: date) -> date | None:
    """Raises ValueError where the figures are those of no day."""
    if match := _YEAR_FIRST.fullmatch(words):
        return date(int(match[1]), int(match[3]), int(match[4]))
    match = _DAY_FIRST.fullmatch(words)
    if not match or (match[2] != "/" and not match[4]):
        return None
    day, month = int(match[1]), int(match[3])
    if month > 12 >= day:  # 03/25 can mean nothing else
        day, month = month, day
    return _in_year(match[4], month, day) if match[4] else _next(month, day, today)


def _in_year(year: str, month: int, day: int) -> date:
    return date(int(year) + (2000 if len(year) == 2 else 0), month, day)


def _next(month: int, day: int, today: date) -> date | None:
    years = range(today.year, today.year + YEARS_AHEAD)
    days = (date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1])
    return next((each for each in days if each >= today), None)
