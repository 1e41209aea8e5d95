"""ioctl: make a request of a driver."""

from __future__ import annotations

import os

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files.module_files import CodeFile, Opened
from modtools.kernel.files.nodes import READ, Node
from modtools.kernel.state import Kernel
from modtools.linuxerrno import ENOTTY, strerror
from modtools.report import Message, Report, Text
from modtools.shared.machine import Machine
from modtools.shared.userspace import enter
from modtools.store import Store

_SIZE_SHIFT, _SIZE_MASK = 16, 0x3FFF
"""Where a request says how many bytes its argument has (`include/uapi/asm-generic/ioctl.h`)."""
_READS = 2 << 30
"""The request says that its driver writes into the argument (`_IOR`)."""
_MOST = 1 << 64


@command()
@option("-s", "--size", metavar="BYTES", help="How many bytes to hand over, if the request does not say.")
@operand("path")
@operand("request")
@operand("argument", required=False, metavar="[ARG]")
def tool(call: Call, *, size: str | None, path: str, request: str, argument: str | None) -> Report:
    """Make a REQUEST, a number such as 0x80086402, of the driver of a file.

    ARG that is a number is handed over as it is, and what the system call returns is printed. Any other ARG is handed
    over as the address of this text, and without ARG a request whose number says that it has some bytes gets the
    address of so many zero bytes; what the driver puts into them is printed.
    """
    try:
        number, given = _number(request, 1 << 32), _argument(request, argument, size)
    except ValueError as error:
        return _failed(str(error))
    with Store(call.place.state).transaction() as kernel:
        enter(kernel, call)
        machine = Machine(kernel, call.place)
        try:
            result, data = _ask(kernel, machine.allow(machine.node(path), READ), number, given)
        except KernelError as error:
            return _failed(f"{path}: {strerror(error.errno)}")
    if not isinstance(given, bytes):
        return Report((Text(f"{result}\n"),))
    return Report((Text(data),)) if data != given or number & _READS else Report()


def _number(text: str, most: int) -> int:
    """Return a number in C's bases. Raises ValueError."""
    try:
        value = int(text, 8 if text.lstrip("-").startswith("0") and text.lstrip("-").isdigit() else 0)
    except ValueError:
        raise ValueError(f"invalid number: '{text}'") from None
    if not -most // 2 <= value < most:
        raise ValueError(f"number out of range: '{text}'")
    return value % most


def _argument(request: str, argument: str | None, size: str | None) -> int | bytes:
    count = _number(size, 1 << 20) if size is not None else _number(request, 1 << 32) >> _SIZE_SHIFT & _SIZE_MASK
    if argument is None:
        return bytes(count) if count else 0
    try:
        return _number(argument, _MOST)
    except ValueError:
        return os.fsencode(argument).ljust(count, b"\0")


def _ask(kernel: Kernel, node: Node, request: int, argument: int | bytes) -> tuple[int, bytes]:
    """Make the request of a file that is open, or opened for it. Raises KernelError."""
    if isinstance(node, Opened):
        return node.ioctl(request, argument)
    if not isinstance(node, CodeFile):
        raise KernelError(ENOTTY)
    file = Opened(node.mode, kernel, node.path, node.open(0))
    try:
        return file.ioctl(request, argument)
    finally:
        file.close()


def _failed(text: str) -> Report:
    return Report((Message(text, level=""),), status=1)
