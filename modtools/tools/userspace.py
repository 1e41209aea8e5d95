"""What the kernel finds outside of itself: pymod's own modprobe, and the files below the machine's root.

From Linux 6.1: `kernel/umh.c: call_usermodehelper_exec_async()`, `fs/exec.c: do_open_execat()`,
`fs/kernel_read_file.c: kernel_read_file()`.
"""

from __future__ import annotations

import stat
from collections.abc import Sequence
from posixpath import basename, dirname

from modtools.command import Call
from modtools.errors import KernelError
from modtools.kernel.state import Kernel
from modtools.kernel.userspace import NotRun
from modtools.linuxerrno import EACCES, EINVAL, ENOENT, of_host
from modtools.place import Place
from modtools.tools import load

_OF_KMOD = ("/sbin", "/usr/sbin", "/bin", "/usr/bin")
"""Where kmod's programs are on the machine, whether its root has these folders or not."""


def enter(kernel: Kernel, call: Call) -> None:
    """Let a tool call the kernel: it is the current program, and its machine is what the kernel finds."""
    kernel.program = call.name
    kernel.userspace = MachineUserSpace(kernel, call.place)


class MachineUserSpace:
    """Programs and files of the machine at a place, whose kernel this is."""

    def __init__(self, kernel: Kernel, place: Place) -> None:
        self.kernel = kernel
        self.place = place

    def run(self, program: str, words: Sequence[str]) -> int:
        """Run modprobe; any other program is looked at only. Raises as `kernel.userspace.UserSpace` says."""
        if basename(program) != "modprobe" or dirname(program) not in _OF_KMOD:
            self._refuse(program)
        modprobe = load("modprobe").started
        assert modprobe is not None
        kernel = self.kernel
        before = kernel.program, kernel.visible_until
        kernel.program = "modprobe"
        try:
            return modprobe(kernel, self.place, words)
        finally:
            kernel.program, kernel.visible_until = before

    def _refuse(self, program: str) -> None:
        """Raise why a program is not executed: there is none, it is none, or it is not pymod's."""
        if not program.startswith("/"):
            program = f"/{program}"
        if not stat.S_ISREG(mode := self._mode(program)) or not mode & 0o111:
            raise KernelError(EACCES)
        raise NotRun(program)

    def read(self, path: str) -> bytes:
        """Return the content of a regular file that is not empty. Raises KernelError."""
        if not stat.S_ISREG(self._mode(path)):
            raise KernelError(EINVAL)
        try:
            content = self.place.disk.read(self._below_root(path))
        except OSError as error:
            raise KernelError(of_host(error)) from None
        if not content:
            raise KernelError(EINVAL)
        return content

    def _mode(self, path: str) -> int:
        try:
            return self.place.disk.stat(self._below_root(path)).st_mode
        except ValueError:
            raise KernelError(ENOENT) from None
        except OSError as error:
            raise KernelError(of_host(error)) from None

    def _below_root(self, path: str) -> str:
        return str(self.place.root).rstrip("/") + path
