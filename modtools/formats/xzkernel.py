"""What Linux's own decoder refuses of an .xz file that liblzma takes: other checks and filters, large dictionaries.

From "The .xz File Format" and Linux 6.12 `lib/xz/xz_dec_stream.c: dec_stream_header(), dec_block_header()`,
`xz_dec_lzma2.c: xz_dec_lzma2_reset()`. A file is one stream:

    header   fd 37 7a 58 5a 00, a zero byte, the kind of check (0 none, 1 CRC32, 4 CRC64, 10 SHA-256), 4 bytes CRC32
    blocks   each: its header, LZMA2 chunks, zeros up to a multiple of four bytes, the check
    index    begins with a zero byte
    footer   12 bytes

A block's header begins with its size in units of 4 bytes, less one, and flags: the number of filters less one in the
lowest two bits, 40 and 80 hex where the sizes of what is compressed and of what comes out follow. Then come the filters
(an ID, the size of its properties, these) and zeros. `fd 37 7a 58 5a 00 00 04` is refused for its check, CRC64, and so
is a block header `02 01 03 01 00 21 01 16 …`, whose first filter is delta.
"""

from __future__ import annotations

from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set
    from typing import Final

OK, STREAM_END, FORMAT_ERROR, OPTIONS_ERROR, DATA_ERROR, BUF_ERROR = 0, 1, 5, 6, 7, 8
"""How the decoder ends, of `include/linux/xz.h: enum xz_ret`; OK: what there is was not enough."""

FILTERS: Final = {"x86": 4, "powerpc": 5, "ia64": 6, "arm": 7, "armthumb": 8, "sparc": 9, "arm64": 10, "riscv": 11}
"""The filters for code that Linux can have, with their IDs, by the ends of their build options (XZ_DEC_X86)."""

_MAGIC = b"\xfd7zXZ\0"
_HEADER, _CHECKS, _LZMA2, _LARGEST = 12, {0: 0, 1: 4}, 0x21, 39
_PIECE = 1 << 16


def decode(data: bytes, filters: str, limit: int) -> tuple[int, bytes]:
    """Return how the kernel's decoder ends on the first stream, and what has come out until then; beyond `limit` bytes
    it is one more at most. `filters` are the names of those for code that it was built with, with blanks between.
    """
    import lzma

    if data[: len(_MAGIC)] != _MAGIC[: len(data)]:
        return FORMAT_ERROR, b""
    end = unsupported(data, {FILTERS[name] for name in filters.split()})
    taken = data[:end]
    decoder, content = lzma.LZMADecompressor(lzma.FORMAT_XZ), bytearray()
    try:
        for start in range(0, len(taken), _PIECE):
            content += decoder.decompress(taken[start : start + _PIECE], limit + 1 - len(content))
            if decoder.eof or len(content) > limit:
                break
    except (lzma.LZMAError, MemoryError) as error:
        return (OPTIONS_ERROR if "nsupported" in str(error) else DATA_ERROR), bytes(content)
    if end is not None:
        return OPTIONS_ERROR, bytes(content)
    return STREAM_END if decoder.eof else OK, bytes(content)


def unsupported(data: bytes, filters: Set[int]) -> int | None:
    """Return where the part ends for whose options the kernel refuses the first stream; None if it takes them all.

    `filters` are the IDs that its decoder was built with. Damage is not looked for, and what is cut off has no options.
    """
    if len(data) >= _HEADER and data[7] not in _CHECKS:
        return _HEADER
    at = _HEADER
    while at < len(data) and data[at]:
        header = data[at : at + (data[at] + 1) * 4]
        if len(header) < (data[at] + 1) * 4:
            return None
        if not _takes(header, filters):
            return at + len(header)
        end = _chunks_end(data, at + len(header))
        if end is None:
            return None
        at += len(header) + -(-(end - at - len(header)) // 4) * 4 + _CHECKS[data[7]]
    return None


def _takes(header: bytes, filters: Set[int]) -> bool:
    """Return whether the kernel takes a block with this header, which has its CRC32 at its end."""
    flags, at = header[1], 2
    if flags & 0x3E:
        return False
    for _ in range((flags >> 6 & 1) + (flags >> 7)):
        while at < len(header) and header[at] & 0x80:
            at += 1
        at += 1
    chain = header[at:-4]
    if flags & 1:
        if len(chain) < 2 or chain[0] not in filters or chain[1]:
            return False
        chain = chain[2:]
    lzma2 = len(chain) >= 3 and chain[0] == _LZMA2 and chain[1] == 1 and chain[2] <= _LARGEST
    return lzma2 and not any(chain[3:])


def _chunks_end(data: bytes, at: int) -> int | None:
    """Return where a block's LZMA2 chunks end; None where the file ends before, or something else is there."""
    while at < len(data):
        control = data[at]
        if control == 0:
            return at + 1
        if control < 0x80:
            if control > 2 or at + 3 > len(data):
                return None
            at += 3 + int.from_bytes(data[at + 1 : at + 3], "big") + 1
        else:
            if at + 5 > len(data):
                return None
            at += 5 + (control >= 0xC0) + int.from_bytes(data[at + 3 : at + 5], "big") + 1
    return None
