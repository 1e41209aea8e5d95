"""Tests of modtools/emulate/linux/lib/uuid.py."""

from __future__ import annotations

from modtools.emulate.guest import Guest
from modtools.emulate.linux.lib import uuid as linux_uuid
from modtools.emulate.symbols.registry import find


def test_a_random_uuid_is_of_version_4(guest: Guest) -> None:
    """Its version and its variant are in it; the next one is another."""
    assert find("generate_random_uuid")
    place = guest.heap.kmalloc(32)
    linux_uuid.uuid_gen(guest, place)
    linux_uuid.uuid_gen(guest, place + 16)
    one, other = guest.memory.read(place, 16), guest.memory.read(place + 16, 16)
    assert (one[6] >> 4, one[8] >> 6) == (4, 2)
    assert one != other
