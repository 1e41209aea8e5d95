"""Where files of firmware lie, and how they may be packed: from `drivers/base/firmware_loader/main.c`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from modtools.emulate.guest import MAXIMUM_BYTES, Guest
from modtools.emulate.stops import Exceeded, Needs
from modtools.errors import KernelError
from modtools.formats import xzkernel
from modtools.kernel.files import lookup
from modtools.kernel.sysfs import FIRMWARE_PATH
from modtools.linuxerrno import EFBIG, ENOENT

__all__ = ["EFBIG", "Damaged", "Unpack", "folders", "packings", "plain", "read"]

_FOLDER = "/lib/firmware"

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
    yield ".xz", partial(_unxz, guest.kernel.identity.config.xz_filters)


def plain(content: bytes, _limit: int | None) -> bytes:
    """Return the content of a file that is not packed."""
    return content


def _unxz(filters: str, content: bytes, limit: int | None) -> bytes:
    most = MAXIMUM_BYTES if limit is None else limit
    status, found = xzkernel.decode(content, filters, most)
    if status == xzkernel.STREAM_END and len(found) <= most:
        return found
    if status in (xzkernel.OK, xzkernel.STREAM_END):
        if limit is not None:
            raise Damaged(xzkernel.BUF_ERROR)
        if len(found) > most:
            raise Exceeded(f"{MAXIMUM_BYTES >> 20} MB at once")
    raise Damaged(status)


def _unzstd(_content: bytes, _limit: int | None) -> bytes:
    raise Needs("a file of firmware that is packed with zstd")
