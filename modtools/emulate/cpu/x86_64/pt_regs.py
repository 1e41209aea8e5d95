"""`struct pt_regs` of x86-64: the registers as handlers of probes see and change them.

From Linux 6.1: `arch/x86/include/asm/ptrace.h: struct pt_regs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.x86_64.names import EFLAGS, NAMES, RIP, RSP
from modtools.emulate.symbols.structs import new, view

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_FIELDS = {NAMES.index(f"r{name}"): name for name in "ax bx cx dx si di bp".split()} | {
    **{NAMES.index(f"r{number}"): f"r{number}" for number in range(8, 16)},
    RIP: "ip", EFLAGS: "flags", RSP: "sp",
}  # fmt: skip
"""Where a register stands in a frame, and the field that it is."""
_CODE, _STACK = 0x10, 0x18
"""The kernel's selectors."""


def save(guest: Guest, frame: list[int]) -> int:
    """Return the address of a new structure with the values of a frame; kfree frees it."""
    row = new(guest, "pt_regs")
    for place, field in _FIELDS.items():
        setattr(row, field, frame[place])
    row.cs, row.ss = _CODE, _STACK
    return row.address()


def restore(guest: Guest, address: int) -> list[int]:
    """Return the frame that a structure stands for."""
    row, frame = view(guest, "pt_regs", address), [0] * len(NAMES)
    for place, field in _FIELDS.items():
        frame[place] = int(getattr(row, field))
    return frame
