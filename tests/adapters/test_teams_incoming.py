"""Activities of Teams become requests that no platform owns."""

from datetime import UTC, datetime

import pytest
from fake_teams import APP, TENANT, FakeTeams
from teams_bot import payload

from adapters.teams.incoming import Reader, Unreadable
from adapters.teams.reference import Reference
from bot.request import MENTION, Account, Place, Request

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FAKE = FakeTeams("http://127.0.0.1:1")
ANA = Account(
    "teams",
    "aaaa0000-0000-0000-0000-000000000001",
    name="Ana Silva",
    locale="en-GB",
    timezone="Europe/Paris",
    also=("29:1ana",),
)
SAM = Account("teams", "29:1sam", name="Sam Carter")
BOT = f"28:{APP}"


def read(name, known=None, **changes):
    return Reader("local", known or {}).message(payload(FAKE, name, **changes), NOON)


def context(conversation):
    return Reference(FAKE.service, conversation, "29:1ana", ANA.id, BOT, TENANT).dump()


def said(text, *names, **changes):
    """A personal message that mentions people by these names, in the order of the entities."""
    entities = [{"type": "mention", "text": f"<at>{n}</at>", "mentioned": {"id": f"29:{n}", "name": n}} for n in names]
    request = read("message_personal", text=text, entities=entities, **changes)
    assert request
    return request.text, [account.id for account in request.mentions]


def test_a_personal_message_is_read_as_it_was_typed():
    request = read("message_personal")

    assert request == Request(
        tenant="local",
        id=f"teams:{TENANT}:a:1chat-ana:1700000000001",
        at=NOON,
        who=ANA,
        place=Place("teams", "a:1chat-ana", "private", context=context("a:1chat-ana")),
        text='who knows C# & "Rust"?',
        message="1700000000001",
        inline=False,
    )


def test_in_a_channel_the_bot_is_cut_out_once_and_a_name_in_two_parts_is_one_person():
    request = read("message_channel")

    place = Place("teams", "19:general@thread.tacv2", "unknown", "General", "1700000000000", "")
    assert request
    assert request.text == f"kudos {MENTION} for the Ristretto demo"
    assert request.mentions == (SAM,)
    assert request.place == Place(**{**as_dict(place), "context": context("19:general@thread.tacv2")})


@pytest.mark.parametrize("name", ["message_channel", "message_group", "message_personal"])
@pytest.mark.parametrize("text", ["<at>Ristretto</at>", " <at>Ristretto</at>&nbsp;\n"])
def test_calling_the_bot_and_saying_nothing_asks_for_help(name, text):
    called = [{"type": "mention", "text": "<at>Ristretto</at>", "mentioned": {"id": BOT, "name": "Ristretto"}}]

    request = read(name, text=text, entities=called)

    assert request
    assert (request.text, request.command, request.mentions) == ("help", "help", ())


@pytest.mark.parametrize("text", ["", "&nbsp;\n", None])
def test_a_picture_sent_without_a_word_asks_for_nothing(text):
    request = read("message_personal", text=text)

    assert request
    assert (request.text, request.command) == ("", "")


def test_in_a_group_chat_what_is_said_belongs_to_its_members():
    request = read("message_group")

    assert request
    assert (request.text, request.mentions) == (f"update #apollo beta is out; thanks {MENTION}", (SAM,))
    assert (request.place.kind, request.place.thread) == ("members", "")


@pytest.mark.parametrize(
    ("told", "kind"), [("", "unknown"), ("standard", "members"), ("private", "members"), ("Shared", "members")]
)
def test_no_channel_is_taken_for_open_to_the_tenant(told, kind):
    data = {"tenant": {"id": TENANT}, "channel": {"id": "19:general@thread.tacv2", "type": told}}

    request = read("message_channel", channelData=data)

    assert request
    assert request.place.kind == kind


def test_where_the_scope_is_not_told_a_shared_place_is_not_taken_for_private():
    conversation = {"id": "19:group@thread.v2", "tenantId": TENANT}

    request = read("message_group", conversation=conversation)

    assert request
    assert request.place.kind == "members"


def test_what_was_said_to_others_is_not_for_the_bot():
    assert read("message_unmentioned") is None
    assert read("message_unmentioned", recipient={"id": BOT, "isTargeted": True}) is not None


