"""A module file as libkmod opens it: compression by magic number, and an errno for what it cannot unpack.

Source: kmod 34's `libkmod/libkmod-file.c` and `libkmod-file-{xz,zstd}.c`, as Debian 13 builds them (+ZSTD +XZ -ZLIB).
"""

from __future__ import annotations

import mmap

from modtools.errors import FormatError
from modtools.formats.compression import TooLarge, decompress, kind
from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import EINVAL, ENOSYS
from modtools.names import EXTENSIONS, GZIPPED
from modtools.notes import LibkmodError, Note
from modtools.rooted import HOST, Host

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Final, TypeAlias

Buffer: TypeAlias = bytes | mmap.mmap

LEAST: Final = 6
"""Bytes that a file must have before libkmod looks at it."""


class KoFile(NamedTuple):
    """A module file that could be opened. `compression` is as `compression_of` tells."""

    path: str
    data: Buffer
    compression: str

    def finit_flags(self, unpacks: str) -> int | None:
        """Return what finit_module(2) is told of the file by libkmod; None where the kernel, which `unpacks` files of
        one compression, cannot unpack it.
        """
        if not self.compression:
            return 0
        from modtools.finit import COMPRESSED_FILE

        return COMPRESSED_FILE if self.compression.replace("zlib", "gzip") == unpacks else None

    def contents(self, notes: list[Note]) -> Buffer:
        """Return the module itself, unpacked. Raises LibkmodError where libkmod cannot unpack it, and notes why."""
        unpack = _UNPACKERS.get(self.compression)
        if unpack is None:
            return self.data
        try:
            return unpack(bytes(self.data))
        except _Damaged as problem:
            notes.append(problem.note)
            raise LibkmodError(EINVAL, str(problem)) from problem.__cause__


def has_extension(name: str, *, zlib: bool = False) -> bool:
    """Return whether libkmod, built with zlib or without, takes this name for that of a module file."""
    extensions = (*EXTENSIONS, GZIPPED) if zlib else EXTENSIONS
    return any(name.endswith(extension) and len(name) > len(extension) for extension in extensions)


def open_file(path: str, disk: Host = HOST, *, zlib: bool = False) -> KoFile:
    """Open a file; with `zlib` gzipped ones that are named so can be unpacked, too.

    Raises OSError if that fails, and LibkmodError for less than 6 bytes.
    """
    with open(path, "rb", opener=disk.open) as file:
        if len(file.peek(LEAST)) < LEAST:
            raise LibkmodError(EINVAL, f"the file is shorter than {LEAST} bytes")
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return KoFile(path, data, compression_of(path, data, zlib=zlib))


def compression_of(path: str, data: Buffer, *, zlib: bool) -> str:
    """Return how a file is compressed: "", "xz", "zstd", "gzip", or "zlib" for gzip that libkmod can unpack."""
    found = kind(data[:LEAST])
    return "zlib" if zlib and found == "gzip" and path.endswith(GZIPPED) else found


class _Damaged(Exception):
    """A file that cannot be unpacked, in libkmod's words."""

    def __init__(self, text: str, function: str) -> None:
        super().__init__(text)
        self.note = Note(text, function=function)


_XZ_WORDS: Final = {
    "Input format not supported by decoder": "File format not recognized",
    "Invalid or unsupported options": "Unsupported compression options",
    "Unsupported integrity check": "Unsupported compression options",
    "Memory usage limit exceeded": "Cannot allocate memory",
    "Corrupt input data": "File is corrupt",
}
"""libkmod's words for liblzma's errors, by Python's."""


def _xz(data: bytes) -> bytes:
    try:
        return decompress(data, "xz")
    except FormatError as error:
        words = _XZ_WORDS.get(str(error.__cause__), "Internal error (bug)")
        if isinstance(error.__cause__, EOFError):
            words = "Unexpected end of input"
        raise _damaged("xz", error, words, "xz_uncompress_belch") from error


def _zstd(data: bytes) -> bytes:
    try:
        # libkmod wants the frame to say how much it unpacks to: RFC 8878, 3.1.1.1.
        sized = data[4:5] >= b"\x20"
        unpacked = decompress(data) if sized else b""
    except FormatError as error:
        # Python's words, or after the colon those of ZSTD_getErrorName().
        words = str(error.__cause__).rsplit(": ", 1)[-1]
        words = "Src size is incorrect" if "ended before" in words else words
        raise _damaged("zstd", error, words, "kmod_file_load_zstd") from error
    if not unpacked:
        raise _Damaged("zstd: Failed to determine decompression size", "kmod_file_load_zstd")
    return unpacked


def _damaged(kind: str, error: FormatError, words: str, function: str) -> _Damaged:
    """Return what ends an attempt to unpack: in libkmod's words, but for the bound on sizes, which it does not have."""
    return _Damaged(f"{kind}: {error if isinstance(error, TooLarge) else words}", function)


def _zlib(data: bytes) -> bytes:
    try:
        return decompress(data, "gzip")
    except FormatError as error:
        raise _damaged("gzip", error, str(error.__cause__), "kmod_file_load_zlib") from error


def _unknown(_data: bytes) -> bytes:
    raise LibkmodError(ENOSYS, "gzip")


_UNPACKERS: Final[dict[str, Callable[[bytes], bytes]]] = {"xz": _xz, "zstd": _zstd, "zlib": _zlib, "gzip": _unknown}
