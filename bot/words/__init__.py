"""Every word a person reads: catalogues in English and French, and how names, lists and days are said."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from bot.reply import Code, Span, Spans, Strong
from bot.request import Wanted

LANGUAGES = ("en", "fr")
_FOLDER = Path(__file__).parent
_PART = re.compile(r"\{(\w+)\}|\*([^*]+)\*|`([^`]+)`")

_FRENCH_SPACES = re.compile(r"(?<=«) | (?=[:;?!»](?:\s|$|[}*«».,]))")
UNBROKEN = "\u00a0"
"""French keeps a sign such as `:` on the line of its word."""


@dataclass(frozen=True, slots=True)
class _Slot:
    name: str


@dataclass(frozen=True, slots=True)
class _Styled:
    """Text in a style of its own, which may hold slots of plain text."""

    style: type[Strong] | type[Code]
    text: str


Template = tuple[Span | _Slot | _Styled, ...]
Value = str | int | Span | Spans


@cache
def catalogue(language: str) -> Mapping[str, tuple[Template, ...]]:
    """Sentences by `feature.id`, each with one template a plural form; one file a feature."""
    spaced = _FRENCH_SPACES.sub if language == "fr" else lambda _, text: text
    return {
        f"{path.stem}.{_key(message.id)}": tuple(_template(spaced(UNBROKEN, text)) for text in _forms(message.string))
        for path in sorted((_FOLDER / language).glob("*.po"))
        for message in _messages(path, language)
        if message.id
    }


def _messages(path: Path, language: str) -> list[Message]:
    with path.open("rb") as file:
        return list(read_po(file, locale=language))


def choose(locale: str, default: str = "en") -> str:
    """The language for a locale such as `fr-CA` or `en_GB`."""
    language = locale[:2].lower()
    return language if language in LANGUAGES else default


@dataclass(frozen=True, slots=True)
class Words:
    """Calling it with a key and slots gives spans; `n` chooses the plural."""

    language: str

    def __call__(self, key: str, **slots: Value) -> Spans:
        forms = catalogue(self.language)[key]
        template = forms[min(self._form(slots.get("n")), len(forms) - 1)]
        spans: list[Span] = []
        for part in template:
            if isinstance(part, str):
                spans.append(part)
            else:
                spans += _fill(part, slots)
        return tuple(spans)

    def text(self, key: str, **slots: Value) -> str:
        """The same where only plain text can stand: a label, a title."""
        return "".join(span if isinstance(span, str) else getattr(span, "text", "") for span in self(key, **slots))

    def listed(self, items: tuple[Spans, ...], joint: str = "core.and") -> Spans:
        """`a, b and c`; `joint`: the key of another word between the last two."""
        if len(items) < 2:
            return items[0] if items else ()
        head = [span for item in items[:-1] for span in (*item, ", ")][:-1]
        return (*head, *self(joint), *items[-1])

    def choices(self, wanted: Wanted) -> Spans:
        """`a and b or c`."""
        each = (self.listed(tuple((topic,) for topic in choice)) for choice in wanted.choices)
        return self.listed(tuple(each), "core.or")

    def day(self, when: date) -> str:
        """`Tuesday 3 March 2026`, in words, so that no region reads it the other way round."""
        pattern = "EEEE d MMMM y"
        said = _date(when, pattern, self.language)
        return said.replace(" 1 ", " 1er ") if self.language == "fr" else said

    def short_day(self, when: date, today: date) -> str:
        """`3 March`, with the year where it is not this one."""
        said = _date(when, "d MMMM" if when.year == today.year else "d MMMM y", self.language)
        return re.sub("^1 ", "1er ", said) if self.language == "fr" else said

    def month(self, when: date) -> str:
        return _date(when, "MMMM y", self.language)

    def short_month(self, when: date, today: date) -> str:
        """`October`, with the year where it is not this one."""
        return _date(when, "LLLL" if when.year == today.year else "MMMM y", self.language)

    def language_of(self, locale: str) -> str:
        """How the language of a locale such as `fr-CA` is called; empty where there is no such locale."""
        return _language(locale, self.language)

    def time(self, when: datetime, zone: str) -> str:
        """`09:00`; in French `9 h`, and `9 h 30`."""
        local = when.astimezone(ZoneInfo(zone))
        return _time(local.hour, local.minute, self.language)

    def _form(self, n: Any) -> int:
        if not isinstance(n, int):
            return 0
        return _plural_form(self.language, n)


@cache
def _plural(language: str) -> Any:
    return Locale.parse(language).plural_form


@lru_cache(1024)
def _plural_form(language: str, n: int) -> int:
    return 0 if _plural(language)(n) == "one" else 1


@lru_cache(4096)
def _date(when: date, pattern: str, language: str) -> str:
    return str(format_date(when, pattern, locale=language))


@lru_cache(4096)
def _time(hour: int, minute: int, language: str) -> str:
    french = "H 'h' mm" if minute else "H 'h'"
    said = format_time(time(hour, minute), french if language == "fr" else "HH:mm", locale=language)
    return said.replace(" ", UNBROKEN)


@lru_cache(1024)
def _language(locale: str, language: str) -> str:
    try:
        spoken = Locale.parse(locale.replace("_", "-"), sep="-")
    except (ValueError, UnknownLocaleError):
        return ""
    return str(spoken.get_language_name(language) or "")


def _key(id: str | tuple[str, ...] | list[str]) -> str:
    return id if isinstance(id, str) else id[0]


def _forms(string: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(string or ())


def _template(text: str) -> Template:
    parts: list[Span | _Slot | _Styled] = []
    end = 0
    for match in _PART.finditer(text):
        parts += [text[end : match.start()]] if match.start() > end else []
        slot, strong, code = match.groups()
        parts.append(_Slot(slot) if slot else _Styled(Strong, strong) if strong else _Styled(Code, code))
        end = match.end()
    return (*parts, text[end:]) if end < len(text) else tuple(parts)


def _fill(part: Span | _Slot | _Styled, slots: Mapping[str, Value]) -> Spans:
    if isinstance(part, _Styled):
        return (part.style(part.text.format_map(slots)),)
    if not isinstance(part, _Slot):
        return (part,)
    value = slots[part.name]
    if isinstance(value, tuple):
        return value
    return (str(value),) if isinstance(value, int) else (value,)
