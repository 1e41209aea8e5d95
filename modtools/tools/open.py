"""open: hold a file of a module's open, from one command to the next."""

from __future__ import annotations

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files.nodes import READ, WRITE
from modtools.linuxerrno import EROFS, strerror
from modtools.report import Message, Report, Text
from modtools.shared.machine import HostNode, Machine
from modtools.shared.userspace import enter
from modtools.store import Store

_RDONLY, _WRONLY, _RDWR = range(3)
_APPEND, _NONBLOCK = 0o2000, 0o4000
"""Flags of open(2) on x86-64 and arm64."""


@command()
@option("-w", "--write", is_flag=True, help="Open it for writing.")
@option("-r", "--read", is_flag=True, help="Open it for reading: what is done without -w, too.")
@option("-a", "--append", is_flag=True, help="Open it for appending (O_APPEND).")
@option("-n", "--nonblock", is_flag=True, help="Do not wait where others would (O_NONBLOCK).")
@operand("path")
def tool(call: Call, *, write: bool, read: bool, append: bool, nonblock: bool, path: str) -> Report:
    """Open a file that a module has made, leave it open, and print a path by which other commands use it.

    FILE=$(pymod open /dev/mine); pymod cat -n 5 $FILE; pymod write $FILE hello; pymod close $FILE. Its driver is called
    as for one program that holds the file open: each read goes on where the last one ended, and the module cannot be
    removed if its driver says so.
    """
    write = write or append
    mode = _RDWR if read and write else _WRONLY if write else _RDONLY
    wanted = (0 if mode == _WRONLY else READ) | (0 if mode == _RDONLY else WRITE)
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        machine = Machine(kernel, call.place)
        try:
            node = machine.allow(machine.node(path), wanted)
            if isinstance(node, HostNode) and write:
                raise KernelError(EROFS)
            number = node.open(mode | (_APPEND if append else 0) | (_NONBLOCK if nonblock else 0))
        except KernelError as error:
            return Report((Message(f"cannot open {path}: {strerror(error.errno)}", level=""),), status=1)
    return Report((Text(f"/dev/fd/{number}\n"),))
