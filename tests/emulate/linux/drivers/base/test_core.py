"""Tests of modtools/emulate/linux/drivers/base/core.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.symbols.registry import Function, find
from modtools.linuxerrno import EINVAL, ERANGE

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("kind", "written", "result", "shown"),
    [
        ("int", b"-5\n", 3, b"-5\n"),
        ("int", b"0x10", 4, b"16\n"),
        ("int", b"2147483648", -EINVAL, b"0\n"),
        ("int", b"99999999999999999999", -ERANGE, b"0\n"),
        ("int", b"x", -EINVAL, b"0\n"),
        ("ulong", b"255", 3, b"ff\n"),
        ("ulong", b"-1", -EINVAL, b"0\n"),
        ("bool", b"on\n", 3, b"1\n"),
        ("bool", b"2", -EINVAL, b"0\n"),
    ],
)
def test_a_number_is_an_attribute(guest: Guest, kind: str, written: bytes, result: int, shown: bytes) -> None:
    """What was written is shown again, unsigned long in hexadecimal; what does not fit changes nothing."""
    show, store = find(f"device_show_{kind}"), find(f"device_store_{kind}")
    assert isinstance(show, Function)
    assert isinstance(store, Function)
    attribute, buffer = guest.heap.kmalloc(40), guest.heap.kmalloc(64)
    guest.memory.put(attribute + 32, guest.heap.kmalloc(8), 8)
    assert store.handler(guest, 0, attribute, guest.new_text(written), len(written)) == result
    assert show.handler(guest, 0, attribute, buffer) == len(shown)
    assert guest.memory.text(buffer) == shown
