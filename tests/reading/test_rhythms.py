"""Rhythms as people say them, and the form in which they are kept."""

from datetime import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.reading.rhythms import Rhythm, parse_rhythm, read_rhythm
from bot.reading.vocabulary import NUMBERS, WEEKDAYS

ENGLISH = {
    "every friday at 9": "weekly:fri:09:00",
    "every friday at 9 am": "weekly:fri:09:00",
    "every friday at 9 a.m.": "weekly:fri:09:00",
    "every friday at 9.30": "weekly:fri:09:30",
    "every friday at 15": "weekly:fri:15:00",
    "every friday at 3 pm": "weekly:fri:15:00",
    "every friday at nine": "weekly:fri:09:00",
    "every friday at half past nine": "weekly:fri:09:30",
    "every friday at 9 o'clock": "weekly:fri:09:00",
    "every friday afternoon at 3": "weekly:fri:15:00",
    "every wednesday at noon": "weekly:wed:12:00",
    "every wednesday at 12 am": "weekly:wed:00:00",
    "on fridays at 15:30": "weekly:fri:15:30",
    "9am on fridays": "weekly:fri:09:00",
    "friday at 9": "weekly:fri:09:00",
    "friday 9": "weekly:fri:09:00",
    "mondays": "weekly:mon",
    "every monday morning": "weekly:mon",
    "weekly": "weekly",
    "weekly on Thursday": "weekly:thu",
    "every week": "weekly",
    "once a week": "weekly",
    "at 10": "weekly:10:00",
    "daily": "daily",
    "daily at 8": "daily:08:00",
    "every day": "daily",
    "every single day": "daily",
    "monday, please": "weekly:mon",
    "every morning": "daily",
    "every evening at 6": "daily:18:00",
    "every weekday at 9": "daily:09:00",
    "biweekly": "biweekly",
    "bi-weekly on monday": "biweekly:mon",
    "every two weeks on monday": "biweekly:mon",
    "every 2 weeks at 9": "biweekly:09:00",
    "every other tuesday": "biweekly:tue",
    "every second friday at 16:00": "biweekly:fri:16:00",
    "fortnightly": "biweekly",
    "monthly": "monthly",
    "every month": "monthly",
    "first monday of the month": "monthly:mon",
    "every first monday at 9": "monthly:mon:09:00",
    "off": "off",
    "stop": "off",
    "never": "off",
    "turn it off": "off",
    "please stop": "off",
    "no thanks": "off",
}
FRENCH = {
    "chaque vendredi à 9 h": "weekly:fri:09:00",
    "Chaque vendredi à 9 h.": "weekly:fri:09:00",
    "tous les vendredis à 9h30": "weekly:fri:09:30",
    "tous les vendredis à 9 heures et demie": "weekly:fri:09:30",
    "tous les vendredis vers 9h": "weekly:fri:09:00",
    "le lundi à 8 h": "weekly:mon:08:00",
    "le lundi à 9h du matin": "weekly:mon:09:00",
    "le lundi à 6 heures du soir": "weekly:mon:18:00",
    "le lundi après-midi": "weekly:mon",
    "vendredi à neuf heures": "weekly:fri:09:00",
    "vendredi, 9h00": "weekly:fri:09:00",
    "jeudis 14h": "weekly:thu:14:00",
    "hebdomadaire": "weekly",
    "chaque semaine le jeudi": "weekly:thu",
    "toutes les semaines": "weekly",
    "une fois par semaine": "weekly",
    "à 10 h": "weekly:10:00",
    "quotidien": "daily",
    "tous les jours": "daily",
    "tous les matins": "daily",
    "chaque jour à midi": "daily:12:00",
    "du lundi au vendredi à 8h30": "daily:08:30",
    "les jours ouvrés": "daily",
    "toutes les deux semaines": "biweekly",
    "toutes les 2 semaines le jeudi": "biweekly:thu",
    "tous les quinze jours": "biweekly",
    "toutes les quinzaines": "biweekly",
    "1 fois par semaine le lundi": "weekly:mon",
    "en semaine à 9h": "daily:09:00",
    "un lundi sur deux": "biweekly:mon",
    "un vendredi sur 2 à 9h": "biweekly:fri:09:00",
    "une semaine sur deux le mardi à 10h": "biweekly:tue:10:00",
    "mensuel": "monthly",
    "tous les mois": "monthly",
    "le premier lundi du mois": "monthly:mon",
    "premier lundi de chaque mois": "monthly:mon",
    "jamais": "off",
    "non merci": "off",
    "désabonne-moi": "off",
    "stop, s'il te plaît": "off",
    "plus jamais": "off",
    "arrêt": "off",
    "désactiver": "off",
}
SAID = ENGLISH | FRENCH

