"""What the kernel finds outside of itself: pymod's tools, scripts, and the files below the machine's root.

From Linux 6.1: `kernel/umh.c: call_usermodehelper_exec_async()`, `kernel/module/kmod.c: call_modprobe()`, `fs/exec.c:
do_open_execat(), exec_binprm()`, `fs/binfmt_script.c: load_script()`, `fs/kernel_read_file.c: kernel_read_file()`.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Sequence
from posixpath import basename, dirname

from modtools.command import Call
from modtools.errors import KernelError
from modtools.kernel.state import Kernel
from modtools.kernel.userspace import NotExecutable, NotRun
from modtools.light import NamedTuple
from modtools.linuxerrno import EACCES, EINVAL, EISDIR, ELOOP, ENOENT, of_host
from modtools.place import Place
from modtools.shared import KMOD_TOOLS

_USUAL = ("/sbin", "/usr/sbin", "/bin", "/usr/bin")
"""Where usual programs are on the machine, whether its root has these folders or not."""
_NOT_ON_DISK = ("proc", "sys", "dev", "run")
_STATUS = {"true": 0, "false": 1}
"""Programs that do nothing but end, and how."""
_SHELLS = ("sh", "ash", "bash", "dash")
"""Interpreters of the host that scripts of the machine are run by, so that what they call is pymod's."""
_ENVIRONMENT = {"HOME": "/", "TERM": "linux", "PATH": "/sbin:/usr/sbin:/bin:/usr/bin"}
_DEEPEST = 5
_HEAD = 256
"""How much of a file its format is told by, BINPRM_BUF_SIZE."""
_LONGEST = 100_000
"""Bytes of a script that are handed to a shell: less than Linux lets a word have."""
_ELF_PROGRAMS = (b"\2", b"\3")
"""ET_EXEC and ET_DYN, the types of ELF files that are executed."""
_UMASK = 0o022


def enter(kernel: Kernel, call: Call) -> None:
    """Let a tool call the kernel: it is the current program, and its machine is what the kernel finds."""
    kernel.program = call.name
    kernel.userspace = MachineUserSpace(kernel, call.place)


class Script(NamedTuple):
    """The first line of a script: its interpreter, and the one word for it, if any."""

    interpreter: str
    words: tuple[str, ...]


class MachineUserSpace:
    """Programs and files of the machine at a place, whose kernel this is."""

    def __init__(self, kernel: Kernel, place: Place) -> None:
        self.kernel = kernel
        self.place = place

    def run(self, program: str, words: Sequence[str]) -> int:
        """Run a tool of kmod or a script of a shell. Raises as `kernel.userspace.UserSpace` says."""
        from modtools.store import Store

        with Store(self.place.state).held(self.kernel):
            return self._run(program, [program, *words])

    def _run(self, program: str, words: Sequence[str], depth: int = 0) -> int:
        name, usual = basename(program), dirname(program) in _USUAL
        if usual and name in (*KMOD_TOOLS, "kmod"):
            return self._perform(words)
        if usual and name in _STATUS:
            return _STATUS[name] << 8
        script = self._script(program)
        if depth == _DEEPEST:
            raise KernelError(ELOOP)
        if dirname(script.interpreter) in _USUAL and basename(script.interpreter) in _SHELLS:
            return self._perform_shell(program, script, words[1:])
        return self._run(script.interpreter, [script.interpreter, *script.words, program, *words[1:]], depth + 1)

    def _perform(self, words: Sequence[str]) -> int:
        from modtools.shared import inside

        return inside.perform(inside.Program(words, self._environment(), str(self.place.root), _UMASK, {}))

    def _perform_shell(self, program: str, script: Script, words: Sequence[str]) -> int:
        """Run the text of a script by a shell of the host."""
        from modtools.shared import host_command, inside

        text = self.read(program)
        if len(text) > _LONGEST or b"\0" in text:
            raise NotRun(program)
        command = host_command.with_pymod(text.decode("utf-8", "surrogateescape"))
        shell = script.interpreter
        if not os.access(shell, os.X_OK):
            raise NotRun(program)
        line = [shell, *script.words, "-c", command, program, *words]
        with inside.being(inside.Program(line, self._environment(), str(self.place.root), _UMASK, {})):
            return host_command.spawn(line, self._environment())

    def _environment(self) -> dict[str, str]:
        """Return what the kernel gives to a program, and where the machine is."""
        place = self.place
        if place.standalone:
            return {**_ENVIRONMENT, "XDG_STATE_HOME": str(place.state.parents[1])}
        return {**_ENVIRONMENT, "PYMOD_STATE": str(place.state), "PYMOD_ROOT": str(place.root)}

    def _script(self, program: str) -> Script:
        """Return what a script begins with. Raises KernelError and NotExecutable, and NotRun for what is no script."""
        if not program.startswith("/"):
            program = f"/{program}"
        if not stat.S_ISREG(mode := self._mode(program)) or not mode & 0o111:
            raise KernelError(EACCES)
        try:
            head = self.place.disk.read(self._below_root(program))[:_HEAD]
        except OSError as error:
            raise KernelError(of_host(error)) from None
        if head.startswith(b"\x7fELF") and head[16:17] in _ELF_PROGRAMS:
            raise NotRun(program)
        script = _script(head)
        if script is None:
            raise NotExecutable(head.ljust(4, b"\0"))
        return script

    def read(self, path: str) -> bytes:
        """Return the content of a regular file that is not empty. Raises KernelError."""
        if not stat.S_ISREG(self._mode(path)):
            raise KernelError(EINVAL)
        content = self._content(path)
        if not content:
            raise KernelError(EINVAL)
        return content

    def load(self, path: str) -> bytes:
        """Return the content of a regular file, empty or not. Raises KernelError, and NotRun for what is no file on a
        disk.
        """
        if path.split("/")[1] in _NOT_ON_DISK:
            raise NotRun(path)
        mode = self._mode(path)
        if stat.S_ISDIR(mode):
            raise KernelError(EISDIR)
        if not stat.S_ISREG(mode):
            raise NotRun(path)
        return self._content(path)

    def _content(self, path: str) -> bytes:
        try:
            return self.place.disk.read(self._below_root(path))
        except OSError as error:
            raise KernelError(of_host(error)) from None

    def _mode(self, path: str) -> int:
        try:
            return self.place.disk.stat(self._below_root(path)).st_mode
        except ValueError:
            raise KernelError(ENOENT) from None
        except OSError as error:
            raise KernelError(of_host(error)) from None

    def _below_root(self, path: str) -> str:
        return str(self.place.root).rstrip("/") + path


def _script(head: bytes) -> Script | None:
    """Return what the first bytes of a file say about its interpreter; None if it is no script."""
    if not head.startswith(b"#!"):
        return None
    line, newline, _ = head[2:].partition(b"\n")
    line = line.partition(b"\0")[0].strip(b" \t")
    name, *word = re.split(rb"[ \t]+", line, maxsplit=1)
    if not name or (not newline and len(head) == _HEAD and not word):
        return None
    return Script(os.fsdecode(name), tuple(map(os.fsdecode, word)))
