"""cat: print files of the machine.

The words are those of busybox 1.35: `libbb/wfopen_input.c`, `libbb/copyfd.c`.
"""

from __future__ import annotations

import stat

from modtools.command import Call, command, operand
from modtools.errors import KernelError
from modtools.kernel.files.nodes import READ
from modtools.linuxerrno import EISDIR, strerror
from modtools.report import Message, Report, Text
from modtools.shared.machine import Machine
from modtools.shared.userspace import enter
from modtools.store import Store


@command()
@operand("paths", metavar="PATH...", many=True, required=True)
def tool(call: Call, *, paths: tuple[str, ...]) -> Report:
    """Print files of the machine, one after another: of /proc, /sys, /dev, or from the folder that stands for its /."""
    store = Store(call.place.state)
    machine = Machine(store.read(), call.place)
    if not any(_runs(machine, path) for path in paths):
        parts = [_content(machine, path) for path in paths]
    else:
        with store.transaction() as kernel:
            enter(kernel, call)
            machine = Machine(kernel, call.place)
            parts = [_content(machine, path) for path in paths]
    return Report(parts, status=int(any(isinstance(part, Message) for part in parts)))


def _runs(machine: Machine, path: str) -> bool:
    """Return whether reading this file runs a module's code, which changes the kernel."""
    try:
        return machine.node(path).runs
    except KernelError:
        return False


def _content(machine: Machine, path: str) -> Text | Message:
    try:
        node = machine.allow(machine.node(path), READ)
    except KernelError as error:
        return Message(f"can't open '{path}': {strerror(error.errno)}", level="")
    try:
        if stat.S_ISDIR(node.mode):
            raise KernelError(EISDIR)
        return Text(node.read())
    except KernelError as error:
        return Message(f"read error: {strerror(error.errno)}", level="")
