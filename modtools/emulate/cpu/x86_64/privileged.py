"""Instructions that show or change the state of the processor itself, as the recorded machine answers them.

Its state is `hardware.System`. What would change it stops the run, for what code would meet then is not known; writing
what is there already changes nothing. Learned from `tests/data/instructions/*.t`, and QEMU 7.2's `target/i386/
tcg/sysemu/misc_helper.c` for which registers there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from modtools.emulate.cpu.x86_64.decoding import LONGEST, Instruction, decode, opening
from modtools.emulate.cpu.x86_64.names import EFLAGS, NUMBERS, RAX, RCX, RDX, RIP
from modtools.emulate.stops import Needs, Oops

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_SYSCALL, _SYSRET, _FROM_CONTROL, _FROM_DEBUG, _TO_CONTROL, _TO_DEBUG = 0x05, 0x07, 0x20, 0x21, 0x22, 0x23
_TASK, _TABLES, _LAR, _LSL, _WRMSR, _RDMSR, _RANDOM = 0x00, 0x01, 0x02, 0x03, 0x30, 0x32, 0xC7
_NAMES = {_LAR: "LAR", _LSL: "LSL", _SYSCALL: "SYSCALL", _SYSRET: "SYSRET"}
OPCODES = tuple(
    bytes((0x0F, second))
    for second in (_TASK, _TABLES, *_NAMES, _FROM_CONTROL, _FROM_DEBUG, _TO_CONTROL, _TO_DEBUG, _WRMSR, _RDMSR)
)
_SWAPGS = 0xF8
_TASK_NAMES = ("SLDT", "STR", "LLDT", "LTR", "VERR", "VERW")
_TABLE_NAMES = ("SGDT", "SIDT", "LGDT", "LIDT", "SMSW", "", "LMSW", "")
_DESCRIPTORS = {b"\xcf": "IRET", b"\xcb": "RETF", b"\xca": "RETF", b"\x8e": "segment registers"}
_CARRY, _TRAP, _STATUS = 1, 0x100, 0x8D5
"""CF, and OF, SF, ZF, AF, PF, CF."""


def is_privileged(code: bytes) -> bool:
    """Return whether the instruction that begins here is one that `perform` does."""
    _, _, at = opening(code)
    if code[at : at + 2] not in OPCODES or len(code) < at + 3:
        return False
    opcode, modrm = code[at + 1], code[at + 2]
    if opcode == _TABLES:
        return modrm == _SWAPGS or (bool(_TABLE_NAMES[modrm >> 3 & 7]) and (modrm < 0xC0 or modrm >> 3 & 7 in (4, 6)))
    return opcode != _TASK or modrm >> 3 & 7 < len(_TASK_NAMES)


def perform(guest: Guest, code: bytes) -> int:
    """Do the instruction at RIP; return where the code goes on. Raises Needs, and Died."""
    code = code.ljust(LONGEST + 3, b"\0")
    _, _, at = opening(code)
    if code[at + 1] in _NAMES:
        raise Needs(_NAMES[code[at + 1]])
    if code[at + 1] in (_RDMSR, _WRMSR):
        _msr(guest, write=code[at + 1] == _WRMSR)
        return _next_instruction(guest, at + 2)
    found = decode(code, guest.frame)
    if found is None:
        raise Needs(f"the instruction {code[:8].hex(' ')}")
    if found.opcode == _TASK:
        _task(guest, found)
    elif found.opcode == _TABLES:
        _tables(guest, found)
    else:
        _move(guest, found)
    return _next_instruction(guest, found.length)


def random(guest: Guest, code: bytes) -> int | None:
    """Do RDRAND or RDSEED, which the processor does not know; return where the code goes on, None for any other
    instruction.
    """
    found = decode(code, guest.frame)
    if found is None or found.opcode != _RANDOM or found.digit < 6 or found.other is None or 0xF3 in found.prefixes:
        return None
    from modtools.emulate.machine.random import random_bytes  # not before it is needed: it takes long to import

    frame = guest.frame
    _put(guest, found, int.from_bytes(random_bytes(guest, found.size), "little"))
    frame[EFLAGS] = frame[EFLAGS] & ~_STATUS | _CARRY
    return _next_instruction(guest, found.length)


def unusual(guest: Guest, code: bytes) -> str:
    """Return the name of an instruction that fails here for want of descriptors and single steps, which Linux has; ""
    for any other.
    """
    if guest.frame[EFLAGS] & _TRAP:
        return "single steps"
    _, _, at = opening(code)
    first, digit = code[at : at + 1], code[at + 1] >> 3 & 7 if len(code) > at + 1 else 0
    if first == b"\xff" and digit in (3, 5):
        return "far jumps and calls"
    return _DESCRIPTORS.get(first, "")


def _next_instruction(guest: Guest, length: int) -> int:
    guest.engine.registers = guest.frame
    return guest.frame[RIP] + length


def _put(guest: Guest, found: Instruction, value: int) -> None:
    """Store a value in the register operand, as much of it as the operand is wide; with half a register, the upper half
    is cleared.
    """
    if found.other is None:
        guest.memory.put(found.address, value, 2)  # all that such instructions store
    elif found.size == 2:
        guest.frame[found.other] = guest.frame[found.other] & ~0xFFFF | value & 0xFFFF
    else:
        guest.frame[found.other] = value & (1 << 8 * found.size) - 1


def _get(guest: Guest, found: Instruction) -> int:
    return guest.memory.u16(found.address) if found.other is None else guest.frame[found.other] & 0xFFFF


def _task(guest: Guest, found: Instruction) -> None:
    """Do an instruction on the registers of tasks and local descriptors."""
    system, name = guest.hardware.system, _TASK_NAMES[found.digit]
    if name == "SLDT":
        _put(guest, found, 0)
    elif name == "STR":
        _put(guest, found, system.task)
    elif name == "LTR" and _get(guest, found) == system.task:  # which is busy
        raise guest.die(Oops((), "segment-related general protection fault", system.task))
    elif name != "LLDT" or _get(guest, found):
        raise Needs(name)


def _tables(guest: Guest, found: Instruction) -> None:
    """Do an instruction on the registers of descriptor tables, or LMSW and SMSW, the oldest way to control register
    0.
    """
    system, name = guest.hardware.system, _TABLE_NAMES[found.digit]
    if found.modrm == _SWAPGS:
        raise Needs("SWAPGS")
    if name == "SMSW":
        _put(guest, found, system.control[0])
    elif name == "LMSW":
        if (_get(guest, found) ^ system.control[0]) & 0xF:
            raise Needs("LMSW")
    else:
        limit, base = system.descriptors if name.endswith("GDT") else system.interrupts
        value = limit.to_bytes(2, "little") + base.to_bytes(8, "little")
        if name[0] == "S":
            guest.memory.write(found.address, value)
        elif guest.memory.read(found.address, len(value)) != value:
            raise Needs(name)


def _move(guest: Guest, found: Instruction) -> None:
    """Do MOV from or to a control or debug register: always 64 bits of two registers, whatever ModRM says of memory."""
    kind = "DR" if found.opcode & 1 else "CR"
    table = guest.hardware.system.debug if kind == "DR" else guest.hardware.system.control
    number, register = NUMBERS.index(found.register), found.other
    if kind == "CR" and number not in (0, 2, 3, 4, 8):
        raise guest.die(Oops((), "invalid opcode"))
    value = table.get(number)
    if value is None or register is None:
        raise Needs(f"{kind}{number}")
    if found.opcode in (_FROM_CONTROL, _FROM_DEBUG):
        guest.frame[register] = value
    elif guest.frame[register] != value:
        raise Needs(f"{kind}{number} = {guest.frame[register]:#x}")


_LSTAR = 0xC0000082
"""The model-specific register with the address that system calls go to."""


def _entry(guest: Guest) -> int | None:
    """Return where system calls go to, as the kernel's own table of symbols tells it; None if it does not."""
    return next((address for address, _, name in guest.profile.kallsyms if name == "entry_SYSCALL_64"), None)


def _msr(guest: Guest, *, write: bool) -> None:
    """Read or write a model-specific register; one that the machine does not have reads as 0, and takes anything."""
    frame, system = guest.frame, guest.hardware.system
    number = frame[RCX] & 0xFFFFFFFF
    value = _entry(guest) if number == _LSTAR else system.msr(number)
    written = (frame[RDX] & 0xFFFFFFFF) << 32 | frame[RAX] & 0xFFFFFFFF
    if value is None or (write and number in {*system.msrs, _LSTAR} and written != value):
        raise Needs(f"MSR {number:#x}" + (f" = {written:#x}" if write else ""))
    if not write:
        frame[RAX], frame[RDX] = value & 0xFFFFFFFF, value >> 32
