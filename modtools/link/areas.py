"""The areas of memory that a module has: which ones there are, and where they stand.

Until Linux 6.3 a module has two, `struct module_layout core_layout, init_layout`. Since Linux commit ac3b43283923
"module: replace module_layout with module_memory" (v6.4) it has the seven of `enum mod_mem_type`
(`include/linux/module.h`). What belongs to init is given back when init has returned.
"""

from __future__ import annotations

from enum import StrEnum

from modtools.light import NamedTuple


class Kind(StrEnum):
    """What an area is for. Each name is that of a field in the state file."""

    CORE = "core"
    INIT = "init"
    TEXT = "text"
    DATA = "data"
    RODATA = "rodata"
    RO_AFTER_INIT = "ro_after_init"
    INIT_TEXT = "init_text"
    INIT_DATA = "init_data"
    INIT_RODATA = "init_rodata"

    @property
    def init(self) -> bool:
        """Return whether the area is given back when init has returned."""
        return self.startswith("init")


TWO = (Kind.CORE, Kind.INIT)
SEVEN = (
    Kind.TEXT,
    Kind.DATA,
    Kind.RODATA,
    Kind.RO_AFTER_INIT,
    Kind.INIT_TEXT,
    Kind.INIT_DATA,
    Kind.INIT_RODATA,
)
"""The areas of a module in the order in which they are allocated. /proc/modules shows the address of the first."""


class Area(NamedTuple):
    """One area of a module: `size` bytes from `base` on; both are 0 where there is nothing."""

    kind: Kind
    base: int = 0
    size: int = 0

    @property
    def end(self) -> int:
        """Return the address after the last byte."""
        return self.base + self.size

    def holds(self, address: int) -> bool:
        """Return whether an address lies in the area."""
        return self.base <= address < self.end
