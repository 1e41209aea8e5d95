"""cat: print files of the machine.

The words are those of busybox 1.35: `libbb/wfopen_input.c`, `libbb/copyfd.c`.
"""

from __future__ import annotations

import stat

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files.nodes import READ
from modtools.linuxerrno import EISDIR, strerror
from modtools.report import Message, Report, Text
from modtools.shared.machine import Machine
from modtools.shared.userspace import enter
from modtools.store import Store

_MOST = 1 << 24
"""Bytes that can be read at once."""


@command()
@option("-n", "--bytes", metavar="BYTES", help="Read only once, so many bytes at most, as read(2) does.")
@operand("paths", metavar="PATH...", many=True, required=True)
def tool(call: Call, *, bytes: str | None, paths: tuple[str, ...]) -> Report:
    """Print files of the machine, one after another: of /proc, /sys, /dev, or from the folder that stands for its /."""
    if bytes is not None and not (bytes.isascii() and bytes.isdigit() and int(bytes[:20]) <= _MOST):
        return Report((Message(f"invalid number of bytes: '{bytes}'", level=""),), status=1)
    size = None if bytes is None else int(bytes)
    store = Store(call.place.state)
    machine = Machine(store.read(), call.place)
    if not any(_runs(machine, path) for path in paths):
        parts = [part for path in paths for part in _content(machine, path, size)]
    else:
        with store.transaction() as kernel:
            enter(kernel, call)
            machine = Machine(kernel, call.place)
            parts = [part for path in paths for part in _content(machine, path, size)]
    return Report(parts, status=int(any(isinstance(part, Message) for part in parts)))


def _runs(machine: Machine, path: str) -> bool:
    """Return whether reading this file runs a module's code, which changes the kernel."""
    try:
        return machine.node(path).runs
    except KernelError:
        return False


def _content(machine: Machine, path: str, size: int | None) -> list[Text | Message]:
    """Return what a file says, and the complaint of one that cannot be read to its end."""
    try:
        node = machine.allow(machine.node(path), READ)
    except KernelError as error:
        return [Message(f"can't open '{path}': {strerror(error.errno)}", level="")]
    try:
        if stat.S_ISDIR(node.mode):
            raise KernelError(EISDIR)
        return [Text(node.read() if size is None else node.read_once(size))]
    except KernelError as error:
        what = f"can't open '{path}'" if error.opening else "read error"
        complaint = Message(f"{what}: {strerror(error.errno)}", level="")
        return [Text(error.before), complaint] if error.before else [complaint]
