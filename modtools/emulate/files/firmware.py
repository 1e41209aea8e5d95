"""Where files of firmware lie, and how they may be packed: from `drivers/base/firmware_loader/main.c`."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from modtools.emulate.guest import MAXIMUM_BYTES, Guest
from modtools.emulate.stops import Exceeded, Needs
from modtools.errors import KernelError
from modtools.kernel.files import lookup
from modtools.kernel.sysfs import FIRMWARE_PATH
from modtools.linuxerrno import EFBIG, ENOENT

__all__ = ["EFBIG", "Damaged", "Unpack", "folders", "packings", "plain", "read"]

_FOLDER = "/lib/firmware"
_MAGIC, _CRC32 = b"\xfd7zXZ\0", b"\1"
"""How an xz file begins, and the last of the checks of its content that the kernel knows (`lib/xz`)."""
_OK, _FORMAT, _OPTIONS, _DATA, _NO_ROOM = 0, 5, 6, 7, 8
"""Of `include/linux/xz.h: enum xz_ret`."""

Unpack = Callable[[bytes, int | None], bytes]
"""Returns the content of a file, at most so many bytes for a buffer of the caller's. Raises Damaged."""


class Damaged(Exception):
    """Raised for a file that cannot be unpacked; `code` is how the kernel's decoder says why."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def folders(guest: Guest) -> list[str]:
    """Return the folders of firmware, the first one first: that of `firmware_class.path`, if any, and the usual."""
    release = guest.kernel.identity.release
    try:
        own = lookup(guest.kernel, FIRMWARE_PATH).read().partition(b"\n")[0].decode("utf-8", "surrogateescape")
    except KernelError:
        own = ""
    usual = [f"{_FOLDER}/updates/{release}", f"{_FOLDER}/updates", f"{_FOLDER}/{release}", _FOLDER]
    return [own, *usual] if own else usual


def read(guest: Guest, path: str) -> tuple[int, bytes]:
    """Return 0 and the content of a file of the machine, or an error."""
    if guest.kernel.userspace is None:
        return -ENOENT, b""
    try:
        return 0, guest.kernel.userspace.read(path)
    except KernelError as error:
        return -error.errno, b""


def packings(guest: Guest) -> Iterator[tuple[str, Unpack]]:
    """Yield the endings of packed files that the kernel was built to read, with what unpacks each."""
    if guest.profile.config.get("FW_LOADER_COMPRESS_ZSTD") == "y":
        yield ".zst", _unzstd
    yield ".xz", _unxz


def plain(content: bytes, _limit: int | None) -> bytes:
    """Return the content of a file that is not packed."""
    return content


def _unxz(content: bytes, limit: int | None) -> bytes:
    import lzma

    if content[:6] != _MAGIC[: len(content[:6])]:
        raise Damaged(_FORMAT)
    if content[6:7] > b"\0" or content[7:8] > _CRC32:
        raise Damaged(_OPTIONS)
    decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    most = MAXIMUM_BYTES if limit is None else limit
    try:
        found = decoder.decompress(content, most + 1)
    except lzma.LZMAError:
        raise Damaged(_DATA) from None
    if len(found) > most:
        raise Exceeded(f"{MAXIMUM_BYTES >> 20} MB at once") if limit is None else Damaged(_NO_ROOM)
    if not decoder.eof:
        raise Damaged(_OK if limit is None else _NO_ROOM)
    return found


def _unzstd(_content: bytes, _limit: int | None) -> bytes:
    raise Needs("a file of firmware that is packed with zstd")
