"""drivers/acpi/apei/ghes.c: Errors that the firmware reports."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function


@function("struct list_head *ghes_get_devices(void)")
def ghes_get_devices(_guest: Guest) -> int:
    """Return NULL, because the machine is none of those whose firmware is trusted to report errors."""
    return 0


@function("int cxl_cper_register_work(struct work_struct *work)")
def cxl_cper_register_work(guest: Guest, work: int) -> int:
    """Note what is to be done when the firmware reports an error of a CXL device, which it never does; return 0."""
    if guest.table("cxl_cper"):
        raise Needs("the warning about a second one who is told of CXL errors")
    guest.table("cxl_cper")[work] = 1
    return 0


@function(
    "int cxl_cper_unregister_work(struct work_struct *work)", "void cxl_cper_unregister_work(struct work_struct *work)"
)
def cxl_cper_unregister_work(guest: Guest, work: int) -> int:
    """Forget what was to be done at a CXL error; return 0."""
    if not guest.table("cxl_cper").pop(work, 0):
        raise Needs("the warning about another one who is told of CXL errors")
    return 0
