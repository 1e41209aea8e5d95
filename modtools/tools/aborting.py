"""To end as kmod ends when one of its own assertions fails.

From kmod 34: `libkmod/libkmod-elf.c: elf_get_section_header_offset()`, for the words that of assert(3) in glibc.
"""

from __future__ import annotations

import signal

from modtools import render
from modtools.command import Call
from modtools.formats.kmodelf import Aborted
from modtools.report import Message, Report


def die(call: Call, death: Aborted) -> Report:
    """A line on standard error, none of the output so far, and SIGABRT."""
    report = Report((Message(death.text, level=""),), status=128 + signal.SIGABRT)
    render.show(report, render.Reader(call.name, linked=call.linked))
    signal.raise_signal(signal.SIGABRT)
    return Report(status=report.status)
