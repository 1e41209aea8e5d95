"""Tests of modtools/emulate/linux/lib/uuid.py."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import uuid as linux_uuid
from modtools.emulate.symbols.registry import find
from modtools.linuxerrno import EINVAL
from tests.emulated import BASE, call, plain
from tests.properties import examples


def test_a_random_uuid_is_of_version_4(guest: Guest) -> None:
    """Its version and its variant are in it; the next one is another."""
    assert find("generate_random_uuid")
    place = guest.heap.kmalloc(32)
    linux_uuid.uuid_gen(guest, place)
    linux_uuid.uuid_gen(guest, place + 16)
    one, other = guest.memory.read(place, 16), guest.memory.read(place + 16, 16)
    assert (one[6] >> 4, one[8] >> 6) == (4, 2)
    assert one != other


@examples(40)
@given(st.uuids(), st.booleans(), st.sampled_from(["", "x", " "]))
def test_texts_are_read_as_python_reads_them(uuid: UUID, upper: bool, rest: str) -> None:
    """In both orders of bytes; what follows the 36 letters does not count."""
    guest, text = plain(), str(uuid).upper() if upper else str(uuid)
    guest.memory.write(BASE, (text + rest).encode() + b"\0")
    for name, expected in (("uuid_parse", uuid.bytes), ("guid_parse", uuid.bytes_le)):
        guest.memory.write(BASE + 0x100, b"\xee" * 24)
        assert call(guest, name, BASE, BASE + 0x100) == 0
        assert guest.memory.read(BASE + 0x100, 24) == expected + b"\xee" * 8


@pytest.mark.parametrize(
    "text", ["", "x", "01234567-89ab-cdef-0123-456789abcde", "01234567089ab-cdef-0123-456789abcdef"]
)
def test_what_is_none_is_refused(text: str) -> None:
    """And nothing is written."""
    guest = plain()
    guest.memory.write(BASE, text.encode() + bytes(40))
    for name in ("uuid_parse", "guid_parse"):
        assert call(guest, name, BASE, BASE + 0x100) == -EINVAL
    assert guest.memory.read(BASE + 0x100, 16) == bytes(16)
