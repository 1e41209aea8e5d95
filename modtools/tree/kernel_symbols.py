"""What the kernel itself exports, from Module.symvers or System.map: depmod -E and -F.

Source: kmod 34's `tools/depmod.c` (depmod_load_symvers, depmod_load_system_map). The files:

    0x92997ed8<TAB>_printk<TAB>vmlinux<TAB>EXPORT_SYMBOL<TAB>
    ffffffff8200a0b4 r __ksymtab__printk
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from modtools.light import TYPE_CHECKING, NamedTuple
from modtools.linuxerrno import ENOENT, strerror
from modtools.notes import Note
from modtools.rooted import HOST

if TYPE_CHECKING:
    from typing import Final

_KSYMTAB: Final = "__ksymtab_"
_CRC: Final = re.compile(r"[+-]?(?:0[xX])?([0-9a-fA-F]+)")
_LARGEST: Final = (1 << 64) - 1
_LINKED_LATE: Final = ("__this_module", "_GLOBAL_OFFSET_TABLE_", "TOC.")
"""What the kernel's loader, or an architecture's, supplies itself."""


class KernelSymbols(NamedTuple):
    """The symbols with their CRCs; `crcs` says whether they have any."""

    symbols: dict[bytes, int]
    crcs: bool


def from_symvers(path: str, prefix: str, notes: list[Note]) -> KernelSymbols:
    """Read a Module.symvers; lines of other modules than vmlinux are passed over. Raises OSError."""
    symbols: dict[str, int] = {}
    for number, line in _lines(path):
        # A word at the end has the newline as its last character, so that it is not quite "vmlinux".
        crc, name, where, *_ = (*re.findall("[^ \t]+", line), "", "", "")
        if where != "vmlinux":
            continue
        match = _CRC.fullmatch(crc)
        if match is None:
            # kmod adds the words for whatever went wrong last, which is a file that it did not find.
            notes.append(Note(f"{path}:{number} Invalid symbol version {crc}: {strerror(ENOENT)}"))
            continue
        symbols[_without(prefix, name)] = min(int(match[1], 16), _LARGEST)
    return KernelSymbols(_completed(symbols), True)


def from_system_map(path: str, prefix: str, notes: list[Note]) -> KernelSymbols:
    """Return the symbols that a System.map says are exported. Raises OSError."""
    symbols: dict[str, int] = {}
    for number, line in _lines(path):
        _, blank, rest = line.partition(" ")
        _, second, name = rest.partition(" ")
        if not (blank and second):
            notes.append(Note(f"{path}:{number}: invalid line: {line}"))
            continue
        name = _without(prefix, name)
        if name.startswith(_KSYMTAB):
            symbols[name.removeprefix(_KSYMTAB).partition("\n")[0]] = 0
    return KernelSymbols(_completed(symbols), False)


def _lines(path: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file with their numbers; a folder has no lines, as for C. Raises OSError."""
    try:
        data = HOST.read(path)
    except IsADirectoryError:
        data = b""
    *lines, last = data.decode("utf-8", "surrogateescape").split("\n")
    return enumerate([f"{line}\n" for line in lines] + [last] * bool(last), 1)


def _without(prefix: str, name: str) -> str:
    return name[1:] if prefix and name.startswith(prefix) else name


def _completed(symbols: dict[str, int]) -> dict[bytes, int]:
    named = symbols | dict.fromkeys(_LINKED_LATE, 0)
    return {name.encode("utf-8", "surrogateescape"): crc for name, crc in named.items()}
