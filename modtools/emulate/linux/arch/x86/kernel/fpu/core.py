"""arch/x86/kernel/fpu/core.c: Using the floating point unit in the kernel."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, native

native("kernel_fpu_begin_mask")
native("kernel_fpu_end")


@function("bool irq_fpu_usable(void)")
def irq_fpu_usable(_guest: Guest) -> bool:
    """Return True: it is not noted when the kernel uses the FPU, which is done all the time by those that measure."""
    return True
