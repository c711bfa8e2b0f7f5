"""Takes the words back out of a drawn card, in the form of the plain-text twin."""

import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
_PART = re.compile(
    r"\\(?P<escaped>.)|(?P<tag><at>.*?</at>)|\[(?P<text>(?:\\.|[^\]\\])*)\]\((?P<url>[^)]*)\)|(?P<bold>\*\*)", re.DOTALL
)


_CONTACT = "https://teams.microsoft.com/l/chat/0/0?users="
_MARKED_CONTACT = re.compile(rf" · \[[^\]]+\]\({re.escape(_CONTACT)}[^)]+\)")
"""The way to a chat, which only Teams has."""


def words(card: Json, handles: Mapping[str, str]) -> str:
    """`handles` leads from Teams accounts to handles, since a mention shows a name."""
    entities = card.get("msteams", {}).get("entities", [])
    tags = {entity["text"]: "@" + handles[entity["mentioned"]["id"]] for entity in entities}
    return "\n".join(line for element in card["body"] for line in _lines(element, tags))


def _lines(element: Json, tags: Mapping[str, str]) -> list[str]:
    match element["type"]:
        case "TextBlock":
            return [_unmarked(_MARKED_CONTACT.sub("", element["text"]), tags)]
        case "RichTextBlock":
            return ["".join(map(_run, _without_contact(element["inlines"])))]
        case "ColumnSet":
            entry, *notes = (line for item in element["columns"][1]["items"] for line in _lines(item, tags))
            return [f"- {entry}", *(f"  {note}" for note in notes)]
        case "ActionSet":
            return [" ".join(f"[{action['title']}]" for action in element["actions"])]
        case other:
            raise AssertionError(f"nobody draws {other}")


def _without_contact(runs: list[Json]) -> list[Json]:
    is_contact = runs[-1].get("selectAction", {}).get("url", "").startswith(_CONTACT)
    return runs[:-2] if is_contact else runs


def _run(run: Json) -> str:
    return _link(run["text"], run["selectAction"]["url"]) if "selectAction" in run else str(run["text"])


def _link(text: str, url: str) -> str:
    return text if text == url else f"{text} ({url})"


def _unmarked(text: str, tags: Mapping[str, str]) -> str:
    def plain(part: re.Match[str]) -> str:
        if part["tag"]:
            return tags[part["tag"]]
        if part["url"] is not None:
            return _link(_unmarked(part["text"], {}), part["url"].replace("%28", "(").replace("%29", ")"))
        return part["escaped"] or ""

    return _PART.sub(plain, text)
