"""Makes a screenshot small: the same picture in 256 colours, which is more than its words and signs have."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256


def shrink(png: bytes, note: str) -> bytes:
    """Of a picture with eight bits a channel, as Chromium makes them; `note` is kept in it as a comment."""
    parts = dict(_parts(png))
    width, height, _, kind = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    step = {2: 3, 6: 4}[kind]
    rows = [
        [row[at : at + step] for at in range(0, len(row), step)] for row in _rows(parts[b"IDAT"], width * step, step)
    ]
    found = Counter(pixel for row in rows for pixel in row)
    palette = [pixel for pixel, _ in found.most_common(COLOURS)]
    index = {pixel: palette.index(_nearest(pixel, palette)) for pixel in found}
    data = b"".join(b"\0" + bytes(map(index.__getitem__, row)) for row in rows)
    return b"".join(
        (
            SIGNATURE,
            _part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
            _part(b"tEXt", b"Comment\0" + note.encode("latin-1")),
            _part(b"PLTE", b"".join(pixel[:3] for pixel in palette)),
            _part(b"tRNS", b"".join(pixel[3:] or b"\xff" for pixel in palette)),
            _part(b"IDAT", zlib.compress(data, 9)),
            _part(b"IEND", b""),
        )
    )


def _nearest(pixel: bytes, palette: list[bytes]) -> bytes:
    return (
        pixel
        if pixel in palette
        else min(palette, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, pixel, strict=True)))
    )


def _parts(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The chunks, those of the image itself as one."""
    at, image = len(SIGNATURE), b""
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        at += 12 + size
        if name == b"IDAT":
            image += body
        else:
            yield name, body
    yield b"IDAT", image


def _part(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _rows(image: bytes, length: int, step: int) -> Iterator[bytes]:
    """The rows of pixels, each written as its difference to what lies left of it and above it."""
    raw = zlib.decompress(image)
    above = bytes(length)
    for at in range(0, len(raw), length + 1):
        above = _row(raw[at], raw[at + 1 : at + 1 + length], above, step)
        yield above


def _row(way: int, said: bytes, above: bytes, step: int) -> bytes:
    if way == 0:
        return said
    if way == 2:
        return bytes([(a + b) & 255 for a, b in zip(said, above, strict=True)])
    row = bytearray(step) + said
    for at in range(step, len(row)):
        left, up, corner = row[at - step], above[at - step], above[at - 2 * step] if at >= 2 * step else 0
        row[at] = (row[at] + _guess(way, left, up, corner)) & 255
    return bytes(row[step:])


def _guess(way: int, left: int, up: int, corner: int) -> int:
    """The value foretold from its neighbours (PNG's filters Sub, Average and Paeth)."""
    if way == 1:
        return left
    if way == 3:
        return (left + up) // 2
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))
