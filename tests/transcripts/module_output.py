"""Tells the log lines that modules' own code prints from those of the kernel.

A module's printk formats are strings of its .ko file. By the rule of `include/linux/kern_levels.h` a format begins with
KERN_SOH (byte 1) and a level; one without that has the default level and is known here by its newline at the end.
Each line of a format becomes a regular expression in which a conversion (`%d`, `%*ph`, ...) stands for any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_STRING = re.compile(rb"\x01[0-7c][^\0]*(?=\0)|[\x20-\x7e\t\n]+\n(?=\0)")
_CONVERSION = re.compile(r"%[-+ #0]*(?:\*|\d+)?(?:\.(?:\*|\d+))?(?:hh|h|ll|l|j|z|t)?(?:p[A-Za-z0-9]*|[a-zA-Z%])")
_OF_PYMOD = re.compile(r"<4>[^:]*: (?:init|exit): not run, .*")
"""pymod's own lines in place of what code that it does not run would have printed."""
_FEW_LETTERS = 3
"""A format with less fixed text than this would match lines that are not its own."""


def is_kernels_own(files: Iterable[Path]) -> Callable[[str], bool]:
    """A test for log lines (`<N>text`): False for those that one of these modules could have printed, and for what
    pymod says in their place.
    """
    patterns = sorted({pattern for file in files for pattern in _patterns(file.read_bytes())})
    printed = re.compile("|".join(patterns) or r"(?!)", re.DOTALL)
    return lambda line: printed.fullmatch(line) is None and _OF_PYMOD.fullmatch(line) is None


def _patterns(image: bytes) -> Iterator[str]:
    for raw in _STRING.findall(image):
        level, text = _level(raw.decode("utf-8", "surrogateescape"))
        *lines, rest = text.split("\n")
        yield from (f"<{level}>{_pattern(line)}" for line in lines if not line or _letters(line) >= _FEW_LETTERS)
        if _letters(rest) >= _FEW_LETTERS:  # without a newline it may be continued
            yield f"<{level}>{_pattern(rest)}.*"


def _level(text: str) -> tuple[str, str]:
    if text[0] != "\x01":
        return "[47]", text  # pr_debug gets its level elsewhere
    return "." if text[1] == "c" else text[1], text[2:]


def _letters(line: str) -> int:
    return sum(map(str.isalpha, _CONVERSION.sub("", line)))


def _pattern(line: str) -> str:
    return ".*".join(re.escape(fixed) for fixed in _CONVERSION.split(line))
