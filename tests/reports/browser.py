"""A page in Chromium without a window: what it makes of it, how bright it is, what it prints."""

from __future__ import annotations

import html
import json
import re
import shutil
import struct
import subprocess
import zlib
from pathlib import Path
from typing import Any

from tests.reference import CHROMIUM

DARK = "--blink-settings=preferredColorScheme=0"
"""The option that makes it ask pages to be dark."""

_PROBE = (Path(__file__).with_name("probe.js")).read_text("utf-8")


class Browser:
    """Chromium with a folder for its own files, and for what it makes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = folder / "page.html"

    def run(self, place: Path, *options: str) -> str:
        """Open a file, and return what is printed."""
        program = next(filter(None, map(shutil.which, CHROMIUM)))
        always = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run")
        own = f"--user-data-dir={self.folder / 'profile'}"
        done = subprocess.run(
            [str(program), *always, own, *options, place.as_uri()], capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout

    def examined(self, width: int, *options: str) -> dict[str, Any]:
        """Return what `probe.js` finds in the page, in a window that is so wide."""
        harness = self.folder / "harness.html"
        page = json.dumps(self.page.read_text("utf-8")).replace("<", "\\u003c")
        script = f"const PAGE = {page}, WIDTH = {width};\n{_PROBE}"
        harness.write_text(f'<!DOCTYPE html><meta charset="utf-8"><body><script>{script}</script>', "utf-8")
        found = re.search(r'<pre id="found">(.*?)</pre>', self.run(harness, "--dump-dom", *options), re.DOTALL)
        assert found, "the page was not examined"
        result: dict[str, Any] = json.loads(html.unescape(found.group(1)))
        return result

    def brightness(self, *options: str) -> float:
        """Return how bright the page is on the screen, from 0 for black to 255 for white."""
        picture = self.folder / "screen.png"
        self.run(self.page, f"--screenshot={picture}", "--window-size=300,300", *options)
        return _mean_of_png(picture.read_bytes())

    def printed(self, *options: str) -> Path:
        """Return the page on paper, as a PDF file."""
        paper = self.folder / "paper.pdf"
        self.run(self.page, f"--print-to-pdf={paper}", "--no-pdf-header-footer", *options)
        return paper


def words_of_pdf(paper: Path) -> str:
    """The text of a PDF file without blanks, as lines are broken anywhere."""
    text = subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, check=True).stdout.decode()
    return "".join(text.split())


def brightness_of_pdf(paper: Path) -> float:
    """How bright the first page of a PDF file is, from 0 to 255."""
    words = ["pdftoppm", "-r", "20", "-gray", "-f", "1", "-l", "1", str(paper)]
    header, pixels = re.fullmatch(
        rb"(P5\s+\d+\s+\d+\s+255\s)(.*)", subprocess.run(words, capture_output=True, check=True).stdout, re.DOTALL
    ).groups()  # type: ignore[union-attr]  # it is a picture, or the test fails
    assert header
    return sum(pixels) / len(pixels)


def _mean_of_png(data: bytes) -> float:
    """The mean of all samples of a picture with 8 bits for each of red, green and blue (PNG, third edition)."""
    place, packed, width, height, samples = 8, b"", 0, 0, 3
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        chunk = data[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colours = struct.unpack(">IIBB3x", chunk)
            assert depth == 8
            samples = {2: 3, 6: 4}[colours]
        packed += chunk if kind == b"IDAT" else b""
        place += length + 12
    rows = _rows(zlib.decompress(packed), width * samples, height, samples)
    shown = [value for row in rows for number, value in enumerate(row) if number % samples < 3]
    return sum(shown) / len(shown)


def _rows(data: bytes, length: int, height: int, samples: int) -> list[bytearray]:
    """The lines of a picture, with what was subtracted added again (section 9.2: None, Sub, Up, Average, Paeth)."""
    rows = []
    above = bytearray(length)
    for number in range(height):
        start = number * (length + 1)
        kind, row = data[start], bytearray(data[start + 1 : start + 1 + length])
        for place in range(length):
            left = row[place - samples] if place >= samples else 0
            corner = above[place - samples] if place >= samples else 0
            row[place] = (row[place] + _predicted(kind, left, above[place], corner)) & 0xFF
        rows.append(above := row)
    return rows


def _predicted(kind: int, left: int, above: int, corner: int) -> int:
    if kind == 4:
        distances = {left: abs(above - corner), above: abs(left - corner), corner: abs(left + above - 2 * corner)}
        return min((left, above, corner), key=distances.__getitem__)
    return (0, left, above, (left + above) // 2)[kind]
