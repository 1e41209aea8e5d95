"""Returns that jump to a thunk, as compilers write them for processors that may speculate on a return.

From Linux 6.1: `arch/x86/kernel/alternative.c: apply_returns()`. Entries of `.return_sites` are the distances to these
jumps, four bytes from their own place; on the machine that there is each becomes a plain `ret`. A jump that has no
entry stays: where objtool gave up, which is a warning of the build only, there is none at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from modtools.emulate.guest import Guest
    from modtools.emulate.symbols.images import ModuleImage

_ENTRY = 4
_JUMP, _RETURN = b"\xe9", b"\xc3\xcc\xcc\xcc\xcc"  # jmp rel32; ret, and what nobody comes to


def finish(guest: Guest, image: ModuleImage) -> None:
    """Make plain returns of the jumps in a module that has just been mapped."""
    start, size = image.section(".return_sites")
    for at in range(start, start + size - _ENTRY + 1, _ENTRY):
        place = at + guest.memory.s32(at)
        if guest.memory.mapped(place, len(_RETURN)) and guest.memory.read(place, 1) == _JUMP:
            guest.memory.fill(place, _RETURN)
