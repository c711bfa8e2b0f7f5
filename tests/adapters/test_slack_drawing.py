"""Every reply is drawn so that Slack takes it, says the same as its plain twin, and makes nobody's words markup."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SlackBlock
from slack_words import words_of

from adapters.slack.drawing import BLOCKS, TOTAL, draw
from bot.reply import (
    Button,
    Buttons,
    Code,
    Contact,
    Item,
    Line,
    Link,
    Mention,
    Note,
    Reply,
    Rule,
    Strong,
    Title,
    dump,
    load,
    plain,
    say,
)

SAM = Mention("sam", "Sam Lee", (("teams", "29:x"), ("slack", "U2")))
LEA = Mention("lea", "Léa", (("teams", "29:y"),))
HANDLES = {"U2": "sam"}
OURS = re.compile(r"<@[UW][A-Z0-9]+>|<(?:https?://|mailto:)[^\s|<>]+(?:\|[^<>]*)?>")
HOSTILE = (
    "<!channel>",
    "<!here|here> <!everyone> <!subteam^S1>",
    "<@U9> <#C9> <https://evil.example|bank>",
    "&lt;!channel&gt; &amp;lt;",
    "a & b < c > d",
    "*bold* _it_ ~gone~ `code` ```block```",
    "\u202egnp.exe\u202c",
    "nul \x00 and half \ud800",
    "line\nline\r\n\n> quote",
    "@channel @here #general https://example.org",
    ":tada: C* *C _x",
)

WHOLE = Reply(
    (
        Title(("Your week, ", Strong("Ana"))),
        Line((SAM, " thanked you: ", Strong("the demo"), " & more, ", LEA, " too")),
        Item(("Python (", Strong("expert"), ")")),
        Item(("Rust",)),
        Item(
            (SAM, ": ", Link("the notes", "https://example.org/n?a=1&b=2")), (("because you follow #apollo",), ("new",))
        ),
        Item((Link("https://example.org", "https://example.org"),)),
        Note(("Type ", Code("digest off"), " to stop.")),
        Rule(),
        Buttons(
            (Button("Undo", "kudos.undo", "urn:1"), Button("More", "digest.more"), Button("Less", "digest.more", "x"))
        ),
    )
)


def test_a_whole_reply_is_drawn_in_blocks():
    assert draw(WHOLE)["blocks"] == [
        {"type": "header", "text": {"type": "plain_text", "text": "Your week, Ana"}},
        section("<@U2> thanked you: *the demo* &amp; more, *@lea* too"),
        section("• Python (*expert*)\n• Rust\n• <@U2>: <https://example.org/n?a=1&amp;b=2|the notes>"),
        {"type": "context", "elements": [mrkdwn("because you follow #apollo\nnew")], "block_id": "notes-3"},
        section("• <https://example.org>"),
        {"type": "context", "elements": [mrkdwn("Type `digest off` to stop.")]},
        {"type": "divider"},
        {
            "type": "actions",
            "elements": [
                button("Undo", "kudos.undo", value="urn:1"),
                button("More", "digest.more"),
                button("Less", "digest.more|1", value="x"),
            ],
        },
    ]


def test_the_words_are_those_of_the_plain_twin():
    assert words_of(draw(WHOLE), HANDLES) == plain(WHOLE)


def test_one_tap_writes_to_whoever_has_an_account_here():
    reply = Reply((Item((SAM,), contact=Contact("Write", SAM)), Line((LEA,), Contact("Write", LEA))))

    drawn = draw(reply)

    assert drawn["blocks"] == [
        section("• <@U2> · <https://slack.com/app_redirect?channel=U2|Write>"),
        section("*@lea*"),
    ]
    assert words_of(drawn, HANDLES) == plain(reply) == "- @sam\n@lea"
    assert load(dump(reply)) == reply


def test_the_text_beside_the_blocks_says_it_without_the_buttons():
    assert draw(WHOLE)["text"] == (
        "Your week, Ana\n"
        "@sam thanked you: the demo &amp; more, @lea too\n"
        "- Python (expert)\n"
        "- Rust\n"
        "- @sam: the notes (https://example.org/n?a=1&amp;b=2)\n"
        "  because you follow #apollo\n"
        "  new\n"
        "- https://example.org\n"
        "Type digest off to stop."
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_nobody_makes_a_token_of_slack(text):
    drawn = draw(everywhere(text))

    assert_safe(drawn)
    assert "<!" not in json.dumps(drawn)


@pytest.mark.parametrize(
    "link",
    [
        Link("click", "javascript:alert(1)"),
        Link("click", "https://example.org/a b"),
        Link("click", "https://example.org|bank"),
        Link("click", "https://example.org><!channel>"),
        Link("click", "!channel"),
        Link("click", "@U9"),
    ],
    ids=str,
)
def test_only_an_address_becomes_a_link(link):
    drawn = draw(say(link))

    assert_safe(drawn)
    assert "|click" not in drawn["blocks"][0]["text"]["text"]
    assert words_of(drawn) == plain(say(link))


def test_a_blank_text_is_no_block():
    assert draw(Reply((Title(("",)), Line((" ", "")), Note(()), Item(("",)), Buttons(()))))["blocks"] == []


LONG = "word " * 4000


@pytest.mark.parametrize(
    "reply",
    [
        say(LONG, buttons=(Button("Undo", "kudos.undo"),)),
        say("x" * 20_000),
        say("&" * 3000),
        say(Strong(LONG)),
        say(Code("y" * 9000)),
        say(*[SAM] * 2000),
        say("a" * 2999, SAM),
        say("a" * 3000),
        say("a" * 3001),
        Reply((Title((LONG,)), Line((LONG,)), Note((LONG,)), Item((LONG,), ((LONG,), (LONG,))))),
        Reply(tuple(Line((f"line {n} of many",)) for n in range(200))),
        Reply(tuple(Item((f"entry {n}",)) for n in range(2000))),
        Reply((*(Item((f"entry {n}",), (("why",),)) for n in range(40)), Buttons((Button("More", "a.b"),)))),
        Reply((Buttons(tuple(Button("b" * 75, "a" * 255, "v" * 2000) for _ in range(60))),)),
        Reply((Buttons((Button("<&>" * 25, "a"),)),)),
        Reply(tuple([Rule()] * 70)),
        Reply((Title(("R&D " * 60,)),)),
    ],
    ids=lambda reply: plain(reply)[:30],
)
def test_no_limit_of_slack_is_passed(reply):
    drawn = draw(reply)

    assert_accepted(drawn)
    assert_safe(drawn)


def test_what_is_cut_ends_after_a_word_and_says_so():
    text = draw(say(LONG))["blocks"][0]["text"]["text"]

    assert text.endswith("word…")
    assert 2990 < len(text) <= 3000


def test_the_buttons_at_the_end_outlive_a_cut():
    lines = tuple(Line((f"line {n}",)) for n in range(80))
    drawn = draw(Reply((*lines, Buttons((Button("Undo", "kudos.undo"),)))))["blocks"]

    assert [block["type"] for block in drawn[-3:]] == ["section", "context", "actions"]
    assert drawn[-2]["elements"] == [mrkdwn("…")]


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
texts = st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE), st.text("<>&!@#|*`_ \n", max_size=60))
spans = st.one_of(
    texts,
    st.builds(Strong, texts),
    st.builds(Code, texts),
    st.builds(Link, texts, st.one_of(texts, st.just("https://example.org/?a=1&b=2"))),
    st.builds(Mention, texts, texts, st.sampled_from([(), (("slack", "U2"),), (("teams", "29:x"),)])),
)
lines = st.lists(spans, max_size=4).map(tuple)
labels = st.text(min_size=1, max_size=75)
blocks = st.one_of(
    st.builds(Title, lines),
    st.builds(Line, lines),
    st.builds(Note, lines),
    st.builds(Item, lines, st.lists(lines, max_size=3).map(tuple)),
    st.builds(
        Buttons, st.lists(st.builds(Button, labels, st.sampled_from(["a.b", "kudos.undo"])), max_size=30).map(tuple)
    ),
    st.builds(Rule),
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(blocks, max_size=12).map(tuple).map(Reply))
def test_whatever_people_write_slack_takes_it_as_text(reply):
    drawn = draw(reply)

    assert_accepted(drawn)
    assert_safe(drawn)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=f"*`•{TURNING}"), max_size=400))
def test_whatever_people_write_comes_back_word_for_word(text):
    reply = Reply((Line((text,)), Item(("x", text), ((text, "y"),)), Note((text, " z"))))

    assert words_of(draw(reply)).split() == plain(reply).split()


def everywhere(text: str) -> Reply:
    spans = (text, Strong(text), Code(text), Link(text, text), Link(text, "https://example.org"), Mention(text, text))
    labelled = replace(Button("x", "a"), label=text[:75] or "x")
    return Reply((Title(spans), Line(spans), Note(spans), Item(spans, (spans,)), Buttons((labelled,))))


def assert_safe(drawn):
    """No `<` or `>` but in tokens that we made."""
    for text in [drawn["text"], *map(text_of, drawn["blocks"])]:
        assert not set(OURS.sub("", text)) & set("<>"), text
        assert not re.search(r"[\x00-\x08\x0b-\x1f\ud800-\udfff]", text)


def assert_accepted(drawn):
    assert len(drawn["blocks"]) <= BLOCKS
    assert sum(len(text_of(block)) for block in drawn["blocks"]) <= TOTAL + 100
    ids = [
        element["action_id"]
        for block in drawn["blocks"]
        for element in block.get("elements", ())
        if "action_id" in element
    ]
    assert len(ids) == len(set(ids))
    for block in drawn["blocks"]:
        read = SlackBlock.parse(block)
        assert read is not None
        read.validate_json()
        for element in block.get("elements", ()):
            assert 0 < len(element["text"]["text"] if isinstance(element["text"], dict) else element["text"]) <= 3000


def text_of(block):
    match block:
        case {"text": {"text": str(text)}}:
            return text
        case {"elements": elements}:
            return "".join(e["text"] if isinstance(e["text"], str) else e["text"]["text"] for e in elements)
        case _:
            return ""


def section(text):
    return {"type": "section", "text": mrkdwn(text)}


def mrkdwn(text):
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def button(label, action, **value):
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action, **value}
