"""mknod: make a node for a character device.

The words are those of coreutils 9.1: `src/mknod.c`.
"""

from __future__ import annotations

import posixpath

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files.paths import lookup
from modtools.kernel.state import DeviceNode
from modtools.linuxerrno import EEXIST, ENOENT, EPERM, strerror
from modtools.place import uid
from modtools.report import Message, Report
from modtools.store import Store

_MAJORS, _MINORS = 1 << 12, 1 << 20


@command()
@option("-m", "--mode", metavar="MODE", default="644", help="Its permissions, an octal number (644).")
@operand("name")
@operand("type", type=("c", "u"))
@operand("major")
@operand("minor")
def tool(call: Call, *, mode: str, name: str, type: str, major: str, minor: str) -> Report:  # noqa: ARG001
    """Make NAME in /dev a character device (TYPE c) of a number, as `mknod NAME c MAJOR MINOR` does.

    Drivers that use the device model have a node without it.
    """
    path = posixpath.normpath(posixpath.join("/dev", name))
    try:
        node = DeviceNode(_number(major, _MAJORS, "major"), _number(minor, _MINORS, "minor"), _mode(mode))
    except ValueError as error:
        return _failed(str(error))
    if uid() or posixpath.dirname(path) != "/dev":
        return _failed(f"{name}: {strerror(EPERM)}")
    with Store(call.place.state).transaction() as kernel:
        try:
            lookup(kernel, path)
            return _failed(f"{name}: {strerror(EEXIST)}")
        except KernelError as error:
            if error.errno != ENOENT:
                return _failed(f"{name}: {strerror(error.errno)}")
        kernel.nodes[posixpath.basename(path)] = node
    return Report()


def _number(text: str, most: int, what: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < most:
        raise ValueError(f"invalid {what} device number '{text}'")
    return value


def _mode(text: str) -> int:
    try:
        value = int(text, 8)
    except ValueError:
        value = -1
    if not 0 <= value <= 0o777:
        raise ValueError("invalid mode")
    return value


def _failed(text: str) -> Report:
    return Report((Message(text, level=""),), status=1)
