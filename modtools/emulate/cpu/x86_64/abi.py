"""x86-64 as one value."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from modtools.emulate.cpu.abi import Abi
from modtools.emulate.cpu.x86_64 import branches, calls, faults, fixups, native, pt_regs, returns
from modtools.emulate.cpu.x86_64 import oops as registers
from modtools.emulate.cpu.x86_64.names import NAMES, RAX, RDX, RIP, RSP

if TYPE_CHECKING:
    from modtools.emulate.cpu.x86_64.engine import Engine
    from modtools.emulate.guest import Guest


def _engine() -> type[Engine]:
    """Return what makes a processor; Unicorn is imported only here, when the first code is run."""
    from modtools.emulate.cpu.x86_64.engine import Engine

    return Engine


def _counts_for_ever(guest: Guest, passes: int) -> int:
    """Ask `endless`, which is imported only here: few modules keep the processor for long."""
    from modtools.emulate.cpu.x86_64 import endless

    return endless.counts_for_ever(guest, passes)


class Amd64(Abi):
    """x86-64, as Linux's own code is compiled for it."""

    __slots__ = ()

    names = NAMES
    pc = RIP
    sp = RSP
    result = RAX
    second = RDX
    stop_size = 1  # HLT
    engine = staticmethod(_engine)
    natives = native.CODE
    enter = staticmethod(calls.enter)
    caller = staticmethod(calls.caller)
    arguments = staticmethod(calls.arguments)
    leave = staticmethod(calls.leave)
    redirect = staticmethod(calls.redirect)
    returned = staticmethod(calls.returned)
    trace_size = 5  # a CALL
    save = staticmethod(pt_regs.save)
    restore = staticmethod(pt_regs.restore)
    va_list = calls.VaList
    va_copy = staticmethod(calls.va_copy)
    interruptible = staticmethod(calls.interruptible)
    let_in = staticmethod(calls.let_in)
    counts_for_ever = staticmethod(_counts_for_ever)
    bug = staticmethod(faults.bug)
    bug_name = faults.INVALID_OPCODE
    instruction = staticmethod(faults.instruction)
    fixup_at = staticmethod(fixups.fixup_at)
    oops = staticmethod(faults.oops)
    page_fault = staticmethod(faults.page_fault)
    is_checked_fault = staticmethod(faults.is_checked_fault)
    show_registers = staticmethod(registers.show_registers)
    show_address = staticmethod(registers.show_address)
    without_interrupts = registers.WITHOUT_INTERRUPTS
    current = "current_task"
    preempt_count = "__preempt_count"
    gathered = MappingProxyType({"current_task": "current_task", "__preempt_count": "preempt_count"})
    finish = staticmethod(returns.finish)
    branch = staticmethod(branches.branch)
    trampoline = staticmethod(branches.trampoline)


ABI = Amd64()
