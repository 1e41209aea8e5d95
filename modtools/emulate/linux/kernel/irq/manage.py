"""kernel/irq/manage.c: Adding handlers of interrupts, disabling interrupts.

What raises one is `int n` in a module's code, or whoever plays the hardware (`modtools.emulate.tasks.interrupts`).
"""

from __future__ import annotations

from modtools.emulate.cpu.oops import report_kernel_warning
from modtools.emulate.guest import Guest
from modtools.emulate.machine.builtin import INTERRUPTS, builtin
from modtools.emulate.symbols.registry import function
from modtools.emulate.tasks import interrupts, threads
from modtools.emulate.tasks.interrupts import NO_AUTOEN, ONESHOT, PROBE_SHARED, SHARED, Row, line, rows
from modtools.kernel.log import ERR
from modtools.linuxerrno import EBUSY, EINVAL, ENOTCONN

_TRIGGERS, _COND_SUSPEND, _NO_SUSPEND = 0xF, 0x40000, 0x4000
_NOT_CONNECTED = 1 << 31


def request(guest: Guest, number: int, handler: int, thread: int, flags: int, name: int, identity: int) -> int:
    """Do what request_threaded_irq() does: add a handler to an interrupt; return 0, -EINVAL, -ENOTCONN, or -EBUSY after
    a message about flags that do not go together with those of another handler.
    """
    if number == _NOT_CONNECTED:
        return -ENOTCONN
    shared, wrong = flags & SHARED, flags & (NO_AUTOEN if flags & SHARED else _COND_SUSPEND)
    if (shared and not identity) or wrong or flags & (both := _COND_SUSPEND | _NO_SUSPEND) == both:
        return -EINVAL
    if number not in INTERRUPTS or not (handler or thread):
        return -EINVAL
    if not handler and not flags & ONESHOT:
        text = guest.text(name) if name else "(null)"
        guest.printk(ERR, f"genirq: Threaded irq requested with handler=NULL and !ONESHOT for {text} (irq {number})")
        return -EINVAL
    if thread:
        guest.scheduler.pass_on()
    row = [handler, thread, flags, identity, name, 0]
    return _mismatch(guest, number, row) or _add(guest, number, row)


def _others(guest: Guest, number: int) -> list[tuple[int, str]]:
    """Return flags and names of the handlers that an interrupt has, the kernel's own first."""
    taken = builtin(guest).interrupts.get(number)
    found = []
    if taken:  # a threaded one was requested by another function
        added = 0 if taken.flags & ONESHOT else guest.kernel.identity.features.request_irq_adds
        found = [(taken.flags | added, taken.name)]
    return found + [(row[2], guest.text(row[4])) for row in rows(guest, number)]


def _mismatch(guest: Guest, number: int, row: Row) -> int:
    """Compare a handler's flags with those of the others; return 0, or -EBUSY after the kernel's message.

    How a line is triggered, the second handler says that comes to it.
    """
    here, others = line(guest, number), _others(guest, number)
    if not row[2] & _TRIGGERS:
        row[2] |= here["type"] or 0
    if not others:
        return 0
    flags, name = others[0]
    if here["type"] is None:
        here["type"] = row[2] & _TRIGGERS
    if flags & row[2] & SHARED and here["type"] == row[2] & _TRIGGERS and not (flags ^ row[2]) & ONESHOT:
        return 0
    if not row[2] & PROBE_SHARED:
        said = f"{row[2]:08x} ({guest.text(row[4])}) vs. {flags:08x} ({name})"
        guest.printk(ERR, f"genirq: Flags mismatch irq {number}. {said}")
    return -EBUSY


def _add(guest: Guest, number: int, row: Row) -> int:
    """Add a handler with its thread; the first one enables its line, unless it says that it does not want that."""
    here = line(guest, number)
    if not rows(guest, number):
        interrupts.take_vector(guest, number)
        here["pending"] = here["masked"] = 0
        if number not in builtin(guest).interrupts:
            here["depth"] = int(bool(row[2] & NO_AUTOEN))
    if row[1]:
        row[5] = interrupts.add_thread(guest, number, guest.text(row[4]))
    rows(guest, number).append(row)
    return 0


