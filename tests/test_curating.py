from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.curating import calendar
from bot.curating.choice import choose, topics
from bot.curating.excerpt import MINUTES, SPEED, WORDS, excerpt
from store.activities import Activity
from store.follows import Preferences
from store.news import Span, Topic
from store.readers import Reader
from store.subscriptions import Subscription

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
SPAN = Span(NOW - timedelta(days=7), NOW)
WEEKLY = Subscription("ana", anchor=date(2026, 3, 2), chosen=True)
PARIS = ZoneInfo("Europe/Paris")


def act(n: int, actor: str, kind: str = "update", key: str = "apollo", **said: Any) -> Activity:
    verb = {"update": "Create", "skill": "Add", "member": "Join", "thanks": "Offer", "project": "Update"}[kind]
    what: dict[str, Any] = {"verb": verb, "name": f"news {n}"} | said
    return Activity(id=f"a{n:03}", published=NOW - timedelta(hours=n), actor=actor, kind=kind, key=key, **what)


def read(*acts: Activity):
    """Topics in memory, as the store would give them."""

    def belongs(one: Activity, topic: Topic) -> bool:
        if topic.kind == "thanks":
            return one.kind == "thanks" and topic.key in one.to
        kinds = {"project": ("update", "project", "member"), "skill": ("skill",), "team": ()}
        key = one.actor if topic.kind == "person" else one.key
        fits = topic.kind == "person" or one.kind in kinds[topic.kind]
        return key == topic.key and fits and one.audience == topic.audience

    newest = sorted(acts, key=lambda one: one.published, reverse=True)
    return lambda topic, limit: [one for one in newest if belongs(one, topic)][:limit]


MEMBER = Reader("ana", projects=frozenset({"apollo"}))


def told(reader: Reader, *acts: Activity) -> list[list[str]]:
    return [[act.id for act in item.acts] for item in choose(reader, SPAN, read(*acts)).items]


def test_seven_items_at_most_and_the_others_are_counted():
    choice = choose(MEMBER, SPAN, read(*(act(n, f"p{n}") for n in range(10))))

    assert (len(choice.items), choice.left_out, choice.thin) == (7, 3, False)


def test_own_doings_are_left_out():
    assert told(MEMBER, act(1, "ana"), act(2, "sam")) == [["a002"]]


def test_nobody_speaks_more_than_twice():
    assert told(MEMBER, act(1, "sam"), act(2, "sam"), act(3, "sam"), act(4, "lea")) == [["a001"], ["a002"], ["a004"]]


def test_what_several_did_alike_is_one_item():
    joined = [act(n, f"p{n}", "member") for n in range(4)]

    assert told(MEMBER, *joined) == [["a000", "a001", "a002", "a003"]]


@pytest.mark.parametrize(
    "muted", [("Person", "sam"), ("Project", "apollo"), ("Kind", "projects")], ids=lambda thing: thing[0]
)
def test_a_mute_wins_over_everything(muted):
    follows = frozenset({("Project", "apollo"), ("Person", "sam")})
    reader = replace(MEMBER, preferences=Preferences(following=follows, muted=frozenset({muted})))

    assert told(reader, act(1, "sam")) == []


def test_a_muted_skill_and_muted_thanks_are_not_told():
    reader = Reader("ana", wishes=frozenset({"rust"}))
    acts = (act(1, "sam", "skill", "rust"), act(2, "lea", "thanks", "", to=("ana",)))
    muted = frozenset({("Skill", "rust"), ("Kind", "kudos")})

    assert told(reader, *acts) == [["a002"], ["a001"]]
    assert told(replace(reader, preferences=Preferences(muted=muted)), *acts) == []


def test_a_reader_opens_only_lists_that_are_theirs():
    secret = act(1, "sam", audience="place:slack:G1")
    member = replace(MEMBER, audiences=("public", "person:ana", "place:slack:G1"))

    assert (told(MEMBER, secret), told(member, secret)) == ([], [["a001"]])
    assert {topic.audience for topic, _ in topics(MEMBER)} == {"public"}


def test_variety_comes_before_more_of_the_same():
    reader = replace(MEMBER, skills=frozenset({"sql"}))
    acts = [*(act(n, f"p{n}") for n in range(9)), act(9, "lea", "skill", "sql"), act(10, "sam", "member")]

    kinds = [item.kind for item in choose(reader, SPAN, read(*acts)).items]

    assert {"update", "skill", "member"} == set(kinds)


def test_each_item_has_its_weightiest_reason_first():
    reader = replace(MEMBER, preferences=Preferences(following=frozenset({("Person", "sam")})))

    (item,) = choose(reader, SPAN, read(act(1, "sam"))).items

    assert item.reasons == ("member", "follows_person")


