"""The folder beside a state file: its bulky parts, its lock, and a file by which pymod knows the folder as its own.

    state.json
    state.json.pymod/  pymod                    "pymod state parts 1<LF>", and what the folder is for
                       lock                     held by who changes the state; empty
                       shells                   the shells that are open (`shell/shells.py`)
                       ahead, wanted            held by a shell, and by who waits for it (`statelock`); empty
                       SERIAL.N.json            details of a module
                       SERIAL.memory            what modules' code left in memory
                       SERIAL.symbols           the symbols that the kernel exports
                       SERIAL.kernel            the profile of a kernel that was booted from files
                       SERIAL.PID.tmp           a state on its way into its place

A part is written and synced before the state names it, under a name that there was not before, and never changed. Its
time of change is set anew when the state ceases to name it; a minute later it is removed, so that who has just read the
state finds all that it names. Other names, and links, are neither read nor removed; a folder of such a name that
somebody else has made is refused. Parts of a state of the former layout are read from `state.json.d/`.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from contextlib import suppress

from modtools import hostfile
from modtools.light import TYPE_CHECKING
from modtools.statefile import AHEAD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SIGN = b"pymod state parts 1\n"
_MARKER = _SIGN + b"The parts of a state file and its lock, which pymod makes and removes: see docs/state.md.\n"
_BEGINNINGS = {
    "json": b'{"schema":',
    "memory": b"pymodmem",
    "symbols": b"pymodex1",
    "kernel": b"PK\x03\x04",
    "tmp": b"{",
}
"""How each kind of part begins; of one whose writer was killed there may be less."""
_OLD_NAMES = ("symbols.bin",)
_SOMETHING_ELSE = (errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.EINVAL, errno.ELOOP)
"""What says that a file, or a folder, is not of the kind that was looked for."""
_GRACE_SECONDS = 60
"""How long a part that the state has ceased to name stays."""
_MANY = 32
"""Files that are sooner on the disk with all else that the system has to write than one by one."""


def new_name(kind: str, number: int | None = None) -> str:
    """Return a name for a new part."""
    return f"{time.time_ns()}.{kind}" if number is None else f"{time.time_ns()}.{number}.{kind}"


def is_part(name: str) -> bool:
    """Return whether a file of such a name is pymod's."""
    *numbers, kind = name.split(".")
    return kind in _BEGINNINGS and 1 <= len(numbers) <= 2 and all(n.isascii() and n.isdecimal() for n in numbers)


class Foreign(OSError):
    """A folder of this name is there, and is not pymod's."""


class Parts:
    """The folder of one state file, which is no link; it need not exist. All methods raise OSError."""

    def __init__(self, state: Path) -> None:
        self._state = state
        self.folder = state.with_name(state.name + ".pymod")
        self._old_folder = state.with_name(state.name + ".d")

    @property
    def lock(self) -> Path:
        """Return the file to lock."""
        return self.folder / "lock"

    @property
    def ahead(self) -> Path:
        """Return the file that is locked while a shell has in memory what is not stored."""
        return self.folder / AHEAD

    def make(self) -> None:
        """Make the folder. Raises Foreign where one of this name is there that is not pymod's."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if not self._is_known():
                self._mark()
        except OSError as error:
            if error.errno not in _SOMETHING_ELSE:
                raise
            raise Foreign(error.errno, error.strerror, str(self.folder)) from error

    def _mark(self) -> None:
        """Mark an empty folder as pymod's. Several commands may do so at once, and one may have been killed in the
        middle.
        """
        others = set(os.listdir(self.folder)) - {"pymod"}  # noqa: PTH208
        foreign = FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        if self.folder.is_symlink() or (others and not self._is_known()):
            raise foreign
        with open(hostfile.open_or_create(self.folder / "pymod"), "r+b") as file:  # noqa: PTH123, a descriptor
            if not _MARKER.startswith(file.read()):
                raise foreign
            file.seek(0)
            file.write(_MARKER)

    def _is_known(self) -> bool:
        try:
            with hostfile.opened(self.folder / "pymod", follow=False) as file:
                return not self.folder.is_symlink() and file.read(len(_SIGN)) == _SIGN
        except OSError:
            return False

    def read(self, name: str, limit: int) -> bytes:
        """Return a part, of at most so many bytes."""
        if not is_part(name) and name not in _OLD_NAMES:
            raise OSError(errno.EINVAL, "Not the name of a part", name)
        try:
            return hostfile.read(self.folder / name, limit, follow=False)
        except FileNotFoundError:
            return hostfile.read(self._old_folder / name, limit, follow=False)

    def write(self, contents: Mapping[str, bytes]) -> None:
        """Write new parts, and wait until they are on the disk."""
        # One by one, each would wait for the disk; it is the state file that must not be there before them.
        together = len(contents) > _MANY and sys.platform == "linux"
        for name, content in contents.items():
            hostfile.write_new(self.folder / name, content, sync=not together)
        if together:
            os.sync()
        elif contents:
            hostfile.sync_folder(self.folder)

    def publish(self, state: bytes, before: Iterable[str], used: set[str]) -> None:
        """Replace the state. The parts that it named `before` and does not use any more are removed a minute later."""
        for name in before:
            # Before the state is replaced: who is killed between the two must not have left out this.
            if name not in used and is_part(name):
                with suppress(OSError, NotImplementedError):
                    os.utime(self.folder / name, follow_symlinks=False)
        hostfile.replace(self._state, state, temporary=self.folder / new_name("tmp", os.getpid()))
        self._remove_unused(used)

    def _remove_unused(self, used: set[str]) -> None:
        oldest = time.time() - _GRACE_SECONDS
        with suppress(OSError):
            for file in self.folder.iterdir():
                if is_part(file.name) and file.name not in used and self._is_old_part(file, oldest):
                    file.unlink()

    def _is_old_part(self, file: Path, oldest: float) -> bool:
        """Return whether a file of such a name has the content of a part, and has not changed since then."""
        with suppress(OSError), hostfile.opened(file, follow=False) as part:
            expected = _BEGINNINGS[file.suffix[1:]]
            head = part.read(len(expected))
            return expected.startswith(head) and os.fstat(part.fileno()).st_mtime < oldest
        return False

    def discard(self, names: Iterable[str]) -> None:
        """Remove parts that no state names."""
        for name in names:
            with suppress(OSError):
                (self.folder / name).unlink()
