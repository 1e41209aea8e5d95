"""Module.symvers: the exported symbols of a kernel or of modules, one a line, as kbuild writes and reads them.

Source: scripts/mod/modpost.c (write_dump, read_dump). Columns are divided by tabs. The module is its path without
".ko", or "vmlinux"; a symbol in no namespace has an empty last column:

    0x7d468d24	ns_fn	/home/me/ns_export	EXPORT_SYMBOL	MY_NS

Older forms: CRC, symbol, module (before Linux 2.6.17); these and the kind of export (before 5.4); CRC, symbol,
namespace, module, export (5.4 and 5.5).
"""

from __future__ import annotations

from typing import Final

from modtools.errors import FormatError
from modtools.light import NamedTuple

PLAIN: Final = "EXPORT_SYMBOL"
GPL: Final = "EXPORT_SYMBOL_GPL"


class SymversLine(NamedTuple):
    """An exported symbol. `export` is PLAIN, GPL, or in old files one of the kinds that Linux had then."""

    crc: int
    symbol: str
    module: str
    export: str
    namespace: str

    @property
    def gpl(self) -> bool:
        """Whether only modules under the GPL may use it."""
        return self.export.endswith("_GPL")


def parse(text: str) -> list[SymversLine]:
    """Return the lines of a Module.symvers of any age. Raises FormatError, with the number of the line."""
    return [_line(number, line) for number, line in enumerate(text.split("\n"), 1) if line]


def _line(number: int, line: str) -> SymversLine:
    """One line, whose form the number of its columns and the place of the export tell."""
    crc, *columns = line.rstrip("\r").split("\t")
    value = _crc(crc)
    if value is None or not 2 <= len(columns) <= 4:
        raise FormatError(
            f"line {number} of Module.symvers: expected CRC, symbol, module, export and namespace between tabs"
        )
    symbol, *rest = columns
    if len(rest) == 3 and rest[2].startswith("EXPORT_") and not rest[1].startswith("EXPORT_"):
        namespace, module, export = rest
    else:
        module, export, namespace = (*rest, *(PLAIN, "")[len(rest) - 1 :])
    return SymversLine(value, symbol, module, export, namespace)


def _crc(column: str) -> int | None:
    """Return a number of 32 bits in hexadecimal, None for anything else."""
    try:
        value = int(column, 16)
    except ValueError:
        return None
    return value if 0 <= value < 1 << 32 else None


def format(line: SymversLine) -> str:
    """Return the line as Linux 5.6 and later write it, without its end."""
    return f"0x{line.crc:08x}\t{line.symbol}\t{line.module}\t{line.export}\t{line.namespace}"
