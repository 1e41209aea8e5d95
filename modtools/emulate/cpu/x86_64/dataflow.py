"""What simple x86-64 instructions depend on, and what on them: enough for the loops that compilers make of counting.

From Intel's Software Developer's Manual, volume 2, appendix A, "One-byte Opcode Map" and "Two-byte Opcode Map". What is
read and written are cells: a register by its place in a frame, the flags, and eight bytes of memory by their address
divided by eight.
"""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.decoding import LONGEST, opening
from modtools.emulate.cpu.x86_64.names import EFLAGS, NUMBERS, RAX, RCX
from modtools.integers import MASK64
from modtools.light import NamedTuple

CELL = 8
"""Bytes of memory that are one cell."""
_TWO_BYTES, _NOP, _PAUSE = 0x0F, 0x90, b"\xf3\x90"
_NO_OPERANDS = frozenset(b"\x90\xeb\xe9")


class Access(NamedTuple):
    """How an instruction uses its operand of memory or a register, its other register, and the flags: "r", "w", "rw".
    `besides` is a register that is read, too; the operand is used as an address only where `derives` is set.
    """

    operand: str = ""
    register: str = ""
    flags: str = ""
    has_operand: bool = True
    accumulator: bool = False
    besides: int | None = None
    derives: bool = False


class Flow(NamedTuple):
    """What one instruction does: the cells that it reads, those that it writes as a whole and in part, those that an
    address in it is made of, and whether it goes elsewhere if the flags say so.
    """

    reads: set[int]
    writes: set[int]
    parts: set[int]
    addresses: set[int]
    branches: bool


def _arithmetic() -> dict[int, Access]:
    """ADD, OR, ADC, SBB, AND, SUB, XOR and CMP, in the forms of 00 to 3D."""
    found = {}
    for number in range(8):
        changes, flags = ("r" if number == 7 else "rw"), ("rw" if number in (2, 3) else "w")
        for form in range(6):
            to_register = form > 1
            access = Access("r" if to_register else changes, changes if to_register else "r", flags)
            found[number * 8 + form] = access if form < 4 else access._replace(has_operand=False, accumulator=True)
    return found


_MOVES = (
    {0x88: Access("w", "r"), 0x89: Access("w", "r"), 0x8A: Access("r", "w"), 0x8B: Access("r", "w")}
    | {0x63: Access("r", "w"), 0x8D: Access("", "w", derives=True), 0xC6: Access("w"), 0xC7: Access("w")}
    | {code: Access(register="w", has_operand=False) for code in range(0xB0, 0xC0)}
)
_TESTS = {0x84: Access("r", "r", "w"), 0x85: Access("r", "r", "w")}
_TESTS |= {code: Access("", "r", "w", has_operand=False, accumulator=True) for code in (0xA8, 0xA9)}
_SHIFTS = {code: Access("rw", flags="rw") for code in (0xC0, 0xC1, 0xD0, 0xD1)}
_SHIFTS |= {code: Access("rw", flags="rw", besides=RCX) for code in (0xD2, 0xD3)}
_JUMPS = {code: Access(flags="r", has_operand=False) for code in range(0x70, 0x80)}
_OTHERS = {0x69: Access("r", "w", "w"), 0x6B: Access("r", "w", "w")}
_OTHERS |= {code: Access(has_operand=False) for code in _NO_OPERANDS}
_ONE = _arithmetic() | _MOVES | _TESTS | _SHIFTS | _JUMPS | _OTHERS
_TWO = (
    {0x1F: Access(), 0xAF: Access("r", "rw", "w")}
    | {code: Access("r", "w") for code in (0xB6, 0xB7, 0xBE, 0xBF)}
    | {code: Access("r", "rw", "r") for code in range(0x40, 0x50)}
    | {code: Access(flags="r", has_operand=False) for code in range(0x80, 0x90)}
    | {code: Access("w", flags="r") for code in range(0x90, 0xA0)}
)
_STEP = Access("rw", flags="rw")
_GROUPS = (
    {(code, digit): _arithmetic()[digit * 8]._replace(register="") for code in (0x80, 0x81, 0x83) for digit in range(8)}
    | {(code, digit): _STEP for code in (0xFE, 0xFF) for digit in (0, 1)}
    | {(code, 0): Access("r", flags="w") for code in (0xF6, 0xF7)}
    | {(code, 2): Access("rw") for code in (0xF6, 0xF7)}
    | {(code, 3): Access("rw", flags="w") for code in (0xF6, 0xF7)}
)
"""Of opcodes that three bits of ModRM extend."""
_BYTES = frozenset(b"\x80\xc0\xc6\xd0\xd2\xf6\xfe\x84\x88\x8a\xa8") | {
    *range(0xB0, 0xB8),
    *(number + form for number in range(0, 64, 8) for form in (0, 2, 4)),
}
_BYTES_OF_TWO = frozenset(range(0x90, 0xA0))
_ZEROED = frozenset(b"\x29\x2b\x31\x33")
"""SUB and XOR, which give 0 for a register with itself."""


