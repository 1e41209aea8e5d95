"""The hardware of the virtual machine: one value, so that nothing about it is scattered.

The default is the machine on which the comparisons were recorded: QEMU's type pc with one `qemu64` processor.
"""

from __future__ import annotations

from typing import NamedTuple


class PciDevice(NamedTuple):
    """A function on the PCI bus: place, identification, class code."""

    slot: str
    vendor: int
    device: int
    class_code: int
    subsystem: tuple[int, int] = (0, 0)


class Machine(NamedTuple):
    """What the kernel would find. `features` are names as in /proc/cpuinfo; `memory` is in bytes, `tick` in hertz."""

    cpu: str = "QEMU Virtual CPU version 2.5+"
    vendor: str = "AuthenticAMD"
    family: int = 15
    model: int = 107
    stepping: int = 1
    cpus: int = 1
    features: frozenset[str] = frozenset(
        "fpu de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse sse2 syscall nx lm "
        "rep_good nopl cpuid pni cx16 hypervisor lahf_lm svm 3dnowprefetch vmmcall rdrand".split()
    )
    memory: int = 1 << 30
    tick: int = 250
    pci: tuple[PciDevice, ...] = (
        PciDevice("0000:00:00.0", 0x8086, 0x1237, 0x060000, (0x1AF4, 0x1100)),
        PciDevice("0000:00:01.0", 0x8086, 0x7000, 0x060100, (0x1AF4, 0x1100)),
        PciDevice("0000:00:01.1", 0x8086, 0x7010, 0x010180, (0x1AF4, 0x1100)),
        PciDevice("0000:00:01.3", 0x8086, 0x7113, 0x068000, (0x1AF4, 0x1100)),
        PciDevice("0000:00:02.0", 0x1234, 0x1111, 0x030000, (0x1AF4, 0x1100)),
        PciDevice("0000:00:03.0", 0x8086, 0x100E, 0x020000, (0x1AF4, 0x1100)),
    )

    def cpuid(self, leaf: int) -> tuple[int, int, int, int]:
        """EAX, EBX, ECX, EDX of a leaf: who made the processor and which one it is; no features."""
        vendor = self.vendor.encode().ljust(12)[:12]
        words = [int.from_bytes(vendor[at : at + 4], "little") for at in (0, 4, 8)]
        if leaf == 0:
            return 1, words[0], words[2], words[1]
        if leaf == 1:
            return self._signature, 0x800, 0, 0
        return 0, 0, 0, 0

    @property
    def _signature(self) -> int:
        """Family, model and stepping as CPUID packs them."""
        base, extended = min(self.family, 15), max(self.family - 15, 0)
        return extended << 20 | self.model >> 4 << 16 | base << 8 | (self.model & 15) << 4 | self.stepping


PC = Machine()
"""QEMU's `pc` with `-cpu qemu64,+rdrand -smp 1 -m 1024` and no devices but the usual ones."""
