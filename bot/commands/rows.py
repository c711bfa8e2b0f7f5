"""Rows of files that others wrote: line by line, in bounded memory, each with what is wrong with it if anything is."""

import csv
import json
import math
from collections.abc import Iterator
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


def lines(file: Path, errors: str = "replace") -> Iterator[tuple[int, str]]:
    """The lines that are not blank, with their numbers; of one that is too long only the beginning. Raises Stop where
    the file cannot be read."""
    try:
        with file.open(encoding="utf-8-sig", errors=errors) as opened_file:
            yield from lines_of(opened_file)
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
    yield from _named(file, columns, ((number, _cells(line, header, separator)) for number, line in rows))


def _named(file: Path, columns: tuple[str, ...], rows: Iterator[Row]) -> Iterator[Row]:
    ignored: set[str] = set()
    for number, row in rows:
        unknown = [] if isinstance(row, str) else [name for name in row if name not in columns and name not in ignored]
        if unknown:
            warn(f"{file}: ignored columns: {', '.join(unknown)}")
        ignored.update(unknown)
        yield number, row


def _cells(line: str, header: list[str], separator: str) -> Json | str:
    if len(line) > LONGEST:
        return f"longer than {LONGEST:,} characters"
    try:
        [cells] = csv.reader([line], delimiter=separator, strict=True)
    except csv.Error as error:
        return f"not a line of CSV: {error}"
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
