"""Tests of modtools/emulate/cpu/faults.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Died
from tests.emulated import code, log

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("machine_code", "address"),
    [
        ("31c08b7018c3", 0x18),  # mov 0x18(%rax),%esi
        ("31c0c680e000000001c3", 0xE0),  # movb $1,0xe0(%rax)
        ("b8fe0f00008b00c3", 0xFFE),  # mov (%rax),%eax, across two pages
    ],
)
def test_an_oops_names_the_exact_address(guest: Guest, machine_code: str, address: int) -> None:
    """Not that of the page: a reader finds the field of the structure by it."""
    with pytest.raises(Died) as caught:
        guest.call(code(guest, machine_code))
    assert caught.value.oops.address == address
    assert f"<4>CR2: {address:016x}" in log(guest)
