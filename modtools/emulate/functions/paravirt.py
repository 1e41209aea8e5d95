"""What a kernel does otherwise on a hypervisor.

From Linux 6.1: `arch/x86/kernel/paravirt.c`. Linux puts the plain instructions in place of these calls when it loads a
module; here the calls are made. Those whose plain form needs nothing but the processor are provided.
"""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.registry import native, variable
from modtools.emulate.structs import layouts

_GROUPS = {"cpu": "pv_cpu_ops", "irq": "pv_irq_ops", "mmu": "pv_mmu_ops", "lock": "pv_lock_ops"}
_PLAIN = {"io_delay": "native_io_delay"}

native("native_io_delay", "c3")


@variable("pv_ops", 672)
def pv_ops(guest: Guest, address: int) -> None:
    """The table of all: a call of what is not provided is named."""
    for group, kind in _GROUPS.items():
        start = layouts()["paravirt_patch_template"][1][group][0]
        for name, (offset, size, *_) in layouts()[kind][1].items():
            if size == 8:
                guest.memory.put(address + start + offset, guest.address_of(_PLAIN.get(name, f"pv_ops.{name}")), 8)
