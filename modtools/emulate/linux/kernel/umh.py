"""kernel/umh.c: Programs that the kernel starts for a module."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import programs
from modtools.errors import KernelError

_NO_WAIT, _WAIT_EXEC = 0, 1
_USUAL = {"HOME=/", "TERM=linux", "PATH=/sbin:/usr/sbin:/bin:/usr/bin"}
"""The environment that programs of the kernel have here."""


def _texts(guest: Guest, array: int) -> Iterator[str]:
    while array and (text := guest.memory.u64(array)):
        yield guest.text(text)
        array += 8


def _missing(guest: Guest, path: str) -> int:
    """Return why there is no such program, 0 if there is one."""
    userspace = guest.kernel.userspace
    try:
        if userspace:
            userspace.read(path)
            return 0
    except KernelError as error:
        return -error.errno
    return programs.execute(guest, path, ())


@function("int call_usermodehelper(const char *path, char **argv, char **envp, int wait)")
def call_usermodehelper(guest: Guest, program: int, arguments: int, environment: int, wait: int) -> int:
    """Run a program; return its status, or why it cannot be run. If nobody waits for it the result is 0, and if only
    its start is waited for, 0 or why it cannot be started.

    An environment of its own stops the run of a program that is there.
    """
    path = guest.text(program)
    if not path:
        return 0
    missing = _missing(guest, path)
    if missing:
        return missing if wait & 3 else 0
    if set(_texts(guest, environment)) != _USUAL:
        raise Needs(f"{path} with an environment of its own")
    words = list(_texts(guest, arguments))[1:]
    if wait & 3 == _NO_WAIT:
        programs.start(guest, path, words)
        return 0
    status = programs.execute(guest, path, words)
    return min(status, 0) if wait & 3 == _WAIT_EXEC else status
