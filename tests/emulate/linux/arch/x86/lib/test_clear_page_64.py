"""Tests of modtools/emulate/linux/arch/x86/lib/clear_page_64.py."""

from __future__ import annotations

import pytest

from modtools.emulate.cpu.x86_64.names import NAMES
from modtools.emulate.guest import Guest
from modtools.emulate.linux.arch.x86.lib import clear_page_64
from tests.emulated import caller

pytest.importorskip("unicorn")


def test_clearing_answers_in_a_register(guest: Guest) -> None:
    """What is left stands in RCX, behind what was cleared RDI; RAX is as it was."""
    rcx, rdi, rax = (NAMES.index(name) for name in ("rcx", "rdi", "rax"))
    guest.frame = [0] * len(NAMES)
    place = caller(guest, b"abcdef")
    guest.frame[rdi], guest.frame[rcx] = place, 3
    assert clear_page_64.clear_user_inline(guest) == guest.frame[rax] == 0
    assert (guest.memory.read(place, 6), guest.frame[rcx], guest.frame[rdi]) == (b"\0\0\0def", 0, place + 3)
    guest.frame[rdi], guest.frame[rcx] = 8, 3
    clear_page_64.clear_user_inline(guest)
    assert (guest.frame[rcx], guest.frame[rdi]) == (3, 8)
