"""Zip archives that others made: read member by member, never unpacked, and never more of them than is bearable."""

import io
import struct
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Self

LARGEST_DIRECTORY, LARGEST_MEMBER = 4_000_000, 50_000_000
"""Bytes of the list of members, and of one member when it is unpacked."""
_TAIL, _END = 66_000, b"PK\x05\x06"
_LONG_END = b"PK\x06\x07"


class Broken(Exception):
    """The archive cannot be read; the message says why."""


class Archive:
    """Raises Broken for an archive that is none, or whose list of members is too long to hold."""

    def __init__(self, file: Path) -> None:
        try:
            with file.open("rb") as tail:
                tail.seek(max(file.stat().st_size - _TAIL, 0))
                _measure(tail.read())
            self._zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Broken("not a zip archive that can be read") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def members(self) -> list[str]:
        return self._zip.namelist()

    def date(self, member: str, otherwise: datetime) -> datetime:
        try:
            return datetime(*self._zip.getinfo(member).date_time, tzinfo=UTC)
        except ValueError:
            return otherwise

    def open(self, member: str) -> IO[bytes]:
        """What is in a member, up to the limit. Raises Broken at once, or later where more comes than was told."""
        info = self._zip.getinfo(member)
        if info.flag_bits & 1 or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Broken("it is encrypted, or packed in a way that is not read here")
        try:
            return io.BufferedReader(_Limited(self._zip.open(info)))  # type: ignore[type-var]  # a raw stream is what it reads
        except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            raise Broken("a member cannot be opened") from error


class _Limited(io.RawIOBase):
    """A stream that breaks off where it has given more than the limit."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = LARGEST_MEMBER

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise Broken(f"more than {LARGEST_MEMBER:,} bytes when unpacked")
        buffer[: len(data)] = data
        return len(data)


def _measure(tail: bytes) -> None:
    """Raises Broken where the list of members is larger than is borne, before any of it is read."""
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 20 or _LONG_END in tail[max(end - 20, 0) : end]:
        raise Broken("not a zip archive that can be read")
    [size] = struct.unpack_from("<L", tail, end + 12)
    if size > LARGEST_DIRECTORY:
        raise Broken("it has too many members")
