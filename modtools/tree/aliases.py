"""What aliases say beyond matching: names and numbers of devices; and the aliases of built-in modules.

Source: kmod 34's `tools/depmod.c` (output_devname, output_builtin_alias_bin). modules.builtin.modinfo is strings, each
ended by a zero byte: `loop.alias=block-major-7-*`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

DEVNAME: Final = "devname:"
"""What an alias begins with that names a device file."""
_NUMBERS: Final = re.compile(r"(char|block)-major-\s*([+-]?[0-9]+)-\s*([+-]?[0-9]+)")


def device_node(aliases: Sequence[str]) -> tuple[str | None, str]:
    """Return the name of a module's device, and its type and numbers as in `c10:250`; None and "" if unknown."""
    name, device = None, ""
    for alias in aliases:
        numbers = _NUMBERS.match(alias)
        if alias.startswith(DEVNAME):
            name = alias.removeprefix(DEVNAME)
        elif numbers:
            device = f"{numbers[1][0]}{int(numbers[2]) & 0xFFFFFFFF}:{int(numbers[3]) & 0xFFFFFFFF}"
        if name is not None and device:
            break
    return name, device


def builtin_aliases(text: str) -> Iterator[tuple[str, str]]:
    """Yield module and alias from modules.builtin.modinfo. As in kmod, a string without "=" swallows the next one."""
    at = 0
    while at < len(text):
        module, end, at = _until(text, at, ".")
        if not (end and module):
            continue
        key, _, at = _until(text, at, "=")
        value, end, at = _until(text, at, "\0")
        if key == "alias" and end and value:
            yield module, value


def _until(text: str, at: int, mark: str) -> tuple[str, bool, int]:
    """Return the text before a mark ("" if a zero byte comes first), whether the mark was there, and where to go on."""
    zero = text.find("\0", at)
    zero = len(text) if zero < 0 else zero
    end = text.find(mark, at, zero + 1)
    return (text[at:end], True, end + 1) if end >= 0 else ("", False, zero + 1)
