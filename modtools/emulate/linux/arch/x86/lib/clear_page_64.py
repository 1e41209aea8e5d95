"""arch/x86/lib/clear_page_64.S: Writing zeros to a program's memory."""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import RAX, RCX, RDI
from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault


def _clear(guest: Guest, to: int, size: int) -> int:
    """Write zeros to a program's memory; return how many bytes could not be written."""
    try:
        guest.memory.write(to, bytes(guest.bounded(size)))
    except Fault:
        return size
    return 0


@function("void clear_user_original(void)", "void clear_user_rep_good(void)", "void clear_user_erms(void)")
def clear_user_inline(guest: Guest) -> int:
    """Write zeros to the place in RDI, as many as RCX says, which gets how many are left; RAX stays."""
    frame = guest.frame
    size = _clear(guest, frame[RDI], frame[RCX])
    frame[RDI] += frame[RCX] - size
    frame[RCX] = size
    return frame[RAX]
