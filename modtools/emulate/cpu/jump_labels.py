"""Static keys: branches in a module's code that are switched by changing the code.

From Linux 6.1: `include/linux/jump_label.h`. Entries of `__jump_table` have the distances to the instruction, to the
target and to the key, each from its own place; the lowest bit of the last one says what the code does while the key is
off. The instruction is a jump or does nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from modtools.emulate.symbols.structs import View, size_of, view
from modtools.integers import MASK64

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.emulate.symbols.images import ModuleImage


def switch(guest: Guest, key: int, on: bool) -> None:
    """Set a key, and change every place that depends on it."""
    guest.memory.put(key, int(on), 4)
    owner = guest.module_at(key)
    users = [owner.name, *owner.users] if owner else list(guest.images)
    for image in (guest.images[name] for name in users if name in guest.images):
        for entry, its_key, branch in _entries(guest, image):
            if its_key == key:
                _patch(guest, entry, jump=on != branch)
    guest.memory_changed()


def update_module(guest: Guest, name: str) -> None:
    """Switch the branches of a module that has just been placed by the keys of other modules, which may be switched on
    already (`jump_label_add_module()`).
    """
    for entry, key, branch in _entries(guest, guest.images[name]):
        owner = guest.module_at(key)
        if owner is not None and owner.name != name:
            _patch(guest, entry, jump=(guest.memory.s32(key) > 0) != branch)


def _entries(guest: Guest, image: ModuleImage) -> Iterator[tuple[View, int, bool]]:
    """Yield each entry of a module with its key, and whether the code jumps while the key is off."""
    start, size = image.section("__jump_table")
    step = size_of(guest, "jump_entry")
    for at in range(start, start + size - step + 1, step):
        entry = view(guest, "jump_entry", at)
        distance = entry.key
        yield entry, entry.address("key") + (distance & ~3) & MASK64, bool(distance & 1)


def _patch(guest: Guest, entry: View, *, jump: bool) -> None:
    """Make an instruction a jump, or one that does nothing."""
    code = entry.address("code") + entry.code & MASK64
    target = entry.address("target") + entry.target & MASK64
    if guest.memory.mapped(code):
        guest.memory.write(code, guest.abi.branch(guest.memory, code, target, jump))
