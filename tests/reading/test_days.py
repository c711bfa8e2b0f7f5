"""Days as people tell them from today, in English and in French."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dates import read_date
from bot.reading.vocabulary import WEEKDAYS

WEDNESDAY = date(2026, 11, 25)

WEEKDAY = {
    "wednesday": "2026-11-25",
    "next wednesday": "2026-12-02",
    "tuesday": "2026-12-01",
    "on Friday": "2026-11-27",
    "this friday": "2026-11-27",
    "friday the 27th": "2026-11-27",
    "monday": "2026-11-30",
    "next monday": "2026-11-30",
    "monday next week": "2026-11-30",
    "next week on friday": "2026-12-04",
    "monday week": "2026-12-07",
    "the Monday after next": "2026-12-07",
    "by end of day Friday": "2026-11-27",
    "a week from friday": "2026-12-04",
    "monday in two weeks": "2026-12-07",
    "last friday": "2026-11-20",
    "friday at 9": "2026-11-27",
    "tuesday morning": "2026-12-01",
    "next weekend": "2026-11-28",
    "mercredi": "2026-11-25",
    "mercredi prochain": "2026-12-02",
    "Vendredi.": "2026-11-27",
    "ce vendredi": "2026-11-27",
    "vendredi 27": "2026-11-27",
    "lundi": "2026-11-30",
    "lundi prochain": "2026-11-30",
    "lundi de la semaine prochaine": "2026-11-30",
    "la semaine prochaine, vendredi": "2026-12-04",
    "lundi en huit": "2026-12-07",
    "mardi en 15": "2026-12-15",
    "lundi dans deux semaines": "2026-12-07",
    "vendredi dernier": "2026-11-20",
    "d'ici vendredi": "2026-11-27",
    "vendredi à 9 h": "2026-11-27",
    "mardi après-midi": "2026-12-01",
    "ce week-end": "2026-11-28",
}
AHEAD = {
    "today": "2026-11-25",
    "tonight": "2026-11-25",
    "tomorrow": "2026-11-26",
    "tomorrow at 9am": "2026-11-26",
    "after tomorrow": "2026-11-27",
    "the day after tomorrow": "2026-11-27",
    "yesterday": "2026-11-24",
    "in 10 days": "2026-12-05",
    "in two weeks": "2026-12-09",
    "in 2w": "2026-12-09",
    "the week after next": "2026-12-07",
    "later today": "2026-11-25",
    "in a week's time": "2026-12-02",
    "two weeks from today": "2026-12-09",
    "in a couple of weeks": "2026-12-09",
    "for three months": "2027-02-25",
    "three days ago": "2026-11-22",
    "aujourd’hui": "2026-11-25",
    "ce soir": "2026-11-25",
    "demain": "2026-11-26",
    "demain matin": "2026-11-26",
    "après-demain": "2026-11-27",
    "apres demain": "2026-11-27",
    "hier": "2026-11-24",
    "dans trois semaines": "2026-12-16",
    "d'ici deux semaines": "2026-12-09",
    "dans 15 jours": "2026-12-10",
    "dans quinze jours": "2026-12-09",
    "sous huitaine": "2026-12-02",
    "d'ici 3 j": "2026-11-28",
    "dans un mois": "2026-12-25",
    "dans un an": "2027-11-25",
    "il y a 3 jours": "2026-11-22",
}


@pytest.mark.parametrize(("text", "day"), (WEEKDAY | AHEAD).items())
def test_a_day_is_read_as_said(text, day):
    assert read_date(text, WEDNESDAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", WEEKDAY | AHEAD)
def test_case_spaces_accents_and_a_full_stop_do_not_matter_for_a_day(text):
    bare = text.translate(str.maketrans("éèêàûç’", "eeeauc'"))

    assert read_date(f" {bare.title().replace(' ', '  ')} .", WEDNESDAY) == read_date(text, WEDNESDAY)


@pytest.mark.parametrize(
    "text", ["the day", "monday and tuesday", "lundi et mardi", "in days", "dans", "ago", "in 9999 years"]
)
def test_what_is_no_day_is_not_taken_for_one(text):
    assert read_date(text, WEDNESDAY) is None


@given(
    word=st.sampled_from(sorted(WEEKDAYS)),
    today=st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_a_weekday_is_never_past_and_never_more_than_six_days_ahead(word, today):
    found = read_date(word, today)

    assert found is not None
    assert found.weekday() == WEEKDAYS[word]
    assert today <= found <= today + timedelta(6)
