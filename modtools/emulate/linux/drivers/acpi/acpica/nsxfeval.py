"""drivers/acpi/acpica/nsxfeval.c: Looking for devices in ACPI's namespace."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.drivers.acpi import utils
from modtools.emulate.objects import acpinames
from modtools.emulate.symbols.registry import function
from modtools.profiles.acpi import Object

_OK, _BAD_PARAMETER, _TERMINATE, _DEEPER_NOT = 0, 0x1001, 0x4003, 0x4006


@function("acpi_status acpi_get_devices(const char *HID, void *user_function, void *context, void **return_value)")
def acpi_get_devices(guest: Guest, hid: int, _call: int, _context: int, _result: int) -> int:
    """Return AE_OK without calling the function, for a hardware id that the machine lacks; one that it has stops the
    run.
    """
    utils.absent(guest, hid)
    return 0


@function(
    "acpi_status acpi_walk_namespace(acpi_object_type type, acpi_handle start_object, u32 max_depth,"
    " acpi_walk_callback descending_callback, acpi_walk_callback ascending_callback, void *context,"
    " void **return_value)"
)
def acpi_walk_namespace(
    guest: Guest, kind: int, start: int, depth: int, descending: int, ascending: int, context: int, result: int
) -> int:
    """Call functions for all objects of a kind (0: of any) below one, before and after what lies in each; return AE_OK,
    or the first error of one.
    """
    path = acpinames.path_of(guest, start)
    if not depth or not (descending or ascending) or not path:
        return _BAD_PARAMETER

    def call(address: int, there: Object, level: int) -> int:
        if not address or kind not in (0, there.kind):
            return _OK
        return guest.call(address, acpinames.handle(guest, there.path), level, context, result) & 0xFFFFFFFF

    def walk(inside: str, level: int) -> int:
        for there in acpinames.below(guest, inside):
            status = call(descending, there, level)
            if status not in (_OK, _DEEPER_NOT):
                return status
            if status == _OK and level < depth and (status := walk(there.path, level + 1)):
                return status
            if status := call(ascending, there, level):
                return status
        return _OK

    status = walk(path, 1)
    return _OK if status == _TERMINATE else status
