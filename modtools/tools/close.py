"""close: close files that `pymod open` holds open."""

from __future__ import annotations

from modtools.command import Call, command, operand
from modtools.errors import KernelError
from modtools.kernel.files.module_files import Opened
from modtools.linuxerrno import EBADF, strerror
from modtools.report import Message, Report
from modtools.shared.machine import Machine
from modtools.shared.userspace import enter
from modtools.store import Store


@command()
@operand("paths", metavar="PATH...", many=True, required=True)
def tool(call: Call, *, paths: tuple[str, ...]) -> Report:
    """Close files that `pymod open` holds open, by the paths that it has printed."""
    messages = []
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        machine = Machine(kernel, call.place)
        for path in paths:
            try:
                node = machine.node(path)
                if not isinstance(node, Opened):
                    raise KernelError(EBADF)
                node.close()
            except KernelError as error:
                messages.append(Message(f"cannot close {path}: {strerror(error.errno)}", level=""))
    return Report(messages, status=int(bool(messages)))
