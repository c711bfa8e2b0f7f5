"""Takes the words back out of a message drawn for Slack, so that a test can compare them with the plain twin."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Json = dict[str, Any]

_TOKEN = re.compile(r"<([^<>]+)>")
_MARKED = re.compile(r"(?<![\w*`])([*`])(?=\S)([^*`\n]+)(?<=\S)\1(?![\w*`])")


_CONTACT = re.compile(r" · <https://slack\.com/app_redirect\?channel=U\w+\|[^<>]+>")
"""The way to a chat, which only Slack has."""


def words_of(payload: Json, handles: Mapping[str, str] | None = None) -> str:
    """The words of a payload with `blocks`; `handles` are those of the Slack accounts that may be mentioned."""
    return "\n".join(line for block in payload.get("blocks", ()) for line in _lines(block, handles or {}))


def _lines(block: Json, handles: Mapping[str, str]) -> Iterator[str]:
    match block["type"]:
        case "header":
            yield _unescape(block["text"]["text"])
        case "section":
            for line in _words(block["text"]["text"], handles).split("\n"):
                yield f"- {line[2:]}" if line.startswith("• ") else line
        case "context":
            indent = "  " if block.get("block_id", "").startswith("notes") else ""
            for element in block["elements"]:
                yield from (indent + line for line in _words(element["text"], handles).split("\n"))
        case "actions":
            yield " ".join(f"[{_unescape(button['text']['text'])}]" for button in block["elements"])
        case _:
            pass  # a divider has no words


def _words(text: str, handles: Mapping[str, str]) -> str:
    text = _CONTACT.sub("", text)
    return _unescape(_TOKEN.sub(lambda token: _shown(token[1], handles), _MARKED.sub(r"\2", text)))


def _shown(token: str, handles: Mapping[str, str]) -> str:
    if token.startswith("@"):
        return f"@{handles.get(token[1:], token[1:])}"
    url, _, label = token.partition("|")
    return f"{label} ({url})" if label else url


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
