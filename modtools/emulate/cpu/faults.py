"""What happens when the processor cannot go on: a fix-up, a warning, a missing symbol, or an oops.

From Linux 6.1: `arch/x86/mm/fault.c: show_fault_oops()`, `arch/x86/kernel/traps.c: handle_bug(),
exc_general_protection(), exc_divide_error()`, `lib/bug.c: report_bug()`, `arch/x86/mm/extable.c: fixup_exception()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu import privileged, vectors
from modtools.emulate.cpu.decoding import LONGEST
from modtools.emulate.cpu.fixups import bug_at, fixup_at
from modtools.emulate.cpu.processor import RIP, Stop
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs, Trouble
from modtools.kernel.log import ALERT, CRIT, EMERG, WARNING
from modtools.kernel.runner import PAGE_FAULT
from modtools.link.memory import EXECUTE, PAGE, WRITE, Fault

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_UD2 = b"\x0f\x0b"
_CANONICAL = 1 << 47


def handle(guest: Guest, stop: Stop) -> int:
    """Return where the code goes on after a stop, if it does. Raises Needs and Died."""
    here = guest.frame[RIP]
    if stop is Stop.INVALID and _code(guest, here, 2) == _UD2:
        return _ud2(guest, here)
    if stop is Stop.UNKNOWN:
        raise Needs(guest.engine.unknown)
    done = _instruction(guest, stop, here)
    if done is not None:
        return done
    refusal = guest.engine.refusal
    if stop is Stop.FAULT and refusal is not None:
        symbol = guest.addresses.slot_name(refusal.address)
        if symbol is not None:
            raise Needs(symbol)
        if address_space.KERNEL <= refusal.address < address_space.MODULES:
            raise Needs(f"{refusal.address:#x}")
        if address_space.VMEMMAP <= refusal.address < address_space.VMEMMAP_END:
            raise Needs(_of_page(guest, refusal.address))
    target = fixup_at(guest, here)
    if target is not None:
        return target
    raise guest.die(_trouble(guest, stop))


def _instruction(guest: Guest, stop: Stop, here: int) -> int | None:
    """Do an instruction that is not the processor's own business; return where the code goes on, or None."""
    if stop is Stop.INTERRUPT:
        return vectors.interrupt(guest, guest.engine.vector or 0)
    if stop is Stop.PRIVILEGED:
        return privileged.perform(guest, _code(guest, here, LONGEST))
    if stop is Stop.INVALID:
        return privileged.random(guest, _code(guest, here, LONGEST))
    if stop is Stop.PROTECTION and guest.engine.refusal is None:
        unusual = privileged.unusual(guest, _code(guest, here, LONGEST))
        if unusual:
            raise Needs(unusual)
    return None


def _of_page(guest: Guest, place: int) -> str:
    """Name what a `struct page` belongs to that nobody has made; all memory has one in Linux."""
    physical = (place - address_space.VMEMMAP) // address_space.STRUCT_PAGE * PAGE
    return guest.addresses.slot_name(address_space.KERNEL + physical) or f"struct page of {physical:#x}"


def _code(guest: Guest, address: int, size: int) -> bytes:
    """Return so many bytes of code, or those before a page that is not there."""
    try:
        return guest.memory.read(address, size)
    except Fault as fault:
        return guest.memory.read(address, fault.address - address) if address < fault.address else b""


def _ud2(guest: Guest, here: int) -> int:
    """Report what a UD2 stands for; return where a WARN goes on, behind the instruction. Raises Died for a BUG."""
    bug = bug_at(guest, here)
    if bug is None:
        raise guest.die(Trouble((), "invalid opcode"))
    if not bug.warning:
        place = f"kernel BUG at {bug.file}:{bug.line}!"
        raise guest.die(Trouble(((WARNING, "------------[ cut here ]------------"), (CRIT, place)), "invalid opcode"))
    guest.frame[RIP] = here
    guest.warn(bug)
    guest.engine.registers = guest.frame
    return here + 2


def _trouble(guest: Guest, stop: Stop) -> Trouble:
    refusal = guest.engine.refusal
    if stop is Stop.DIVIDE:
        return Trouble((), "divide error")
    if stop is Stop.INVALID:
        return Trouble((), "invalid opcode")
    if refusal is None or stop is Stop.PROTECTION:
        return Trouble((), "general protection fault")
    address = refusal.address
    if refusal.access == EXECUTE and _CANONICAL <= address < (1 << 64) - _CANONICAL:
        return Trouble((), "general protection fault")
    if not (address < _CANONICAL or address >= (1 << 64) - _CANONICAL):
        return Trouble((), f"general protection fault, probably for non-canonical address {address:#x}")
    if guest.stack - PAGE <= address < guest.stack:
        text = f"BUG: TASK stack guard page was hit at {address:016x} (stack is {guest.stack:016x}.."
        return Trouble(
            ((EMERG, f"{text}{guest.stack + address_space.STACK_SIZE:016x})"),), "stack guard page", 0, address
        )
    return page_fault(address, refusal.access, refusal.present)


def page_fault(address: int, access: int, present: bool) -> Trouble:
    """Return the oops of an access that was refused, with the lines that show_fault_oops() logs."""
    code = present | (2 if access == WRITE else 0) | (16 if access == EXECUTE else 0)
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
    return Trouble(tuple(heading), PAGE_FAULT, code, address)
