"""The places in a kernel's own code that are a WARN() or a BUG(), in a file that is opened when one of them is met.

Layout: a zlib stream (RFC 1950) of text lines, ASCII. A line without a blank is the name of a file of Linux's source;
those after it are its places, sorted by line: line of the source, flags of `struct bug_entry`
(`include/asm-generic/bug.h`), both in decimal, address in hexadecimal, each after a blank:

    lib/refcount.c
     19 2313 ffffffff81652df4
     22 2313 ffffffff81652dd1
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import groupby

from modtools.errors import FormatError
from modtools.light import NamedTuple

_LARGEST = 1 << 24
"""Bytes of text that are unpacked: a kernel has some 10 000 places, of 25 bytes each."""


class Place(NamedTuple):
    """A WARN() or BUG(): file and line of the source, flags as in the kernel's table, and where the instruction is."""

    file: str
    line: int
    flags: int
    address: int


def encode(places: Iterable[Place], level: int = 9) -> bytes:
    """Return the bytes of a table, packed by zlib's `level`."""
    lines = []
    for file, rows in groupby(sorted(places), key=lambda place: place.file):
        lines += [file, *(f" {row.line} {row.flags} {row.address:x}" for row in rows)]
    return zlib.compress("\n".join(lines).encode("ascii"), level)


def decode(data: bytes) -> list[Place]:
    """Return the places in the bytes of a table. Raises FormatError when they are none."""
    places, file = [], ""
    try:
        text = zlib.decompressobj().decompress(data, _LARGEST).decode("ascii")
        for row in text.split("\n"):
            if row.startswith(" "):
                line, flags, address = row.split()
                places.append(Place(file, int(line), int(flags), int(address, 16)))
            else:
                file = row
    except (zlib.error, ValueError) as error:
        raise FormatError(f"the list of a kernel's warnings is damaged: {error}") from error
    return places
