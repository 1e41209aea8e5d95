"""RPM packages: the files that they install.

Source: RPM's manual, "RPM V4 Package format". Numbers are big-endian:

    lead         96 bytes, the first four ed ab ee db
    signature    a header, then zeros up to a multiple of 8 bytes
    header       8e ad e8 01, 4 zero bytes, u32 entries, u32 bytes; then 16 bytes for each entry, and so many bytes
    payload      to the end of the file: a cpio archive, packed with gzip, xz or zstd

What is in the headers is not needed: the archive has paths, modes and sizes. The libraries that there are for it bring
a program of RPM's own, or unpack the payload into memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

from modtools.errors import FormatError
from modtools.formats import cpio, forward

MAGIC: Final = b"\xed\xab\xee\xdb"
_LEAD: Final = 96
_HEADER: Final = b"\x8e\xad\xe8\x01"


def members(file: BinaryIO) -> Iterator[forward.Member]:
    """Yield the regular files that a package installs. Raises FormatError for a damaged one, and OSError."""
    if file.read(4) != MAGIC:
        raise FormatError("no package of RPM", 0)
    end = file.seek(0, 2)
    signature = _end_of_header(file, _LEAD)
    start = _end_of_header(file, signature + -signature % 8)
    if start >= end:
        raise FormatError("the package ends before its files", end)
    file.seek(start)
    yield from cpio.members(forward.unpacked(file, end - start))


def _end_of_header(file: BinaryIO, at: int) -> int:
    """Return where the header at a place ends."""
    file.seek(at)
    head = file.read(16)
    if len(head) < 16 or head[:4] != _HEADER:
        raise FormatError("a header of the package is damaged", at)
    entries, size = struct.unpack(">2I", head[8:])
    return at + 16 + 16 * int(entries) + int(size)
