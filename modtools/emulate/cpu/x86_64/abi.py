"""x86-64 as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.abi import Abi
from modtools.emulate.cpu.x86_64 import branches, calls, faults, fixups, native, oops
from modtools.emulate.cpu.x86_64.names import NAMES, RAX, RDX, RIP, RSP

if TYPE_CHECKING:
    from modtools.emulate.cpu.x86_64.engine import Engine


def _engine() -> type[Engine]:
    """Return what makes a processor; Unicorn is imported only here, when the first code is run."""
    from modtools.emulate.cpu.x86_64.engine import Engine

    return Engine


ABI = Abi(
    names=NAMES,
    pc=RIP,
    sp=RSP,
    result=RAX,
    second=RDX,
    stop_size=1,  # HLT
    engine=_engine,
    natives=native.CODE,
    enter=calls.enter,
    caller=calls.caller,
    arguments=calls.arguments,
    leave=calls.leave,
    va_list=calls.VaList,
    va_copy=calls.va_copy,
    interruptible=calls.interruptible,
    bug=faults.bug,
    bug_name=faults.INVALID_OPCODE,
    instruction=faults.instruction,
    fixup_at=fixups.fixup_at,
    oops=faults.oops,
    page_fault=faults.page_fault,
    show_registers=oops.show_registers,
    show_address=oops.show_address,
    without_interrupts=oops.WITHOUT_INTERRUPTS,
    branch=branches.branch,
)
