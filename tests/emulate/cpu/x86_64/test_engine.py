"""Tests of modtools/emulate/cpu/x86_64/engine.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.stops import Needs
from tests.emulated import code

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("port", "answer"), [(0x2F, 0xFF), (0x300, 0xFF), (0x71, None), (0x1F7, None), (0xCFC, None), (0xC000, None)]
)
def test_a_port_where_nothing_is_reads_as_ones(guest: Guest, port: int, answer: int | None) -> None:
    """IN gives all ones there; where the machine has something, which is not emulated, the run stops and says where."""
    read = code(guest, f"31c0 ba{port.to_bytes(4, 'little').hex()} ec c3")  # xor eax,eax; mov edx,port; in al,dx; ret
    if answer is not None:
        assert guest.call(read) == answer
    else:
        with pytest.raises(Needs, match=f"the device at port {port:#x}"):
            guest.call(read)


def test_a_port_is_written_for_the_time_it_takes(guest: Guest) -> None:
    """OUT to 0x80 is how the kernel waits; OUT to a device stops the run."""
    assert guest.call(code(guest, "31c0 e680 c3")) == 0
    with pytest.raises(Needs, match="port 0x70"):
        guest.call(code(guest, "31c0 e670 c3"))
