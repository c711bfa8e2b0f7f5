"""Replies become Adaptive Cards that Teams takes, and whatever people wrote stays text."""

import json
import random
from pathlib import Path

import pytest
from jsonschema import Draft6Validator
from teams_words import words

from adapters.teams.drawing import CARD, draw, message
from adapters.teams.fitting import LIMIT, size
from bot.reply import Button, Buttons, Code, Contact, Item, Line, Link, Mention, Note, Reply, Rule, Strong, Title, plain

SCHEMA = Path(__file__).parents[2].parent / "shared" / "schemas" / "adaptive-card.1.5.0.json"
SAM = Mention("sam", "Sam Carter", (("slack", "U1"), ("teams", "aaaa-sam")))
LEA = Mention("lea", "Léa Martin", (("slack", "U2"),))
HANDLES = {"aaaa-sam": "sam", "bbbb-sam": "sam-2"}
UNDO = Button("Undo", "kudos.undo", "k1")
EVERYTHING = Reply(
    (
        Title(("Your week, ", Strong("Ana"))),
        Line((SAM, " thanked you *warmly* [here](now): ", Link("notes", "https://example.org/a_(b)"), Strong(" bold"))),
        Rule(),
        Item((LEA, " knows ", Strong("C#")), (("said so in ", Code("skills")), ("3 thanks",))),
        Note(("Say ", Code("help"))),
        Buttons((UNDO, Button("Help", "help"))),
    )
)
HOSTILE = (
    *("[bank](https://evil.example)", "<at>Sam Carter</at>", "**bold**", "`code`", "\\", "\\*", "a_b_c", "# title"),
    *("- item", "1. item", "&lt;b&gt;", "<b>x</b>", "<!channel>", "![x](https://evil.example/x.png)", "~~gone~~", "|"),
    *(
        "{{DATE(2026-01-01,SHORT)}}",
        "${name}",
        "\u202eevil\u202c",
        "\x00\x07",
        "\ud83d",
        "👩\u200d🚀",
        "שלום",
        "日本語",
    ),
    *("a\nb", "\t", " ", "…", "é" * 50, "]( <", "</at>", "<at>", "](", "**", "'\"", "\u2028", "_", "*"),
)
EIGHT = Reply((Buttons(tuple(Button(f"b{n}", "help", str(n)) for n in range(8))),))
HUGE = Reply((Line(("choose",)), Buttons(tuple(Button("b", "help", "日" * 2000) for _ in range(20)))))
LONG = {
    "one long text": Reply((Line(("日本語" * 20_000,)), Buttons((UNDO,)))),
    "many lines": Reply((*(Line(("é" * 300,)) for _ in range(500)), Buttons((UNDO,)))),
    "many entries": Reply((*(Item((SAM, "x" * 100), (("y" * 500,),)) for _ in range(300)), Buttons((UNDO,)))),
}


@pytest.fixture(scope="module")
def validator():
    if not SCHEMA.exists():
        pytest.skip(f"the published schema of Adaptive Cards is not at {SCHEMA}")
    return Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def hostile_replies():
    chance = random.Random("hostile texts in cards")
    for _ in range(200):
        text = "".join(chance.choices(HOSTILE, k=chance.randint(1, 6)))
        name = Mention("sam", text, SAM.accounts)
        yield Reply((Title((text,)), Line((text,)), Line((SAM, text, Strong(text))), Item((text,), ((name,),))))


def test_every_card_is_valid_by_the_published_schema(validator):
    """But for `msteams`, which is Teams' own and beside it."""
    for reply in (EVERYTHING, EIGHT, HUGE, *LONG.values(), *hostile_replies()):
        validator.validate({name: value for name, value in draw(reply).items() if name != "msteams"})


def test_a_reply_is_drawn_whole():
    card = draw(Reply((Line((SAM, " thanks ", LEA)), Buttons((UNDO,)))))

    data = {"action": "kudos.undo", "value": "k1"}
    assert card == {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": "@sam thanks @lea",
        "body": [
            {"type": "TextBlock", "wrap": True, "text": "<at>Sam Carter</at> thanks **@lea**"},
            {
                "type": "ActionSet",
                "actions": [
                    {
                        "type": "Action.Execute",
                        "id": "kudos.undo-1-0",
                        "title": "Undo",
                        "verb": "kudos.undo",
                        "data": data,
                        "fallback": {"type": "Action.Submit", "title": "Undo", "data": data},
                    }
                ],
            },
        ],
        "msteams": {
            "entities": [
                {
                    "type": "mention",
                    "text": "<at>Sam Carter</at>",
                    "mentioned": {"id": "aaaa-sam", "name": "Sam Carter"},
                }
            ]
        },
    }


