"""Dates as people write them, and parts of weeks, months and years, in English and in French."""

import calendar
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reading.dates import read_date
from bot.reading.vocabulary import MONTHS, NUMBERS, ORDINALS, WEEKDAYS

WEDNESDAY = date(2026, 11, 25)

WRITTEN = {
    "3 March": "2027-03-03",
    "March 3rd": "2027-03-03",
    "March the 3rd": "2027-03-03",
    "3rd of March 2027": "2027-03-03",
    "Wednesday 3 March": "2027-03-03",
    "Monday, March 1st, 2027": "2027-03-01",
    "the 3rd of March at noon": "2027-03-03",
    "Fri 4 Dec": "2026-12-04",
    "first of May": "2027-05-01",
    "the third of March": "2027-03-03",
    "Jan 4th '27": "2027-01-04",
    "3 mars": "2027-03-03",
    "1er mars": "2027-03-01",
    "le trois mars": "2027-03-03",
    "le 3 mars 2027": "2027-03-03",
    "3 mars 27": "2027-03-03",
    "mercredi 3 mars": "2027-03-03",
    "ven. 4 déc.": "2026-12-04",
    "premier mai": "2027-05-01",
    "3 March 2020": "2020-03-03",
    "03/03/2027": "2027-03-03",
    "05/06/27": "2027-06-05",
    "15.01.2027": "2027-01-15",
    "15-01-2027": "2027-01-15",
    "2027-03-03": "2027-03-03",
    "2027-03-03T10:00": "2027-03-03",
    "3/3": "2027-03-03",
    "03/25/2027": "2027-03-25",
    "Sat Mar 6 10:00:00 2027": "2027-03-06",
    "samedi 6 mars 2027 à 10 h": "2027-03-06",
}
PART = {
    "the 15th": "2026-12-15",
    "the 31st": "2026-12-31",
    "the 15th of next month": "2026-12-15",
    "end of month": "2026-11-30",
    "end of the month": "2026-11-30",
    "end of March": "2027-03-31",
    "early April": "2027-04-01",
    "first week of March": "2027-03-01",
    "second half of March": "2027-03-15",
    "mid-June": "2027-06-15",
    "late January 2028": "2028-01-31",
    "next week": "2026-11-30",
    "the week of 7 December": "2026-12-07",
    "week 12": "2027-03-22",
    "2026-W50": "2026-12-07",
    "end of next week": "2026-12-04",
    "next month": "2026-12-01",
    "May": "2027-05-01",
    "until May": "2027-05-01",
    "in March": "2027-03-01",
    "March next year": "2027-03-01",
    "first monday of March": "2027-03-01",
    "the last friday of next month": "2026-12-25",
    "Q2 2027": "2027-04-01",
    "end of the quarter": "2026-12-31",
    "next quarter": "2027-01-01",
    "end of 2027": "2027-12-31",
    "next year": "2027-01-01",
    "in the new year": "2027-01-01",
    "at Christmas": "2026-12-25",
    "le 15": "2026-12-15",
    "jusqu’au 15": "2026-12-15",
    "le 15 du mois prochain": "2026-12-15",
    "fin du mois": "2026-11-30",
    "à la fin du mois": "2026-11-30",
    "fin mars": "2027-03-31",
    "début avril": "2027-04-01",
    "mi-juin": "2027-06-15",
    "à la mi-juin": "2027-06-15",
    "la semaine prochaine": "2026-11-30",
    "la semaine du 7 décembre": "2026-12-07",
    "semaine 12": "2027-03-22",
    "dans la semaine du 7": "2026-12-07",
    "première quinzaine de mars": "2027-03-01",
    "fin de semaine prochaine": "2026-12-04",
    "le mois prochain": "2026-12-01",
    "mai": "2027-05-01",
    "au mois de mai": "2027-05-01",
    "courant mars": "2027-03-01",
    "mars prochain": "2027-03-01",
    "mars de l'année prochaine": "2027-03-01",
    "le premier lundi de mars": "2027-03-01",
    "dernier vendredi du mois": "2026-11-27",
    "T2 2027": "2027-04-01",
    "2e trimestre": "2027-04-01",
    "fin d’année": "2026-12-31",
    "l'année prochaine": "2027-01-01",
    "à Noël": "2026-12-25",
}
SAID = WRITTEN | PART

