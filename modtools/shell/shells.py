"""The shells that are open on a machine: how a second terminal finds one, and which of them is the last to go.

The file `shells` among the parts of the state has a line for each: the number of its process and when that began, that
of the process that serves its files, and the folder that its mounts lie in.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from modtools import hostfile
from modtools.light import NamedTuple
from modtools.store import Store

_NAME = "shells"
_LIMIT = 1 << 20
_BEGAN = 19
"""Which word behind the program's name tells in /proc/PID/stat when the process began (proc_pid_stat(5))."""


class Shell(NamedTuple):
    """One of them, as the file has it."""

    process: int
    began: str
    server: int
    folder: Path


class Shells:
    """The shells of the machine of a state. `proc` is where the host's processes are seen."""

    def __init__(self, store: Store, proc: Path = Path("/proc")) -> None:
        self._file, self._proc = store.parts.folder / _NAME, proc

    def _all(self) -> list[Shell]:
        found = []
        with suppress(FileNotFoundError):
            for line in hostfile.read(self._file, _LIMIT, follow=False).decode("utf-8", "surrogateescape").splitlines():
                process, began, server, folder = line.split(" ", 3)
                found.append(Shell(int(process), began, int(server), Path(folder)))
        return found

    def living(self) -> list[Shell]:
        """Return those that are open, the newest last."""
        return [shell for shell in self._all() if self._began(shell.process) == shell.began]

    def add(self, server: int, folder: Path) -> None:
        """Add this process, and forget those that are gone, with what they have left."""
        own = Shell(os.getpid(), self._began(os.getpid()), server, folder)
        shells = [*self.living(), own]
        for left in {shell.folder for shell in self._all()} - {shell.folder for shell in shells}:
            with suppress(OSError):
                left.rmdir()
        lines = (" ".join(map(str, shell)) + "\n" for shell in shells)
        hostfile.replace(self._file, "".join(lines).encode("utf-8", "surrogateescape"), sync=False)

    def others(self, folder: Path) -> list[Shell]:
        """Return those that share a folder's mounts with this process."""
        return [shell for shell in self.living() if shell.folder == folder and shell.process != os.getpid()]

    def _began(self, process: int) -> str:
        """Return when a process began, "" for one that is gone."""
        with suppress(OSError):
            words = (self._proc / str(process) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            return words[_BEGAN] if words[0] != "Z" else ""
        return ""
