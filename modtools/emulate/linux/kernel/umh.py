"""kernel/umh.c: Programs that the kernel starts for a module."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view
from modtools.emulate.tasks import programs
from modtools.errors import KernelError
from modtools.linuxerrno import EINVAL

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


def _usual(text: str) -> str:
    """Return a variable of the environment with the folders of a path in the order that they have here."""
    name, _, value = text.partition("=")
    return f"{name}={':'.join(sorted(value.split(':')))}"


def _call(guest: Guest, path: str, arguments: int, environment: int, wait: int) -> int:
    """Run a program; return its status, or why it cannot be run. If nobody waits for it the result is 0, and if only
    its start is waited for, 0 or why it cannot be started.

    An environment of its own stops the run of a program that is there.
    """
    if not path:
        return 0
    missing = _missing(guest, path)
    if missing:
        return missing if wait & 3 else 0
    if {_usual(text) for text in _texts(guest, environment)} != {_usual(text) for text in _USUAL}:
        raise Needs(f"{path} with an environment of its own")
    words = list(_texts(guest, arguments))[1:]
    if wait & 3 == _NO_WAIT:
        programs.start(guest, path, words)
        return 0
    status = programs.execute(guest, path, words)
    return min(status, 0) if wait & 3 == _WAIT_EXEC else status


@function("int call_usermodehelper(const char *path, char **argv, char **envp, int wait)")
def call_usermodehelper(guest: Guest, program: int, arguments: int, environment: int, wait: int) -> int:
    """Run a program; return its status, or why it cannot be run; who does not wait for its end gets 0 instead."""
    return _call(guest, guest.text(program), arguments, environment, wait)


@function(
    "struct subprocess_info *call_usermodehelper_setup"
    "(const char *path, char **argv, char **envp, gfp_t gfp, void *init, void *cleanup, void *data)"
)
def call_usermodehelper_setup(
    guest: Guest, path: int, arguments: int, environment: int, _flags: int, init: int, cleanup: int, data: int
) -> int:
    """Return what is to be run, which `call_usermodehelper_exec()` frees."""
    row = new(guest, "subprocess_info")
    row.path, row.argv, row.envp = path, arguments, environment
    row.init, row.cleanup, row.data = init, cleanup, data
    return row.address()


@function("int call_usermodehelper_exec(struct subprocess_info *sub_info, int wait)")
def call_usermodehelper_exec(guest: Guest, address: int, wait: int) -> int:
    """Run what was set up, as `call_usermodehelper()` does, then its cleanup, and free it; -EINVAL without a path. An
    init of its own stops the run, and so does a cleanup that nobody waits for.
    """
    row = view(guest, "subprocess_info", address)
    path, cleanup = guest.text(row.path) if row.path else "", row.cleanup
    if path and (row.init or (cleanup and wait & 3 == _NO_WAIT)):
        raise Needs(f"{path} with an init or cleanup of its own")
    result = _call(guest, path, row.argv, row.envp, wait) if row.path else -EINVAL
    if cleanup:
        guest.call(cleanup, address)
    guest.heap.free(address)
    return result
