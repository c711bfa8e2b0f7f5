"""A line of the log holds no secret, no mail address and nothing a person wrote, whoever writes it."""

import io
import json
import logging

import pytest
import structlog

from bot import logs


@pytest.fixture
def lines():
    """The lines logged since the last call, parsed; logging is put back as it was."""
    root = logging.getLogger()
    handlers, level, ours = root.handlers[:], root.level, [logging.getLogger(name) for name in logs.OURS]
    stream = io.StringIO()
    logs.configure("DEBUG", stream, ["canary-secret", "short", 'canary "quoted" é'])
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.basicConfig(handlers=handlers, level=level, force=True)
    structlog.reset_defaults()
    for logger in ours:
        logger.setLevel(logging.NOTSET)


SECRETS = [
    "xoxb-1234-abcd",
    "xoxe.xoxp-1-abcd",
    "xapp-1-A1-abcd",
    "sk-proj-abcdefgh",
    "Bearer eyJ0.eyJh-x_y.z",
    "ana.silva+chat@example.co.uk",
    "canary-secret",
    'canary "quoted" é',
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_hidden_wherever_it_stands(lines, secret):
    structlog.get_logger("bot.test").info(f"a {secret} b", plain=secret, deep={"list": [secret]})
    logging.getLogger("anybody").warning("a %s b", secret)

    ours, theirs = lines()
    assert (ours["event"], ours["plain"], ours["deep"]) == ("a [hidden] b", "[hidden]", {"list": ["[hidden]"]})
    assert theirs["event"] == "a [hidden] b"


@pytest.mark.parametrize("word", ["short", "task-list-of-ana", "a bearer", "Léa @ noon", "12:30"])
def test_what_only_looks_like_one_stays(lines, word):
    structlog.get_logger("bot.test").info(word)

    assert [line["event"] for line in lines()] == [word]


def test_an_error_is_told_by_type_and_place_and_never_by_its_message(lines):
    said = "canary said by a person"
    try:
        try:
            int(said)
        except ValueError as error:
            raise LookupError(said) from error
    except LookupError:
        structlog.get_logger("bot.test").exception("failed", request="r1")
        logging.getLogger("aiohttp.server").exception("Error handling request")

    for line in lines():
        assert line["exception"].split("\ncaused by:\n")[0].endswith("LookupError")
        assert line["exception"].endswith("ValueError")
        assert "test_logs.py" in line["exception"]
        assert "canary" not in line["exception"]


def test_other_peoples_code_is_silent_below_warning_and_ours_is_not(lines):
    for name in ("slack_sdk.web", "aiohttp.access", "botframework", "httpx", "sqlalchemy.engine", "anybody"):
        logging.getLogger(name).info("the text of a person")
    for name in logs.OURS:
        logging.getLogger(f"{name}.part").debug("a step")

    assert [line["logger"] for line in lines()] == [f"{name}.part" for name in logs.OURS]
