"""Slack's blocks as HTML: those that adapters/slack/drawing.py makes, and no others."""

import re
from collections.abc import Mapping
from typing import Any

from docs.pictures.markup import tag, text

Json = dict[str, Any]

_PART = re.compile(
    r"<@(?P<user>\w+)>|<(?P<url>[^<>|]+)(?:\|(?P<label>[^<>]*))?>|\*(?P<strong>[^*\n]+)\*|`(?P<code>[^`\n]+)`"
)


def blocks(message: Json, names: Mapping[str, str]) -> str:
    """`names` are those of the accounts that may be mentioned."""
    return "".join(_block(block, names) for block in message["blocks"])


def _block(block: Json, names: Mapping[str, str]) -> str:
    match block:
        case {"type": "header", "text": {"type": "plain_text", "text": str(words)}}:
            return tag("h1", "header", text(_unescape(words)))
        case {"type": "section", "text": {"type": "mrkdwn", "text": str(words)}}:
            return tag("div", "section", mrkdwn(words, names))
        case {"type": "context", "elements": [{"type": "mrkdwn", "text": str(words)}]}:
            return tag("div", "context", mrkdwn(words, names))
        case {"type": "actions", "elements": list(buttons)}:
            return tag("div", "actions", *(tag("span", "button", text(one["text"]["text"])) for one in buttons))
        case {"type": "divider"}:
            return "<hr>"
        case _:
            raise ValueError(f"nobody draws {block}")


def mrkdwn(words: str, names: Mapping[str, str]) -> str:
    drawn, end = [], 0
    for part in _PART.finditer(words):
        drawn += [text(_unescape(words[end : part.start()])), _part(part, names)]
        end = part.end()
    return "".join((*drawn, text(_unescape(words[end:]))))


def _part(part: re.Match[str], names: Mapping[str, str]) -> str:
    if part["user"]:
        return tag("span", "mention", text(f"@{names[part['user']]}"))
    if part["url"]:
        return tag("span", "link", text(_unescape(part["label"] or part["url"])))
    if part["strong"]:
        return tag("b", "", text(_unescape(part["strong"])))
    return tag("code", "", text(_unescape(part["code"])))


def _unescape(words: str) -> str:
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
