"""Spreadsheets that other programs write: CSV with preambles, quoted line breaks and columns in any order."""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from io import StringIO

from bot.commands.rows import LONGEST, SEPARATORS, Row, fault
from store.names import clean

MOST_LINES, MOST_LETTERS = 200, 100_000
"""Of a record whose quotes hold line breaks; what goes on for longer is a quote that nobody closed."""
PREAMBLE = 20
"""Lines before the one that names the columns, at most."""

Line = tuple[int, str]


class NoColumns(Exception):
    """No line names the columns that are needed."""


def sheet(lines: Iterable[Line], needed: Iterable[str]) -> Iterator[Row]:
    """The records under the line that names one of the `needed` columns, cells by lower-case column name. What a bad
    record is bad for stands instead of it, and only its first line is lost. Raises NoColumns."""
    waiting = deque[Line]()
    source = iter(lines)
    header, separator = _header(source, set(needed))
    while first := _next(waiting, source):
        number, cells = first[0], _record(first, waiting, source, separator)
        yield number, cells if isinstance(cells, str) else _row(header, cells)


def _header(source: Iterator[Line], needed: set[str]) -> tuple[list[str], str]:
    for _, line in zip(range(PREAMBLE), source, strict=False):
        separator = max(SEPARATORS, key=line[1].count)
        cells = _cells(line[1], separator)
        names = [name.strip().lower() for name in cells] if isinstance(cells, list) else []
        if needed.intersection(names):
            return names, separator
    raise NoColumns


def _record(first: Line, waiting: deque[Line], source: Iterator[Line], separator: str) -> list[str] | str:
    text = first[1]
    if len(text) > LONGEST:
        return f"longer than {LONGEST:,} characters"
    cells, held = _cells(text, separator), list[Line]()
    while cells is None and len(held) < MOST_LINES and len(text) < MOST_LETTERS and (line := _next(waiting, source)):
        held.append(line)
        text += line[1]
        cells = _cells(text, separator) if '"' in line[1] else None
    if isinstance(cells, list):
        return cells
    waiting.extendleft(reversed(held))
    return cells or "a quote is opened and not closed"


def _next(waiting: deque[Line], source: Iterator[Line]) -> Line | None:
    return waiting.popleft() if waiting else next(source, None)


def _cells(text: str, separator: str) -> list[str] | str | None:
    """None: within quotes when the text ends."""
    try:
        rows = list(csv.reader(StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        return None if "unexpected end" in str(error) else f"not a line of CSV: {error}"
    return rows[0] if len(rows) == 1 else "not a line of CSV"


def _row(header: list[str], cells: list[str]) -> dict[str, str] | str:
    if len(cells) > len(header):
        return "more cells than columns"
    row = dict(zip(header, cells, strict=False))
    return fault(row) or {name: clean(cell) for name, cell in row.items()}
