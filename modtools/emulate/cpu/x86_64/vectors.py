"""`int n` in a module's code: what the kernel's handler of each vector does with it.

Learned from Debian's 6.1.0-56-amd64 on QEMU's machine (`tests/data/instructions/int*.t`). In Linux 6.1:
`arch/x86/kernel/traps.c`, `arch/x86/kernel/idt.c`, `arch/x86/kernel/irq.c: __common_interrupt()`,
`arch/x86/kernel/apic/apic.c: handle_spurious_interrupt()`. Where the machine is lost with it, the run stops.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.x86_64.names import RIP
from modtools.emulate.stops import Needs, Oops
from modtools.emulate.tasks import interrupts
from modtools.kernel.log import EMERG, ERR, INFO

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


BREAKPOINT = 3
_DEADLY = {
    0: "divide error",
    BREAKPOINT: "int3",
    4: "overflow",
    5: "bounds",
    6: "invalid opcode",
    7: "unexpected #NM exception",
    9: "coprocessor segment overrun",
    16: "fpu exception",
    19: "simd exception",
}

_SILENT = {1, 15, 18, *range(0x20, 0x26), *range(0x30, 0x40), 0xEC, *range(0xF0, 0xF3), 0xF6, 0xF7, *range(0xFB, 0xFF)}
_SPURIOUS = {0xED, 0xEE, 0xEF, 0xF3, 0xF5}
_WITHOUT_HANDLER = {*range(0x26, 0x30), *range(0x40, 0xEC)} - {0x80}
_MESSAGES = {
    2: (EMERG, "Uhhuh. NMI received for unknown reason 31 on CPU 0.\nDazed and confused, but trying to continue"),
    0xF4: (ERR, "mce: Unexpected deferred interrupt at vector f4"),
    0xF9: (ERR, "mce: Unexpected threshold interrupt at vector f9"),
    0xFA: (ERR, "CPU0: Unexpected LVT thermal interrupt!"),
    0xFF: (INFO, "Spurious APIC interrupt (vector 0xFF) on CPU#0, should never happen."),
}
_BURST = 10
"""Messages about vectors that nobody handles, before the kernel limits their rate."""


def interrupt(guest: Guest, vector: int) -> int:
    """Do what the kernel does on `int n`; return where the code goes on. Raises Died or Exhausted, and Needs where what
    follows is not known.
    """
    if vector in _DEADLY:
        raise guest.die(Oops((), _DEADLY[vector]), interrupt=vector == BREAKPOINT)
    number = interrupts.line_of_vector(guest, vector)
    if number is not None:
        interrupts.deliver(guest, number)
    elif vector in _WITHOUT_HANDLER:
        _unhandled(guest, vector)
    elif vector in _SPURIOUS:
        guest.printk(INFO, f"Spurious interrupt (vector {vector:#04x}) on CPU#0. Not pending!")
    elif vector in _MESSAGES:
        level, text = _MESSAGES[vector]
        for line in text.split("\n"):
            guest.printk(level, line)
    elif vector not in _SILENT:
        raise Needs(f"int {vector:#x}")
    return guest.frame[RIP]


def _unhandled(guest: Guest, vector: int) -> None:
    if interrupts.is_late(guest, vector):
        return
    table = guest.table("vectors")
    table["told"] = table.get("told", 0) + 1
    if table["told"] > _BURST:
        raise Needs(f"int {vector:#x}: the rate of messages about vectors")
    guest.printk(EMERG, f"__common_interrupt: 0.{vector} No irq handler for vector")