NO_RHYTHM = [
    "",
    "?",
    "a",
    "9",
    "every",
    "week",
    "semaine",
    "this week",
    "next friday",
    "le 3 mars",
    "friday 3 march",
    "the 15th",
    "every 3 days",
    "every other day",
    "un jour sur deux",
    "every two months",
    "every 3 weeks",
    "every year",
    "twice a week",
    "deux fois par semaine",
    "monday and thursday",
    "lundi et jeudi",
    "last friday of the month",
    "every day on monday",
    "every friday at 25",
    "every friday at 9:75",
    "13:00 am",
    "25h",
    "thanks",
    "apollo every friday",
    "sam",
    "off:mon",
    "daily:mon",
    "weekly:fri:25:00",
]


@pytest.mark.parametrize(("text", "stored"), SAID.items())
def test_a_rhythm_is_read_as_said(text, stored):
    assert read_rhythm(text) == stored


@pytest.mark.parametrize("text", NO_RHYTHM)
def test_what_is_no_rhythm_we_keep_is_not_taken_for_one(text):
    assert read_rhythm(text) is None


@pytest.mark.parametrize("text", SAID)
def test_case_spaces_accents_and_an_exclamation_mark_do_not_matter(text):
    bare = text.translate(str.maketrans("éèêàû", "eeeau"))

    assert read_rhythm(f" {bare.upper().replace(' ', '  ')} !") == SAID[text]


@pytest.mark.parametrize("stored", sorted(set(SAID.values())))
def test_the_stored_form_is_read_as_itself(stored):
    assert read_rhythm(stored) == stored
    assert str(parse_rhythm(stored)) == stored


@pytest.mark.parametrize(
    ("stored", "rhythm"),
    [
        ("off", Rhythm("off")),
        ("daily:08:00", Rhythm("daily", None, time(8))),
        ("weekly:fri:09:30", Rhythm("weekly", 4, time(9, 30))),
        ("biweekly:mon", Rhythm("biweekly", 0)),
        ("monthly:00:00", Rhythm("monthly", None, time(0))),
    ],
)
def test_the_stored_form_says_how_often_which_day_and_when(stored, rhythm):
    assert parse_rhythm(stored) == rhythm


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Weekly",
        "weekly:",
        "weekly:fri:",
        "weekly:fri:9:00",
        "weekly:24:00",
        "off:mon",
        "off:09:00",
        "daily:mon",
        "weekly\n",
    ],
)
def test_another_form_is_refused(value):
    with pytest.raises(ValueError, match="is no rhythm"):
        parse_rhythm(value)


RHYTHMS = st.one_of(
    st.just(Rhythm("off")),
    st.builds(
        Rhythm, st.just("daily"), st.none(), st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0))
    ),
    st.builds(
        Rhythm,
        st.sampled_from(["weekly", "biweekly", "monthly"]),
        st.none() | st.integers(0, 6),
        st.none() | st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    ),
)


@given(rhythm=RHYTHMS)
def test_what_is_stored_is_read_back(rhythm):
    assert parse_rhythm(str(rhythm)) == rhythm
    assert read_rhythm(str(rhythm)) == str(rhythm)


WORDS = [
    *WEEKDAYS,
    *NUMBERS,
    "every",
    "chaque",
    "tous les",
    "sur deux",
    "other",
    "week",
    "mois",
    "days",
    "at",
    "à",
    "first",
]
WORDS += ["9", "h", ":30", "am", "pm", "du matin", "afternoon", "weekly", "off", "jamais", "1er", "31"]
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


@settings(max_examples=1000, deadline=None)
@given(text=st.text() | SENTENCES)
@example(text="weekly:fri:٠٩:00")
@example(text="at ٩")
@example(text="at ²")
def test_whatever_is_said_gives_a_stored_form_or_nothing(text):
    stored = read_rhythm(text)

    assert stored is None or str(parse_rhythm(stored)) == stored
