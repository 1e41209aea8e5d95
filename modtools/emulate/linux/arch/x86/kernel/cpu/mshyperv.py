"""arch/x86/kernel/cpu/mshyperv.c: What Microsoft's hypervisor tells of itself, which the machine does not run under."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import variable

_HYPER_V = 2


@variable("ms_hyperv", "ms_hyperv_info")
def ms_hyperv(guest: Guest, _address: int) -> None:
    """Leave all of it 0, as it is under any other hypervisor and under none."""
    if guest.hardware.hypervisor == _HYPER_V:
        raise Needs("what Hyper-V tells")
