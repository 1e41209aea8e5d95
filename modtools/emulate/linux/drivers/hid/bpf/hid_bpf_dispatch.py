"""drivers/hid/bpf/hid_bpf_dispatch.c: What programs in BPF may do with input devices, where that is built in."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable


@variable("hid_ops", 8)
def hid_ops(_guest: Guest, _address: int) -> None:
    """Leave it NULL: the module that knows such devices stores its functions there."""
