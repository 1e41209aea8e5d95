"""What is made of a stop of the processor: instructions that Linux does, and the oops of an exception.

From Linux 6.1: `arch/x86/mm/fault.c: show_fault_oops()`, `arch/x86/kernel/traps.c: handle_bug(),
exc_general_protection(), exc_divide_error()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.processor import Stop
from modtools.emulate.cpu.x86_64 import calls, privileged, vectors
from modtools.emulate.cpu.x86_64.decoding import LONGEST
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs, Oops
from modtools.emulate.tasks import preemption
from modtools.kernel.log import ALERT, CRIT, EMERG
from modtools.kernel.runner import PAGE_FAULT
from modtools.link.memory import EXECUTE, PAGE, WRITE, Fault

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_UD2 = b"\x0f\x0b"
_CANONICAL = 1 << 47
_FETCH = 1 << 4
"""In the code of a page fault: that an instruction was fetched."""
INVALID_OPCODE = "invalid opcode"


def bug(guest: Guest, stop: Stop, here: int) -> int:
    """Return the length of the instruction that BUG() and WARN() are, where the processor stopped at one; else 0."""
    return len(_UD2) if stop is Stop.INVALID and _code(guest, here, len(_UD2)) == _UD2 else 0


def instruction(guest: Guest, stop: Stop, here: int) -> int | None:
    """Do an instruction that is not the processor's own business; return where the code goes on, or None."""
    if stop is Stop.INTERRUPT:
        return vectors.interrupt(guest, guest.engine.vector or 0)
    if stop is Stop.PRIVILEGED:
        return privileged.perform(guest, _code(guest, here, LONGEST))
    if stop is Stop.INVALID:
        return privileged.random(guest, _code(guest, here, LONGEST))
    if stop is Stop.PROTECTION and guest.engine.page_fault is None:
        unusual = privileged.unusual(guest, _code(guest, here, LONGEST))
        if unusual:
            raise Needs(unusual)
    return None


def _code(guest: Guest, address: int, size: int) -> bytes:
    """Return so many bytes of code, or those before a page that is not there."""
    try:
        return guest.memory.read(address, size)
    except Fault as fault:
        return guest.memory.read(address, fault.address - address) if address < fault.address else b""


def oops(guest: Guest, stop: Stop) -> Oops:
    """Return the oops of a stop that nobody has foreseen."""
    fault = guest.engine.page_fault
    if stop is Stop.DIVIDE:
        return Oops((), "divide error")
    if stop is Stop.INVALID:
        return Oops((), INVALID_OPCODE)
    if fault is None or stop is Stop.PROTECTION:
        return Oops((), "general protection fault")
    address = fault.address
    if fault.access == EXECUTE and _CANONICAL <= address < (1 << 64) - _CANONICAL:
        return Oops((), "general protection fault")
    if not (address < _CANONICAL or address >= (1 << 64) - _CANONICAL):
        return Oops((), f"general protection fault, probably for non-canonical address {address:#x}")
    if guest.stack - PAGE <= address < guest.stack:
        text = f"BUG: TASK stack guard page was hit at {address:016x} (stack is {guest.stack:016x}.."
        return Oops(((EMERG, f"{text}{guest.stack + address_space.STACK_SIZE:016x})"),), "stack guard page", 0, address)
    return page_fault(address, fault.access, fault.present)


def is_checked_fault(guest: Guest, death: Oops) -> bool:
    """Return whether an oops is of a process that reached for a user's address where it could sleep, if only
    interrupts were let in (`do_user_addr_fault()`).
    """
    if death.name != PAGE_FAULT or death.address is None or death.address >= _CANONICAL or death.code & _FETCH:
        return False
    return not (calls.interruptible(guest.frame) or preemption.count(guest) or guest.scheduler.current)


def page_fault(address: int, access: int, present: bool) -> Oops:
    """Return the oops of an access that was refused, with the lines that show_fault_oops() logs."""
    code = present | (2 if access == WRITE else 0) | (_FETCH if access == EXECUTE else 0)
    what = {WRITE: "write access", EXECUTE: "instruction fetch"}.get(access, "read access")
    if address < 4096:
        first = f"BUG: kernel NULL pointer dereference, address: {address:016x}"
    else:
        first = f"BUG: unable to handle page fault for address: {address:016x}"
    why = "permissions violation" if present else "not-present page"
    heading = [(ALERT, first), (ALERT, f"#PF: supervisor {what} in kernel mode")]
    heading.append((ALERT, f"#PF: error_code({code:#06x}) - {why}"))
    if present and access == EXECUTE:
        heading.insert(0, (CRIT, "kernel tried to execute NX-protected page - exploit attempt? (uid: 0)"))
    return Oops(tuple(heading), PAGE_FAULT, code, address)
