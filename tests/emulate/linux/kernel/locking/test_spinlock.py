"""Tests of modtools/emulate/linux/kernel/locking/spinlock.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from tests.emulated import code

pytest.importorskip("unicorn")


@pytest.mark.parametrize("name", ["spin", "write", "read"])
def test_locks_switch_the_flag_of_interrupts(guest: Guest, name: str) -> None:
    """Within a lock that saves the flags they are off; what was saved decides what they are afterwards."""
    lock = guest.heap.kmalloc(8)
    take, give = (guest.address_of(f"_raw_{name}_{what}") for what in ("lock_irqsave", "unlock_irqrestore"))
    flags = guest.address_of("native_save_fl")
    parts = [
        f"53 48bb{lock.to_bytes(8, 'little').hex()}",  # push rbx; mov rbx,lock
        "4889df", f"48b8{take.to_bytes(8, 'little').hex()} ffd0 50",  # call it with the lock; push rax
        f"48b8{flags.to_bytes(8, 'little').hex()} ffd0 5e 50",  # call; pop rsi: the saved ones; push rax
        "4889df", f"48b8{give.to_bytes(8, 'little').hex()} ffd0",
        f"48b8{flags.to_bytes(8, 'little').hex()} ffd0 5a 5b 48c1e010 09d0 c3",  # pop rdx, rbx; shl rax,16; or eax,edx
    ]  # fmt: skip
    both = guest.call(code(guest, "".join(parts)))
    assert (both & 0x200, both >> 16 & 0x200, guest.memory.u32(lock)) == (0, 0x200, 0)
