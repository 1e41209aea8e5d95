"""arch/x86/kernel/paravirt.c: Operations that a hypervisor may replace.

Linux puts the plain instructions in place of these calls when it loads a module; here the calls are made. Those whose
plain form needs nothing but the processor are provided.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function, native, variable
from modtools.emulate.symbols.structs import has, layout, offset_of

_GROUPS = {"cpu": "pv_cpu_ops", "irq": "pv_irq_ops", "mmu": "pv_mmu_ops", "lock": "pv_lock_ops"}
_PLAIN = {
    "read_cr0": "native_read_cr0",
    "io_delay": "native_io_delay",
    "cpuid": "native_cpuid",
    "save_fl": "native_save_fl",
    "irq_disable": "native_irq_disable",
    "irq_enable": "native_irq_enable",
}

native("native_irq_disable")
native("native_irq_enable")


@function("void native_cpuid(unsigned int *eax, unsigned int *ebx, unsigned int *ecx, unsigned int *edx)")
def native_cpuid(guest: Guest, *places: int) -> None:
    """Replace the four values by what CPUID answers to the leaf in the first one (inline in Linux, which puts a copy of
    its own into `pv_ops`); a leaf that is not known stops the run.
    """
    leaf = guest.memory.u32(places[0])
    values = guest.hardware.cpu.cpuid(leaf)
    if values is None:
        raise Needs(f"CPUID leaf {leaf:#x}")
    for place, value in zip(places, values, strict=True):
        guest.memory.put(place, value, 4)


@function("unsigned long native_read_cr0(void)")
def native_read_cr0(guest: Guest) -> int:
    """Return control register 0 (inline in Linux, which puts a copy of its own into `pv_ops`)."""
    return guest.hardware.system.control[0]


@variable("pv_ops", "paravirt_patch_template")
def pv_ops(guest: Guest, address: int) -> None:
    """Fill the table of functions: the plain ones that are provided, and for the others addresses that name them when
    called.
    """
    for group, kind in _GROUPS.items():
        if has(guest, "paravirt_patch_template", group):
            _fill(guest, address + offset_of(guest, "paravirt_patch_template", group), kind)


@variable("pv_ops_lock", "pv_lock_ops")
def pv_ops_lock(guest: Guest, address: int) -> None:
    """Fill the functions of spinlocks, which are a part of `pv_ops` without this variable (in 6.19, not 7.3)."""
    _fill(guest, address, _GROUPS["lock"])


def _fill(guest: Guest, start: int, kind: str) -> None:
    for name, (offset, size, *_) in layout(guest, kind).fields.items():
        if size == 8:
            guest.memory.put(start + offset, guest.address_of(_PLAIN.get(name, f"pv_ops.{name}")), 8)
