"""What people do in Slack reads as what they meant, and what was not meant for us is left alone."""

from dataclasses import replace

import pytest
from slack_wire import NOON, payload

from adapters.slack.incoming import Channel, Scene, read
from adapters.slack.text import typed
from bot.request import MENTION, Account, Place, Request

SCENE = Scene("local", NOON, "key", bot="UBOT")
ANA, U1, U2 = Account("slack", "U1", handle="ana"), Account("slack", "U1"), Account("slack", "U2")
SAM = Account("slack", "U2", handle="sam")
COMMAND = '{"response_url": "https://hooks.slack.com/commands/T1/1/abc", "replace": false}'
GENERAL = Place("slack", "C1", "unknown", "general", context=COMMAND)
CHAT = Place("slack", "D1", "private")

GESTURES = {
    "command_kudos": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        GENERAL,
        f'kudos {MENTION} for the demo & the "rest" #teamwork',
        (SAM,),
        command="kudos",
    ),
    "command_kudos_in_private_channel": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        Place("slack", "G1", "members", context=COMMAND),
        f"kudos {MENTION} pour la démo",
        (SAM,),
        command="kudos",
    ),
    "command_whoknows_in_direct_message": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        Place("slack", "D9", "private", context=COMMAND),
        "whoknows C#",
        command="whoknows",
    ),
    "command_update": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        GENERAL,
        "update #apollo beta is out; see https://example.org/notes <soon>",
        command="update",
    ),
    "command_ristretto": Request("local", "slack:key", NOON, ANA, GENERAL, "qui connaît Rust ?"),
    "command_ristretto_alone": Request("local", "slack:key", NOON, ANA, GENERAL, "help", command="help"),
    "command_skills": Request("local", "slack:key", NOON, ANA, GENERAL, "skills add ASP.NET, C++", command="skills"),
    "command_digest": Request("local", "slack:key", NOON, ANA, GENERAL, "digest", command="digest"),
    "app_mention": Request(
        "local",
        "slack:T1:C1:1772625600.000200",
        NOON,
        U1,
        Place("slack", "C1", "unknown"),
        "who knows Rust?",
        message="1772625600.000200",
        inline=False,
    ),
    "app_mention_in_thread": Request(
        "local",
        "slack:T1:C1:1772625601.000200",
        NOON,
        U1,
        Place("slack", "C1", "unknown", thread="1772625000.000100"),
        f"merci {MENTION} pour la démo",
        (U2,),
        message="1772625601.000200",
        inline=False,
    ),
    "message_im": Request(
        "local",
        "slack:T1:D1:1772625602.000300",
        NOON,
        U1,
        CHAT,
        f"kudos {MENTION} for the demo",
        (U2,),
        message="1772625602.000300",
        inline=False,
    ),
    "message_im_file_share": Request(
        "local",
        "slack:T1:D1:1772625603.000300",
        NOON,
        U1,
        CHAT,
        "update #apollo the beta is out",
        message="1772625603.000300",
        inline=False,
    ),
    "reaction_added": Request(
        "local",
        "slack:T1:Ev7",
        NOON,
        U1,
        Place("slack", "C1", "unknown"),
        mentions=(U2,),
        action="reaction:clap",
        message="1772620000.000100",
        inline=False,
    ),
    "reaction_removed": Request(
        "local",
        "slack:T1:Ev8",
        NOON,
        U1,
        Place("slack", "C1", "unknown"),
        mentions=(U2,),
        action="unreaction:clap",
        message="1772620000.000100",
        inline=False,
    ),
    "click_undo": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        Place(
            "slack",
            "C1",
            "unknown",
            "general",
            context='{"response_url": "https://hooks.slack.com/actions/T1/1/abc", "replace": true}',
        ),
        action="kudos.undo",
        value="urn:ristretto:activity:1",
        message="1772625609.000100",
        inline=False,
    ),
    "click_in_direct_message": Request(
        "local",
        "slack:key",
        NOON,
        ANA,
        CHAT,
        action="follow.mute",
        value="kudos",
        message="1772625611.000100",
        inline=False,
    ),
}


@pytest.mark.parametrize("name", GESTURES)
def test_a_gesture_reads_as_a_request(name):
    assert read(payload(name), SCENE) == GESTURES[name]


@pytest.mark.parametrize(
    "name",
    [
        *("message_changed", "message_im_from_bot", "reaction_to_an_app", "reaction_to_oneself"),
        *("app_home_opened", "view_submission", "url_verification"),
    ],
)
def test_what_is_not_for_us_is_left_alone(name):
    assert read(payload(name), SCENE) is None


