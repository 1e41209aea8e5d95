"""A line of a log or a terminal without the marks before the message itself, and who wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from modtools.light import NamedTuple

_TOOLS = "insmod|modprobe|rmmod|depmod|modinfo|lsmod|kmod|libkmod|systemd-modules-load|modpost|dkms"
_LEVEL = r"(?:ERROR|FATAL|WARNING|NOTICE|INFO|DEBUG|Error|Warning|error|warning)"

_MARKS = (
    re.compile(r"\[[^\]\n]{3,40}\]\s+"),  # dmesg: [   12.345678], [Tue Sep  5 10:53:29 2023], [  +0.000035]
    re.compile(r"\[\.\.\.\]\s+"),
    re.compile(r"<\d{1,3}>"),  # dmesg -r
    re.compile(r"[a-z]+\s*:[a-z]+\s*: "),  # dmesg -x
    re.compile(
        r"(?:[A-Z][a-z]{2} +\d+ \d\d:\d\d:\d\d|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*) (?:\S+ )?(?=\S+: )"
    ),  # journal
    re.compile(r"(?:kernel|sudo|make(?:\[\d+\])?)(?:\[\d+\])?: (?!\*\*\* \[)(?!\w+: No such file)"),
    re.compile(rf"libkmod: {_LEVEL}: \w+: "),  # the library, to itself: its function
    re.compile(rf"(?:\S*/)?(?:{_TOOLS})(?:\[\d+\])?: "),
    re.compile(rf"(?:==> )?{_LEVEL}[:!] ?"),
    re.compile(r"\S*/?(?:libkmod|tools|shared)/\S+\.c:\d+ \w+\(\):? "),  # kmod, built to debug: FILE:LINE FUNCTION()
    re.compile(r"ERROR \S+\.c:\d+ \w+: "),
)
_TOOL = re.compile(rf"(?<![\w-])({_TOOLS})(?:\[\d+\])?:|\bmodpost: ")


class Line(NamedTuple):
    """A line: as it was, the message in it, and the program of this family that wrote it, or ""."""

    raw: str
    text: str
    tool: str


def lines(text: str) -> Iterator[Line]:
    """Yield the lines of a text that are not empty."""
    for raw in text.splitlines():
        if raw.strip():
            tool = _TOOL.search(raw)
            yield Line(raw.strip(), bare(raw), (tool[1] or "modpost") if tool else "")


def bare(raw: str) -> str:
    """Return a line without the marks before its message."""
    text = raw.strip()
    while True:
        for mark in _MARKS:
            found = mark.match(text)
            if found and found.end() < len(text):
                text = text[found.end() :].lstrip()
                break
        else:
            return text
