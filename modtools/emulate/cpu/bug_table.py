"""`__bug_table`: the places in a module's code that are a WARN() or a BUG().

From Linux 6.1 `include/asm-generic/bug.h`: distances to the code and to the name of the file, each from its own place,
a line, and flags (1 warning, 2 once, 4 done, 8 says "cut here" itself, 8 bits taint).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import size_of, view
from modtools.integers import MASK64
from modtools.light import NamedTuple

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

WARNING, ONCE, DONE, NO_CUT_HERE = 1, 2, 4, 8


class Bug(NamedTuple):
    """A WARN() or BUG() in a module: where it is in the source, and the place of its flags."""

    address: int
    file: str
    line: int
    flags: int
    flags_at: int

    @property
    def warning(self) -> bool:
        """Return whether it is a WARN(), after which the code goes on."""
        return bool(self.flags & WARNING)


def entries(guest: Guest, code: int, section: str, structure: str) -> Iterator[int]:
    """Yield the places of the structures that a section is a table of, in the module that some code belongs to."""
    module = guest.module_at(code)
    image = guest.images.get(module.name) if module else None
    if image:
        step = size_of(guest, structure)
        start, size = image.section(section)
        yield from range(start, start + size - step + 1, step)


def bug_at(guest: Guest, address: int) -> Bug | None:
    """Return the entry of __bug_table for the instruction at an address."""
    for at in entries(guest, address, "__bug_table", "bug_entry"):
        row = view(guest, "bug_entry", at)
        if at + row.bug_addr_disp & MASK64 == address:
            file = guest.text(row.address("file_disp") + row.file_disp & MASK64)
            return Bug(address, file, row.line, row.flags, row.address("flags"))
    return None
