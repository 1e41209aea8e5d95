"""kernel/irq/devres.c: Interrupts that end with a device's driver."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.kernel.irq import manage
from modtools.emulate.objects.binding import resources
from modtools.emulate.symbols.registry import function
from modtools.emulate.symbols.structs import new, view


@function(
    "int devm_request_threaded_irq(struct device *dev, unsigned int irq, irq_handler_t handler,"
    " irq_handler_t thread_fn, unsigned long irqflags, const char *devname, void *dev_id)"
)
def devm_request_threaded_irq(
    guest: Guest, device: int, number: int, handler: int, thread: int, flags: int, name: int, identity: int
) -> int:
    """Add a handler to an interrupt, which is removed with the device's resources; return 0 or -EINVAL."""
    result = manage.request(guest, number, [handler, thread, flags, identity, name])
    if not result:
        row = new(guest, "irq_devres")
        row.irq, row.dev_id = number, identity
        resources(guest, device).append([row.address(), guest.address_of("devm_irq_release")])
    return result


@function("void devm_irq_release(struct device *dev, void *res)")
def devm_irq_release(guest: Guest, _device: int, data: int) -> None:
    """Remove the handler that devm_request_threaded_irq() has added."""
    row = view(guest, "irq_devres", data)
    manage.free(guest, row.irq, row.dev_id)
