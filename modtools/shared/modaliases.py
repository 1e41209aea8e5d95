"""Files with the modaliases of a machine, as `find /sys -name modalias -exec cat {} +` prints them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from modtools.errors import PymodError

_FILE: Final = re.compile(r"/sys/\S*/modalias")


def modaliases(path: str) -> Iterator[str]:
    """Yield the modaliases in a file, `-` for standard input. Raises PymodError for names of files instead."""
    data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").splitlines(), 1):
        alias = line.strip()
        if _FILE.fullmatch(alias):
            what = f"{path} line {number} is the name of a file"
            raise PymodError(f"{what}; modaliases are what is in it: find /sys -name modalias -exec cat {{}} +")
        if alias:
            yield alias
