"""The C declarations of a kernel's functions, by which a caller's arguments are understood.

Layout: the magic "pymodpt1", then a zlib stream (RFC 1950) of UTF-8 lines, sorted by name:

    NAME <tab> declaration

The declaration is rendered from BTF with the names of types, parameters where they have one, no storage class and no
attributes: `int bus_register(const struct bus_type *bus)`, `void sort(void *base, size_t num, size_t size, cmp_func_t
cmp_func, swap_func_t swap_func)`, `int _printk(const char *fmt, ...)`, `void console_lock(void)`.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from modtools.errors import FormatError

MAGIC = b"pymodpt1"
_LARGEST = 32 << 20
"""Bytes that a table may unpack to: thirty times what Debian's kernel has."""


def encode(declarations: Mapping[str, str], level: int = 9) -> bytes:
    """Return the bytes of a table, packed by zlib's `level`."""
    lines = (f"{name}\t{declarations[name]}\n" for name in sorted(declarations))
    return MAGIC + zlib.compress("".join(lines).encode(), level)


def decode(data: bytes) -> dict[str, str]:
    """Return the declarations by name. Raises FormatError for other bytes than a table's."""
    if not data.startswith(MAGIC):
        raise FormatError(f"not a table of declarations: it starts with {data[:8]!r}", 0)
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data[len(MAGIC) :], _LARGEST).decode("utf-8", "replace")
    except zlib.error as error:
        raise FormatError(f"damaged table of declarations ({error})", len(MAGIC)) from error
    if not unpacker.eof:
        raise FormatError("a table of declarations ends early, or is larger than any", len(data))
    rows = (line.partition("\t") for line in text.splitlines())
    return {name: declaration for name, _, declaration in rows}
