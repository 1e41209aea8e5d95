"""Tests of modtools/emulate/printf/pointers.py."""

from __future__ import annotations

import pytest

from modtools.emulate.guest import Guest
from modtools.emulate.printf import pointers
from modtools.emulate.printf.conversion import Spec

pytest.importorskip("unicorn")


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("E", b'a"\\n\\001c'),
        ("Eh", b"\\x61\\x22\\x0a\\x01\\x63"),
        ("Es", b'a"\\n\x01c'),
        ("Ec", b'a\\"\n\x01c'),
        ("Ea", b'\\141\\"\\n\\001\\143'),
        ("Ehp", b'a"\\x0a\\x01c'),
    ],
)
def test_escapes_by_class(guest: Guest, letters: str, expected: bytes) -> None:
    """%*pE: each letter names characters; h and o are for all that is left, printable ones too unless p is there."""
    place = guest.new_text(b'a"\n\x01c')
    assert pointers.pointer(guest, place, letters.encode(), Spec(width=5)) == expected


def test_the_caller_of_nothing_is_a_number(guest: Guest) -> None:
    """%pB looks one byte before, and says the address as it is where nothing is known of it."""
    assert pointers.pointer(guest, 0x1234, b"B", Spec()) == b"0x1234"


@pytest.mark.parametrize(
    ("extension", "bytes_in_hex", "expected"),
    [
        (b"I4", "c0a80001", b"192.168.0.1"),
        (b"I4l", "c0a80001", b"1.0.168.192"),
        (b"i4", "c0a80001", b"192.168.000.001"),
        (b"I6", "fe80" + "00" * 12 + "0001", b"fe80:0000:0000:0000:0000:0000:0000:0001"),
        (b"i6", "fe80" + "00" * 12 + "0001", b"fe800000000000000000000000000001"),
        (b"I6c", "fe80" + "00" * 12 + "0001", b"fe80::1"),
        (b"I6c", "00" * 16, b"::"),
        (b"I6c", "00" * 10 + "ffff01020304", b"::ffff:1.2.3.4"),
        (b"I6c", "0001000000020003000400050006" + "0007", b"1:0:2:3:4:5:6:7"),
        (b"ISp", "02001f90c0a80001", b"192.168.0.1:8080"),
        (b"ISpc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"[::1]:8080"),
        (b"ISc", "0a001f9000000000" + "00" * 15 + "01" + "00" * 4, b"::1"),
        (b"ISpfsc", "0a001f9000000005" + "00" * 15 + "01" + "02000000", b"[::1]:8080/5%2"),
        (b"IS", "0100", b"(einval)"),
    ],
)
def test_addresses_of_the_network(guest: Guest, extension: bytes, bytes_in_hex: str, expected: bytes) -> None:
    """IPv4, IPv6 and socket addresses, with the options that printk-formats.rst names."""
    place = guest.heap.kmalloc(64)
    guest.memory.write(place, bytes.fromhex(bytes_in_hex))
    assert pointers.pointer(guest, place, extension, Spec()) == expected