@function(
    "int request_threaded_irq(unsigned int irq, irq_handler_t handler, irq_handler_t thread_fn,"
    " unsigned long irqflags, const char *devname, void *dev_id)"
)
def request_threaded_irq(
    guest: Guest, number: int, handler: int, thread: int, flags: int, name: int, identity: int
) -> int:
    """Add a handler and its thread function to an interrupt; return 0 or an error, as `request()` tells."""
    return request(guest, number, handler, thread, flags, name, identity)


@function(
    "int request_any_context_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,"
    " void *dev_id)"
)
def request_any_context_irq(guest: Guest, number: int, handler: int, flags: int, name: int, identity: int) -> int:
    """Add a handler to an interrupt, none of which comes within another one's thread; return IRQC_IS_HARDIRQ, which is
    0, or an error.
    """
    return request(guest, number, handler, 0, flags, name, identity)


def free(guest: Guest, number: int, identity: int) -> int:
    """Do what free_irq() does: remove a handler by its device id, after its thread has ended; return the address of its
    name.
    """
    if number not in INTERRUPTS:
        return 0
    row = next((row for row in rows(guest, number) if row[3] == identity), None)
    if row is None:
        report_kernel_warning(guest, "free_irq", f"Trying to free already-free IRQ {number}")
        return 0
    synchronize_irq(guest, number)
    rows(guest, number).remove(row)
    if not rows(guest, number) and number not in builtin(guest).interrupts:
        line(guest, number).update(depth=1, pending=0, masked=0)
        interrupts.release_vector(guest, number)
    if row[5]:
        threads.release(guest, row[5])
    return int(row[4])


@function("const void *free_irq(unsigned int irq, void *dev_id)")
def free_irq(guest: Guest, number: int, identity: int) -> int:
    """Remove a handler from an interrupt by its device id; return its name, or warn that there is none, for NULL."""
    return free(guest, number, identity)


@function("void disable_irq_nosync(unsigned int irq)")
def disable_irq_nosync(guest: Guest, number: int) -> None:
    """Disable an interrupt, once more if it is so. One that does not exist is ignored."""
    if number in INTERRUPTS:
        line(guest, number)["depth"] += 1


@function("void disable_irq(unsigned int irq)")
def disable_irq(guest: Guest, number: int) -> None:
    """Disable an interrupt, once more if it is so, and wait for its threads. One that does not exist is ignored."""
    synchronize_irq(guest, number)
    disable_irq_nosync(guest, number)


@function("void enable_irq(unsigned int irq)")
def enable_irq(guest: Guest, number: int) -> None:
    """Take a disable_irq() back, or warn that there was none; an edge that came meanwhile is handled now. One without
    handlers is disabled.
    """
    if number not in INTERRUPTS:
        return
    here = line(guest, number)
    if not here["depth"]:
        report_kernel_warning(guest, "__enable_irq", f"Unbalanced enable for IRQ {number}")
        return
    here["depth"] -= 1
    interrupts.resend(guest, number)


@function("void synchronize_irq(unsigned int irq)")
def synchronize_irq(guest: Guest, number: int) -> None:
    """Wait until no thread of an interrupt's handlers is at work."""
    if interrupts.rows(guest, number):
        guest.wait_until(lambda: not interrupts.busy(guest, number))


@function("void irq_wake_thread(unsigned int irq, void *dev_id)")
def irq_wake_thread(guest: Guest, number: int, identity: int) -> None:
    """Let the thread of a handler run, which is found by its device id; ignore one that has none."""
    for row in rows(guest, number) if number in INTERRUPTS else ():
        if row[3] == identity and row[1]:
            interrupts.wake(guest, number, row)


@function("bool irq_has_action(unsigned int irq)")
def irq_has_action(guest: Guest, number: int) -> bool:
    """Return whether an interrupt has a handler."""
    return number in INTERRUPTS and bool(_others(guest, number))


@function("int irq_set_irq_wake(unsigned int irq, unsigned int on)")
def irq_set_irq_wake(_guest: Guest, number: int, _on: int) -> int:
    """Return 0, or -EINVAL for an interrupt that does not exist; the machine never sleeps. An imbalance is not
    noticed.
    """
    return 0 if number in INTERRUPTS else -EINVAL
