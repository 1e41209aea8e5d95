"""A kernel's .config, which `scripts/kconfig` writes, and auto.conf, the same without what is not set.

# Linux/x86 6.1.0 Kernel Configuration      the kernel's version, after SRCARCH
CONFIG_MODULES=y                            y, m, a number, or "text"
# CONFIG_KASAN is not set
"""

from __future__ import annotations

import re
from typing import Final

_SET: Final = re.compile(r"^CONFIG_(\w+)=(.*)$", re.MULTILINE)
_NOT_SET: Final = re.compile(r"^# CONFIG_(\w+) is not set$", re.MULTILINE)
_TITLE: Final = re.compile(r"^# Linux/\S+ (\S+) Kernel Configuration$", re.MULTILINE)


def options(text: str) -> dict[str, str]:
    """Return the options without CONFIG_: "y", "m", "n" for one that is not set, or a value without its quotes."""
    found = dict.fromkeys(_NOT_SET.findall(text), "n")
    return found | {name: value.strip().strip('"') for name, value in _SET.findall(text)}


def version(text: str) -> str:
    """Return the version of the kernel that was configured, as `make kernelversion` says it; "" if it is not told."""
    match = _TITLE.search(text)
    return match[1] if match else ""


def is_config(text: bytes) -> bool:
    """Return whether a file that begins so is a configuration."""
    line = re.compile(rb"CONFIG_\w+=|# CONFIG_\w+ is not set|# Linux/\S+ \S+ Kernel Configuration")
    rest = (row for row in text.splitlines() if row.strip(b"# \t"))
    return any(line.match(row) for _, row in zip(range(3), rest, strict=False))
