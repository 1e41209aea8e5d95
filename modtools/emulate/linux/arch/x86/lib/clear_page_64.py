"""arch/x86/lib/clear_page_64.S: Writing zeros: over a page, and to a program's memory."""

from __future__ import annotations

from modtools.emulate.cpu.x86_64.names import NAMES, RAX
from modtools.emulate.guest import Guest
from modtools.emulate.memory.user_memory import accessible
from modtools.emulate.symbols.registry import function
from modtools.link.memory import Fault

RCX, _RDI = NAMES.index("rcx"), NAMES.index("rdi")


@function("unsigned long clear_user(void __user *to, unsigned long n)")
def clear_user(guest: Guest, to: int, size: int) -> int:
    """`arch/x86/include/asm/uaccess_64.h`: Write zeros to the user; return how many bytes could not be written."""
    return clear(guest, to, size) if accessible(to, size) else size


def clear(guest: Guest, to: int, size: int) -> int:
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
    size = clear(guest, frame[_RDI], frame[RCX])
    frame[_RDI] += frame[RCX] - size
    frame[RCX] = size
    return frame[RAX]