def test_other_bots_are_not_answered():
    assert read("message_personal", **{"from": {"id": "28:other", "name": "Other"}}) is None
    assert read("message_personal", **{"from": {"id": "bot-id", "role": "bot"}}) is None


def test_mentions_are_in_the_order_of_the_text_not_of_the_entities():
    assert said("thanks <at>Lea</at> and <at>Sam</at>", "Sam", "Lea") == (
        f"thanks {MENTION} and {MENTION}",
        ["29:Lea", "29:Sam"],
    )


def test_a_tag_that_was_typed_by_hand_mentions_nobody():
    assert said("kudos &lt;at&gt;Sam&lt;/at&gt; <at>Lea</at>", "Lea") == (f"kudos <at>Sam</at> {MENTION}", ["29:Lea"])
    assert said("kudos <at>Sam</at>") == ("kudos <at>Sam</at>", [])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<p>kudos <at>Sam</at> for the <b>bold</b>&nbsp;demo</p>", "plain"),
        ("<div>kudos <at>Sam</at> for the <span style='x'>bold</span> demo</div>\n", "plain"),
        ("kudos <at>Sam</at> for the <em>bold</em><br/>demo", "xml"),
    ],
)
def test_markup_is_read_as_its_words(text, told):
    read_as, mentioned = said(text, "Sam", textFormat=told)

    assert (read_as.split(), mentioned) == (["kudos", MENTION, "for", "the", "bold", "demo"], ["29:Sam"])


def test_markup_that_was_typed_by_hand_stays_as_it_was_typed():
    assert said("use &lt;b&gt; and List<i> in 1 < 2", textFormat="plain") == ("use <b> and List<i> in 1 < 2", [])
    assert said("<p>use &lt;b&gt; in 1 &lt; 2</p>", textFormat="xml") == ("use <b> in 1 < 2", [])


def test_the_sign_for_a_mention_cannot_be_typed():
    assert said(f"a{MENTION}b &#65532; <at>Sam</at>", "Sam") == (f"ab  {MENTION}", ["29:Sam"])


def test_a_channel_that_is_mentioned_reads_as_its_name():
    entities = [
        {"type": "mention", "text": "<at>apollo</at>", "mentioned": {"id": "19:x@thread.tacv2", "name": "apollo"}}
    ]

    request = read("message_personal", text="update <at>apollo</at> beta is out", entities=entities)

    assert request
    assert (request.text, request.mentions) == ("update #apollo beta is out", ())


def test_a_person_met_before_is_mentioned_under_their_account():
    request = read("message_group", known={"29:1sam": "aaaa-sam"})

    assert request
    assert request.mentions == (Account("teams", "aaaa-sam", name="Sam Carter"),)


def test_a_pressed_button_carries_its_action_whichever_way_it_comes():
    reader = Reader("local", {})

    clicked = reader.click(payload(FAKE, "execute"), NOON)
    submitted = reader.message(payload(FAKE, "submit"), NOON)

    assert (clicked.action, clicked.value, clicked.message, clicked.inline) == (
        "kudos.undo",
        "k1",
        "1700000000900",
        True,
    )
    assert submitted
    assert (submitted.action, submitted.value, submitted.text, submitted.inline) == ("kudos.undo", "k1", "", False)


def test_who_has_no_account_is_known_by_the_id_teams_gives():
    request = read("message_personal", **{"from": {"id": "29:guest", "name": "Guest"}})

    assert request
    assert request.who.id == "29:guest"


def test_a_zone_that_does_not_exist_is_not_believed():
    request = read("message_personal", localTimezone="Mars/Olympus")

    assert request
    assert request.who.timezone == ""


@pytest.mark.parametrize("missing", ["id", "from", "conversation"])
def test_an_activity_without_what_every_request_needs_is_refused(missing):
    with pytest.raises(Unreadable):
        read("message_personal", **{missing: None})


def test_a_reference_survives_being_kept():
    reference = Reference("https://smba.trafficmanager.net/emea/", "19:x", "29:é", "aaaa", BOT, TENANT)

    assert Reference.load(reference.dump()) == reference
    assert [Reference.load(text) for text in ("", "{", "[]", '{"other":1}')] == [None] * 4


def as_dict(place):
    return {name: getattr(place, name) for name in place.__dataclass_fields__}
