"""Adaptive Cards as HTML: the elements that adapters/teams/drawing.py makes, and no others."""

import re
from typing import Any

from docs.pictures.markup import tag, text

Json = dict[str, Any]

_PART = re.compile(
    r"\\(?P<escaped>.)|<at>(?P<name>.*?)</at>|\[(?P<label>(?:\\.|[^\]\\])*)\]\([^)]*\)|\*\*(?P<strong>(?:\\.|[^*\\])+)\*\*"
)


def card(message: Json) -> str:
    """The card that the activity carries."""
    [attachment] = message["attachments"]
    return tag("div", "card", *map(_element, attachment["content"]["body"]))


def _element(element: Json) -> str:
    style = _style(element)
    match element["type"]:
        case "TextBlock":
            return tag("div", f"text {style}", _marked(element["text"]))
        case "RichTextBlock":
            return tag("div", f"text {style}", *map(_run, element["inlines"]))
        case "ColumnSet":
            columns = (tag("div", f"column {_style(one)}", *map(_element, one["items"])) for one in element["columns"])
            return tag("div", f"columns {style}", *columns)
        case "ActionSet":
            buttons = (tag("span", "button", text(action["title"])) for action in element["actions"])
            return tag("div", f"actions {style}", *buttons)
        case other:
            raise ValueError(f"nobody draws {other}")


def _style(element: Json) -> str:
    """The properties that are values of a fixed list, as classes: `size-Large`, `spacing-None`."""
    listed = ("size", "weight", "isSubtle", "spacing", "separator", "fontType", "width")
    return " ".join(f"{name}-{element[name]}" for name in listed if name in element)


def _run(run: Json) -> str:
    link = "link" if "selectAction" in run else ""
    return tag("span", f"{_style(run)} {link}", text(run["text"]))


def _marked(words: str) -> str:
    drawn, end = [], 0
    for part in _PART.finditer(words):
        drawn += [text(words[end : part.start()]), _part(part)]
        end = part.end()
    return "".join((*drawn, text(words[end:])))


def _part(part: re.Match[str]) -> str:
    if part["name"]:
        return tag("span", "mention", text(part["name"]))
    if part["label"]:
        return tag("span", "link", _marked(part["label"]))
    return tag("b", "", _marked(part["strong"])) if part["strong"] else text(part["escaped"])
