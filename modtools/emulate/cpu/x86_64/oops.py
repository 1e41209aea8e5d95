"""The registers in a warning and an oops.

From Linux 6.1: `arch/x86/kernel/process_64.c: __show_regs()`, `arch/x86/kernel/dumpstack.c: show_opcodes()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.x86_64.names import NAMES, RIP
from modtools.kernel.runner import PAGE_FAULT
from modtools.link.memory import Fault

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest

_ROWS = ("rax rbx rcx", "rdx rsi rdi", "rbp r8 r9", "r10 r11 r12", "r13 r14 r15")
_BEFORE = 42
"""Bytes of code that are shown before the instruction."""
WITHOUT_INTERRUPTS = (PAGE_FAULT, "unexpected #NM exception")
"""Oopses whose handlers run with interrupts disabled; the others enable them where the code had them so."""


def show_address(address: int) -> str:
    """Return the line with the address that could not be reached."""
    return f"CR2: {address:016x}"


def show_registers(guest: Guest, address: int | None) -> list[str]:
    """Return lines with where the processor was, the code there, and the registers; `address` is what it could not
    reach.
    """
    values = dict(zip(NAMES, guest.frame, strict=True))
    here = guest.frame[RIP]
    lines = [f"RIP: 0010:{guest.describe(here)}", f"Code: {_code(guest, here)}"]
    lines.append(f"RSP: 0018:{values['rsp']:016x} EFLAGS: {values['eflags'] | 0x10000:08x}")
    lines += [" ".join(f"R{name[1:].upper():0>2}: {values[name]:016x}" for name in row.split()) for row in _ROWS]
    lines.append(f"FS:  0000000000000000(0000) GS:{guest.per_cpu.offset:016x}(0000) knlGS:0000000000000000")
    lines.append("CS:  0010 DS: 0000 ES: 0000 CR0: 0000000080050033")
    lines.append(f"CR2: {address or 0:016x} CR3: 0000000006180000 CR4: 00000000000006f0")
    return lines


def _code(guest: Guest, here: int) -> str:
    """Return the bytes around an instruction, the one where it begins in angle brackets."""
    try:
        code = guest.memory.read(here - _BEFORE, 64)
    except Fault:
        return f"Unable to access opcode bytes at {here - _BEFORE:#x}."
    return f"{code[:_BEFORE].hex(' ')} <{code[_BEFORE]:02x}> {code[_BEFORE + 1 :].hex(' ')}"
