"""Draws the pictures of README and docs from what the product says today: python docs/pictures/draw.py [NAME...]"""

import asyncio
import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from docs.pictures.browser import photograph
from docs.pictures.pages import page
from docs.pictures.png import shrink
from docs.pictures.scenes import PICTURES, messages

FOLDER = Path(__file__).parent
WIDTH = 700


def golden(name: str) -> Path:
    """Where the messages of a picture are kept, so that a change of them shows in a diff."""
    return FOLDER / f"{name}.json"


def picture(name: str) -> Path:
    return FOLDER / f"{name}.png"


def mark(text: str) -> str:
    """Stands in a picture and says which messages it shows."""
    return f"of {hashlib.sha256(text.encode()).hexdigest()}"


def dump(said: list[dict[str, Any]]) -> str:
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def draw(chromium: str, wanted: list[str]) -> None:
    said = asyncio.run(messages())
    for name, (platform, scene) in PICTURES.items():
        if not wanted or name in wanted:
            text = dump(said[name])
            shot = photograph(chromium, page(platform, scene, said[name]), WIDTH)
            golden(name).write_text(text, encoding="utf-8")
            picture(name).write_bytes(shrink(shot, mark(text)))
            print(f"docs/pictures/{name}.png", file=sys.stderr)


def main(wanted: list[str]) -> int:
    chromium = shutil.which("chromium")
    if chromium is None:
        print(
            "The pictures are drawn in Chromium, which is missing: "
            "on Debian, apt install chromium fonts-lato fonts-open-sans.",
            file=sys.stderr,
        )
        return 2
    if unknown := [name for name in wanted if name not in PICTURES]:
        print(f"There is no picture {', '.join(unknown)}; there are {', '.join(PICTURES)}.", file=sys.stderr)
        return 2
    draw(chromium, wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
