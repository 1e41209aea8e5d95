"""All symbols of a kernel's own table of symbols, in a file that is opened only when somebody reads /proc/kallsyms.

Layout, integers little-endian:

    offset  size
    0       8     magic "pymodks1"
    8       4     n, the number of symbols
    12      4     N, bytes of the names
    16      -     a zlib stream (RFC 1950) of these columns, in the kernel's order, which is that of addresses:
                  N    names, UTF-8, a newline between two
                  n    letters, ASCII, as nm(1) and /proc/kallsyms have them
                  8n   address less that of the symbol before (of the first: less 0), in planes as in `exports`

The table of `t ab` at 0x1000 and `T c` at 0x1010 unpacks to

    61 62 0a 63 | 74 54 | 00 10 | 10 00 | 00 00 | ...
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate

from modtools.errors import FormatError
from modtools.profiles.exports import lines, planes, text, unpack

MAGIC = b"pymodks1"
_HEADER = struct.Struct("<8s2I")
_WIDTH = 8


Row = tuple[int, str, str]
"""Address, letter and name: a line of /proc/kallsyms. A capital letter is a global symbol."""


def encode(symbols: Sequence[Row], level: int = 9) -> bytes:
    """Return the bytes of a table of symbols that are sorted by address, packed by zlib's `level`.

    Raises FormatError for a newline in a name.
    """
    names = text([name for _, _, name in symbols])
    letters = "".join(letter for _, letter, _ in symbols).encode("ascii")
    addresses = [address for address, _, _ in symbols]
    steps = [address - before for address, before in zip(addresses, (0, *addresses), strict=False)]
    return _HEADER.pack(MAGIC, len(symbols), len(names)) + zlib.compress(names + letters + planes(steps, _WIDTH), level)


def decode(data: bytes) -> list[Row]:
    """Return the symbols in the bytes of a table. Raises FormatError when they are none."""
    if len(data) < _HEADER.size or not data.startswith(MAGIC):
        raise FormatError(f"not a table of a kernel's symbols: it starts with {data[:8]!r}", 0)
    _, count, names_size = _HEADER.unpack_from(data)
    expected = names_size + count * (1 + _WIDTH)
    stream = unpack(data, _HEADER.size, expected, "a kernel's symbols")
    letters = stream[names_size : names_size + count].decode("latin-1")
    rows = bytearray(count * _WIDTH)
    for plane in range(_WIDTH):
        start = names_size + count * (1 + plane)
        rows[plane::_WIDTH] = stream[start : start + count]
    addresses = accumulate(struct.unpack(f"<{count}Q", rows))
    return list(zip(addresses, letters, lines(stream[:names_size], count), strict=True))
