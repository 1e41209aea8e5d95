"""Static keys: branches in a module's code that are switched by changing the code.

From Linux 6.1: `include/linux/jump_label.h`, `arch/x86/kernel/jump_label.c`. `__jump_table` has entries of 16 bytes,
little-endian: s32 distance to the instruction, s32 distance to the target, both from their own places, s64 distance to
the key from its own place, whose lowest bit says what the code does while the key is off. The instruction is a jump or
a no-operation of two or five bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.integers import MASK64

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest


_ENTRY = 16
_NOPS = {2: bytes.fromhex("6690"), 5: bytes.fromhex("0f1f440000")}
_LONG_FORMS = (b"\xe9", b"\x0f")


def switch(guest: Guest, key: int, on: bool) -> None:
    """Set a key, and change every place that depends on it."""
    guest.memory.put(key, int(on), 4)
    for at, branch in _entries(guest, key):
        _patch(guest, at, jump=on != branch)
    guest.memory_changed()


def settle(guest: Guest, name: str) -> None:
    """Switch the branches of a module that has just been placed by the keys of other modules, which may be switched on
    already (`jump_label_add_module()`).
    """
    start, size = guest.images[name].section("__jump_table")
    memory = guest.memory
    for at in range(start, start + size - _ENTRY + 1, _ENTRY):
        value = memory.u64(at + 8)
        key = at + 8 + (value & ~3) & MASK64
        owner = guest.module_at(key)
        if owner is not None and owner.name != name:
            _patch(guest, at, jump=(memory.s32(key) > 0) != bool(value & 1))


def _entries(guest: Guest, key: int) -> Iterator[tuple[int, bool]]:
    memory = guest.memory
    for image in guest.images.values():
        start, size = image.section("__jump_table")
        for at in range(start, start + size - _ENTRY + 1, _ENTRY):
            value = memory.u64(at + 8)
            if at + 8 + (value & ~3) & MASK64 == key:
                yield at, bool(value & 1)


def _patch(guest: Guest, at: int, *, jump: bool) -> None:
    memory = guest.memory
    code, target = at + memory.s32(at) & MASK64, at + 4 + memory.s32(at + 4) & MASK64
    if not memory.mapped(code):
        return
    size = 5 if memory.read(code, 1) in _LONG_FORMS else 2
    distance = target - code - size
    new = (b"\xe9" if size == 5 else b"\xeb") + distance.to_bytes(size - 1, "little", signed=True)
    memory.write(code, new if jump else _NOPS[size])
