"""What stands around a module's code: faults, waiting, the current task, files' structures."""

from __future__ import annotations

from pathlib import Path

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.runner import EmulatedRunner
from modtools.emulate.stops import Died
from modtools.kernel.log import raw_lines
from modtools.link.memory import EXECUTE, PAGE, READ, WRITE
from modtools.store import Store

pytest.importorskip("unicorn")


@pytest.fixture
def guest(tmp_path: Path) -> Guest:
    """A kernel just booted."""
    kernel = Store(tmp_path / "state.json").default()
    return EmulatedRunner(kernel, isolated=False).guest


def log(guest: Guest) -> list[str]:
    """All messages."""
    return list(raw_lines(guest.kernel.log.readable()))


def code(guest: Guest, machine_code: str) -> int:
    """The address of some machine code."""
    place = guest.heap.pages(1)
    guest.memory.write(place, bytes.fromhex(machine_code))
    guest.memory.protect(place, PAGE, READ | WRITE | EXECUTE)
    guest.memory_changed()
    return place


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
    assert caught.value.trouble.address == address
    assert f"<4>CR2: {address:016x}" in log(guest)
