"""Tests of modtools/emulate/linux/arch/x86/lib/hweight.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from tests.emulated import code

pytest.importorskip("unicorn")


@pytest.mark.parametrize(("name", "bits"), [("__sw_hweight32", 32), ("__sw_hweight64", 64)])
def test_bits_are_counted_and_registers_kept(guest: Guest, name: str, bits: int) -> None:
    """The kernel counts the bits of RDI and changes no register but RAX."""
    place = guest.addresses.resolve(name).to_bytes(8, "little").hex()
    sum_up = code(guest, f"48b8{place} ffd0 4801f8 4801d0 c3")  # call it; add rax,rdi; add rax,rdx
    for value in (0, 1, 0x80000000, 0xFFFFFFFF, 1 << 63, 0x0123456789ABCDEF, (1 << 64) - 1):
        count = (value & (1 << bits) - 1).bit_count()
        assert guest.call(sum_up, value, 0, 5) == (count + value + 5) & (1 << 64) - 1
