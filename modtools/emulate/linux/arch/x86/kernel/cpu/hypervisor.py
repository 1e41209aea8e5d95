"""arch/x86/kernel/cpu/hypervisor.c: Which hypervisor the kernel runs on."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("x86_hyper_type", 4)
def x86_hyper_type(guest: Guest, address: int) -> None:
    """Store the machine's hypervisor. QEMU without KVM is none that Linux knows."""
    guest.memory.put(address, guest.hardware.hypervisor, 4)
