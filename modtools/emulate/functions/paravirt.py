"""What a kernel does otherwise on a hypervisor.

From Linux 6.1: `arch/x86/kernel/paravirt.c`. Linux puts the plain instructions in place of these calls when it loads a
module; here the calls are made. Those whose plain form needs nothing but the processor are provided.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.processor import NAMES
from modtools.emulate.registry import function, native, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import layouts

_GROUPS = {"cpu": "pv_cpu_ops", "irq": "pv_irq_ops", "mmu": "pv_mmu_ops", "lock": "pv_lock_ops"}
_PLAIN = {
    "io_delay": "native_io_delay",
    "cpuid": "native_cpuid",
    "save_fl": "native_save_fl",
    "irq_disable": "native_irq_disable",
    "irq_enable": "native_irq_enable",
}

native("native_io_delay", "c3")
native("native_irq_disable", "fac3")  # cli; ret
native("native_irq_enable", "fbc3")  # sti; ret


@function("unsigned long native_save_fl(void)")
def native_save_fl(guest: Guest) -> int:
    """`arch/x86/include/asm/irqflags.h`: the processor's flags. In a timer's function they would not say the truth."""
    if "scheduler" in guest.__dict__ and guest.scheduler._interrupt:
        raise Needs("the flag of interrupts in an interrupt")
    return guest.frame[NAMES.index("eflags")]


@function("void native_cpuid(unsigned int *eax, unsigned int *ebx, unsigned int *ecx, unsigned int *edx)")
def native_cpuid(guest: Guest, *places: int) -> None:
    """The instruction: the leaf is in the first one."""
    leaf = guest.memory.u32(places[0])
    values = guest.machine.cpu.cpuid(leaf)
    if values is None:
        raise Needs(f"CPUID leaf {leaf:#x}")
    for place, value in zip(places, values, strict=True):
        guest.memory.put(place, value, 4)


@variable("pv_ops", 672)
def pv_ops(guest: Guest, address: int) -> None:
    """The table of all: a call of what is not provided is named."""
    for group, kind in _GROUPS.items():
        start = layouts()["paravirt_patch_template"][1][group][0]
        for name, (offset, size, *_) in layouts()[kind][1].items():
            if size == 8:
                guest.memory.put(address + start + offset, guest.address_of(_PLAIN.get(name, f"pv_ops.{name}")), 8)
