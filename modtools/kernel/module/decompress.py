"""A compressed module that the kernel unpacks itself: finit_module(2) with MODULE_INIT_COMPRESSED_FILE.

From Linux 6.12: `kernel/module/decompress.c`, `lib/xz/`, `lib/zlib_inflate/`, `lib/zstd/`. Linux commit b1ae6dc41eaa
"module: add in-kernel support for decompressing" (v5.17). What follows the first stream is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from modtools import causes
from modtools.errors import Cause, KernelError
from modtools.formats import xzkernel
from modtools.formats.compression import FLOOR, LIMIT, RATIO, zstd_library
from modtools.kernel.log import ERR
from modtools.kernel.state import Kernel
from modtools.light import NamedTuple
from modtools.linuxerrno import EINVAL, ENOMEM

_Z_DATA_ERROR, _Z_BUF_ERROR = -3, -5
"""Of `include/linux/zlib.h`."""
_ZSTD_ERRORS: Final = {
    "Unsupported frame parameter": 14,
    "Frame requires too much memory for decoding": 16,
    "Data corruption detected": 20,
    "Restored data doesn't match checksum": 22,
    "Dictionary is corrupted": 30,
    "Dictionary mismatch": 32,
}
"""ZSTD_getErrorName()'s words, which Python has, and the numbers of `include/linux/zstd_errors.h`."""
_ZSTD_WINDOWLOG_MAX = 31


class _Unpacked(NamedTuple):
    """What came out, or the line that the kernel logs instead."""

    content: bytes = b""
    refused: str = ""


def decompress(kernel: Kernel, data: bytes) -> bytes:
    """Return the module in a compressed file. Raises KernelError after logging why it cannot be had."""
    unpack = _UNPACKERS[kernel.identity.config.compression]
    limit = min(LIMIT, max(FLOOR, RATIO * len(data)))
    content, refused = unpack(kernel, data, limit)
    if refused:
        kernel.printk(ERR, refused)
        raise KernelError(EINVAL, Cause(causes.COMPRESSION_REFUSED, "", refused))
    if len(content) > limit:
        raise KernelError(ENOMEM, Cause(causes.TOO_LARGE, detail=f"more than {limit >> 20} MiB"))
    return content


def _xz(kernel: Kernel, data: bytes, limit: int) -> _Unpacked:
    status, content = xzkernel.decode(data, kernel.identity.config.xz_filters, limit)
    whole = status == xzkernel.STREAM_END or (status == xzkernel.OK and len(content) > limit)
    return _Unpacked(content) if whole else _failed(status)


def _failed(status: int) -> _Unpacked:
    return _Unpacked(refused=f"decompression failed with status {status}")


def _gzip(_: Kernel, data: bytes, limit: int) -> _Unpacked:
    """Undo gzip, of whose header the kernel knows the name only, and of whose trailer nothing."""
    import zlib

    start = 10
    if data[3] & 8:
        start = data.find(b"\0", start) + 1
    if len(data) < 10 or not data.startswith(b"\x1f\x8b\x08") or not start:
        return _Unpacked(refused="not a gzip compressed module")
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = decoder.decompress(data[start:], limit + 1)
    except zlib.error:
        return _failed(_Z_DATA_ERROR)
    return _Unpacked(content) if decoder.eof or len(content) > limit else _failed(_Z_BUF_ERROR)


def _zstd(_: Kernel, data: bytes, limit: int) -> _Unpacked:
    """Undo zstd. A file that is cut off is unpacked as far as it goes."""
    window = _window(data)
    if window is None:
        return _Unpacked(refused="ZSTD-compressed data has an incomplete frame header")
    if window > 1 << _ZSTD_WINDOWLOG_MAX:
        return _Unpacked(refused="ZSTD-compressed data has too large a window size")
    zstd = zstd_library()
    decoder = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOWLOG_MAX})
    try:
        return _Unpacked(decoder.decompress(data, limit + 1))
    except zstd.ZstdError as error:
        words = re.split(r": ", str(error))[-1]
        number = next((code for text, code in _ZSTD_ERRORS.items() if text in words), 1)
        return _Unpacked(refused=f"ZSTD-decompression failed with status {number}")


def _window(data: bytes) -> int | None:
    """Return the size of a frame's window, as `zstd_get_frame_header()` finds it; None where it finds no whole header.

    A frame begins with 28 b5 2f fd and a byte: 2 bits for the field with the size of the content, one that tells that
    this is the window as well, one without meaning, one reserved, one for a checksum, 2 bits for a dictionary's number.
    Then come the window (unless the content's size is it), the dictionary's number and the content's size: RFC 8878,
    3.1.1.
    """
    if len(data) < 5:
        return None
    described = data[4]
    single, sized = described >> 5 & 1, described >> 6
    dictionary, content = (0, 1, 2, 4)[described & 3], (single, 2, 4, 8)[sized]
    if described & 8 or len(data) < 5 + (not single) + dictionary + content:
        return None
    if single:
        start = 5 + dictionary
        return int.from_bytes(data[start : start + content], "little") + 256 * (content == 2)
    exponent, mantissa = data[5] >> 3, data[5] & 7
    base = 1 << 10 + exponent
    return base + base // 8 * mantissa if 10 + exponent <= _ZSTD_WINDOWLOG_MAX else None


_UNPACKERS: Final[Mapping[str, Callable[[Kernel, bytes, int], _Unpacked]]] = {"gzip": _gzip, "xz": _xz, "zstd": _zstd}
