"""Weeks, months, quarters and years as people name them, in English and French."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from bot.reading.vocabulary import MONTHS, ORDINALS, choice

YEARS_AHEAD = 9
"""Enough to meet the next 29 February across a century that has none."""


class Period(NamedTuple):
    first: date
    middle: date
    last: date


def months(words: str, today: date) -> list[Period]:
    """The months meant, in order. A month without a year may be any from this year's on."""
    if match := _MONTH.fullmatch(words):
        return [_months(year, MONTHS[match["month"]], 1) for year in _years(match["year"], today)]
    return [_months(today.year, today.month + turn, 1) for turn in _turns(_MONTH_TURN, words)]


def weeks(words: str, today: date) -> list[Period]:
    """Working weeks, Monday to Friday."""
    if match := _WEEK.fullmatch(words):
        return _weeks(int(match["week"] or match["short"] or match["iso"]), match["year"] or match["iso_year"], today)
    monday = today - timedelta(today.weekday())
    return [_working(monday + timedelta(weeks=turn)) for turn in _turns(_WEEK_TURN, words)]


def others(words: str, today: date) -> list[Period]:
    """Quarters and years."""
    if match := _QUARTER.fullmatch(words):
        quarter = int(match["short"] or ORDINALS[match["nth"]])
        return [_months(year, 3 * quarter - 2, 3) for year in _years(match["year"], today)]
    if re.fullmatch(r"20\d\d", words):
        return [_months(int(words), 1, 12)]
    this = today.month - (today.month - 1) % 3
    quarters = [_months(today.year, this + 3 * turn, 3) for turn in _turns(_QUARTER_TURN, words)]
    return quarters + [_months(today.year + turn, 1, 12) for turn in _turns(_YEAR_TURN, words)]


def _turn(unit: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<this>this|current|ce|cette)|(?P<next>(?:the )?(?:next|coming|following)|prochaine?))? ?(?:{unit})"
        r"(?: (?:(?P<now>en cours|courante?)|(?P<after>prochaine?|suivante?|qui vient)|(?P<second>after next)))?"
    )


_MONTH = re.compile(
    rf"(?:mois de |mois d'|month of |next |this |ce )?(?P<month>{choice(MONTHS)})"
    r"(?: (?:(?:of |de )?(?P<year>\d{4}|\d{2})|prochain))?"
)
_WEEK = re.compile(
    r"(?:(?:week|semaine|sem)(?: n°?)? ?(?P<week>\d{1,2})|[ws](?P<short>\d{2}))(?: (?:of |de )?(?P<year>\d{4}))?"
    r"|(?P<iso_year>\d{4}) ?w(?P<iso>\d{2})"
)
_QUARTER = re.compile(
    rf"(?:[qt](?P<short>[1-4])|(?P<nth>{choice(word for word, n in ORDINALS.items() if n > 0)}) (?:quarter|trimestre))"
    r"(?: (?:of |de )?(?P<year>\d{4}))?"
)
_MONTH_TURN, _WEEK_TURN = _turn("month|mois"), _turn("week|semaine")
_QUARTER_TURN, _YEAR_TURN = _turn("quarter|trimestre"), _turn("year|annee|an")


def _turns(form: re.Pattern[str], words: str) -> range:
    """How many turns of the unit away it may be: this one, the next one, or any from this one on."""
    match = form.fullmatch(words)
    if not match:
        return range(0)
    if match["next"] or match["after"]:
        return range(1, 2)
    if match["second"]:
        return range(2, 3)
    return range(1) if match["this"] or match["now"] else range(13)


def _years(said: str | None, today: date) -> range:
    if said:
        year = int(said) + (2000 if len(said) == 2 else 0)
        return range(year, year + 1)
    return range(today.year, today.year + YEARS_AHEAD)


def _months(year: int, month: int, count: int) -> Period:
    """`count` months from the given one, which may lie beyond December."""
    first, after = _first(year, month), _first(year, month + count)
    middle = first.replace(day=15) if count == 1 else _first(year, month + count // 2)
    return Period(first, middle, after - timedelta(1))


def _first(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _weeks(week: int, said: str | None, today: date) -> list[Period]:
    """The week of that number: of the year said, else the first that is not over."""
    years = [year for year in _years(said, today) if 0 < week <= date(year, 12, 28).isocalendar().week]
    found = [_working(date.fromisocalendar(year, week, 1)) for year in years]
    return [period for period in found if said or period.first + timedelta(6) >= today][:1]


def _working(monday: date) -> Period:
    return Period(monday, monday + timedelta(2), monday + timedelta(4))
