"""drivers/firmware/dmi_scan.c: What SMBIOS tells of the machine."""

from __future__ import annotations

from collections.abc import Iterator

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import size_of, view

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
    return getattr(guest.hardware.firmware, _FIELDS.get(field, ""), "") or None


def _fits(guest: Guest, entry: int) -> bool:
    """Return whether a `struct dmi_system_id` fits, as dmi_matches() does: each slot is a field of 7 bits, a bit for an
    exact match, and a text.
    """
    first, size = view(guest, "dmi_system_id", entry).address("matches"), size_of(guest, "dmi_strmatch")
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
        table += size_of(guest, "dmi_system_id")


@function("int dmi_check_system(const struct dmi_system_id *list)")
def dmi_check_system(guest: Guest, table: int) -> int:
    """Call the function of each entry that fits the machine, until one returns non-zero; return how many fitted."""
    count = 0
    for entry in _matches(guest, table):
        count += 1
        callback = view(guest, "dmi_system_id", entry).callback
        if callback and guest.call_signed(callback, entry):
            break
    return count


@function("const struct dmi_system_id *dmi_first_match(const struct dmi_system_id *list)")
def dmi_first_match(guest: Guest, table: int) -> int:
    """Return the first entry that fits the machine, NULL if none does."""
    return next(_matches(guest, table), 0)


@function("const char *dmi_get_system_info(int field)")
def dmi_get_system_info(guest: Guest, field: int) -> int:
    """Return a DMI text of the machine, NULL for one that it lacks."""
    table = guest.table("dmi")
    text = _dmi(guest, field)
    if text is not None and field not in table:
        table[field] = guest.new_text(text.encode())
    return int(table.get(field, 0))


@function("bool dmi_match(enum dmi_field f, const char *str)")
def dmi_match(guest: Guest, field: int, text: int) -> bool:
    """Return whether a DMI text of the machine equals a text; NULL equals one that it lacks."""
    return _dmi(guest, field) == (guest.text(text) if text else None)


@function("int dmi_name_in_vendors(const char *str)")
def dmi_name_in_vendors(guest: Guest, text: int) -> bool:
    """Return whether the name of the machine's or the board's maker contains a text."""
    wanted = guest.text(text)
    return any(wanted in (_dmi(guest, field) or "") for field in _VENDORS)


@function("const struct dmi_device *dmi_find_device(int type, const char *name, const struct dmi_device *from)")
def dmi_find_device(_guest: Guest, _kind: int, _name: int, _start: int) -> int:
    """Return NULL: SMBIOS tells of no device."""
    return 0