@pytest.mark.parametrize(
    ("reader", "facts", "reason"),
    [
        (Reader("ana", wishes=frozenset({"rust"})), {}, "wish"),
        (Reader("ana", wishes=frozenset({"rust"})), {"wish": True}, "both_wish"),
        (Reader("ana", skills=frozenset({"rust"})), {}, "known"),
        (Reader("ana", skills=frozenset({"rust"})), {"wish": True}, "learner"),
        (Reader("ana", preferences=Preferences(following=frozenset({("Skill", "rust")}))), {}, "follows_skill"),
    ],
)
def test_a_colleagues_skill_is_told_to_whom_it_concerns(reader, facts, reason):
    (item,) = choose(reader, SPAN, read(act(1, "sam", "skill", "rust", facts=facts))).items

    assert item.reasons == (reason,)


def test_what_is_older_than_the_period_or_not_yet_said_is_left_out():
    assert told(MEMBER, act(-1, "sam"), act(24 * 7, "lea"), act(24 * 7 - 1, "paul")) == [["a167"]]


def test_a_topic_that_the_reader_filled_alone_is_read_deeper():
    own = [act(n, "ana") for n in range(60)]

    assert told(MEMBER, *own, act(61, "sam")) == [["a061"]]


def test_the_same_lists_give_the_same_choice_in_whatever_order_they_come():
    acts = [act(n, f"p{n % 5}") for n in range(20)]

    assert told(MEMBER, *acts) == told(MEMBER, *reversed(acts))


def test_a_whole_digest_is_read_in_two_minutes():
    assert 7 * (WORDS + 12 + 8) <= MINUTES * SPEED
    assert len(excerpt("word " * 500).split()) == WORDS
    assert excerpt("x" * 1300).endswith("…") and len(excerpt("x" * 1300)) < 300
    assert excerpt("short and sweet") == "short and sweet"


@pytest.mark.parametrize(
    ("rhythm", "weekday", "days"),
    [
        ("weekly", 0, ["2026-03-09", "2026-03-16", "2026-03-23"]),
        ("weekly", 4, ["2026-03-06", "2026-03-13", "2026-03-20"]),
        ("biweekly", 0, ["2026-03-16", "2026-03-30", "2026-04-13"]),
        ("monthly", 4, ["2026-03-06", "2026-04-03", "2026-05-01"]),
        ("daily", 0, ["2026-03-05", "2026-03-06", "2026-03-09"]),
    ],
)
def test_a_rhythm_falls_due_on_its_days(rhythm, weekday, days):
    one = replace(WEEKLY, rhythm=rhythm, weekday=weekday)

    dues = list(islice(calendar.upcoming(one, PARIS, NOW), 3))

    assert [due.at.astimezone(PARIS).strftime("%F %R") for due in dues] == [f"{day} 09:00" for day in days]


def test_periods_are_named_as_people_count_them():
    assert calendar.period("weekly", date(2027, 1, 1)) == "2026-W53"
    assert calendar.period("daily", date(2027, 1, 1)) == "2027-01-01"
    assert calendar.period("monthly", date(2027, 1, 1)) == "2027-01"


def test_nine_stays_nine_when_the_clocks_change_and_no_week_is_missed_or_doubled_in_any_zone():
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)

        dues = list(islice(calendar.upcoming(WEEKLY, zone, NOW), 53))

        assert {f"{due.at.astimezone(zone):%a %H:%M}" for due in dues} == {"Mon 09:00"}, name
        assert len({due.period for due in dues}) == 53, name
        assert all(early.at < late.at for early, late in pairwise(dues)), name


def test_an_hour_that_the_clock_skips_is_the_first_instant_after_and_one_shown_twice_is_the_first():
    night = replace(WEEKLY, weekday=6, time="02:30")
    spring = calendar.first_after(night, PARIS, datetime(2026, 3, 28, tzinfo=UTC))
    autumn = calendar.first_after(night, PARIS, datetime(2026, 10, 24, tzinfo=UTC))
    apia = replace(WEEKLY, weekday=4)  # Friday 30 December 2011 did not exist in Samoa

    skipped = calendar.first_after(apia, ZoneInfo("Pacific/Apia"), datetime(2011, 12, 28, tzinfo=UTC))

    assert spring == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert autumn == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert skipped == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late", "sent"), [({"hours": 0}, True), ({"hours": 35}, True), ({"hours": 37}, False)], ids=str
)
def test_late_by_a_day_and_a_half_is_still_sent(late, sent):
    monday = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    due = calendar.last_due(replace(WEEKLY, next_at=monday), PARIS, monday + timedelta(**late))

    assert (due is not None) == sent
    assert due is None or (due.at, due.period) == (monday, "2026-W10")


def test_a_sunday_digest_is_not_sent_in_the_next_week():
    sunday = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
    one = replace(WEEKLY, weekday=6, next_at=sunday)

    assert calendar.last_due(one, PARIS, sunday + timedelta(hours=14))
    assert calendar.last_due(one, PARIS, sunday + timedelta(hours=16)) is None
