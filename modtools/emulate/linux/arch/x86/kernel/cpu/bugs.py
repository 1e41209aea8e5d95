"""arch/x86/kernel/cpu/bugs.c: What is done about mistakes of processors."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("itlb_multihit_kvm_mitigation", 1)
def itlb_multihit_kvm_mitigation(_guest: Guest, _address: int) -> None:
    """Leave it false: the machine's processor has no such mistake."""
