"""Whole date expressions in English and French: "3 March", "vendredi prochain", "in two weeks", "fin du mois"."""

import re
from datetime import date

from bot.reading.clock import cut_time
from bot.reading.days import read_day
from bot.reading.figures import read_figures
from bot.reading.parts import day_of_month, read_part
from bot.reading.vocabulary import WEEKDAYS, tidy

LONGEST = 80
"""A longer text is no date."""

_LEAD = re.compile(
    r"(?:(?:on|by|until|till|to|before|from|starting|since|for|around|about|in|at|within|during|as of|sometime"
    r"|first thing|(?:end|close) of (?:day|business)|eod|cob|jusqu'(?:a|en|au|aux)|a partir|a compter|des|pour|pendant"
    r"|avant|vers|autour|depuis|en|dans|d'ici|sous|courant|a(?= (?:la|l'|mi|fin|debut|noel|partir))|au|aux|du"
    r"|the|le|la|les|de) |l'|d'|jusqu')+"
)
_ARTICLE = re.compile(r"\b(?:the|le|du|au) $")
_PART_OF_DAY = re.compile(
    r"(?: (?:in the|dans la|au|du|de l'))? ?\b(?:morning|afternoon|evening|night|matin|matinee|apresmidi|soir|soiree)$"
)
_YEAR_TURN = re.compile(
    r"(?<=\S)(?: (?:of|de))? (?:(?P<next>next year|(?:l'annee|l'an|annee) prochaine?)|this year|cette annee)$"
)
_LATE = re.compile(r"(?<!\d)(?:29|[3-9]\d)(?!\d)")
"""A day of the month that not every month has."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_STRICTLY = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "PARSERS": ["absolute-time"], "TIMEZONE": "UTC"}


def read_date(text: str, today: date) -> date | None:
    """The day meant. A day without a year is the next such day, and today is one."""
    if len(text) > LONGEST:
        return None
    words = tidy(text)
    try:
        return _read(words, today) or _read(_PART_OF_DAY.sub("", cut_time(words)[1]), today) or _dated(words)
    except (ValueError, OverflowError):  # the 31st of June, or a day beyond the calendar
        return None


def is_no_day(text: str, today: date) -> bool:
    """Whether it is said as a day is and only the calendar has none: the 31st of June."""
    earlier = _LATE.sub("28", text, count=1)
    return earlier != text and read_date(text, today) is None and read_date(earlier, today) is not None


def _read(words: str, today: date) -> date | None:
    lead = _LEAD.match(words)
    end = lead.end() if lead else 0
    turn = _YEAR_TURN.search(words, end)
    rest = f"{words[end : turn.start()]} {today.year + bool(turn['next'])}" if turn else words[end:]
    return (
        day_of_month(rest, today, article=bool(_ARTICLE.search(words[:end])))
        or read_figures(rest, today)
        or read_day(rest, today)
        or read_part(rest, today)
    )


def _dated(words: str) -> date | None:
    """Other ways to write a day with its year."""
    if not _YEAR.search(words):
        return None
    import dateparser  # noqa: PLC0415  # dear to import, and rarely needed

    found = dateparser.parse(words, languages=["en", "fr"], settings=_STRICTLY)
    said = {WEEKDAYS[word] for word in words.split() if word in WEEKDAYS}
    return found.date() if found and said <= {found.weekday()} else None
