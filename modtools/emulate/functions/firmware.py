"""What the firmware tells of the machine: DMI, ACPI; and the processor.

From Linux 6.1: `drivers/firmware/dmi_scan.c`, `drivers/acpi/utils.c`, `drivers/acpi/acpica/nsxfeval.c`,
`arch/x86/kernel/acpi/boot.c`, `arch/x86/kernel/setup.c`, `arch/x86/kernel/cpu/match.c`, `arch/x86/kernel/fpu/xstate.c`.
"""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.registry import function, variable
from modtools.emulate.stops import Needs
from modtools.emulate.structs import size_of, view

_FIELDS = {
    1: "bios_vendor", 2: "bios_version", 3: "bios_date", 4: "bios_release", 6: "sys_vendor", 7: "product_name",
    8: "product_version", 13: "board_vendor", 14: "board_name", 18: "chassis_vendor", 19: "chassis_type",
    20: "chassis_version",
}  # fmt: skip
"""What each number means, `include/linux/mod_devicetable.h: enum dmi_field`."""
_VENDORS = (6, 13)
_MATCHES = 4


def _dmi(guest: Guest, field: int) -> str | None:
    """Return a DMI text of the machine by its number, None for one that it lacks."""
    return getattr(guest.machine.firmware, _FIELDS.get(field, ""), "") or None


def _fits(guest: Guest, entry: int) -> bool:
    """Return whether a `struct dmi_system_id` fits, as dmi_matches() does: each slot is a field of 7 bits, a bit for an
    exact match, and a text.
    """
    first, size = view(guest, "dmi_system_id", entry).address("matches"), size_of("dmi_strmatch")
    for at in range(first, first + _MATCHES * size, size):
        row = view(guest, "dmi_strmatch", at)
        if not row.slot:
            break
        text = row.address("substr")
        actual, wanted = _dmi(guest, row.slot), guest.text(text, at + size - text)
        if actual is None or (wanted != actual if row.exact_match else wanted not in actual):
            return False
    return True


def _matches(guest: Guest, table: int) -> Iterator[int]:
    while view(guest, "dmi_strmatch", view(guest, "dmi_system_id", table).address("matches")).slot:
        if _fits(guest, table):
            yield table
        table += size_of("dmi_system_id")


@function("int dmi_check_system(const struct dmi_system_id *list)")
def dmi_check_system(guest: Guest, table: int) -> int:
    """`drivers/firmware/dmi_scan.c`: Call the function of each entry that fits the machine, until one returns
    non-zero; return how many fitted.
    """
    count = 0
    for entry in _matches(guest, table):
        count += 1
        callback = view(guest, "dmi_system_id", entry).callback
        if callback and guest.call_signed(callback, entry):
            break
    return count


@function("const struct dmi_system_id *dmi_first_match(const struct dmi_system_id *list)")
def dmi_first_match(guest: Guest, table: int) -> int:
    """`drivers/firmware/dmi_scan.c`: Return the first entry that fits the machine, NULL if none does."""
    return next(_matches(guest, table), 0)


@function("const char *dmi_get_system_info(int field)")
def dmi_get_system_info(guest: Guest, field: int) -> int:
    """`drivers/firmware/dmi_scan.c`: Return a DMI text of the machine, NULL for one that it lacks."""
    table = guest.table("dmi")
    text = _dmi(guest, field)
    if text is not None and field not in table:
        table[field] = guest.new_text(text.encode())
    return int(table.get(field, 0))


@function("bool dmi_match(enum dmi_field f, const char *str)")
def dmi_match(guest: Guest, field: int, text: int) -> bool:
    """`drivers/firmware/dmi_scan.c`: Return whether a DMI text of the machine equals a text; NULL
    equals one that it lacks.
    """
    return _dmi(guest, field) == (guest.text(text) if text else None)


@function("int dmi_name_in_vendors(const char *str)")
def dmi_name_in_vendors(guest: Guest, text: int) -> bool:
    """`drivers/firmware/dmi_scan.c`: Return whether the name of the machine's or the board's maker contains a text."""
    wanted = guest.text(text)
    return any(wanted in (_dmi(guest, field) or "") for field in _VENDORS)


@variable("acpi_disabled", 4)
def acpi_disabled(_guest: Guest, _address: int) -> None:
    """`arch/x86/kernel/acpi/boot.c`: Hold 0: the machine has ACPI."""