def test_every_block_says_what_its_plain_twin_says():
    card = draw(EVERYTHING)

    assert size(card) <= LIMIT
    assert words(card, HANDLES) == plain(EVERYTHING)


def test_one_tap_writes_to_whoever_has_an_account_and_a_mail():
    mail = "sam+(a)@example.com"
    reply = Reply(
        (
            Item((SAM,), contact=Contact("Write", SAM, mail)),
            Line((SAM, " and ", LEA), Contact("Write", LEA, mail)),
            Line(("someone",), Contact("Write", SAM)),
        )
    )

    card = draw(reply)

    chat = "https://teams.microsoft.com/l/chat/0/0?users=sam%2B%28a%29@example.com"
    assert [chat in json.dumps(element) for element in card["body"]] == [True, False, False]
    assert words(card, HANDLES) == plain(reply) == "- @sam\n@sam and @lea\nsomeone"


def test_a_message_carries_the_card_and_a_summary_for_the_notification():
    drawn = message(Reply((Line(("done",)), Buttons((UNDO,)))))

    [attachment] = drawn["attachments"]
    assert (drawn["type"], drawn["summary"], attachment["contentType"]) == ("message", "done", CARD)


def test_a_seventh_button_starts_a_new_row():
    card = draw(EIGHT)

    assert size(card) <= LIMIT
    assert [len(row["actions"]) for row in card["body"]] == [6, 2]
    ids = [action["id"] for row in card["body"] for action in row["actions"]]
    assert len(set(ids)) == 8


def test_two_people_of_one_name_are_told_apart():
    twin = Mention("sam-2", "Sam Carter", (("teams", "bbbb-sam"),))

    card = draw(Reply((Line((SAM, ", ", twin)),)))

    assert [(e["text"], e["mentioned"]["id"]) for e in card["msteams"]["entities"]] == [
        ("<at>Sam Carter</at>", "aaaa-sam"),
        ("<at>Sam Carter sam-2</at>", "bbbb-sam"),
    ]
    assert words(card, HANDLES) == "@sam, @sam-2"


def test_a_link_that_is_no_web_address_cannot_be_pressed():
    card = draw(Reply((Line((Link("here", "javascript:alert(1)"),)),)))

    assert card["body"][0]["inlines"] == [{"type": "TextRun", "text": "here (javascript:alert(1))"}]


def test_hostile_texts_stay_text():
    for reply in hostile_replies():
        card = draw(reply)

        assert size(card) <= LIMIT
        assert words(card, HANDLES).split() == _seen(plain(reply)).split()
        assert {e["mentioned"]["id"] for e in card["msteams"]["entities"]} == {"aaaa-sam"}
        _only_our_markup(card)


def _only_our_markup(card):
    """Only lines with a mention are text blocks; there, what no backslash stands before is ours: the tag, and bold."""
    tags = [entity["text"] for entity in card["msteams"]["entities"]]
    for block in card["body"]:
        if block["type"] == "TextBlock":
            bare = block["text"]
            assert any(tag in bare for tag in tags)
            for tag in tags:
                bare = bare.replace(tag, "", 1)
            bare = _without_escapes(bare).replace("**", "")
            assert not set(bare) & set("[]()<>`*_\\")


def _without_escapes(text):
    kept, rest = "", text
    while rest:
        kept, rest = (kept, rest[2:]) if rest[0] == "\\" else (kept + rest[0], rest[1:])
    return kept


def _seen(text):
    gone = {*range(9), *range(11, 32), 127, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)}
    return text.translate(dict.fromkeys(gone))


@pytest.mark.parametrize("reply", LONG.values(), ids=LONG)
def test_what_is_too_long_is_cut_and_keeps_its_buttons(reply):
    card = draw(reply)

    assert size(card) <= LIMIT
    assert size(card) > LIMIT / 5
    assert card["body"][-1]["actions"][0]["verb"] == "kudos.undo"
    assert "…" in json.dumps(card, ensure_ascii=False)


def test_buttons_that_are_too_much_by_themselves_are_left_out():
    card = draw(HUGE)

    assert size(card) <= LIMIT
    assert words(card, {}) == "choose\n…"


def test_every_mention_of_a_cut_card_stands_in_its_text():
    card = draw(Reply((*(Line(("x" * 2000,)) for _ in range(200)), Line((SAM,)))))

    assert "msteams" not in card
