"""End as kmod does when one of its own assertions fails.

From kmod 34: `libkmod/libkmod-elf.c: elf_get_section_header_offset()`, for the words that of assert(3) in glibc.
"""

from __future__ import annotations

from modtools.errors import Abort
from modtools.report import Message, Report


def die(text: str) -> Report:
    """Return a report of the text of the assertion, with none of the output so far, after which SIGABRT ends us."""
    return Report((Message(text, level=""),), status=128 + Abort.number, died=Abort())
