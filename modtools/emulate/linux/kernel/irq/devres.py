"""kernel/irq/devres.c: Interrupts that end with a device's driver."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.irq import manage
from modtools.emulate.objects.binding import resources
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function(
    "int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,"
    " irq_handler_t thread_fn, unsigned long irqflags, const char *devname, void *dev_id)"
)
def devm_request_threaded_irq(
    guest: Guest, device: int, number: int, handler: int, thread: int, flags: int, name: int, identity: int
) -> int:
    """Add a handler to an interrupt, which is removed with the device's resources; return 0 or an error."""
    result = manage.request(guest, number, handler, thread, flags, name, identity)
    if not result:
        row = new(guest, "irq_devres")
        row.irq, row.dev_id = number, identity
        resources(guest, device).append([row.address(), guest.address_of("devm_irq_release")])
    return result


@function(
    "int devm_request_any_context_irq(struct device *dev, unsigned int irq, irq_handler_t handler,"
    " unsigned long irqflags, const char *devname, void *dev_id)"
)
def devm_request_any_context_irq(
    guest: Guest, device: int, number: int, handler: int, flags: int, name: int, identity: int
) -> int:
    """Add a handler to an interrupt, which is removed with the device's resources; return IRQC_IS_HARDIRQ, which is 0,
    or an error.
    """
    return int(devm_request_threaded_irq(guest, device, number, handler, 0, flags, name, identity))


@function("void devm_free_irq(struct device *dev, unsigned int irq, void *dev_id)")
def devm_free_irq(guest: Guest, device: int, number: int, identity: int) -> None:
    """Remove a handler that devm_request_threaded_irq() has added, before the device's resources end. Raises Needs for
    the complaint about one that it has not.
    """
    table, release = resources(guest, device), guest.address_of("devm_irq_release")
    for entry in table:
        row = view(guest, "irq_devres", entry[0])
        if entry[1] == release and (row.irq, row.dev_id) == (number, identity):
            table.remove(entry)
            guest.heap.free(entry[0])
            manage.free(guest, number, identity)
            return
    raise Needs("the complaint about an interrupt that is none of the device's resources")


@function("void devm_irq_release(struct device *dev, void *res)")
def devm_irq_release(guest: Guest, _device: int, data: int) -> None:
    """Remove the handler that devm_request_threaded_irq() has added."""
    row = view(guest, "irq_devres", data)
    manage.free(guest, row.irq, row.dev_id)
