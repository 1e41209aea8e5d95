"""System.map: the addresses of all symbols of a kernel, as `nm -n vmlinux` prints them.

    ffffffff82a3b1c0 r __ksymtab__printk

An exported symbol NAME has an entry `__ksymtab_NAME`; those between `__start___ksymtab_gpl` and `__stop___ksymtab_gpl`
are GPL-only (Linux: `include/asm-generic/vmlinux.lds.h`).
"""

from __future__ import annotations

from modtools.errors import FormatError
from modtools.profiles.exports import ExportedSymbol

_ENTRY = "__ksymtab_"


def exports(text: str) -> list[ExportedSymbol]:
    """Return the exported symbols, without CRCs. Raises FormatError for a bad line, or if there are none."""
    addresses: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        match line.split():
            case [address, _, name]:
                addresses[name] = _address(address, number)
            case []:
                continue
            case _:
                raise FormatError(f"line {number}: expected ADDRESS LETTER NAME, not {line[:60]!r}")
    first, last = (addresses.get(f"__{edge}___ksymtab_gpl", 0) for edge in ("start", "stop"))
    found = [
        ExportedSymbol(name, None, first <= entry < last, "", addresses.get(name))
        for entry, name in ((at, key.removeprefix(_ENTRY)) for key, at in addresses.items() if key.startswith(_ENTRY))
    ]
    if not found:
        raise FormatError("no exported symbol (__ksymtab_NAME); is it the System.map of a kernel with modules?")
    return found


def _address(text: str, number: int) -> int:
    try:
        address = int(text, 16)
    except ValueError:
        address = -1
    if not 0 <= address < 1 << 64:
        raise FormatError(f"line {number}: not a hexadecimal address of at most 64 bits: {text[:60]!r}")
    return address