@function("bool acpi_dev_present(const char *hid, const char *uid, s64 hrv)")
def acpi_dev_present(guest: Guest, hid: int, _uid: int, _revision: int) -> bool:
    """`drivers/acpi/utils.c`: Return false for a hardware id that the machine lacks; one that it has stops the run."""
    _absent(guest, hid)
    return False


@function("bool acpi_dev_found(const char *hid)")
def acpi_dev_found(guest: Guest, hid: int) -> bool:
    """`drivers/acpi/utils.c`: Return false for a hardware id that the machine lacks; one that it has stops the run."""
    _absent(guest, hid)
    return False


@function(
    "struct acpi_device *acpi_dev_get_next_match_dev(struct acpi_device *adev, const char *hid,"
    " const char *uid, s64 hrv)"
)
def acpi_dev_get_next_match_dev(guest: Guest, _device: int, hid: int, _uid: int, _revision: int) -> int:
    """`drivers/acpi/utils.c`: Return NULL for a hardware id that the machine lacks; one that it has stops the run."""
    _absent(guest, hid)
    return 0


def _absent(guest: Guest, hid: int) -> None:
    """Stop the run for an ACPI hardware id that the machine has, or for none."""
    if not hid or guest.text(hid) in guest.machine.acpi:
        raise Needs("a device of ACPI")


@function("acpi_status acpi_get_devices(const char *HID, void *user_function, void *context, void **return_value)")
def acpi_get_devices(guest: Guest, hid: int, _call: int, _context: int, _result: int) -> int:
    """`drivers/acpi/acpica/nsxfeval.c`: Return AE_OK without calling the function, for a hardware id that the machine
    lacks; one that it has stops the run.
    """
    _absent(guest, hid)
    return 0


_VENDOR_NUMBERS = {"GenuineIntel": 0, "AuthenticAMD": 2}
_ANY, _ANY_FEATURE = 0xFFFF, 0


@variable("boot_cpu_data", 288)
def boot_cpu_data(guest: Guest, address: int) -> None:
    """`arch/x86/kernel/setup.c`: Fill `struct cpuinfo_x86` with the machine's processor."""
    cpu, there = view(guest, "cpuinfo_x86", address), guest.machine.cpu
    cpu.x86, cpu.x86_model, cpu.x86_stepping = there.family, there.model, there.stepping
    cpu.x86_vendor = _VENDOR_NUMBERS[there.vendor]
    cpu.x86_virt_bits, cpu.x86_phys_bits = there.virtual_bits, there.physical_bits
    cpu.x86_max_cores = cpu.booted_cores = guest.machine.cpus
    cpu.x86_clflush_size = cpu.x86_cache_alignment = there.cache_line
    cpu.x86_cache_size = there.cache
    guest.memory.write(cpu.address("x86_vendor_id"), there.vendor.encode())
    guest.memory.write(cpu.address("x86_model_id"), there.name.encode())
    guest.memory.put(cpu.address("x86_capability"), there.flags, 96)


@function("const struct x86_cpu_id *x86_match_cpu(const struct x86_cpu_id *match)")
def x86_match_cpu(guest: Guest, table: int) -> int:
    """`arch/x86/kernel/cpu/match.c`: Return the first entry that fits the machine's processor, NULL if none does."""
    cpu, has = guest.machine.cpu, guest.machine.cpu.flags
    while guest.memory.read(table, 10) != bytes(10):
        row = view(guest, "x86_cpu_id", table)
        if (
            row.vendor in (_ANY, _VENDOR_NUMBERS[cpu.vendor])
            and row.family in (0, cpu.family)
            and row.model in (0, cpu.model)
            and (not row.steppings or row.steppings >> cpu.stepping & 1)
            and (not row.feature or has >> row.feature & 1)
        ):
            return table
        table += 24
    return 0


@function("int cpu_has_xfeatures(u64 xfeatures_needed, const char **feature_name)")
def cpu_has_xfeatures(guest: Guest, wanted: int, result: int) -> bool:
    """`arch/x86/kernel/fpu/xstate.c`: Return false, since the processor has no XSAVE; write the name of
    the highest feature wanted.
    """
    names = ("x87 floating point registers", "SSE registers", "AVX registers", "MPX bounds registers")
    names += ("MPX CSR", "AVX-512 opmask", "AVX-512 Hi256", "AVX-512 ZMM_Hi256")  # type: ignore[assignment]
    if result and wanted:
        table = guest.table("xfeatures")
        name = names[min(wanted.bit_length() - 1, len(names) - 1)]
        if name not in table:
            table[name] = guest.new_text(name.encode("utf-8", "surrogateescape"))
        guest.memory.put(result, table[name], 8)
    return False
