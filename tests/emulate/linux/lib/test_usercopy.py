"""Tests of modtools/emulate/linux/lib/usercopy.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import usercopy
from modtools.emulate.linux.mm import util
from modtools.emulate.memory import user_memory
from modtools.link.memory import PAGE
from modtools.linuxerrno import EFAULT, EINVAL

pytest.importorskip("unicorn")


def test_copies_stay_within_the_program(guest: Guest) -> None:
    """The kernel's own memory is no program's; of a stretch that ends too early as much is copied as there is."""
    program, kernel = user_memory.buffer(guest, PAGE - 1), guest.heap.pages(1)
    assert usercopy.to_user(guest, kernel, kernel, 8) == 8
    assert usercopy.from_user(guest, kernel, kernel, 8) == 8
    guest.memory.write(program + PAGE - 4, b"abcd")
    guest.memory.write(kernel, b"12345678")
    assert usercopy.from_user(guest, kernel, program + PAGE - 4, 8) == 4
    assert guest.memory.read(kernel, 8) == b"abcd\0\0\0\0"
    assert util.strndup_user(guest, kernel, 8) == -EFAULT
    assert util.strndup_user(guest, program + PAGE - 4, 8) == -EFAULT
    guest.memory.write(program, b"four\0")
    assert util.strndup_user(guest, program, 4) == -EINVAL
    assert guest.text(util.strndup_user(guest, program, 5)) == "four"
