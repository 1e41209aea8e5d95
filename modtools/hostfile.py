"""Files of the host's disk, where others can have put anything: made new, replaced whole, read within bounds.

A file is made under a name that nobody has, never through a link (`O_EXCL`, `O_NOFOLLOW`), and synced before it gets
its place by a rename. So no file of somebody else is ever emptied, and whoever reads sees the old content or the new.
"""

from __future__ import annotations

import errno
import os
import stat
import time

from modtools.light import TYPE_CHECKING, contextmanager, suppress

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

# Not every system has all of them.
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NOFOLLOW | _BINARY
_OPEN_OR_CREATE = os.O_CREAT | os.O_RDWR | _NOFOLLOW | _BINARY
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | _BINARY


def create(path: Path | str, mode: int = 0o644) -> int:
    """Return the descriptor of a new, empty file. Raises FileExistsError where a file or link has the name."""
    return os.open(path, _NEW, mode)


def open_or_create(path: Path | str, mode: int = 0o644) -> int:
    """Open a file to read and write, or create it empty. Returns the descriptor; the content is not touched.

    Raises OSError for a link (where the system can tell), and for what is no regular file.
    """
    with suppress(FileNotFoundError):
        _check(os.stat(path, follow_symlinks=False), path)  # noqa: PTH116
    return os.open(path, _OPEN_OR_CREATE, mode)


def write_new(path: Path | str, content: bytes, mode: int = 0o644, *, sync: bool = True) -> None:
    """Write a new file; nothing is left of it if that fails. Raises OSError as `create` does."""
    descriptor = create(path, mode)
    with removed_on_error(path), open(descriptor, "wb") as file:  # noqa: PTH123, a descriptor
        file.write(content)
        if sync:
            file.flush()
            os.fsync(file.fileno())


def replace(
    path: Path | str, content: bytes, mode: int = 0o644, *, temporary: Path | str = "", sync: bool = True
) -> None:
    """Put a new file in the place of another, or of none, in one step. A link in that place is replaced, not followed.

    The new file is `temporary` until then, by default one beside the place. Raises OSError; then all is as before.
    """
    temporary = temporary or temporary_name(path)
    write_new(temporary, content, mode, sync=sync)
    with removed_on_error(temporary):
        os.replace(temporary, path)  # noqa: PTH105  # pathlib is much to import here and below
    if sync:
        sync_folder(os.path.dirname(path) or ".")  # noqa: PTH120


def temporary_name(path: Path | str) -> str:
    """Return a name beside a file that nobody else chooses: `NAME.PID.NANOSECONDS.tmp`."""
    return f"{path}.{os.getpid()}.{time.time_ns()}.tmp"


def sync_folder(folder: Path | str) -> None:
    """Make what was made or renamed in a folder last; not every system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def removed_on_error(path: Path | str) -> Iterator[None]:
    """Remove a file that was made here, whatever is raised."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            os.unlink(path)  # noqa: PTH108
        raise


_PAUSE = 0.01
"""Seconds between two attempts to lock a file."""


class NoLocksError(OSError):
    """Raised where the system does not have flock(2)."""


def lock(descriptor: int, seconds: float = 0.0, *, shared: bool = False, pause: float = _PAUSE) -> None:
    """Lock a file or a folder (flock(2)) until its descriptor is closed everywhere; `shared` with others who do so.

    Waits up to so many seconds while another process has it locked, then raises TimeoutError; between two attempts it
    waits for `pause` seconds. Raises NoLocksError where there are no such locks, and OSError for a file that cannot be
    locked.
    """
    try:
        import fcntl
    except ImportError:
        raise NoLocksError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from None
    deadline = time.monotonic() + seconds
    while True:
        try:
            return fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise TimeoutError(error.errno, error.strerror) from error
            time.sleep(pause)


def unlock(descriptor: int) -> None:
    """Unlock what `lock` has locked, before its descriptor is closed."""
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_UN)


def read(path: Path | str, limit: int, *, follow: bool = True) -> bytes:
    """Return the content of a regular file. Raises OSError as `opened` does, and for more than `limit` bytes."""
    with opened(path, follow=follow) as file:
        # Asked for no more than the file has, Python takes no memory for a whole `limit`.
        size = min(os.fstat(file.fileno()).st_size, limit) + 1
        content = file.read(size)
        if len(content) == size:
            content += file.read(limit + 1 - size)
    if len(content) > limit:
        raise OSError(errno.EFBIG, f"More than {limit >> 20} MB", str(path))
    return content


def opened(path: Path | str, *, follow: bool = True) -> BinaryIO:
    """Open a regular file to read. Raises OSError for anything else (a device, a FIFO, a folder), without opening it.

    Without `follow` a link is an error, too.
    """
    _check(os.stat(path, follow_symlinks=follow), path)  # noqa: PTH116, opening a device would do something
    descriptor = os.open(path, _READ | (0 if follow else _NOFOLLOW))
    try:
        _check(os.fstat(descriptor), path)
    except BaseException:
        os.close(descriptor)
        raise
    return open(descriptor, "rb")  # noqa: PTH123, a descriptor


def _check(status: os.stat_result, path: Path | str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
