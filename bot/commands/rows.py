"""Rows of files that others wrote: line by line, in bounded memory, each with what is wrong with it if anything is."""

import csv
import json
import math
from collections import deque
from collections.abc import Iterator
from io import BufferedReader, TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any, TextIO

from bot.commands.stop import Stop, warn

Json = dict[str, Any]
Row = tuple[int, Json | str]
"""A line's number with its object, or with what is wrong with it."""
LONGEST, DEEPEST = 1_000_000, 40
"""Characters of a line, and objects within objects."""
SEPARATORS = ",;\t"
LINES = 20
"""So many lines one record of CSV may take."""
BINARY = {b"\x1f\x8b": "is compressed; unpack it first", b"PK\x03\x04": "is no text; save it as CSV in UTF-8 first"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def lines(file: Path, errors: str = "replace") -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers; of one that is too long only the beginning. Raises Stop where
    the file cannot be read."""
    try:
        with file.open("rb") as opened_file, _text(file, opened_file, errors) as text:
            yield from lines_of(text)
    except OSError as error:
        raise Stop(f"{file}: {error.strerror}") from error


def lines_of(opened_file: TextIO) -> Iterator[tuple[int, str]]:
    """The same of what is open already."""
    number = 0
    while line := opened_file.readline(LONGEST + 1):
        number, rest = number + 1, line
        while len(rest) > LONGEST and not rest.endswith("\n"):
            rest = opened_file.readline(LONGEST + 1)
        if line.strip():
            yield number, line


def _text(file: Path, opened_file: BufferedReader, errors: str) -> TextIOWrapper:
    """UTF-8, or UTF-16 where the file begins by saying so. Raises Stop for what is no text."""
    start = opened_file.peek(4)
    if reason := next((reason for sign, reason in BINARY.items() if start.startswith(sign)), ""):
        raise Stop(f"{file} {reason}.")
    if start.startswith(UTF_16) and b"\0" in start[2:4]:  # else these are two bad bytes before a Latin letter
        return TextIOWrapper(opened_file, encoding="utf-16", errors="replace")
    return TextIOWrapper(opened_file, encoding="utf-8-sig", errors=errors)


def objects(file: Path) -> Iterator[Row]:
    """JSON Lines."""
    for number, line in lines(file, "surrogateescape"):
        yield number, read_object(line)


def read_object(line: str) -> Json | str:
    """The object of a line, or why it is none that can be kept."""
    if len(line) > LONGEST:
        return f"longer than {LONGEST:,} characters"
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "not a line of JSON"
    return (fault(row) or row) if isinstance(row, dict) else "not a JSON object"


def table(file: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """CSV or JSON Lines, the first of `columns` needed; what else there is is named once. Raises Stop."""
    rows = lines(file, "surrogateescape")
    first = next(rows, (0, ""))
    if first[1].lstrip().startswith("{"):
        yield from _named(file, columns, ((number, read_object(line)) for number, line in chain([first], rows)))
        return
    separator = max(SEPARATORS, key=first[1].count)
    header = [name.strip().lower() for name in next(csv.reader([first[1]], delimiter=separator), [])]
    if columns[0] not in header:
        raise Stop(f"{file}: a people file needs a column named {columns[0]}")
    if twice := next((name for name in columns if header.count(name) > 1), ""):
        raise Stop(f"{file}: there are two columns named {twice}")
    yield from _named(file, columns, _records(rows, header, separator))


def _named(file: Path, columns: tuple[str, ...], rows: Iterator[Row]) -> Iterator[Row]:
    ignored: set[str] = set()
    for number, row in rows:
        unknown = [] if isinstance(row, str) else [name for name in row if name not in columns and name not in ignored]
        if unknown:
            warn(f"{file}: ignored columns: {', '.join(unknown)}")
        ignored.update(unknown)
        yield number, row


def _records(rows: Iterator[tuple[int, str]], header: list[str], separator: str) -> Iterator[Row]:
    """A cell in quotes may go on over several lines; where its quote never ends, its first line alone is bad."""
    ahead: deque[tuple[int, str]] = deque()
    while first := ahead.popleft() if ahead else next(rows, None):
        number, line = first
        cells, n = _split(line, separator), 0
        while cells is None and n < LINES:
            if n == len(ahead):
                ahead.extend([following] if (following := next(rows, None)) else [])
            if n == len(ahead) or len(ahead[n][1]) > LONGEST:
                break
            line, n = line + ahead[n][1], n + 1
            cells = _split(line, separator)
        if isinstance(cells, list):
            for _ in range(n):
                ahead.popleft()
        yield number, "not a line of CSV: a quote is never closed" if cells is None else _cells(cells, header)


def _split(line: str, separator: str) -> list[str] | str | None:
    """The cells of a line, or what is wrong with it; None where a cell goes on after it."""
    if len(line) > LONGEST:
        return f"longer than {LONGEST:,} characters"
    try:
        [cells] = csv.reader([line], delimiter=separator, strict=True)
    except csv.Error as error:
        return None if "unexpected end" in str(error) else f"not a line of CSV: {error}"
    return cells


def _cells(cells: list[str] | str, header: list[str]) -> Json | str:
    if isinstance(cells, str):
        return cells
    if len(cells) > len(header):
        return "more cells than columns"
    row = dict(zip(header, cells, strict=False))
    return fault(row) or row


def fault(value: Any, depth: int = 0) -> str:
    """Why a database cannot keep a value; empty where it can."""
    match value:
        case str() if not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value):
            return "not UTF-8"
        case str() if "\0" in value:
            return "holds a NUL character"
        case float() if not math.isfinite(value):
            return "holds a number that is none"
        case dict() | list() if depth > DEEPEST:
            return "nested too deeply"
        case dict():
            return next((wrong for part in (*value, *value.values()) if (wrong := fault(part, depth + 1))), "")
        case list():
            return next((wrong for part in value if (wrong := fault(part, depth + 1))), "")
        case _:
            return ""
