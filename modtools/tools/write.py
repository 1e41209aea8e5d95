"""write: write to a file of the virtual kernel, as `echo VALUE > PATH` does on a real machine."""

from __future__ import annotations

import os
import stat
import sys

from modtools.command import Call, command, operand
from modtools.errors import KernelError
from modtools.kernel.files.nodes import WRITE
from modtools.linuxerrno import EISDIR, EROFS, strerror
from modtools.report import Message, Report
from modtools.shared.machine import HostNode, Machine
from modtools.shared.userspace import enter
from modtools.store import Store


@command()
@operand("path")
@operand("value", required=False)
def tool(call: Call, *, path: str, value: str | None) -> Report:
    """Write to a file of /proc, /sys or /dev, such as a module's parameter.

    VALUE is written as it is, without a newline. Without VALUE, standard input is written.
    """
    data = sys.stdin.buffer.read() if value is None else os.fsencode(value)
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        machine = Machine(kernel, call.place)
        try:
            node = machine.node(path)
            if stat.S_ISDIR(node.mode):
                raise KernelError(EISDIR)
            if isinstance(node, HostNode):
                raise KernelError(EROFS)
            machine.allow(node, WRITE)
        except KernelError as error:
            return _failed(f"cannot open {path}: {strerror(error.errno)}")
        try:
            if data:
                node.write(data)
        except KernelError as error:
            what = "open" if error.opening else "write to"
            return _failed(f"cannot {what} {path}: {strerror(error.errno)}")
    return Report()


def _failed(text: str) -> Report:
    return Report((Message(text, level=""),), status=1)
