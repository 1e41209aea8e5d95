"""What keys mean on a text console: the map that is built into Linux, as Debian's 6.1 has it in `key_maps`.

`keymap.txt` has a line for each combination of modifiers: its number, and the symbols of the keys 0 to 127.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

NONE = 0xF200
_KEYS = 256


@cache
def maps() -> dict[int, list[int]]:
    """Return by combination of modifiers the symbol of each key."""
    rows: dict[int, list[int]] = {}
    for line in Path(__file__).with_name("keymap.txt").read_text("ascii").splitlines():
        if not line.startswith("#"):
            number, *symbols = line.split()
            known = [int(symbol, 16) for symbol in symbols]
            rows[int(number)] = known + [NONE] * (_KEYS - len(known))
    return rows
