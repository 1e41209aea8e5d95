"""Taking apart the few kinds of x86-64 instructions that are not left to the processor.

From Intel's Software Developer's Manual, volume 2, chapter 2: prefixes, REX, opcode, ModRM, SIB, displacement.
"""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import NUMBERS, RIP
from modtools.integers import MASK64
from modtools.light import NamedTuple

PREFIXES = frozenset(b"\x66\x67\xf2\xf3\xf0\x2e\x36\x3e\x26\x64\x65")
REX = range(0x40, 0x50)
LONGEST = 15
_SEGMENTED = frozenset(b"\x64\x65\x67")


class Instruction(NamedTuple):
    """An instruction of two bytes, the first of which is 0F: its second byte, and its operands.

    `modrm` is that byte; `register` and `other` are places in a frame; `other` is None where the operand is memory at
    `address`. `size` is the operand's in bytes, `length` the instruction's.
    """

    opcode: int
    prefixes: bytes
    modrm: int
    register: int
    other: int | None
    address: int
    size: int
    length: int

    @property
    def digit(self) -> int:
        """Return the three bits of ModRM that extend the opcode."""
        return self.modrm >> 3 & 7


def opening(code: bytes) -> tuple[bytes, int, int]:
    """Return what stands before the opcode (the prefixes; REX or 0) and where the opcode is."""
    at = 0
    while at < len(code) and code[at] in PREFIXES:
        at += 1
    rex = code[at] if at < len(code) and code[at] in REX else 0
    return code[:at], rex, at + bool(rex)


def decode(code: bytes, frame: list[int]) -> Instruction | None:
    """Return the instruction at RIP; None for any other kind, and for what is out of the ordinary."""
    prefixes, rex, at = opening(code)
    if code[at : at + 1] != b"\x0f" or len(code) < at + 3 or 0xF0 in prefixes:
        return None
    opcode, modrm, at = code[at + 1], code[at + 2], at + 3
    register = NUMBERS[modrm >> 3 & 7 | (rex & 4) << 1]
    size = 8 if rex & 8 else 2 if 0x66 in prefixes else 4
    if modrm >> 6 == 3:
        return Instruction(opcode, prefixes, modrm, register, NUMBERS[modrm & 7 | (rex & 1) << 3], 0, size, at)
    found = _address(code.ljust(LONGEST + 8, b"\0"), at, modrm, rex, frame)
    if found is None or _SEGMENTED & set(prefixes):
        return None
    return Instruction(opcode, prefixes, modrm, register, None, found[0], size, found[1])


def _address(code: bytes, at: int, modrm: int, rex: int, frame: list[int]) -> tuple[int, int] | None:
    """Return the address of an operand in memory and the length of the instruction; None if it cannot be told."""
    mode, base, index = modrm >> 6, modrm & 7, 0
    if base == 4:
        sib, at = code[at], at + 1
        base, number = sib & 7, sib >> 3 & 7 | (rex & 2) << 2
        index = 0 if number == 4 else frame[NUMBERS[number]] << (sib >> 6)
    size = (0, 1, 4)[mode] or (4 if base == 5 and not mode else 0)
    moved, end = int.from_bytes(code[at : at + size], "little", signed=True), at + size
    if base == 5 and not mode:
        if modrm & 7 == 4:
            return index + moved & MASK64, end
        return frame[RIP] + end + moved & MASK64, end
    return frame[NUMBERS[base | (rex & 1) << 3]] + index + moved & MASK64, end
