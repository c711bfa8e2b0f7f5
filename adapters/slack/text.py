"""Slack's text: what a person typed, out of what Slack made of it, and text that cannot become markup."""

import re
from collections.abc import Callable

from bot.request import MENTION, Account

PLATFORM = "slack"
USER_ID = re.compile(r"[UW][A-Z0-9]{1,30}")

_TOKEN = re.compile(r"<([^<>]*)>")
_USER = re.compile(r"@([UW][A-Z0-9]{1,30})(?:\|(.*))?", re.DOTALL)
_CHANNEL = re.compile(r"#([CDG][A-Z0-9]{1,30})(?:\|(.*))?", re.DOTALL)
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:")
_INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_TYPED = str.maketrans(
    dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("\u00a0\u2007\u202f", " ") | {MENTION: None}
)
_CALL = re.compile(r"[,:]?[^\S\n]*")
"""What stands between calling the bot and saying something to it."""


def clean(text: str) -> str:
    """Without control characters and halves of characters, which neither a database nor Slack takes."""
    return text if text.isprintable() else _INVISIBLE.sub("", text)


def escape(text: str) -> str:
    """So that nothing in it is a token of Slack's."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(text: str) -> str:
    return text if "&" not in text else text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def typed(raw: str, bot: str = "", name_of: Callable[[str], str] = str.lower) -> tuple[str, tuple[Account, ...]]:
    """The text as it was typed, with MENTION where somebody was mentioned, and those accounts in order.

    `bot` is our own account, which is cut out; `name_of` names the channels that Slack left without a label.
    """
    said, accounts, end = [], [], 0
    raw = clean(raw).translate(_TYPED)
    for token in _TOKEN.finditer(raw):
        said.append(unescape(raw[end : token.start()]))
        end = token.end()
        user = _USER.fullmatch(token[1])
        if user and user[1] == bot:
            end = _skip(raw, end)
        elif user:
            said.append(MENTION)
            accounts.append(Account(PLATFORM, user[1], handle=unescape(user[2] or "")))
        else:
            said.append(unescape(_shown(token[1], name_of)))
    said.append(unescape(raw[end:]))
    return "".join(said).strip(), tuple(accounts)


def _skip(raw: str, at: int) -> int:
    gap = _CALL.match(raw, at)
    return gap.end() if gap else at


def _shown(token: str, name_of: Callable[[str], str]) -> str:
    """What a token of Slack's that is no person stood for when it was typed."""
    channel = _CHANNEL.fullmatch(token)
    if channel:
        return "#" + (channel[2] or name_of(channel[1]))
    target, _, label = token.partition("|")
    if target.startswith("!"):
        return label or "@" + target[1:].partition("^")[0]
    return _linked(target, label) if _ADDRESS.match(target) else f"<{token}>"


def _linked(url: str, label: str) -> str:
    """Slack makes links of addresses by itself (`ASP.NET` too): then the label is what was typed."""
    bare = url.removeprefix("mailto:").removeprefix("tel:")
    if not label:
        return bare
    by_itself = bare.partition("://")[2].rstrip("/") == label.rstrip("/") or bare in (label, url.partition(":")[2])
    return label if by_itself else f"{label} {url}"
