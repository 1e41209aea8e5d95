"""arch/x86/kernel/fpu/core.c: Using the floating point unit in the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.locking.spinlock import preempt_add
from modtools.emulate.symbols.registry import function


@function("void kernel_fpu_begin_mask(unsigned int kfpu_mask)")
def kernel_fpu_begin(guest: Guest, _mask: int) -> None:
    """Disable preemption and note that the kernel uses the FPU."""
    preempt_add(guest, 1)
    guest.table("fpu")["used"] = 1


@function("void kernel_fpu_end(void)")
def kernel_fpu_end(guest: Guest) -> None:
    """Note that the kernel does not use the FPU any more, and enable preemption."""
    guest.table("fpu")["used"] = 0
    preempt_add(guest, -1)


@function("bool irq_fpu_usable(void)")
def irq_fpu_usable(guest: Guest) -> bool:
    """Return whether the FPU may be used: not while the kernel uses it."""
    return not guest.table("fpu").get("used")