@pytest.mark.parametrize(
    "event",
    [
        {"subtype": "channel_join"},
        {"subtype": "message_deleted"},
        {"bot_id": "B7"},
        {"user": "UBOT"},
        {"user": "<!channel>"},
        {"user": None},
        {"channel": "C1"},
        {"channel": "../D1"},
        {"ts": "now"},
        {"text": ""},
        {"text": None},
        {"type": "pin_added"},
    ],
    ids=str,
)
def test_a_message_that_nobody_said_to_us_just_now_is_left_alone(event):
    body = payload("message_im")
    body["event"] |= event

    assert read(body, SCENE) is None


def test_both_events_of_one_message_are_one_request():
    mention = payload("app_mention")
    message = payload("message_im")
    message["event"] |= {key: mention["event"][key] for key in ("ts", "user", "text")}
    mention["event"]["channel"] = message["event"]["channel"]

    assert read(mention, SCENE) == read(message, SCENE)


def test_we_are_recognised_before_slack_has_told_who_we_are():
    body = payload("app_mention_in_thread")
    del body["authorizations"]

    request = read(body, replace(SCENE, bot=""))

    assert request == GESTURES["app_mention_in_thread"]


def test_a_mention_that_says_nothing_asks_for_help():
    body = payload("app_mention")
    body["event"]["text"] = "<@UBOT> "

    request = read(body, SCENE)

    assert request is not None
    assert (request.text, request.command) == ("help", "help")


def test_a_click_in_a_view_has_no_place_to_be_answered_in_and_is_left_alone():
    body = {**payload("click_undo"), "container": {"type": "view", "view_id": "V1"}}
    del body["channel"]

    assert read(body, SCENE) is None
    assert read(payload("click_undo"), SCENE) is not None


@pytest.mark.parametrize("kind", ["public", "members"])
def test_a_channel_is_what_slack_said_when_it_was_asked(kind):
    request = read(payload("app_mention"), replace(SCENE, channel=lambda id: Channel(kind, f"name of {id}")))

    assert request is not None
    assert request.place == Place("slack", "C1", kind, "name of C1")


@pytest.mark.parametrize(
    ("channel", "name", "kind"),
    [
        ("D1", "directmessage", "private"),
        ("C1", "directmessage", "private"),
        ("G1", "general", "members"),
        ("C1", "privategroup", "members"),
        ("C1", "mpdm-ana--sam--lea-1", "members"),
        ("C1", "general", "unknown"),
    ],
)
def test_only_what_the_payload_says_of_a_place_is_believed(channel, name, kind):
    request = read({**payload("command_kudos"), "channel_id": channel, "channel_name": name}, SCENE)

    assert request is not None
    assert request.place.kind == kind


@pytest.mark.parametrize(
    ("raw", "text", "accounts"),
    [
        ("<@U2|sam> &amp; <@U3>: thanks", f"{MENTION} & {MENTION}: thanks", (SAM, Account("slack", "U3"))),
        ("<@W2|> hi", f"{MENTION} hi", (Account("slack", "W2"),)),
        ("<@UBOT> who knows C#?", "who knows C#?", ()),
        ("<@UBOT|ristretto>, who knows C#?", "who knows C#?", ()),
        ("who knows C#, <@UBOT>?", "who knows C#, ?", ()),
        ("thanks <@UBOT> <@U3>", f"thanks {MENTION}", (Account("slack", "U3"),)),
        ("<#C1|apollo> and <#C2>", "#apollo and #name of C2", ()),
        ("<#C2|>", "#name of C2", ()),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2", ()),
        ("<http://example.org|example.org>", "example.org", ()),
        ("<http://Node.js|Node.js>", "Node.js", ()),
        ("<https://example.org/x|this article>", "this article https://example.org/x", ()),
        ("<mailto:lea@example.org|lea@example.org>", "lea@example.org", ()),
        ("<mailto:lea@example.org>", "lea@example.org", ()),
        ("<tel:+33123456789|+33123456789>", "+33123456789", ()),
        ("<!here> <!channel|@channel> <!subteam^S1|@devs> <!subteam^S2>", "@here @channel @devs @subteam", ()),
        ("&lt;@U9&gt; &lt;!channel&gt; &amp;amp; &amp;lt;", "<@U9> <!channel> &amp; &lt;", ()),
        ("a < b > c", "a < b > c", ()),
        ("“quoted” ‘it’s’ « fr »", "\"quoted\" 'it's' « fr »", ()),
        ("Rust\u00a0? oui\u202f!", "Rust ? oui !", ()),
        (f"typed {MENTION} \x00\ud800 by hand", "typed   by hand", ()),
        ("line one\nline two", "line one\nline two", ()),
        ("  ", "", ()),
    ],
)
def test_text_reads_as_it_was_typed(raw, text, accounts):
    assert typed(raw, "UBOT", lambda id: f"name of {id}") == (text, accounts)
