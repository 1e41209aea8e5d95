"""Record the lesson in the shell as it is played on a terminal: docs/shell.cast in asciinema's format, and its text.

The form is that of asciicast v2 (docs.asciinema.org/manual/asciicast/v2): a JSON object of the terminal, then for each
piece of output a JSON array of the seconds since the beginning, "o" and the text. docs/shell_lesson.md shows the text.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import sys
import termios
import time
from pathlib import Path

_CHECKOUT = Path(__file__).parents[1]
CAST, PAGE = _CHECKOUT / "docs/shell.cast", _CHECKOUT / "docs/shell_lesson.md"
LESSON = ("sh", str(_CHECKOUT / "examples/shell_lesson.sh"))
_BLOCK = re.compile("(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_LINES, _COLUMNS, _PAUSE = 40, 120, "0.8"


def play(pause: str) -> list[tuple[float, str]]:
    """Play the lesson on a terminal with so many seconds before each command; return when it has written what."""
    began, found = time.monotonic(), []
    process, terminal = pty.fork()
    if process == 0:
        os.environ |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "PAUSE": pause, "LC_ALL": "C"}
        os.execvp(LESSON[0], LESSON)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", _LINES, _COLUMNS, 0, 0))
    rest = b""
    while data := _read(terminal):
        whole, end, rest = (rest + data).rpartition(b"\n")
        found.append((round(time.monotonic() - began, 6), (whole + end).decode()))
    os.waitpid(process, 0)
    os.close(terminal)
    return [(when, text) for when, text in found if text]


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # the other end was closed
        return b""


def text(pieces: list[tuple[float, str]]) -> str:
    """Return what a terminal shows in the end, without colours."""
    return _COLOR.sub("", "".join(piece for _, piece in pieces)).replace("\r\n", "\n").lstrip("\n")


def load() -> list[tuple[float, str]]:
    """Return what was recorded."""
    _, *lines = CAST.read_text("utf-8").splitlines()
    return [(when, written) for when, _, written in map(json.loads, lines)]


def shown() -> str:
    """Return the text that the page shows."""
    found = _BLOCK.search(PAGE.read_text("utf-8"))
    assert found is not None
    return found[0]


def main() -> None:
    """Record the lesson, and write it into the documents."""
    pieces = play(_PAUSE)
    head = {"version": 2, "width": _COLUMNS, "height": _LINES, "title": "pymod shell"}
    rows = [json.dumps(head), *(json.dumps([when, "o", written]) for when, written in pieces)]
    CAST.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    PAGE.write_text(_BLOCK.sub(lambda _: text(pieces), PAGE.read_text("utf-8"), count=1), "utf-8")


if __name__ == "__main__":
    main()
