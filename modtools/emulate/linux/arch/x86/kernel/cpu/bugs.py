"""arch/x86/kernel/cpu/bugs.c: What is done about mistakes of processors."""

from __future__ import annotations

from modtools.emulate.cpu import kernel_warnings
from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function, variable


@variable("itlb_multihit_kvm_mitigation", 1)
def itlb_multihit_kvm_mitigation(_guest: Guest, _address: int) -> None:
    """Leave it false: the machine's processor has no such mistake."""


@function("u64 __warn_thunk(void)")
def warn_thunk(guest: Guest) -> int:
    """Warn of the first return that still jumps to its thunk, in kernels that do; return what that function did."""
    told = guest.table("warned")
    if "__warn_thunk" not in told and kernel_warnings.find(guest, "__warn_thunk"):
        text = "Unpatched return thunk in use. This should not happen!"
        report_kernel_warning(guest, "__warn_thunk", text)
    told["__warn_thunk"] = 1
    return guest.frame[guest.abi.result]
