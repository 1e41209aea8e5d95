"""mknod: make a node for a character device.

The words are those of coreutils 9.1: `src/mknod.c`, `lib/modechange.c`.
"""

from __future__ import annotations

import os
import posixpath
import re
from contextlib import suppress
from functools import reduce
from operator import or_

from modtools.command import Call, command, operand, option
from modtools.errors import KernelError
from modtools.kernel.files import by_hand
from modtools.kernel.state import DeviceNode, Kernel
from modtools.linuxerrno import EPERM, strerror
from modtools.place import uid
from modtools.report import Message, Report
from modtools.store import Store

_MAJORS, _MINORS = 1 << 12, 1 << 20
_OF_ALL = 0o666
_BITS = {"r": 0o444, "w": 0o222, "x": 0o111}
_WHO = {"u": 0o700, "g": 0o070, "o": 0o007, "a": 0o777}
_CLAUSE = re.compile("([ugoa]*)((?:[-+=][rwx]*)+)")


@command()
@option("-m", "--mode", metavar="MODE", default="", help="Its permissions, as for chmod; else a=rw less the umask.")
@operand("name")
@operand("type", type=("c", "u"))
@operand("major")
@operand("minor")
def tool(call: Call, *, mode: str, name: str, type: str, major: str, minor: str) -> Report:  # noqa: ARG001
    """Make NAME in /dev a character device (TYPE c) of a number, as `mknod NAME c MAJOR MINOR` does.

    Drivers that use the device model have a node without it. In `pymod shell`, NAME may lie in any folder: elsewhere
    than in /dev it becomes a link to the device below /dev/char.
    """
    try:
        node = DeviceNode(_number(major, _MAJORS, "major"), _number(minor, _MINORS, "minor"), _mode(mode))
    except ValueError as error:
        return _failed(str(error))
    path = posixpath.normpath(posixpath.join(_folder(), name))
    with Store(call.place.state).transaction() as kernel:
        try:
            _make(kernel, path, node)
        except (KernelError, OSError) as error:
            return _failed(f"{name}: {strerror(error.errno or EPERM)}")
    return Report()


def _folder() -> str:
    """Return the folder where a name without one lies: in the machine's shell that of the caller."""
    return os.getcwd() if "PYMOD_SHELL" in os.environ else "/dev"  # noqa: PTH109 - a text


def _make(kernel: Kernel, path: str, node: DeviceNode) -> None:
    """Make a node; outside of /dev, a link to one. Raises KernelError and OSError."""
    if "PYMOD_SHELL" not in os.environ or path.startswith("/dev/") or uid():
        by_hand.make_node(kernel, path, node, uid())
        return
    target = f"/dev/char/{node.major}:{node.minor}"
    os.symlink(target, path)  # noqa: PTH211 - texts
    with suppress(KernelError):  # a driver has it already
        by_hand.make_node(kernel, target, node)


def _number(text: str, most: int, what: str) -> int:
    try:
        value = int(text, 0)
    except ValueError:
        value = -1
    if not 0 <= value < most:
        raise ValueError(f"invalid {what} device number '{text}'")
    return value


def _mode(text: str) -> int:
    """Return the permissions that a text means for a new node. Raises ValueError."""
    mask = os.umask(0)
    os.umask(mask)
    if not text:
        return _OF_ALL & ~mask
    mode = int(text, 8) if re.fullmatch("[0-7]+", text) else _changed(_OF_ALL, text, mask)
    if mode > 0o777:
        raise ValueError("mode must specify only file permission bits")
    return mode


def _changed(mode: int, text: str, mask: int) -> int:
    """Return permissions as clauses such as u+rw,go= change them; one without letters leaves what the umask takes.
    Raises ValueError.
    """
    for clause in text.split(","):
        match = _CLAUSE.fullmatch(clause)
        if match is None:
            raise ValueError("invalid mode")
        who = reduce(or_, map(_WHO.__getitem__, match[1]), 0)
        for sign, letters in re.findall("([-+=])([rwx]*)", match[2]):
            bits = reduce(or_, map(_BITS.__getitem__, letters), 0) & (who or ~mask)
            mode = {"+": mode | bits, "-": mode & ~bits, "=": mode & ~(who or _WHO["a"]) | bits}[sign]
    return mode


def _failed(text: str) -> Report:
    return Report((Message(text, level=""),), status=1)