NO_DATE = [
    "",
    " ",
    "?",
    "15",
    "march 32",
    "31 April",
    "le 31 avril",
    "99/99/2027",
    "2027-02-30",
    "in 9999 years",
    "next",
    "fin",
    "soon",
    "and",
    "ad",
    "a d",
    "bientôt",
    "the market",
    "le marché",
    "finance",
    "sam",
    "Léa",
    "apollo",
    "this week",
    "cette semaine",
    "until further notice",
    "3 March with Paul",
    "du 3 au 5 mars",
    "mardi 3 mars",
    "Tuesday 3 March 2027",
    "jeudi, 3 mars 2027 à 10 h",
]


@pytest.mark.parametrize(("text", "day"), SAID.items())
def test_a_date_is_read_as_said(text, day):
    assert read_date(text, WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", NO_DATE)
def test_what_is_no_date_is_not_taken_for_one(text):
    assert read_date(text, WEDNESDAY) is None


@pytest.mark.parametrize("text", SAID)
def test_case_spaces_accents_and_a_question_mark_do_not_matter(text):
    bare = text.translate(str.maketrans("éèëêàûç’", "eeeeauc'"))

    shouted = f"  {bare.upper().replace(' ', '  ')} ?"

    assert read_date(shouted, WEDNESDAY) == read_date(text, WEDNESDAY)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("25 november", date(2026, 11, 25), date(2026, 11, 25)),
        ("24 november", date(2026, 11, 25), date(2027, 11, 24)),
        ("25/11", date(2026, 11, 25), date(2026, 11, 25)),
        ("24/11", date(2026, 11, 25), date(2027, 11, 24)),
        ("29 février", date(2026, 11, 25), date(2028, 2, 29)),
        ("29/02", date(2096, 3, 1), date(2104, 2, 29)),
        ("may", date(2026, 5, 1), date(2026, 5, 1)),
        ("may", date(2026, 5, 2), date(2027, 5, 1)),
        ("le 31", date(2026, 2, 1), date(2026, 3, 31)),
        ("in a month", date(2027, 1, 31), date(2027, 2, 28)),
        ("mi-mois", date(2026, 11, 25), date(2026, 12, 15)),
        ("fin de semaine", date(2026, 11, 28), date(2026, 12, 4)),
        ("semaine 48", date(2026, 11, 25), date(2026, 11, 23)),
        ("week 53", date(2026, 11, 25), date(2026, 12, 28)),
        ("noël", date(2026, 12, 26), date(2027, 12, 25)),
    ],
)
def test_a_day_without_a_year_is_the_next_one(text, today, day):
    assert read_date(text, today) == day


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), today=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_written_out_is_read_back(day, today):
    assert read_date(f"{day.day} {calendar.month_name[day.month]} {day.year}", today) == day
    assert read_date(day.isoformat(), today) == day
    assert read_date(f"{day:%d/%m/%Y}", today) == day


WORDS = [
    *WEEKDAYS,
    *MONTHS,
    *NUMBERS,
    *ORDINALS,
    "in",
    "dans",
    "next",
    "prochain",
    "of",
    "de",
    "du",
    "le",
    "the",
    "fin",
]
WORDS += [
    "end",
    "mid",
    "week",
    "semaine",
    "month",
    "mois",
    "year",
    "days",
    "ago",
    "q2",
    "à",
    "9 h",
    "2027",
    "31",
    "/",
    "0",
]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)


@settings(max_examples=1000, deadline=None)
@given(text=st.text() | SENTENCES, today=st.dates())
@example(text="next month", today=date.max)
@example(text="in two weeks", today=date.max)
@example(text="end of 9999", today=date.max)
@example(text="0000-01-01", today=date.min)
@example(text="yesterday", today=date.min)
@example(text="last monday", today=date.min)
@example(text="semaine 53 9999", today=date.max)
def test_no_text_makes_it_fail(text, today):
    assert isinstance(read_date(text, today), date | None)
