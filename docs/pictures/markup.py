"""Small pieces of HTML: text escaped, elements with a class."""

from html import escape


def tag(name: str, style: str, *inside: str) -> str:
    """An element of this class (empty: of none), around what is HTML already."""
    named = f' class="{style}"' if style else ""
    return f"<{name}{named}>{''.join(inside)}</{name}>"


def text(words: str) -> str:
    return escape(words, quote=True).replace("\n", "<br>")
