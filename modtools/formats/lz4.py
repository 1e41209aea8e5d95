"""The legacy form of LZ4 files, which Linux packs kernels in.

Sources: "LZ4 Frame Format Description", Legacy frame; "LZ4 Block Format Description"; `lib/decompress_unlz4.c`. Numbers
are little-endian:

    frame     02 21 4c 18, then blocks until the end: u32 size, and a block of so many bytes that unpacks to 8 MiB, the
              last one to less. Another frame may follow. A size that does not fit is what follows the last block
    block     sequences: a byte whose upper half is the number of literals and whose lower half that of bytes to copy
              less 4, 15 meaning that bytes follow which are added, the last one not 255; the literals; u16 how far back
              to copy from. The last sequence ends after its literals

For example `50 68 65 6c 6c 6f` is "hello", and `14 61 01 00 00` is "a" nine times.
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError

MAGIC: Final = b"\x02\x21\x4c\x18"
_BLOCK: Final = 8 << 20
"""Bytes that a block unpacks to at most."""


def unpack(data: bytes, limit: int) -> tuple[bytes, bool]:
    """Return what a file unpacks to, and whether that is all of it: less than that is given up at `limit` bytes.

    Raises FormatError for a damaged one.
    """
    output, at = bytearray(), len(MAGIC)
    while at + 4 < len(data):
        size = int.from_bytes(data[at : at + 4], "little")
        if data[at : at + 4] == MAGIC:
            at += 4
            continue
        if not size or at + 4 + size > len(data):
            raise FormatError(f"a block of lz4 has {size} bytes", at)
        if len(output) > limit:
            return bytes(output), False
        try:
            output += _block(data[at + 4 : at + 4 + size])
        except IndexError as problem:
            raise FormatError("a block of lz4 is damaged", at) from problem
        at += 4 + size
    return bytes(output), len(output) <= limit


def _block(data: bytes) -> bytearray:
    """Return what a block unpacks to. Raises IndexError for a damaged one, or one of more than _BLOCK bytes."""
    output, at, end, size = bytearray(), 0, len(data), 0
    while True:
        token = data[at]
        at += 1
        count = token >> 4
        if count:
            if count == 15:
                count, at = _more(data, at, count)
            output += data[at : at + count]
            at += count
            size += count
        if at >= end:
            break
        back = data[at] | data[at + 1] << 8
        at += 2
        count = token & 15
        if count == 15:
            count, at = _more(data, at, count)
        count += 4
        start = size - back
        size += count
        if start < 0 or not back or size > _BLOCK:
            raise IndexError(back)
        if back >= count:
            output += output[start : start + count]
        else:
            output += (output[start:] * (count // back + 1))[:count]
    if at > end or size > _BLOCK:
        raise IndexError(size)
    return output


def _more(data: bytes, at: int, count: int) -> tuple[int, int]:
    """Return a count with the bytes that are added to it, and where they end."""
    while (byte := data[at]) == 255:
        count, at = count + 255, at + 1
    return count + byte, at + 1
