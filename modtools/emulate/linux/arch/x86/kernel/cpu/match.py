"""arch/x86/kernel/cpu/match.c: Tables of processors that a driver is for."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.kernel.setup import VENDOR_NUMBERS
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view

_ANY = 0xFFFF


@function("const struct x86_cpu_id *x86_match_cpu(const struct x86_cpu_id *match)")
def x86_match_cpu(guest: Guest, table: int) -> int:
    """Return the first entry that fits the machine's processor, NULL if none does."""
    cpu, has = guest.hardware.cpu, guest.hardware.cpu.flags
    while True:
        row = view(guest, "x86_cpu_id", table)
        if not (row.vendor or row.family or row.model or row.steppings or row.feature):
            return 0
        if (
            row.vendor in (_ANY, VENDOR_NUMBERS[cpu.vendor])
            and row.family in (0, cpu.family)
            and row.model in (0, cpu.model)
            and (not row.steppings or row.steppings >> cpu.stepping & 1)
            and (not row.feature or has >> row.feature & 1)
        ):
            return table
        table += size_of(guest, "x86_cpu_id")
