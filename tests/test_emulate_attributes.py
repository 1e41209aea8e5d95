"""Attributes that are a number, and places within files."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.fs import fcntl, read_write
from modtools.emulate.linux.kernel import params
from modtools.emulate.stops import Needs
from modtools.emulate.symbols.registry import Function, find
from modtools.emulate.symbols.structs import new
from modtools.linuxerrno import EINVAL, ENXIO, ERANGE

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


def test_places_in_a_file(guest: Guest) -> None:
    """They lie between its beginning and its end; what has no end has no place before it."""
    row = new(guest, "file")
    file = row.address()
    steps = [(5, 0), (3, 1), (-2, 2), (0, 1), (11, 0), (-1, 0), (0, 3)]
    moved = [read_write.fixed_size_llseek(guest, file, offset, whence, 10) for offset, whence in steps]
    assert (moved, row.f_pos) == ([5, 8, 8, 8, -EINVAL, -EINVAL, -EINVAL], 8)
    assert read_write.no_seek_end_llseek(guest, file, 1 << 40, 0) == 1 << 40
    assert read_write.no_seek_end_llseek(guest, file, 0, 2) == -EINVAL
    holes = [read_write.generic_file_llseek_size(guest, file, offset, 4, 100, 10) for offset in (3, 10)]
    assert holes == [10, -ENXIO]


def test_a_parameter_keeps_its_bounds(guest: Guest) -> None:
    """What lies outside of them, or is no number, changes nothing."""
    parameter, value = guest.heap.kmalloc(40), guest.heap.kmalloc(8)
    guest.memory.put(parameter + 32, value, 8)
    results = [
        params.param_set_uint_minmax(guest, guest.new_text(text), parameter, 2, 16)
        for text in (b"0x10", b"1", b"17", b"x")
    ]
    assert (results, guest.memory.u32(value)) == ([0, -EINVAL, -EINVAL, -EINVAL], 16)
    assert params.param_set_uint_minmax(guest, 0, parameter, 2, 16) == -EINVAL


def test_nobody_is_told_by_a_signal(guest: Guest) -> None:
    """Leaving a list that is empty changes nothing; entering it is not done."""
    place = guest.heap.kmalloc(8)
    assert fcntl.fasync_helper(guest, -1, 0, 0, place) == 0
    fcntl.kill_fasync(guest, place, 29, 1)
    with pytest.raises(Needs, match="signal"):
        fcntl.fasync_helper(guest, 3, 0, 1, place)
