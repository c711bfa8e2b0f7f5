"""Draws the two icons of the Teams app, a cup of espresso: python docs/pictures/icons.py"""

import struct
import zlib
from collections.abc import Callable
from math import hypot, sin
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "bot" / "manifest"
SAMPLES = 4

Colour = tuple[int, int, int, int]
Picture = Callable[[float, float], Colour]
CLEAR, WHITE = (0, 0, 0, 0), (255, 255, 255, 255)
COFFEE, CREMA, CREAM, STEAM = (62, 39, 30, 255), (196, 127, 62, 255), (255, 248, 238, 255), (226, 201, 178, 255)


def cup(x: float, y: float, bold: float) -> str:
    """The part that lies at a point of a unit square, its origin in the middle, y pointing down; empty: none."""
    if (x / 0.205) ** 2 + ((y + 0.02) / 0.035) ** 2 <= 1:
        return "crema"
    if (x / 0.25) ** 2 + ((y + 0.02) / 0.06) ** 2 <= 1 or _body(x, y):
        return "cup"
    if 0.085 - bold <= hypot(x - 0.25, (y - 0.085) * 1.1) <= 0.085:
        return "cup"
    if (x / 0.33) ** 2 + ((y - 0.262) / 0.035) ** 2 <= 1:
        return "cup"
    return "steam" if any(_wisp(x - side, y, bold) for side in (-0.09, 0.09)) else ""


def _body(x: float, y: float) -> bool:
    depth = (y + 0.02) / 0.26
    return 0 <= depth <= 1 and abs(x) <= 0.25 * (1 - 0.5 * depth**3)


def _wisp(x: float, y: float, bold: float) -> bool:
    top, bottom = -0.32, -0.13
    nearest = min(max(y, top), bottom)
    return hypot(x - 0.025 * sin((nearest - top) * 33), y - nearest) <= bold * 0.42


def colour(x: float, y: float) -> Colour:
    return {"crema": CREMA, "cup": CREAM, "steam": STEAM}.get(cup(x, y, 0.035), COFFEE)


def outline(x: float, y: float) -> Colour:
    return WHITE if cup(x * 0.74, y * 0.74, 0.05) in ("cup", "steam") else CLEAR


def png(size: int, picture: Picture) -> bytes:
    """A square picture, each pixel the mean of its samples."""
    rows = b"".join(b"\0" + b"".join(bytes(_pixel(x, y, size, picture)) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    parts = _chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _pixel(column: int, row: int, size: int, picture: Picture) -> Colour:
    steps = [(step + 0.5) / SAMPLES for step in range(SAMPLES)]
    points = [picture((column + dx) / size - 0.5, (row + dy) / size - 0.5) for dx in steps for dy in steps]
    alpha = sum(point[3] for point in points)
    red, green, blue = (sum(p[part] * p[3] for p in points) // max(alpha, 1) for part in range(3))
    return (red, green, blue, alpha // len(points)) if alpha else (255, 255, 255, 0)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


if __name__ == "__main__":
    (FOLDER / "color.png").write_bytes(png(192, colour))
    (FOLDER / "outline.png").write_bytes(png(32, outline))
