"""Compressed modules: gzip, xz and zstd, told apart by magic number and never by file name.

Sources: RFC 1952 (gzip), "The .xz File Format", RFC 8878 (zstd).

    1f 8b               gzip
    fd 37 7a 58 5a 00   xz
    28 b5 2f fd         zstd

All three allow several streams one after another. The output of a whole file is bounded, so that a small one cannot
fill the memory.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
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
_PIECE: Final = 1 << 14
"""Bytes of an xz file taken at a time: after each stream what was taken of the next one is copied."""

_SHARED_ERRORS: Final = (EOFError, OSError, ValueError, MemoryError)
_MAGICS: Final = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}


class TooLarge(FormatError):
    """A compressed file that unpacks to more than a module can have."""


class _Reader(Protocol):
    def read(self, size: int, /) -> bytes: ...


def kind(data: Buffer) -> str:
    """Return the compression of a file, by its first bytes: "gzip", "xz", "zstd", or "" for none."""
    return next((name for magic, name in _MAGICS.items() if bytes(data[: len(magic)]) == magic), "")


def decompress(data: bytes, name: str = "") -> bytes:
    """Return the unpacked content of a file, or `data` itself if it is not compressed. `name` is its `kind()`, if told.

    Raises FormatError when it is damaged, its cause being what the library raised; TooLarge when it unpacks to more
    than a module can have (see LIMIT, FLOOR and RATIO).
    """
    name = name or kind(data)
    if not name:
        return data
    pieces, errors = _UNPACKERS[name](data)
    refused: tuple[type[Exception], ...] = (*errors, *_SHARED_ERRORS)
    try:
        return _joined(pieces, min(LIMIT, max(FLOOR, RATIO * len(data))))
    except refused as problem:
        raise FormatError(f"damaged {name} file: {problem}") from problem


def _joined(pieces: Iterator[bytes], limit: int) -> bytes:
    """Return all that was unpacked. Raises TooLarge when that is more than `limit`."""
    output = io.BytesIO()
    for piece in pieces:
        output.write(piece)
        if output.tell() > limit:
            raise TooLarge(f"compressed file unpacks to more than {limit >> 20} MiB")
    return output.getvalue()


_Unpacked = tuple[Iterator[bytes], tuple[type[Exception], ...]]
"""What unpacks a file, and the exceptions it raises for damaged ones, beside those that all three share."""


def _read(stream: _Reader) -> Iterator[bytes]:
    while piece := stream.read(STEP):
        yield piece


def _gzip(data: bytes) -> _Unpacked:
    import gzip
    import zlib

    return _read(gzip.GzipFile(fileobj=io.BytesIO(data))), (zlib.error,)


def _xz(data: bytes) -> _Unpacked:
    import lzma

    return _xz_streams(data), (lzma.LZMAError,)


def _xz_streams(data: bytes) -> Iterator[bytes]:
    """One stream after another, zeros between them; what else follows is damage, which lzma.LZMAFile passes over."""
    import lzma

    at = 0
    while at < len(data):
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        while not stream.eof:
            piece = data[at : at + _PIECE] if stream.needs_input else b""
            if stream.needs_input and not piece:
                raise EOFError("ended before the end of a stream")
            at += len(piece)
            yield stream.decompress(piece, STEP)
        at -= len(stream.unused_data)
        while (piece := data[at : at + _PIECE]).startswith(b"\0"):
            at += len(piece) - len(piece.lstrip(b"\0"))


def zstd_library() -> ModuleType:
    """Return Python's module for zstd: its own, or below 3.14 what stands in for it."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def zstd_stream(data: bytes, most: int) -> tuple[bytes, bool]:
    """Return what the first zstd stream in `data` unpacks to, at most so many bytes, and whether that is all of it.

    Raises FormatError for a damaged one.
    """
    zstd = zstd_library()
    stream = zstd.ZstdDecompressor()
    try:
        return stream.decompress(data, most), stream.eof
    except zstd.ZstdError as problem:
        raise FormatError(f"damaged zstd stream: {problem}") from problem


def _zstd(data: bytes) -> _Unpacked:
    zstd = zstd_library()
    return _read(zstd.ZstdFile(io.BytesIO(data))), (zstd.ZstdError,)


_UNPACKERS: Final[dict[str, Callable[[bytes], _Unpacked]]] = {"gzip": _gzip, "xz": _xz, "zstd": _zstd}
