"""Links on a profile: which addresses are taken, and how they are named."""

from urllib.parse import urlsplit

from bot.reply import Link

LONGEST = 500
_NAMES = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "stackoverflow.com": "Stack Overflow",
}


def read_url(said: str) -> str:
    """The address, http or https and without a password in it; empty where it is none."""
    try:
        parts = urlsplit(said.strip().rstrip(".,;:!?)>"))
        sound = parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not parts.username
        sound = sound and parts.port != 0
        url = parts._replace(netloc=parts.netloc.lower()).geturl()
    except ValueError:
        return ""
    return url if sound and len(url) <= LONGEST and url.isprintable() and " " not in url else ""


def name_of(url: str) -> str:
    """`LinkedIn`, `GitHub`, or the host."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return next((name for known, name in _NAMES.items() if host == known or host.endswith(f".{known}")), host)


def link(url: str) -> Link:
    return Link(name_of(url), url)
