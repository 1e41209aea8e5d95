"""arch/x86/kernel/setup.c: The processor, as the boot has found it."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import variable
from modtools.emulate.symbols.structs import has, view

VENDOR_NUMBERS = {"GenuineIntel": 0, "AuthenticAMD": 2}


@variable("boot_cpu_data", "cpuinfo_x86")
def boot_cpu_data(guest: Guest, address: int) -> None:
    """Fill `struct cpuinfo_x86` with the machine's processor."""
    cpu, there = view(guest, "cpuinfo_x86", address), guest.hardware.cpu
    cpu.x86, cpu.x86_model, cpu.x86_stepping = there.family, there.model, there.stepping
    cpu.x86_vendor = VENDOR_NUMBERS[there.vendor]
    cpu.x86_virt_bits, cpu.x86_phys_bits = there.virtual_bits, there.physical_bits
    for field in ("x86_max_cores", "booted_cores"):  # 6.7 and 6.9 took them away
        if has(guest, "cpuinfo_x86", field):
            setattr(cpu, field, guest.hardware.cpus)
    cpu.x86_clflush_size = cpu.x86_cache_alignment = there.cache_line
    cpu.x86_cache_size = there.cache
    guest.memory.write(cpu.address("x86_vendor_id"), there.vendor.encode())
    guest.memory.write(cpu.address("x86_model_id"), there.name.encode())
    guest.memory.put(cpu.address("x86_capability"), there.flags, 96)


variable("cpu_info", "cpuinfo_x86")(boot_cpu_data)


@variable("edd", "edd")
def edd(_guest: Guest, _address: int) -> None:
    """Leave it empty: the firmware has found no disks."""
