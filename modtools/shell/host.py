"""What programs in the shell find of the host's behind the machine's files: as links, to be used but not changed.

The switches below /proc/sys are files of their own, since sysctl(8) takes no link.
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from functools import partial
from pathlib import Path

from modtools.kernel.files.nodes import Node, file, folder

_MERGED = ("/proc", "/dev", "/sys", "/sys/devices")
"""Folders in which the host's files are found behind the machine's."""
_OWN = ("/sys/module", "/sys/class", "/sys/bus", "/sys/kernel", "/sys/block", "/dev/char", "/dev/block", "/proc/sys")
"""What is the machine's alone, even where it has nothing of it."""
_DEVICES = {
    *("null", "zero", "full", "random", "urandom", "tty", "console", "ptmx", "pts"),
    *("stdin", "stdout", "stderr", "fd", "shm", "mqueue"),
}
"""The devices that a machine has without modules, and what else programs need of /dev."""
SWITCHES = "/proc/sys"


class Host:
    """The files of the host. `place` is the folder where programs in the shell see its /proc, /sys and /dev."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def has(self, path: str) -> bool:
        """Return whether there is a link for a path of which the machine knows nothing."""
        where, name = os.path.split(path)
        shown = where in _MERGED and path not in _OWN and (where != "/dev" or name in _DEVICES)
        return shown and os.path.lexists(path)

    def target(self, path: str) -> str:
        """Return where that link leads."""
        return f"{self._place}{path}"

    def names(self, where: str) -> list[str]:
        """Return the names in a folder that the machine has as well."""
        with suppress(OSError):
            if _is_below(where):
                return os.listdir(where)  # noqa: PTH208
            return [name for name in os.listdir(where) if self.has(f"{where}/{name}")] if where in _MERGED else []  # noqa: PTH208
        return []

    def switch(self, path: str) -> Node | None:
        """Return a switch of the host's, which can be read only, or the folder of some; None for anything else."""
        if not _is_below(path):
            return None
        try:
            mode = os.lstat(path).st_mode
        except OSError:
            return None
        if stat.S_ISDIR(mode):
            return folder(dict, mode=0o555, hashed=False)
        return file(mode & 0o444, partial(Path(path).read_text, "utf-8", "surrogateescape"))


def _is_below(path: str) -> bool:
    return path == SWITCHES or path.startswith(f"{SWITCHES}/")
