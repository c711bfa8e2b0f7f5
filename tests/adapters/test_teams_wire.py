"""The Teams endpoint at its wire: what was said and clicked is handled, acknowledged and answered."""

import json

import pytest
from fake_teams import fake_teams
from sqlalchemy import select
from teams_bot import Listener, Posted, payload, teams_bot
from teams_words import words

from bot.reply import Button, Buttons, Line, Reply, say
from store import activities, outbox


@pytest.fixture
async def fake():
    async with fake_teams() as fake:
        yield fake


@pytest.fixture
def core():
    return Listener()


@pytest.fixture
async def teams(fake, core):
    async with teams_bot(fake, core) as teams:
        yield teams


async def test_a_message_is_handled_and_acknowledged_without_waiting_for_its_answer(fake, core, teams):
    core.reply = say("hello")

    posted = await teams.post(payload(fake, "message_personal"))

    assert posted == Posted(200, "")
    assert [request.text for request in core.requests] == ['who knows C# & "Rust"?']
    assert fake.posted() == []


async def test_a_button_puts_the_answer_in_the_place_of_its_card(fake, core, teams):
    core.reply = Reply((Line(("Taken back.",)), Buttons((Button("Help", "help"),))))

    posted = await teams.post(payload(fake, "execute"))

    assert posted.status == 200
    assert (posted.body["statusCode"], posted.body["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    assert words(posted.body["value"], {}) == "Taken back.\n[Help]"
    assert [(request.action, request.value) for request in core.requests] == [("kudos.undo", "k1")]


async def test_an_answer_in_the_place_of_a_card_is_no_larger_on_the_wire_than_teams_takes(fake, core, teams):
    core.reply = say("日本語 é " * 5_000)

    body = json.dumps(payload(fake, "execute")).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {fake.token()}"}
    async with teams.session.post(teams.url, data=body, headers=headers) as response:
        answer = await response.read()

    assert json.loads(answer)["type"] == "application/vnd.microsoft.card.adaptive"
    assert len(answer) < 25_500


async def test_a_button_with_nothing_to_say_leaves_the_card_alone(fake, core, teams):
    posted = await teams.post(payload(fake, "execute"))

    assert posted.body == {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": ""}


@pytest.mark.parametrize("name", ["reaction", "installation", "conversation", "message_unmentioned", "invoke_unknown"])
async def test_what_nobody_listens_to_is_acknowledged(fake, core, teams, name):
    posted = await teams.post(payload(fake, name))

    assert posted.status == 200
    assert core.requests == []


async def test_while_the_database_is_away_teams_is_asked_to_try_again(fake, core, teams):
    core.away = True
    refused = [(await teams.post(payload(fake, name))).status for name in ("message_personal", "execute")]

    core.away = False
    posted = await teams.post(payload(fake, "message_personal"))

    assert (refused, posted.status, len(core.requests)) == ([503, 503], 200, 1)


async def test_thanks_posted_twice_are_recorded_once_and_answered_through_the_outbox(fake, talk):
    thanks = payload(fake, "message_group", text="<at>Ristretto</at> kudos <at>Sam Carter</at> for the great demo")
    async with teams_bot(fake, talk.core) as teams:
        posted = [(await teams.post(thanks)).status for _ in range(3)]

    answers = await talk.core.store.read("local", lambda tx: outbox.of_kind(tx, "core.answer"))
    acts = await talk.core.store.read("local", lambda tx: tx.all(select(activities.activities)))
    assert posted == [200, 200, 200]
    assert [(act["verb"], act["kind"], act["audience"]) for act in acts] == [
        ("Offer", "thanks", "place:teams:19:group@thread.v2")
    ]
    assert [(answer.place, answer.only_for) for answer in answers] == [
        ("19:group@thread.v2", "aaaa0000-0000-0000-0000-000000000001")
    ]
