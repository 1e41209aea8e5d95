"""Compressed modules: gzip, xz and zstd, told apart by magic number and never by file name.

Sources: RFC 1952 (gzip), "The .xz File Format", RFC 8878 (zstd).

    1f 8b               gzip
    fd 37 7a 58 5a 00   xz
    28 b5 2f fd         zstd

All three allow several streams one after another. Output is bounded, so that a small file cannot fill the memory.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Final, Protocol

from modtools.errors import FormatError
from modtools.formats.elfvalues import Buffer

LIMIT: Final = 1 << 30
"""Bytes that any module may unpack to: the largest known ones, with debug information, have half of it."""
FLOOR: Final = 1 << 25
"""Bytes that a file of any size may unpack to."""
RATIO: Final = 100
"""Above FLOOR, how many times its own size a file may unpack to. Modules stay below 10."""
STEP: Final = 1 << 20
"""Bytes unpacked at a time."""

_SHARED_ERRORS: Final = (EOFError, OSError, ValueError, MemoryError)
_MAGICS: Final = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes: ...


_Opened = tuple[_Stream, tuple[type[Exception], ...]]
"""What unpacks a file, and the exceptions it raises for damaged ones, beside those that all three share."""


def kind(data: Buffer) -> str:
    """The compression of a file, by its first bytes: "gzip", "xz", "zstd", or "" for none."""
    return next((name for magic, name in _MAGICS.items() if bytes(data[: len(magic)]) == magic), "")


def decompress(data: bytes) -> bytes:
    """What a compressed file holds, or `data` itself if it is not compressed.

    Raises FormatError when it is damaged, or unpacks to more than a module can have (see LIMIT, FLOOR and RATIO).
    """
    name = kind(data)
    if not name:
        return data
    stream, errors = _OPENERS[name](io.BytesIO(data))
    refused: tuple[type[Exception], ...] = (*errors, *_SHARED_ERRORS)
    try:
        return _read(stream, min(LIMIT, max(FLOOR, RATIO * len(data))))
    except refused as problem:
        raise FormatError(f"damaged {name} file: {problem}") from problem


def _read(stream: _Stream, limit: int) -> bytes:
    """All bytes of a stream. Raises FormatError when there are more than `limit`."""
    output = io.BytesIO()
    while step := stream.read(STEP):
        output.write(step)
        if output.tell() > limit:
            raise FormatError(f"compressed file unpacks to more than {limit >> 20} MiB")
    return output.getvalue()


def _gzip(file: io.BytesIO) -> _Opened:
    import gzip
    import zlib

    return gzip.GzipFile(fileobj=file), (zlib.error,)


def _xz(file: io.BytesIO) -> _Opened:
    import lzma

    return lzma.LZMAFile(file), (lzma.LZMAError,)


def _zstd(file: io.BytesIO) -> _Opened:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    return zstd.ZstdFile(file), (zstd.ZstdError,)


_OPENERS: Final[dict[str, Callable[[io.BytesIO], _Opened]]] = {
    "gzip": _gzip,
    "xz": _xz,
    "zstd": _zstd,
}
