"""What happens when the processor cannot go on: a fix-up, a warning, a missing symbol, or an oops.

From Linux 6.1: `lib/bug.c: report_bug()`. What a stop means is told by the processor's `Abi`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.bug_table import bug_at
from modtools.emulate.cpu.oops import CUT_HERE
from modtools.emulate.cpu.processor import Stop
from modtools.emulate.memory import address_space
from modtools.emulate.stops import Needs, Oops
from modtools.kernel.log import CRIT, WARNING
from modtools.link.memory import PAGE

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


def handle(guest: Guest, stop: Stop) -> int:
    """Return where the code goes on after a stop, if it does. Raises Needs and Died."""
    abi = guest.abi
    here = guest.frame[abi.pc]
    if length := abi.bug(guest, stop, here):
        return _bug(guest, here, length)
    if stop is Stop.UNKNOWN:
        raise Needs(guest.engine.unknown)
    done = abi.instruction(guest, stop, here)
    if done is not None:
        return done
    fault = guest.engine.page_fault
    if stop is Stop.FAULT and fault is not None:
        symbol = guest.addresses.slot_name(fault.address)
        if symbol is not None:
            raise Needs(symbol)
        if address_space.KERNEL <= fault.address < address_space.MODULES:
            raise Needs(f"{fault.address:#x}")
        if address_space.VMEMMAP <= fault.address < address_space.VMEMMAP_END:
            raise Needs(_of_page(guest, fault.address))
    target = abi.fixup_at(guest, here)
    if target is not None:
        return target
    raise guest.die(abi.oops(guest, stop))


def _of_page(guest: Guest, place: int) -> str:
    """Name what a `struct page` belongs to that nobody has made; all memory has one in Linux."""
    physical = (place - address_space.VMEMMAP) // address_space.STRUCT_PAGE * PAGE
    return guest.addresses.slot_name(address_space.KERNEL + physical) or f"struct page of {physical:#x}"


def _bug(guest: Guest, here: int, length: int) -> int:
    """Report the BUG or WARN that an instruction stands for; return where a WARN goes on, behind the instruction.
    Raises Died for a BUG.
    """
    bug = bug_at(guest, here)
    if bug is None:
        raise guest.die(Oops((), guest.abi.bug_name))
    if not bug.warning:
        place = f"kernel BUG at {bug.file}:{bug.line}!"
        raise guest.die(Oops(((WARNING, CUT_HERE), (CRIT, place)), guest.abi.bug_name))
    guest.frame[guest.abi.pc] = here
    guest.warn(bug)
    guest.engine.registers = guest.frame
    return here + length
