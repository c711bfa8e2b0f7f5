"""Photographs pages in headless Chromium, each as tall as what it shows."""

import re
import subprocess
import tempfile
from pathlib import Path

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-lcd-text"),
    *("--force-device-scale-factor=2", "--default-background-color=00000000"),
)
MEASURE = "<script>document.title = 'tall ' + document.querySelector('main').offsetHeight</script>"
PATIENCE = 120


def photograph(chromium: str, page: str, width: int) -> bytes:
    """The page as a PNG."""
    with tempfile.TemporaryDirectory(prefix="pictures-") as folder:
        source = Path(folder) / "page.html"
        source.write_text(page + MEASURE, encoding="utf-8")
        command = [chromium, *FLAGS, f"--user-data-dir={folder}/profile"]
        dom = _run([*command, f"--window-size={width},800", "--dump-dom", source.as_uri()])
        tall = re.search(r"<title>tall (\d+)</title>", dom)
        if tall is None:
            raise RuntimeError("Chromium did not show the page")
        shot = Path(folder) / "shot.png"
        _run([*command, f"--window-size={width},{tall[1]}", f"--screenshot={shot}", source.as_uri()])
        return shot.read_bytes()


def _run(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout
