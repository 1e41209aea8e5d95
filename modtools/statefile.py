"""A state's file as far as it is known without the kernel in it: whether there is one, and what lsmod and most calls of
modprobe and modinfo ask for, which would start later.

Here only a file as pymod writes it is read, and of that only what is asked for. What is odd, held, or not yet stored
is left to `store`, which reads all, and says what is wrong.
"""

from __future__ import annotations

import os

from modtools import hostfile
from modtools.jsonfields import ODD, all_typed, loads, typed
from modtools.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

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
    """Return release and command line: those of the built-in kernel where nothing was stored, None for `store`'s."""
    if real(path) in held or not is_stored(path):
        return None
    try:
        with hostfile.opened(path) as file:
            line = file.read(_LONGEST).removeprefix(_HEAD).partition(b",\n")[0]
        kernel = loads(line.decode("utf-8"))
    except FileNotFoundError:
        from modtools import default

        kernel = default.facts()
    except (OSError, *ODD):
        return None
    try:
        return Glance(typed(kernel["release"], str), typed(kernel["cmdline"], str))
    except ODD:
        return None


class Listing(NamedTuple):
    """What lsmod asks for: the entries of the loaded modules (docs/state.md), the oldest first; what is unmounted."""

    modules: list[dict[str, Any]]
    unmounted: list[str]


def listing(path: str) -> Listing | None:
    """Return what the file says of the modules, as it stands there; None where `store` has to read it."""
    if real(path) in held or not is_stored(path):
        return None
    try:
        text = hostfile.read(path, LIMIT).decode("utf-8")
        if text.startswith(_HEAD.decode()):
            return Listing(_modules(text), typed(loads(_between(text, '\n "unmounted": ', ',\n "')), list))
    except FileNotFoundError:
        return Listing([], [])
    except (OSError, *ODD):
        pass
    return None


def _modules(text: str) -> list[dict[str, Any]]:
    """Return the entries of the modules, without the exports and details that end them. Each entry is a line."""
    lines = _between(text, '\n "modules": [', '],\n "').split("\n")[1:]
    entries = ",".join([line.partition(', "exports": {')[0] + "}" for line in lines])
    return all_typed(loads(f"[{entries}]"), dict)


def _between(text: str, start: str, end: str) -> str:
    """Return what stands between two texts. Raises ValueError where one is missing."""
    at = text.index(start) + len(start)
    return text[at : text.index(end, at)]
