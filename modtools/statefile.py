"""A state's file as far as it is known without the kernel in it: whether there is one, and what it says first.

Most calls of modprobe and modinfo ask for no more than release and command line, and would start later.
"""

from __future__ import annotations

import os

from modtools import hostfile
from modtools.jsonfields import ODD, loads, typed
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from modtools.kernel.state import Kernel

SCHEMA = 1
"""Number of the format; a change that an older pymod would misread raises it."""
LIMIT = 32 << 20
"""Bytes that a state file, or a part of it, may have: some five times what all modules of Debian's kernel come to."""
held: dict[str, Kernel] = {}
"""Kernels that wait, in the middle of a call, for a program whose work is done by this process; by their files."""
_HEAD = f'{{\n "schema": {SCHEMA},\n "kernel": '.encode()
"""How a file begins as pymod writes it."""
_LONGEST = 1 << 16
AHEAD = "ahead"
"""The file in the folder of the parts that is locked by who holds the machine and is ahead of what is stored."""


class Glance(NamedTuple):
    """What a file says first."""

    release: str
    cmdline: str


def real(path: str) -> str:
    """Return the file that a path leads to."""
    return os.path.realpath(path)


def exists(path: str) -> bool:
    """Return whether a kernel was stored in this file, or waits for what this process does."""
    return real(path) in held or os.path.exists(path)  # noqa: PTH110


def is_stored(path: str) -> bool:
    """Return whether nobody holds the machine whose state has not stored what was changed."""
    try:
        with hostfile.opened(f"{real(path)}.pymod/{AHEAD}", follow=False) as file:
            hostfile.lock(file.fileno(), shared=True)
    except TimeoutError:
        return False
    except OSError:
        return True
    return True


def glance(path: str) -> Glance | None:
    """Return what the file says first; None where it is not there, held, or not as pymod writes it: `store` decides."""
    if real(path) in held or not is_stored(path):
        return None
    try:
        with hostfile.opened(path) as file:
            line = file.read(_LONGEST).removeprefix(_HEAD).partition(b",\n")[0]
        kernel = loads(line.decode("utf-8"))
        return Glance(typed(kernel["release"], str), typed(kernel["cmdline"], str))
    except (OSError, *ODD):
        return None
