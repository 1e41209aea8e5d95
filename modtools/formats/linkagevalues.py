"""What a module exports and needs, its aliases and dependencies, as depmod reads and keeps them.

Names stay as they stand in a module, bytes one after another of which each ends in a zero byte (`formats.strtab`): a
tree has two hundred thousand of them, and to make each a text takes as long as to read the files.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from modtools.light import NamedTuple

SYMBOLS, INFO, WANTED = "symbols", "modinfo", "dependencies"
"""The three things that are read of a module; each may fail without the others."""

VERSION_SIZE: Final = 64
"""Bytes of an entry of __versions: a CRC as wide as a pointer, and a name."""


class Linkage(NamedTuple):
    """What a module exports and needs.

    `crcs` belong to `exports` and `wanted_crcs` to `wanted`; both are empty unless asked for. `weak` are the positions
    in `wanted` of symbols that the module can do without; `dotted` says whether there is one that begins with a dot.
    `problems` are parts that could not be read, each with libkmod's errno and the reason; `said` is what libkmod says,
    `died` its last words where it ends by abort().
    """

    exports: bytes = b""
    crcs: Sequence[int] = ()
    wanted: bytes = b""
    wanted_crcs: Sequence[int] = ()
    weak: Sequence[int] = ()
    aliases: bytes = b""
    softdeps: bytes = b""
    weakdeps: bytes = b""
    dotted: bool = False
    problems: Sequence[tuple[str, int, str]] = ()
    said: Sequence[str] = ()
    died: str = ""


def is_dotted(wanted: bytes) -> bool:
    """Return whether one of these names begins with a dot."""
    return wanted.startswith(b".") or b"\0." in wanted
