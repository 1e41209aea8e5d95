"""Where files of firmware lie, and how they may be packed: from `drivers/base/firmware_loader/main.c`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from modtools.emulate.guest import MAXIMUM_BYTES, Guest
from modtools.emulate.stops import Exceeded
from modtools.errors import KernelError
from modtools.formats import xzkernel
from modtools.formats.compression import zstd_library
from modtools.kernel.files.paths import lookup
from modtools.kernel.files.sysfs import FIRMWARE_PATH
from modtools.linuxerrno import EFBIG, EINVAL, ENOENT, ENOMEM

__all__ = ["EFBIG", "Damaged", "Unpack", "folders", "packings", "plain", "read"]

_FOLDER = "/lib/firmware"

Unpack = Callable[[bytes, int | None], bytes]
"""Returns the content of a file, at most so many bytes for a buffer of the caller's. Raises Damaged."""


class Damaged(Exception):
    """Raised for a file that cannot be unpacked; `said` is what the kernel warns of then, "" for nothing."""

    def __init__(self, said: str = "", errno: int = EINVAL) -> None:
        super().__init__(said)
        self.said, self.errno = said, errno


def _xz_failed(status: int) -> Damaged:
    return Damaged(f"xz decompression failed (xz_ret={status})")


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
            raise _xz_failed(xzkernel.BUF_ERROR)
        if len(found) > most:
            raise Exceeded(f"{MAXIMUM_BYTES >> 20} MB at once")
    raise _xz_failed(status)


def _unzstd(content: bytes, limit: int | None) -> bytes:
    """Undo zstd: all frames one after another, into as much memory as the first one says that it needs."""
    zstd = zstd_library()
    try:
        most = zstd.get_frame_info(content).decompressed_size if limit is None else limit
        if most is None:
            raise Damaged
        if most > MAXIMUM_BYTES:
            raise Exceeded(f"{MAXIMUM_BYTES >> 20} MB at once")
        if not most:
            raise Damaged(errno=ENOMEM)
        found = b""
        while content:
            frame = zstd.ZstdDecompressor()
            found += frame.decompress(content, most + 1)
            if not frame.eof or len(found) > most:
                raise Damaged
            content = frame.unused_data
    except zstd.ZstdError:
        raise Damaged from None
    return found
