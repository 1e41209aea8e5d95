"""End as kmod does when one of its own assertions fails.

From kmod 34: `libkmod/libkmod-elf.c: elf_get_section_header_offset()`, for the words that of assert(3) in glibc.
"""

from __future__ import annotations

import signal

from modtools import render
from modtools.command import Call
from modtools.report import Message, Report


def die(call: Call, text: str) -> Report:
    """Print the text of the assertion to standard error, none of the output so far, and end by SIGABRT."""
    report = Report((Message(text, level=""),), status=128 + signal.SIGABRT)
    render.show(report, render.Style(call.name, linked=call.linked))
    signal.raise_signal(signal.SIGABRT)
    return Report(status=report.status)
