"""Tests of modtools/emulate/linux/lib/nlattr.py: messages are taken apart by struct."""

from __future__ import annotations

import struct

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.linux.net.core import skbuff
from modtools.linuxerrno import EMSGSIZE
from tests.emulated import call

pytest.importorskip("unicorn")


def message(guest: Guest, room: int) -> int:
    """A message that has so many bytes of room."""
    address = int(skbuff.alloc_skb(guest, 256, 0, 0, -1))
    row = skbuff.skb(guest, address)
    skbuff.skb_put(guest, address, int(row.end - row.tail) - room)
    guest.memory.write(row.head + row.tail, b"\xee" * room)
    row.data = row.head + row.tail
    row.len = 0
    return address


def content(guest: Guest, address: int) -> bytes:
    """What was added."""
    row = skbuff.skb(guest, address)
    return guest.memory.read(row.data, row.len) if row.len else b""


def attribute(kind: int, value: bytes) -> bytes:
    """As `include/uapi/linux/netlink.h` has it: the length without the zeros behind it."""
    return struct.pack("<HH", 4 + len(value), kind) + value + bytes(-len(value) % 4)


@pytest.mark.parametrize("name", ["nla_put", "nla_put_64bit", "__nla_put"])
@pytest.mark.parametrize("value", [b"", b"a", b"abcd", b"abcde"])
def test_attributes_are_added(guest: Guest, name: str, value: bytes) -> None:
    """One behind the other, while there is room for the last one's zeros, too."""
    more = [0] if name.endswith("bit") else []
    address, data = message(guest, 2 * len(attribute(5, value))), guest.new_text(value)
    for kind in (5, 6):
        assert not call(guest, name, address, kind, len(value), data, *more)
    assert content(guest, address) == attribute(5, value) + attribute(6, value)
    if name != "__nla_put":
        assert call(guest, name, address, 7, len(value), data, *more) == -EMSGSIZE
        short = message(guest, len(attribute(5, value)) - 1)
        assert call(guest, name, short, 7, len(value), data, *more) == -EMSGSIZE
        assert content(guest, short) == b""


@pytest.mark.parametrize("name", ["nla_reserve", "nla_reserve_64bit", "__nla_reserve"])
def test_room_for_a_value(guest: Guest, name: str) -> None:
    """The place of the attribute is returned, its value left to the caller, the zeros behind that are there."""
    more = [0] if name.endswith("bit") else []
    address = message(guest, 12)
    place = call(guest, name, address, 9, 5, *more)
    assert place == skbuff.skb(guest, address).data
    assert content(guest, address) == struct.pack("<HH", 9, 9) + b"\xee" * 5 + bytes(3)
    if name != "__nla_reserve":
        assert call(guest, name, address, 9, 0, *more) == 0


def test_values_without_a_header(guest: Guest) -> None:
    """With zeros up to four bytes, or as they are."""
    address, data = message(guest, 11), guest.new_text(b"abcde")
    assert call(guest, "nla_put_nohdr", address, 5, data) == 0
    assert call(guest, "nla_put_nohdr", address, 5, data) == -EMSGSIZE
    assert call(guest, "nla_append", address, 4, data) == -EMSGSIZE
    assert call(guest, "nla_append", address, 3, data) == 0
    assert content(guest, address) == b"abcde\0\0\0abc"
    address = message(guest, 8)
    place = call(guest, "nla_reserve_nohdr", address, 5)
    assert place == skbuff.skb(guest, address).data
    assert content(guest, address) == b"\xee" * 5 + bytes(3)
    assert call(guest, "nla_reserve_nohdr", address, 1) == 0


@pytest.mark.parametrize(
    ("kind", "size", "found"),
    [
        (5, None, 0), (6, None, 8), (7, None, 16), (8, None, None), (6, 16, 8), (6, 15, None), (7, 20, 16),
        (7, 19, None), (5, 3, None), (5, 5, 0), (5, 4, None), (5, 0, None), (5, -4, None),
    ],
)  # fmt: skip
def test_an_attribute_is_found_by_its_type(guest: Guest, kind: int, size: int | None, found: int | None) -> None:
    """Two bits of a type are flags; one that does not fit, or is shorter than its header, ends the search."""
    data = attribute(5, b"a") + attribute(6 | 0xC000, b"abcd") + attribute(7, b"")
    place = guest.new_text(data)
    expected = 0 if found is None else place + found
    assert call(guest, "nla_find", place, len(data) if size is None else size, kind) == expected


def test_an_attribute_that_is_too_short(guest: Guest) -> None:
    """Of less than four bytes: nothing behind it is looked at."""
    place = guest.new_text(struct.pack("<HH", 3, 1) + attribute(5, b""))
    assert call(guest, "nla_find", place, 8, 5) == 0


def test_a_message_in_pieces_has_no_room(guest: Guest) -> None:
    """Its end is elsewhere."""
    address = message(guest, 12)
    skbuff.skb(guest, address).data_len = 1
    assert call(guest, "nla_append", address, 1, guest.new_text(b"a")) == -EMSGSIZE
    assert call(guest, "nla_put", address, 1, 0, 0) == -EMSGSIZE
