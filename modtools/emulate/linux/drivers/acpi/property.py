"""drivers/acpi/property.c: What firmware tells of devices; nodes are told apart by their operations."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.symbols import kallsyms
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import view
from modtools.integers import signed

_MAX_ERRNO = 4095


def _has_operations(guest: Guest, node: int, name: str) -> bool:
    if not node or -_MAX_ERRNO <= signed(node, 64) < 0:
        return False
    return bool(view(guest, "fwnode_handle", node).ops == kallsyms.find(guest, name))


@function("bool is_acpi_device_node(const struct fwnode_handle *fwnode)")
def is_acpi_device_node(guest: Guest, node: int) -> bool:
    """Return whether a node of the firmware's is a device of ACPI; NULL and errors are none."""
    return _has_operations(guest, node, "acpi_device_fwnode_ops")


@function("bool is_acpi_data_node(const struct fwnode_handle *fwnode)")
def is_acpi_data_node(guest: Guest, node: int) -> bool:
    """Return whether a node of the firmware's is data of ACPI; NULL and errors are none."""
    return _has_operations(guest, node, "acpi_data_fwnode_ops")
