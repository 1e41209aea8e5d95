"""The folder in which new index files are written before they replace the old ones, with a label of pymod.

    .pymod-depmod.PID/              locked (flock(2)) as long as its run is alive
        pymod-depmod                what the folder is for, in words; a folder without it is somebody else's
        modules.dep, modules.dep.bin, ...

A run that was killed leaves its folder. The next one removes it: only where name, words and lock say that it is one,
and then only files named as depmod names them, so that the folder stays if there is anything else in it. Where the
system has no such locks it stays, too, for its run may be alive.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from modtools import hostfile
from modtools.light import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_PREFIX: Final = ".pymod-depmod."
_LABEL: Final = "pymod-depmod"
_OURS: Final = "modules."
_WORDS: Final = b"pymod depmod puts index files together here. It can be removed when no depmod is running.\n"
_OPEN: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def staging(folder: str) -> Iterator[str]:
    """A folder in `folder` for this run; it is removed with all that is left in it. Raises OSError."""
    path = f"{folder}/{_PREFIX}{os.getpid()}"
    _remove(path)
    os.mkdir(path, 0o700)  # noqa: PTH102, Path would tidy up what kmod's messages show
    lock = None
    try:
        os.chmod(path, 0o700)  # noqa: PTH101, whatever the umask
        lock = _locked(path)
        hostfile.write_new(f"{path}/{_LABEL}", _WORDS, sync=False)
        yield path
    finally:
        _empty(path)
        if lock is not None:
            os.close(lock)


def remove_abandoned(folder: str) -> None:
    """Remove what runs that were killed have left in a folder."""
    with suppress(OSError):
        names = os.listdir(folder)  # noqa: PTH208, as modtools.config
        for name in names:
            if name.startswith(_PREFIX) and name[len(_PREFIX) :].isdigit():
                _remove(f"{folder}/{name}")


def _remove(path: str) -> None:
    """Remove the folder of a run that is not alive, if it is one."""
    lock = _locked(path)
    if lock is None:
        return
    try:
        with suppress(OSError):
            # One that was killed before it wrote the words has left nothing at all.
            if not os.listdir(path) or hostfile.read(f"{path}/{_LABEL}", len(_WORDS), follow=False) == _WORDS:  # noqa: PTH208
                _empty(path)
    finally:
        os.close(lock)


def _empty(path: str) -> None:
    """Remove what belongs there, and the folder if nothing else does. The words go last."""
    with suppress(OSError):
        for name in (*filter(lambda name: name.startswith(_OURS), os.listdir(path)), _LABEL):  # noqa: PTH208
            os.unlink(f"{path}/{name}")  # noqa: PTH108
    with suppress(OSError):
        os.rmdir(path)  # noqa: PTH106


def _locked(path: str) -> int | None:
    """Return the descriptor of a folder that nobody else has locked, now locked; None if that cannot be had."""
    try:
        descriptor = os.open(path, _OPEN)
    except OSError:
        return None
    try:
        hostfile.lock(descriptor)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor
