"""Compressed modules: gzip, xz and zstd, told apart by magic number and never by file name.

Sources: RFC 1952 (gzip), "The .xz File Format", RFC 8878 (zstd).

    1f 8b               gzip
    fd 37 7a 58 5a 00   xz
    28 b5 2f fd         zstd

All three allow several streams one after another. The output of a whole file is bounded, so that a small one cannot
fill the memory; what is unpacked in pieces takes no more memory than a piece and the window that its compression needs.
"""

from __future__ import annotations

import io
import sys

from modtools.errors import FormatError
from modtools.formats.elfvalues import Buffer
from modtools.light import TYPE_CHECKING, Protocol, cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType
    from typing import Any, Final, TypeAlias

LIMIT: Final = 1 << 30
"""Bytes that any module may unpack to: the largest known ones, with debug information, have half of it."""
FLOOR: Final = 1 << 25
"""Bytes that a file of any size may unpack to."""
RATIO: Final = 100
"""Above FLOOR, how many times its own size a file may unpack to. Modules stay below 10."""
STEP: Final = 1 << 20
"""Bytes unpacked at a time."""
WINDOW: Final = 1 << 28
"""Bytes of memory that unpacking a file in pieces may take; xz with its largest preset needs a quarter of it."""
_PIECE: Final = 1 << 14
"""Bytes of an xz file taken at a time: after each stream what was taken of the next one is copied."""

_WITH_HEADER: Final = 16
"""What zlib is to add to its window for a stream of gzip's."""
_SHARED_ERRORS: Final = (EOFError, OSError, ValueError, MemoryError)
_MAGICS: Final = {b"\x1f\x8b": "gzip", b"\xfd7zXZ\0": "xz", b"\x28\xb5\x2f\xfd": "zstd"}


class TooLarge(FormatError):
    """A compressed file that unpacks to more than a module can have."""


class Reader(Protocol):
    """A file that is read from its beginning to its end, b"" there."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""


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
    most = limit(len(data))
    unpacked = _at_once(data, name, most)
    if unpacked is not None:
        return unpacked
    try:
        return _joined(pieces(io.BytesIO(data), name), most)
    except MemoryError as problem:
        raise FormatError(f"the {name} file unpacks to more than there is memory") from problem


def _at_once(data: bytes, name: str, most: int) -> bytes | None:
    """Return what a file of one stream unpacks to, at most so many bytes; None for any other, and for a damaged one."""
    stream, error = _STREAMS[name]()
    try:
        unpacked: bytes = stream.decompress(data, most)
    except (error, *_SHARED_ERRORS):
        return None
    return unpacked if stream.eof and not stream.unused_data else None


def limit(size: int, most: int = LIMIT) -> int:
    """Return how many bytes a file of a size may unpack to (see LIMIT, FLOOR and RATIO)."""
    return min(most, max(FLOOR, RATIO * size))


def pieces(file: Reader, name: str, window: int | None = None) -> Iterator[bytes]:
    """Yield what a file of this `kind()` unpacks to, in pieces of at most STEP bytes. `window` bounds the memory.

    Raises FormatError when it is damaged, its cause being what the library raised.
    """
    unpacked, errors = _UNPACKERS[name](file, window)
    refused: tuple[type[Exception], ...] = (*errors, *_SHARED_ERRORS)
    try:
        yield from unpacked
    except refused as problem:
        raise FormatError(f"damaged {name} file: {problem}") from problem


def _joined(unpacked: Iterator[bytes], most: int) -> bytes:
    """Return all that was unpacked. Raises TooLarge when that is more than `most`."""
    output = io.BytesIO()
    for piece in unpacked:
        output.write(piece)
        if output.tell() > most:
            raise TooLarge(f"compressed file unpacks to more than {most >> 20} MiB")
    return output.getvalue()


_Unpacked: TypeAlias = "tuple[Iterator[bytes], tuple[type[Exception], ...]]"
"""What unpacks a file, and the exceptions it raises for damaged ones, beside those that all three share."""


def _read(stream: Reader) -> Iterator[bytes]:
    while piece := stream.read(STEP):
        yield piece


def _gzip_stream() -> tuple[Any, type[Exception]]:
    import zlib

    return zlib.decompressobj(zlib.MAX_WBITS | _WITH_HEADER), zlib.error


def _xz_stream() -> tuple[Any, type[Exception]]:
    lzma = xz_library()
    return lzma.LZMADecompressor(lzma.FORMAT_XZ), lzma.LZMAError


def _zstd_stream() -> tuple[Any, type[Exception]]:
    zstd = zstd_library()
    return zstd.ZstdDecompressor(), zstd.ZstdError


_STREAMS: Final[dict[str, Callable[[], tuple[Any, type[Exception]]]]] = {
    "gzip": _gzip_stream,
    "xz": _xz_stream,
    "zstd": _zstd_stream,
}
"""What unpacks one stream of each kind, and what it raises for a damaged one."""


def _gzip(file: Reader, _window: int | None) -> _Unpacked:
    import gzip
    import zlib

    return _read(gzip.GzipFile(fileobj=file, mode="rb")), (zlib.error,)  # type: ignore[call-overload]  # it reads alone


@cache
def xz_library() -> ModuleType:
    """Return what unpacks xz: lzma-mt, where it is installed, or Python's own, whose liblzma may be years older."""
    library: ModuleType
    try:
        import lzma_mt

        library = lzma_mt
    except ImportError:
        import lzma

        library = lzma
    return library


def _xz(file: Reader, window: int | None) -> _Unpacked:
    lzma = xz_library()
    return _xz_streams(file, window), (lzma.LZMAError,)


def _xz_streams(file: Reader, window: int | None) -> Iterator[bytes]:
    """One stream after another, zeros between them; what else follows is damage, which lzma.LZMAFile passes over."""
    lzma = xz_library()
    piece = file.read(_PIECE)
    while piece:
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=window)
        while not stream.eof:
            if stream.needs_input and not (piece := piece or file.read(_PIECE)):
                raise EOFError("ended before the end of a stream")
            yield stream.decompress(piece, STEP)
            piece = b""
        piece = stream.unused_data or file.read(_PIECE)
        while piece and not (piece := piece.lstrip(b"\0")):
            piece = file.read(_PIECE)


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


def _zstd(file: Reader, _window: int | None) -> _Unpacked:
    zstd = zstd_library()  # which by itself takes no window of more than 128 MiB
    return _read(zstd.ZstdFile(file)), (zstd.ZstdError,)


_UNPACKERS: Final[dict[str, Callable[[Reader, int | None], _Unpacked]]] = {"gzip": _gzip, "xz": _xz, "zstd": _zstd}