def flow(code: bytes, frame: list[int], end: int) -> Flow | None:
    """Return what the instruction at the front of some code does, with these registers; `end` is the address behind it.
    None for one that is not of the simple kinds.
    """
    code = code.ljust(LONGEST, b"\0")
    prefixes, rex, at = opening(code)
    two = code[at] == _TWO_BYTES
    opcode, modrm = code[at + two], code[at + two + 1]
    access = (_TWO if two else _ONE).get(opcode) or (None if two else _GROUPS.get((opcode, modrm >> 3 & 7)))
    if access is None or (prefixes not in (b"", b"\x66") and code[:2] != _PAUSE) or (rex and code[at] == _NOP):
        return None  # with REX it may exchange registers
    size = 1 if opcode in (_BYTES_OF_TWO if two else _BYTES) else 8 if rex & 8 else 2 if prefixes else 4
    found = Flow(set(), set(), set(), set(), access.flags == "r" and not access.has_operand)
    if access.has_operand:
        _add_operand(found, access, code[at + two + 1 :], rex, size, frame, end)
    if access.register:
        _add(found, access.register, {_register_operand(access, opcode, modrm, rex, size)}, whole=size > 2)
    _add(found, access.flags, {EFLAGS}, whole="r" not in access.flags)
    if access.besides is not None:
        found.reads.add(access.besides)
    if opcode in _ZEROED and not two and modrm >> 6 == 3 and len(found.reads) == 1 == len(found.writes - {EFLAGS}):
        found.reads.clear()
    return found


def _add(found: Flow, use: str, cells: set[int], *, whole: bool) -> None:
    if "r" in use:
        found.reads.update(cells)
    if "w" in use:
        (found.writes if whole else found.parts).update(cells)


def _register_operand(access: Access, opcode: int, modrm: int, rex: int, size: int) -> int:
    if access.accumulator:
        return RAX
    if not access.has_operand:
        return _register(opcode & 7, rex & 1, rex, size)
    return _register(modrm >> 3 & 7, rex >> 2 & 1, rex, size)


def _register(number: int, high: int, rex: int, size: int) -> int:
    """Return the cell of a register; of one byte and without REX, 4 to 7 are the second bytes of 0 to 3."""
    return NUMBERS[number & 3 if size == 1 and not rex else number | high << 3]


def _add_operand(found: Flow, access: Access, code: bytes, rex: int, size: int, frame: list[int], end: int) -> None:
    if code[0] >> 6 == 3:
        _add(found, access.operand, {_register(code[0] & 7, rex & 1, rex, size)}, whole=size > 2)
        return
    address, cells = _address(code, rex, frame, end)
    if access.operand:
        found.addresses.update(cells)
        memory = {address // CELL, (address + size - 1) // CELL}
        _add(found, access.operand, memory, whole=size == CELL and len(memory) == 1)
    elif access.derives:
        found.reads.update(cells)


def _address(code: bytes, rex: int, frame: list[int], end: int) -> tuple[int, set[int]]:
    """Return the address of an operand in memory, with whose ModRM code begins, and the registers in it."""
    mode, base, at, address, cells = code[0] >> 6, code[0] & 7, 1, 0, set()
    relative = base == 5 and not mode
    if base == 4:
        sib, at = code[1], 2
        base, number = sib & 7, sib >> 3 & 7 | (rex & 2) << 2
        if number != 4:
            cells.add(NUMBERS[number])
            address = frame[NUMBERS[number]] << (sib >> 6)
    size = (0, 1, 4)[mode] or (4 if base == 5 and not mode else 0)
    address += int.from_bytes(code[at : at + size], "little", signed=True)
    if relative:
        address += end
    elif base != 5 or mode:
        cells.add(NUMBERS[base | (rex & 1) << 3])
        address += frame[NUMBERS[base | (rex & 1) << 3]]
    return address & MASK64, cells
